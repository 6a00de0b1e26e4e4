"""How far two texts are the same words. Pure."""

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

SIMILAR = 0.6
"""How many of its words a thing keeps when it was only reworded."""


def plain(title: object) -> str:
    """Return a title as people tell it from others: case and spaces make no difference."""
    return " ".join(str(title or "").casefold().split())


def words_kept(old: str, new: str) -> float:
    """Return the share of the longer text's words that both have, 0.0 to 1.0."""
    (one, size), (two, other) = _words(old), _words(new)
    longer = max(size, other)
    both = sum(min(count, two[word]) for word, count in one.items() if word in two)
    return both / longer if longer else 0.0


# Each line of the notes is held against each other one, in every run.
@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[Mapping[str, int], int]:
    words = text.casefold().split()
    return Counter(words), len(words)
