"""YAML that people wrote: read with the place of each value, checked, edited in place, merged."""
