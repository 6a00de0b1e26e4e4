"""Random lives of one action item and more in several places that are kept in step."""
