"""Which object in a tool is which item."""
