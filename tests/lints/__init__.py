"""Advice: what each lint says, where, and on which goals it was measured."""
