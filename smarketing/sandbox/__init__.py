"""Stand-ins for the vendors, for trials and tests: one world, one port."""
