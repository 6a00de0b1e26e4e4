"""What is remembered of a workspace: records, history, the journal, and the lock."""
