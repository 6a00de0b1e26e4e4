"""The one rule: what every place says becomes the hub value of each field. Pure."""
