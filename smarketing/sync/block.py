"""A sync block as one workspace has it: which places, which fields, what becomes of what is new."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from smarketing.sync.statuses import Spoken, Vocabulary


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a block: the fields it can hold and how it shows a status.

    `fields` maps a field to the key of the column that holds it, "" where it needs none.
    `labels` are the titles of the labels that it can show, None if any.
    """

    address: str
    fields: Mapping[str, str]
    spoken: Spoken
    labels: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One sync block; `places` stand in the order of `between:`.

    `new` maps a place to the places where its new things appear. Of two edits, that at the place
    named by `prefer` stands, then that at the earlier place. `left_out` are sentences about
    what of the block does not appear and why.
    """

    key: str
    places: Mapping[str, Place]
    fields: tuple[str, ...]
    vocabulary: Vocabulary
    new: Mapping[str, frozenset[str]] = field(default_factory=dict)
    prefer: str = ""
    left_out: tuple[str, ...] = ()

    def rank(self, place: str) -> int:
        """Return how much a place counts: the smaller, the more; an unknown one counts least."""
        if place == self.prefer:
            return -1
        return list(self.places).index(place) if place in self.places else len(self.places)

    def by_rank(self, places: Collection[str]) -> list[str]:
        """Return those of the block's places, the one that counts most first."""
        return sorted((p for p in places if p in self.places), key=self.rank)
