"""What all tests against the vendors share: sandboxes, and validators of what crosses them."""
