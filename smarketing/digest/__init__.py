"""The digest: one message a week that says what was promised, kept, and waits for somebody."""
