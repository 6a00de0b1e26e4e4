"""A round of sync: places are read, agree, and are written; what stays open is told."""
