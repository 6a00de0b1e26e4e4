"""How many calls a workspace takes, asserted."""
