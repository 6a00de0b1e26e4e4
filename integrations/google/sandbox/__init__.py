"""Stands in for Google Drive, Docs, Sheets, Calendar and the token endpoint."""
