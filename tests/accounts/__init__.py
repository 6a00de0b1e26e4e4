"""Accounts: where secrets are kept, signing in and out, and what the doctor finds."""
