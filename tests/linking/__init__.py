"""Links to what is made in the same run."""
