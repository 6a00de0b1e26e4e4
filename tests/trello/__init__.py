"""The `trello` integration and its stand-in."""
