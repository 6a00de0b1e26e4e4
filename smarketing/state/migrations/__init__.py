"""The schema of a state file, as numbered steps."""
