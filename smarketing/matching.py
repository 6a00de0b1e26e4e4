"""Find out which parts of two versions of a sequence are the same part: equal, moved or edited."""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

ALIKE = 0.6
"""Two parts with this share of words in common are one part, edited."""

LONG = 4
"""A text of so many words is told apart by itself; a shorter one needs its surroundings."""

_WORD = re.compile(r"\w+")
_SMALL = 2_500
_RARE = 12


@dataclass(frozen=True, slots=True)
class Atom:
    """One part of a sequence, as far as matching looks at it.

    Parts with equal `kind` and `key` are equal. `mark` is content that may differ in equal
    parts (a tick). `handle` names a part within its sequence, as the first cell does a row.
    `portions` are its sentences that are long enough to be known again elsewhere. `rank` is
    lower for what clings closer to the part before it. `parent` is the place of the part that
    it lies in, -1 for none. A `loose` part stands for itself: another one in its place need
    not be the same one edited.
    """

    kind: str
    key: str
    mark: str = ""
    handle: str = ""
    portions: frozenset[str] = field(default=frozenset())
    rank: int = 0
    parent: int = -1
    loose: bool = False

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


def aligned(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return pairs of equal elements that come in the same order in both."""
    pairs: list[tuple[int, int]] = []
    todo = [(0, len(one), 0, len(other))]
    while todo:
        a, a_end, b, b_end = todo.pop()
        while a < a_end and b < b_end and one[a] == other[b]:
            pairs.append((a, b))
            a, b = a + 1, b + 1
        while a < a_end and b < b_end and one[a_end - 1] == other[b_end - 1]:
            a_end, b_end = a_end - 1, b_end - 1
            pairs.append((a_end, b_end))
        if a == a_end or b == b_end:
            continue
        anchors = _anchors(one, other, a, a_end, b, b_end)
        if not anchors:
            pairs += _without_anchor(one, other, a, a_end, b, b_end)
            continue
        pairs += anchors
        fences = [(a - 1, b - 1), *anchors, (a_end, b_end)]
        todo += [(i + 1, i_end, j + 1, j_end) for (i, j), (i_end, j_end) in pairwise(fences)]
    return sorted(pairs)


def _anchors(
    one: Sequence[Hashable], other: Sequence[Hashable], a: int, a_end: int, b: int, b_end: int
) -> list[tuple[int, int]]:
    """Return pairs of elements that are unique in both stretches, in order."""
    there = _only_places(other, b, b_end)
    here = _only_places(one, a, a_end)
    return _in_order([(i, there[key]) for key, i in here.items() if key in there])


def _only_places(sequence: Sequence[Hashable], start: int, end: int) -> dict[Hashable, int]:
    counts = Counter(sequence[start:end])
    return {sequence[i]: i for i in range(start, end) if counts[sequence[i]] == 1}


def _without_anchor(
    one: Sequence[Hashable], other: Sequence[Hashable], a: int, a_end: int, b: int, b_end: int
) -> list[tuple[int, int]]:
    if (a_end - a) * (b_end - b) <= _SMALL:
        matcher = SequenceMatcher(None, one[a:a_end], other[b:b_end], autojunk=False)
        return [
            (a + block.a + k, b + block.b + k)
            for block in matcher.get_matching_blocks()
            for k in range(block.size)
        ]
    return _in_order(_by_occurrence(one, range(a, a_end), other, range(b, b_end)))


def _by_occurrence(
    one: Sequence[Hashable], mine: Iterable[int], other: Sequence[Hashable], theirs: Iterable[int]
) -> list[tuple[int, int]]:
    """Pair the first of equal elements with the first, the second with the second, and so on."""
    places = defaultdict(list)
    for j in theirs:
        places[other[j]].append(j)
    queues = {key: iter(found) for key, found in places.items()}
    pairs = [(i, next(queues[one[i]], -1)) for i in mine if one[i] in queues]
    return [(i, j) for i, j in pairs if j >= 0]


def _in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs (given by rising first) whose seconds rise too."""
    tops: list[int] = []
    ends: list[int] = []
    before = [-1] * len(pairs)
    for at, (_, j) in enumerate(pairs):
        pile = bisect_left(tops, j)
        before[at] = ends[pile - 1] if pile else -1
        tops[pile : pile + 1] = [j]
        ends[pile : pile + 1] = [at]
    run: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        run.append(pairs[at])
        at = before[at]
    return run[::-1]


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
        self.add(_by_occurrence(mine, left, theirs, right))

    def add_same_edit(self, theirs: "Matching") -> None:
        """Pair a part with what is equal to the other side's edit of it."""
        left, right = self.left()
        edited = {i: theirs.other[theirs.to[i]].same for i in left if i in theirs.to}
        mine = [edited.get(i) for i in range(len(self.one))]
        self.add(_by_occurrence(mine, sorted(edited), [a.same for a in self.other], right))

    def add_edited(self) -> None:
        """Pair edited parts: by handle, by likeness, by place."""
        self.add_handles()
        self.add_alike()
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
