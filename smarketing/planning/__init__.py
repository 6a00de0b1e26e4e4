"""One look at everything, and the plan that follows from it."""
