"""Google Sheets as its API and its editor show it."""
