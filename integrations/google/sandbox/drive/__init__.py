"""Google Drive: files, who may see them, what is said of them, what happened to them."""
