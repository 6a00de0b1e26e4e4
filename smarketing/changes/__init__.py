"""From hub values to what has to be written, and in which steps. Pure."""
