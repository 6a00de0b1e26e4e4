"""config.yaml: who is in a team, which tools it has, and who takes over from whom."""
