"""Random lives of a workspace on the stand-ins of Trello and Google, through the real integrations."""
