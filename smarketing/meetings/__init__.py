"""Meetings that run themselves: when they are, who is the guest, and what is on the agenda."""
