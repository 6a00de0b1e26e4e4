"""Which blocks of a document become which wanted ones, and before which slots the new ones go."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .align import kind_of, likeness, things_of
from .model import PARAGRAPH, Part
from .pairing import paired
from .read import Body


@dataclass(frozen=True, slots=True)
class Becoming:
    """The wanted blocks in the order in which they can be had, and what becomes of which: `of` maps
    blocks of the document to wanted ones, `gaps` slots to the range of wanted blocks that are new there."""

    wanted: Sequence[Part]
    of: Mapping[int, int]
    gaps: Mapping[int, tuple[int, int]]


def becoming(body: Body, wanted: Sequence[Part]) -> Becoming:
    """Return what the blocks of a document become."""
    pairs = paired(body.parts, wanted, likeness, things_of, kind_of)
    if _begins_closed(body) and pairs and pairs[0] > (0, 0) and pairs[0][0] == 0:
        # Nothing can be put before a table that a document begins with.
        first = pairs[0][1]
        wanted = [wanted[first], *wanted[:first], *wanted[first + 1 :]]
        pairs = paired(body.parts, wanted, likeness, things_of, kind_of)
    return Becoming(wanted, dict(pairs), _gaps(pairs, body, len(wanted)))


def _begins_closed(body: Body) -> bool:
    """Say whether the document begins with a table, so that no paragraph is before it."""
    first = next((slot for slot in body.slots if slot.kind != "other"), None)
    return first is not None and first.kind != PARAGRAPH


def _gaps(pairs: Sequence[tuple[int, int]], body: Body, count: int) -> dict[int, tuple[int, int]]:
    """Return which wanted blocks are new, by the slot before which they go."""
    found: dict[int, tuple[int, int]] = {}
    j = 0
    for i, next_j in [*pairs, (len(body.parts), count)]:
        if next_j > j:
            slot = body.parts[i].where.first if i < len(body.parts) else len(body.slots)
            found[slot] = (j, next_j)
        j = next_j + 1
    return found
