"""Several workspaces in a round: each account is asked once what happened."""
