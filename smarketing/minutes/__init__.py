"""The running notes of a meeting: sections by day, and lines that are action items. Pure."""
