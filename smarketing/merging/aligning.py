"""Pair the equal elements of two sequences, in the same order or wherever they are. Pure."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

_SMALL = 2_500


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
    return _in_order(by_occurrence(one, range(a, a_end), other, range(b, b_end)))


def by_occurrence(
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
