"""Forgetting a person, as the law asks for it."""
