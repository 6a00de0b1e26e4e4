"""Random weeks of a team: every place that `sync` looks after, and the playbook, at once."""
