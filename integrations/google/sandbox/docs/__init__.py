"""Google Docs as its API and its editor show it."""
