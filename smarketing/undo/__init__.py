"""A run taken back, and what members wrote since stays."""
