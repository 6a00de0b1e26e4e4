"""Reading a Trello account: whole boards, what members copied, and what has happened."""
