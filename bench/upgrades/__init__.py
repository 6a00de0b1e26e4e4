"""Newer words of the playbook meet documents that members lived in: what merges, what is lost."""
