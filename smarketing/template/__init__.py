"""Texts with blanks, filled from given values only, within bounds."""
