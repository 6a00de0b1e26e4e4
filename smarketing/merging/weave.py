"""Weave two versions of a sequence and their base into one order, part by part.

It decides which parts stay and where they stand; what a part says is decided by who asks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from smarketing.merging.aligning import aligned
from smarketing.merging.atoms import LONG, Atom, words
from smarketing.merging.matching import Matching

_NEAR = 50


@dataclass(frozen=True, slots=True)
class Strand:
    """One part: its places in base, hub and now, None where it isn't there."""

    base: int | None
    hub: int | None
    now: int | None


def weave(base: Sequence[Atom], hub: Sequence[Atom], now: Sequence[Atom]) -> list[Strand]:
    """Return the parts that stay, in their order.

    A part that one side deleted goes unless the other edited it, or something stays in it.
    The order is the one of `now`, or the hub's where only the hub put parts in another order.
    """
    to_hub, to_now = _both_matched(base, hub, now)
    strands = [Strand(i, to_hub.to.get(i), to_now.to.get(i)) for i in range(len(base))]
    strands += _inserted(hub, now, to_hub, to_now)
    kept = {strand for strand in strands if _stays(strand, base, hub, now)}
    _keep_parents(kept, strands, hub, now)
    if _reordered(to_hub) and not _reordered(to_now):
        return _threaded(_hub_order(kept), _now_order(kept), hub, now, lead_first=False)
    return _threaded(_now_order(kept), _hub_order(kept), hub, now, lead_first=True)


def changed(base: Atom, side: Atom) -> bool:
    """Say whether a part was edited."""
    return base.same != side.same or base.mark != side.mark


def gap_left(was: str | None, ours: str | None, theirs: str | None) -> str | None:
    """Return the blanks between two parts as in the version that changed them.

    Each is None where the two are no neighbours in that version.
    """
    if theirs is None or (ours is not None and theirs == was):
        return ours if ours is not None else was
    return theirs


def _both_matched(
    base: Sequence[Atom], hub: Sequence[Atom], now: Sequence[Atom]
) -> tuple[Matching, Matching]:
    """Match base to both sides; what one side made of a part helps to find it in the other."""
    to_hub, to_now = Matching(base, hub), Matching(base, now)
    to_hub.add_equal()
    to_hub.add_edited()
    to_now.add_equal()
    to_now.add_same_edit(to_hub)
    to_now.keep_apart(to_hub)
    to_now.add_edited()
    for mine, theirs in ((to_now, to_hub), (to_hub, to_now)):
        mine.add_alike({i: theirs.other[j] for i, j in theirs.to.items()})
    return to_hub, to_now


def _inserted(
    hub: Sequence[Atom], now: Sequence[Atom], to_hub: Matching, to_now: Matching
) -> list[Strand]:
    """Return the parts that base lacks; one that both sides inserted is one part."""
    ours, theirs = to_hub.left()[1], to_now.left()[1]
    pairs = _Insertions(hub, now, to_hub, to_now).paired(ours, theirs) if ours and theirs else {}
    strands = [Strand(None, j, pairs.get(j)) for j in ours]
    taken = set(pairs.values())
    return strands + [Strand(None, None, k) for k in theirs if k not in taken]


class _Insertions:
    """Which insertions of the two sides are the same one."""

    def __init__(
        self, hub: Sequence[Atom], now: Sequence[Atom], to_hub: Matching, to_now: Matching
    ) -> None:
        self.hub, self.now = hub, now
        self.of_base = {j: to_now.to.get(i) for i, j in to_hub.to.items()}
        self.found: dict[int, int] = {}
        self.shared = {k for k in self.of_base.values() if k is not None}

    def paired(self, ours: Sequence[int], theirs: Sequence[int]) -> dict[int, int]:
        """Return the pairs: equal and in line, equal and long, or with a sentence in common."""
        found, taken = self.found, set[int]()
        mine, free = set(ours), set(theirs)

        def add(pairs: Iterable[tuple[int, int]]) -> None:
            for j, k in pairs:
                if j in mine and k in free and j not in found and k not in taken:
                    found[j] = k
                    taken.add(k)
                    self.shared.add(k)

        add(aligned([a.same for a in self.hub], [a.same for a in self.now]))
        places = _places((self.now[k].same, k) for k in theirs)
        add((j, k) for j in ours for k in places.get(self.hub[j].same, ()) if self._one(j, k))
        names = _places((name, k) for k in theirs for name in _names(self.now[k]))
        add((j, k) for j in ours for name in _names(self.hub[j]) for k in names.get(name, ()))
        return found

    def _one(self, j: int, k: int) -> bool:
        """Say whether two equal insertions are the same: long, or at the same place."""
        if words(self.hub[j].key).total() >= LONG:
            return True
        after = self.found.get(j + 1, self.of_base.get(j + 1))
        return k + 1 == after or self._before(j) == self._shared_before(k)

    def _before(self, j: int) -> int:
        """Return the place in now of what comes before j in the hub."""
        for before in range(j - 1, max(j - _NEAR, 0) - 1, -1):
            place = self.found.get(before, self.of_base.get(before))
            if place is not None:
                return place
        return -1

    def _shared_before(self, k: int) -> int:
        """Return what comes before k in now and isn't in now alone."""
        near = range(k - 1, max(k - _NEAR, 0) - 1, -1)
        return next((before for before in near if before in self.shared), -1)


