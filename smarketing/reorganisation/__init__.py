"""What it means that keys, people, teams, tools or parents have changed, and how it is told. Pure."""
