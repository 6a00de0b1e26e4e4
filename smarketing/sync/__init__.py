"""Keeping one action item the same in several places: what each says, and what is wanted there."""
