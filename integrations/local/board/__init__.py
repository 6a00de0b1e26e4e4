"""A board as Kanban Markdown: lists, cards, checklists. Pure."""
