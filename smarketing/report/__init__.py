"""What people read of a plan, a recap, the state of a workspace, and its history."""
