"""Random lives of a real folder: members at the files, crashes at each of its operations."""
