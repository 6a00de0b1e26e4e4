"""Find out which parts of two versions of a sequence are the same part: equal, moved or edited."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from smarketing.merging.aligning import aligned, by_occurrence
from smarketing.merging.atoms import ALIKE, Atom, likeness, words

_RARE = 12


class Matching:
    """Pairs of places in two sequences, each place in one pair at most."""

    def __init__(self, one: Sequence[Atom], other: Sequence[Atom]) -> None:
        self.one, self.other = one, other
        self.not_edits: frozenset[tuple[str, str]] = frozenset()
        self.to: dict[int, int] = {}
        self.back: dict[int, int] = {}

    def add(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Add the pairs of which neither place is taken."""
        for i, j in pairs:
            if i not in self.to and j not in self.back:
                self.to[i], self.back[j] = j, i

    def left(self) -> tuple[list[int], list[int]]:
        """Return the places on each side that have no partner."""
        mine = [i for i in range(len(self.one)) if i not in self.to]
        return mine, [j for j in range(len(self.other)) if j not in self.back]

    def keep_apart(self, theirs: "Matching") -> None:
        """Take no part for an edit that the other side inserted."""
        self.not_edits = frozenset(theirs.other[j].same for j in theirs.left()[1])

    def add_equal(self) -> None:
        """Pair equal parts: in the same order first, then those that moved."""
        mine, theirs = [a.same for a in self.one], [a.same for a in self.other]
        self.add(aligned(mine, theirs))
        left, right = self.left()
        self.add(by_occurrence(mine, left, theirs, right))

    def add_same_edit(self, theirs: "Matching") -> None:
        """Pair a part with what is equal to the other side's edit of it."""
        left, right = self.left()
        edited = {i: theirs.other[theirs.to[i]].same for i in left if i in theirs.to}
        mine = [edited.get(i) for i in range(len(self.one))]
        self.add(by_occurrence(mine, sorted(edited), [a.same for a in self.other], right))

    def add_edited(self) -> None:
        """Pair edited parts: by handle, by likeness, by what they head, by place."""
        self.add_handles()
        self.add_alike()
        self.add_heads()
        self.add_between()

    def add_handles(self) -> None:
        """Pair parts whose handle no other part on either side has."""
        left, right = self.left()
        mine = [a.handle for a in self.one]
        theirs = [a.handle for a in self.other]
        counts, others = Counter(mine), Counter(theirs)
        place = {theirs[j]: j for j in right}
        self.add(
            (i, place[mine[i]])
            for i in left
            if mine[i] and mine[i] in place and counts[mine[i]] == others[mine[i]] == 1
        )

    def add_alike(self, compared: Mapping[int, Atom] | None = None) -> None:
        """Pair edited parts, the most alike first; `compared` stands for some of our parts."""
        left, right = self.left()
        mine = {i: (compared or {}).get(i, self.one[i]) for i in left}
        if compared is not None:
            mine = {i: atom for i, atom in mine.items() if i in compared}
        theirs = {j: self.other[j] for j in right if self.other[j].same not in self.not_edits}
        scored = _candidates(mine, theirs)
        self.add((i, j) for _, _, i, j in sorted(scored))

    def add_heads(self) -> None:
        """Pair two headings of one rank above the same part, or above all, whatever they say."""
        for i in self.left()[0]:
            j = 0 if i == 0 else self.to.get(i + 1, 0) - 1
            if 0 <= j < len(self.other) and self._head_the_same(self.one[i], self.other[j]):
                self.add([(i, j)])

    def _head_the_same(self, one: Atom, other: Atom) -> bool:
        alike = one.heads and other.heads and one.mark == other.mark
        return alike and other.same not in self.not_edits

    def add_between(self) -> None:
        """Pair a part with the only one of its kind between the same neighbours."""
        for i in self.left()[0]:
            j = self.to.get(i - 1, -1 if i == 0 else None)
            after = self.to.get(i + 1, len(self.other) if i == len(self.one) - 1 else None)
            if j is None or after != j + 2:
                continue
            if self._interchangeable(self.one[i], self.other[j + 1]):
                self.add([(i, j + 1)])

    def _interchangeable(self, one: Atom, other: Atom) -> bool:
        if other.same in self.not_edits:
            return False
        if one.loose or other.loose:
            return likeness(one, other) >= ALIKE / 2
        return one.kind == other.kind


def _candidates(
    mine: Mapping[int, Atom], theirs: Mapping[int, Atom]
) -> Iterable[tuple[float, int, int, int]]:
    """Yield (unlikeness, distance, i, j) of pairs alike enough, found by their rare words."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for j, atom in theirs.items():
        for word in words(atom.key):
            places[atom.kind, word].append(j)
    for i, atom in mine.items():
        known = sorted(
            (places[atom.kind, word] for word in words(atom.key) if (atom.kind, word) in places),
            key=len,
        )
        rare = known[:2] + [found for found in known[2:] if len(found) <= _RARE]
        nearest = Counter(j for found in rare for j in _around(found, i))
        for j, _ in nearest.most_common(_RARE):
            score = likeness(atom, theirs[j])
            if score >= ALIKE:
                yield -score, abs(i - j), i, j


def _around(places: Sequence[int], i: int) -> Sequence[int]:
    """Return the few places that are nearest to i."""
    at = bisect_left(places, i)
    return places[max(0, at - _RARE // 2) : at + _RARE // 2]
