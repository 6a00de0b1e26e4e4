"""Reading a Google account: what there is of a workspace, what it says, and what has happened."""
