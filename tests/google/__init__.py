"""What holds for Google and for its stand-in."""
