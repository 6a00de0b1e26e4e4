"""The schema of an account's file, as numbered steps."""
