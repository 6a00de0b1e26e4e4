"""A playbook: its files, its shape, and what must and must not stand in it."""