def _places(pairs: Iterable[tuple[object, int]]) -> dict[object, list[int]]:
    places: dict[object, list[int]] = {}
    for name, k in pairs:
        places.setdefault(name, []).append(k)
    return places


def _names(atom: Atom) -> list[tuple[str, str]]:
    """Return what tells that a part is the same one although it isn't equal."""
    names = [(atom.kind, portion) for portion in sorted(atom.portions)]
    return [*names, (f"{atom.kind} handle", atom.handle)] if atom.handle else names


def _stays(strand: Strand, base: Sequence[Atom], hub: Sequence[Atom], now: Sequence[Atom]) -> bool:
    if strand.base is None or (strand.hub is not None and strand.now is not None):
        return True
    if strand.hub is not None:
        return changed(base[strand.base], hub[strand.hub])
    return strand.now is not None and changed(base[strand.base], now[strand.now])


def _keep_parents(
    kept: set[Strand], strands: Sequence[Strand], hub: Sequence[Atom], now: Sequence[Atom]
) -> None:
    """Keep what holds a part that stays, unless the part lies elsewhere in the other version."""
    of_hub = {strand.hub: strand for strand in strands if strand.hub is not None}
    of_now = {strand.now: strand for strand in strands if strand.now is not None}
    todo = list(kept)
    while todo:
        strand = todo.pop()
        holders = []
        if strand.now is not None:
            holders.append(of_now.get(now[strand.now].parent))
        if strand.hub is not None:
            holders.append(of_hub.get(hub[strand.hub].parent))
        if all(holder is not None and holder not in kept for holder in holders):
            kept.update(found := [holder for holder in holders[:1] if holder])
            todo += found


def _reordered(matching: Matching) -> bool:
    places = [matching.to[i] for i in sorted(matching.to)]
    return any(a > b for a, b in pairwise(places))


def _first(pair: tuple[int, Strand]) -> int:
    return pair[0]


def _hub_order(kept: Iterable[Strand]) -> list[Strand]:
    return [s for _, s in sorted(((s.hub, s) for s in kept if s.hub is not None), key=_first)]


def _now_order(kept: Iterable[Strand]) -> list[Strand]:
    return [s for _, s in sorted(((s.now, s) for s in kept if s.now is not None), key=_first)]


def _threaded(
    lead: Sequence[Strand], other: Sequence[Strand], hub: Sequence[Atom], now: Sequence[Atom],
    *, lead_first: bool,
) -> list[Strand]:  # fmt: skip
    """Return the lead's order with each part of the other side's after its neighbour there.

    Where both put something after one part, what clings closer to it comes first, then what
    the members of `now` put there.
    """
    start = Strand(None, None, None)
    follows: dict[Strand, Strand | None] = dict(zip([start, *lead], [*lead, None], strict=True))
    shared = set(other)
    before = start
    for strand in other:
        if strand not in follows:
            rank = _rank(strand, hub, now)
            after = follows[before]
            while after and after not in shared:
                theirs = _rank(after, hub, now)
                if theirs > rank or (theirs == rank and not lead_first):
                    break
                before, after = after, follows[after]
            follows[before], follows[strand] = strand, after
        before = strand
    order = []
    at = follows[start]
    while at:
        order.append(at)
        at = follows[at]
    return order


def _rank(strand: Strand, hub: Sequence[Atom], now: Sequence[Atom]) -> int:
    if strand.now is not None:
        return now[strand.now].rank
    return hub[strand.hub].rank if strand.hub is not None else 0
