"""Random lives of a workspace: members, playbook edits, crashes and outages in any order."""
