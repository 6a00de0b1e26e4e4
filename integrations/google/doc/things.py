"""The things of a document that are no text: which may go, which can only be written as handles.

Nothing that can't be made again is deleted unless fewer are wanted than there are.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from . import requests as make
from .align import things_of
from .model import OBJECT, Block, Json, Part, Table, texts_of
from .offer import Offer
from .ours import DEFINITION, number_of


class Things:
    """How many of the things that can't be made again may go, how many handles that stand
    for nothing in the document may be written as text, and what our drop-downs offer."""

    def __init__(self, there: Counter[str], wanted: Counter[str], offer: Offer) -> None:
        self._surplus = there - wanted
        self._missing = wanted - there
        self.offer = offer

    def may_go(self, handle: str) -> bool:
        """Say whether one of these may be deleted, and count it."""
        return self._taken(self._surplus, handle)

    def is_new(self, handle: str) -> bool:
        """Say whether one of these shall be written as text, and count it."""
        return self._taken(self._missing, handle)

    def made(self, letters_at: Sequence[tuple[int, str]]) -> Iterator[Json]:
        """Yield the requests that put drop-downs in the place of the letters that stand for them."""
        for at, letter in reversed(letters_at):
            if (number := number_of(letter)) >= 0:
                yield from make.drop_down(at, DEFINITION, self.offer.option(number))

    @staticmethod
    def _taken(counts: Counter[str], handle: str) -> bool:
        if counts[handle] <= 0:
            return False
        counts[handle] -= 1
        return True


def wanted_things(parts: Sequence[Part]) -> Counter[str]:
    """Count the things that are wanted, by their handles."""
    found: Counter[str] = Counter()
    for part in parts:
        for text in texts_of(part):
            found.update(span.handle for span in text if span.handle)
    return found


def real_things(parts: Sequence[Part]) -> Counter[str]:
    """Count the things of a document, without handles that were written as text."""
    found: Counter[str] = Counter()
    for part in parts:
        if isinstance(part, Block) and part.kind == OBJECT:
            found.update(things_of(part))
        rows = part.rows if isinstance(part, Table) else ()
        for letters in (part.where.letters, *(cell.letters for row in rows for cell in row)):
            found.update(letters.things)
    return found
