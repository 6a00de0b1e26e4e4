"""The accounts at the vendors: their secrets, signing in, and the integrations there are."""
