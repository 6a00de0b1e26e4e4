"""What the figures of the bench rest on."""
