"""Who may enter, and who no longer."""
