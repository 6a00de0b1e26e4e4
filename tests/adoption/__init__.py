"""What is there already."""
