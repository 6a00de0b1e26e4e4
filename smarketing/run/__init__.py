"""A plan carried out: engine, journal, limits and threads."""
