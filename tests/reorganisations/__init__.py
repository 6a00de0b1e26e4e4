"""Every reorganisation in one edit, on a plain folder and on Trello with Google."""
