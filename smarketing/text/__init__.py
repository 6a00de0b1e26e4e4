"""Texts as people write them: cut into sentences and blocks, read, compared, worded. Pure."""
