"""The editions of a shipped playbook, and copies of it that people changed."""
