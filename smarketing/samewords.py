"""How far two texts are the same words. Pure."""

from collections import Counter

SIMILAR = 0.6
"""How many of its words a thing keeps when it was only reworded."""


def plain(title: object) -> str:
    """Return a title as people tell it from others: case and spaces make no difference."""
    return " ".join(str(title or "").casefold().split())


def words_kept(old: str, new: str) -> float:
    """Return the share of the longer text's words that both have, 0.0 to 1.0."""
    one, two = Counter(old.casefold().split()), Counter(new.casefold().split())
    longer = max(one.total(), two.total())
    return (one & two).total() / longer if longer else 0.0
