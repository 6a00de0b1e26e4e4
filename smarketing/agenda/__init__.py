"""What an agenda says, in words: promises, figures, what is left from last time. Pure."""
