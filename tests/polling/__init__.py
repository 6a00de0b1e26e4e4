"""Tests of change feeds: asking an account once for all its workspaces."""
