"""A table as a CSV file: columns, rows, cells. Pure."""
