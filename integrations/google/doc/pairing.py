"""Which block, row or column of a document is which of the wanted ones, in order.

Things that can't be made again stay where they are, then what is equal, then what is alike.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import product
from typing import TypeAlias, TypeVar

T = TypeVar("T")
Pair = tuple[int, int]
_Chain: TypeAlias = "tuple[Pair, _Chain | None]"

_LARGEST = 6_000


def paired(
    old: Sequence[T],
    new: Sequence[T],
    likeness: Callable[[T, T], float],
    things: Callable[[T], frozenset[str]] = lambda part: frozenset(),
    kind: Callable[[T], object] = lambda part: None,
) -> list[Pair]:
    """Return which of the old is which of the new; `likeness` of 0 says that it can't be, unless
    it is the only one of its kind in its place."""
    alike = ((i, j, likeness(old[i], new[j])) for i, j in _same_things(old, new, things))
    anchors = _heaviest([(i, j, 1.0 + weight) for i, j, weight in alike if weight > 0])
    found: list[Pair] = []
    i = j = 0
    for next_i, next_j in [*anchors, (len(old), len(new))]:
        found += _between(old, new, (i, next_i), (j, next_j), likeness)
        found.append((next_i, next_j))
        i, j = next_i + 1, next_j + 1
    return _with_lone(found, lambda i, j: kind(old[i]) == kind(new[j]))


def _with_lone(pairs: Sequence[Pair], fit: Callable[[int, int], bool]) -> list[Pair]:
    """Add the pairs of what is left over alone on both sides; the last pair given is the end.
    Rewritten in its place it keeps its comments."""
    found: list[Pair] = []
    last = (-1, -1)
    for i, j in pairs:
        if i - last[0] == j - last[1] == 2 and fit(i - 1, j - 1):
            found.append((i - 1, j - 1))
        found.append((i, j))
        last = (i, j)
    return found[:-1]


def _same_things(
    old: Sequence[T], new: Sequence[T], things: Callable[[T], frozenset[str]]
) -> set[Pair]:
    """Return the pairs that hold the same thing. Some have no name of their own, such as page
    breaks: each of them can be each, or where they are very many, each the one of its number."""
    olds, news = _holders(old, things), _holders(new, things)
    found: set[Pair] = set()
    for thing in olds.keys() & news.keys():
        rows, columns = olds[thing], news[thing]
        many = len(rows) * len(columns) > _LARGEST
        found.update(zip(rows, columns, strict=False) if many else product(rows, columns))
    return found


def _holders(parts: Sequence[T], things: Callable[[T], frozenset[str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for at, part in enumerate(parts):
        for thing in things(part):
            found.setdefault(thing, []).append(at)
    return found


def _heaviest(pairs: Iterable[tuple[int, int, float]]) -> list[Pair]:
    """Return the heaviest of the pairs that are in order on both sides."""
    # For each place on the new side that is worth it: how much the pairs up to it weigh at most,
    # and how they end. Weights rise with the places. Of one old part the last pair comes first,
    # so that it is not taken together with another.
    stairs: list[tuple[int, float, _Chain]] = []
    for i, j, weight in sorted(pairs, key=lambda pair: (pair[0], -pair[1])):
        step = bisect_left(stairs, j, key=lambda stair: stair[0])
        most, chain = stairs[step - 1][1:] if step else (0.0, None)
        most += weight
        end = step
        while end < len(stairs) and stairs[end][1] <= most:
            end += 1
        if end > step or step == len(stairs) or stairs[step][0] > j:
            stairs[step:end] = [(j, most, ((i, j), chain))]
    found: list[Pair] = []
    rest = stairs[-1][2] if stairs else None
    while rest is not None:
        pair, rest = rest
        found.append(pair)
    return found[::-1]


def _between(
    old: Sequence[T], new: Sequence[T], rows: Pair, columns: Pair, likeness: Callable[[T, T], float]
) -> list[Pair]:
    """Pair what lies between two pairs."""
    (i, i_end), (j, j_end) = rows, columns
    head: list[Pair] = []
    tail: list[Pair] = []
    while i < i_end and j < j_end and old[i] == new[j]:
        head.append((i, j))
        i, j = i + 1, j + 1
    while i < i_end and j < j_end and old[i_end - 1] == new[j_end - 1]:
        i_end, j_end = i_end - 1, j_end - 1
        tail.append((i_end, j_end))
    middle: list[Pair] = []
    if i < i_end and j < j_end:
        middle = _unlike(old, new, (i, i_end), (j, j_end), likeness)
    return head + middle + tail[::-1]


def _unlike(
    old: Sequence[T], new: Sequence[T], rows: Pair, columns: Pair, likeness: Callable[[T, T], float]
) -> list[Pair]:
    if (rows[1] - rows[0]) * (columns[1] - columns[0]) <= _LARGEST:
        return _most_alike(old, new, rows, columns, likeness)
    anchors = _unique_equal(old, new, rows, columns)
    if not anchors:
        return []
    found: list[Pair] = []
    i, j = rows[0], columns[0]
    for next_i, next_j in [*anchors, (rows[1], columns[1])]:
        found += _between(old, new, (i, next_i), (j, next_j), likeness)
        found.append((next_i, next_j))
        i, j = next_i + 1, next_j + 1
    return found[:-1]


def _unique_equal(old: Sequence[T], new: Sequence[T], rows: Pair, columns: Pair) -> list[Pair]:
    """Return the longest order of what stands once on both sides."""
    olds, news = list(old[slice(*rows)]), list(new[slice(*columns)])
    counts, others = Counter(map(_key, olds)), Counter(map(_key, news))
    where = {_key(part): j for j, part in enumerate(news, columns[0])}
    pairs = [(i, where[_key(part)]) for i, part in enumerate(olds, rows[0])
             if counts[_key(part)] == 1 == others[_key(part)]]  # fmt: skip
    tails: list[int] = []
    chain: list[int] = []
    links: list[int] = []
    for at, (_, j) in enumerate(pairs):
        place = bisect_left(tails, j)
        tails[place:] = [j]
        links.append(chain[place - 1] if place else -1)
        chain[place:] = [at]
    found: list[Pair] = []
    at = chain[-1] if chain else -1
    while at >= 0:
        found.append(pairs[at])
        at = links[at]
    return found[::-1]


def _key(part: object) -> Hashable:
    return part if isinstance(part, Hashable) else repr(part)


def _most_alike(
    old: Sequence[T], new: Sequence[T], rows: Pair, columns: Pair, likeness: Callable[[T, T], float]
) -> list[Pair]:
    """Return the pairs in order whose likeness together is the greatest."""
    (i, i_end), (j, j_end) = rows, columns
    width = j_end - j
    score = [[0.0] * (width + 1) for _ in range(i_end - i + 1)]
    alike = [[likeness(old[a], new[b]) for b in range(j, j_end)] for a in range(i, i_end)]
    for a in range(i_end - i - 1, -1, -1):
        for b in range(width - 1, -1, -1):
            score[a][b] = max(score[a + 1][b], score[a][b + 1])
            if alike[a][b] > 0:
                score[a][b] = max(score[a][b], alike[a][b] + score[a + 1][b + 1])
    found: list[Pair] = []
    a = b = 0
    while a < i_end - i and b < width:
        if alike[a][b] > 0 and score[a][b] == alike[a][b] + score[a + 1][b + 1]:
            found.append((i + a, j + b))
            a, b = a + 1, b + 1
        elif score[a][b] == score[a + 1][b]:
            a += 1
        else:
            b += 1
    return found
