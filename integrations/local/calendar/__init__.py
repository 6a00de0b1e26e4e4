"""Meetings.ics: series, single meetings, time zones. Pure."""
