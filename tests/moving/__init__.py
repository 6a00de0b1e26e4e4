"""From one tool to another."""
