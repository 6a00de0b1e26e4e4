"""Days, hours and series of meetings, as people write and mean them. Pure."""
