"""Writing to a Google account: each kind of work in a module of its own."""
