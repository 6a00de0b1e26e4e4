"""A spreadsheet as a table of ours: read, checked, and changed cell by cell. Pure."""
