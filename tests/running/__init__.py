"""One run of steps."""
