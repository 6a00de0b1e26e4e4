"""What the coming weeks would look like: lived in a folder of their own."""
