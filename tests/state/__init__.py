"""State: what it keeps, who may write, and what happens to a broken file."""
