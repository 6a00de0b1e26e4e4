"""Google Calendar: calendars, events, and who gets to see which."""
