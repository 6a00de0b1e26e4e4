"""The parts that sequences are compared by, and how alike two of them are. Pure."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

ALIKE = 0.6
"""Two parts with this share of words in common are one part, edited."""

LONG = 4
"""A text of so many words is told apart by itself; a shorter one needs its surroundings."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Atom:
    """One part of a sequence, as far as matching looks at it.

    Parts with equal `kind` and `key` are equal. `mark` is content that may differ in equal
    parts (a tick). `handle` names a part within its sequence, as the first cell does a row.
    `portions` are its sentences that are long enough to be known again elsewhere. `rank` is
    lower for what clings closer to the part before it. `parent` is the place of the part that
    it lies in, -1 for none. A `loose` part stands for itself: another one in its place need
    not be the same one edited. A part that `heads` is about the one right below it.
    """

    kind: str
    key: str
    mark: str = ""
    handle: str = ""
    portions: frozenset[str] = field(default=frozenset())
    rank: int = 0
    parent: int = -1
    loose: bool = False
    heads: bool = False

    @property
    def same(self) -> tuple[str, str]:
        """What equal parts have in common."""
        return self.kind, self.key


def likeness(one: Atom, other: Atom) -> float:
    """Return the share of words that the parts have in common, 0.0 for different kinds."""
    if one.kind != other.kind:
        return 0.0
    mine, theirs = words(one.key), words(other.key)
    size, least = mine.total() + theirs.total(), min(mine.total(), theirs.total())
    if not least:
        return 0.0
    shared = (mine & theirs).total()
    contained = shared == least >= 3 or shared >= 0.8 * least >= 0.8 * LONG
    return max(2 * shared / size, ALIKE if contained else 0.0)


@lru_cache(maxsize=16384)
def words(text: str) -> Counter[str]:
    """Count the words of the text, small and capital letters alike."""
    return Counter(_WORD.findall(text.lower()))
