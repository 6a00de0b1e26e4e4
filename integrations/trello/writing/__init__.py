"""Writing to a Trello account: what is made, copied, altered and shared."""
