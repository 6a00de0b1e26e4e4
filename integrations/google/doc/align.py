"""Which block, row or word of a document is which of the wanted ones, in order.

Things that can't be made again stay where they are, then what is equal, then what is alike.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TypeVar

from .model import (
    CODE,
    OBJECT,
    RULE,
    TABLE,
    Block,
    Cell,
    Char,
    Part,
    Table,
    Text,
    plain,
)  # fmt: skip

T = TypeVar("T")
Pair = tuple[int, int]
Op = tuple[int, int, int, int]
"""From and to in the old letters, from and to in the new ones."""

_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff][\w\u0300-\u036f\u200d\ufe0f"
    r"]*|\s|[^\w\s](?:[\ufe0f\u20e3\U0001f3fb-\U0001f3ff]|\u200d.)*",
    re.DOTALL,
)
_JOINING = re.compile("[\u0300-\u036f\u200d\ufe0f\u20e3\U0001f3fb-\U0001f3ff]")
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
    anchors = _heaviest([
        (i, j, 1.0 + likeness(old[i], new[j])) for i, j in _same_things(old, new, things)
        if likeness(old[i], new[j]) > 0
    ])  # fmt: skip
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
) -> Iterable[Pair]:
    where = {thing: j for j, part in enumerate(new) for thing in things(part)}
    pairs = {(i, where[thing]) for i, part in enumerate(old) for thing in things(part)
             if thing in where}  # fmt: skip
    return sorted(pairs)


def _heaviest(pairs: Sequence[tuple[int, int, float]]) -> list[Pair]:
    """Return the heaviest of the pairs that are in order on both sides."""
    best: list[tuple[float, int]] = []
    for at, (i, j, weight) in enumerate(pairs):
        before = [(best[k][0], k) for k in range(at) if pairs[k][0] < i and pairs[k][1] < j]
        most, link = max(before, default=(0.0, -1))
        best.append((most + weight, link))
    at = max(range(len(best)), key=lambda k: best[k][0], default=-1)
    found: list[Pair] = []
    while at >= 0:
        found.append(pairs[at][:2])
        at = best[at][1]
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


def likeness(old: Part, new: Part) -> float:
    """Return how much of one block stands in the other, weighted by how much it says."""
    if old.kind == TABLE or new.kind == TABLE:
        if isinstance(old, Table) and isinstance(new, Table):
            return _weighted(_said(old), _said(new), 0.25)
        return 0.0
    assert isinstance(old, Block)
    assert isinstance(new, Block)
    if RULE in (old.kind, new.kind) or OBJECT in (old.kind, new.kind):
        return 2.0 if (old.kind, old.text) == (new.kind, new.text) else 0.0
    if new.kind != CODE and len(old.where.slots) > 1 and old.kind == CODE:
        return 0.0
    found = _weighted(_said(old), _said(new), 0.35 if old.kind == new.kind else 0.6)
    return max(found, 1.0) if things_of(old) & things_of(new) else found


def kind_of(part: Part) -> object:
    """Return what another block needs to be rewritten as this one where both stand alone."""
    if isinstance(part, Table) or part.kind in (RULE, OBJECT):
        return object()
    return part.kind, part.level, part.ordered, part.kind == CODE and len(part.where.slots) > 1


def _said(part: Part) -> str:
    if isinstance(part, Table):
        return " ".join(plain(cell.text) for row in part.rows for cell in row)
    return plain(part.text)


def row_likeness(columns: Sequence[Pair]) -> Callable[[Sequence[Cell], Sequence[Cell]], float]:
    """Return how to compare rows whose columns are paired like this."""

    def compared(old: Sequence[Cell], new: Sequence[Cell]) -> float:
        same = sum(old[i].text == new[j].text for i, j in columns)
        words = _weighted(
            " ".join(plain(old[i].text) for i, _ in columns),
            " ".join(plain(new[j].text) for _, j in columns), 0.3,
        )  # fmt: skip
        things = _cell_things(old) & _cell_things(new)
        whole = float((bool(columns) and same == len(columns)) or bool(things))
        return words + same * 0.5 if words else whole

    return compared


def _cell_things(row: Sequence[Cell]) -> set[str]:
    return {span.handle for cell in row for span in cell.text if span.handle}


def column_likeness(old: Sequence[Text], new: Sequence[Text]) -> float:
    """Return how alike two columns are; the head counts most."""
    if old[0] == new[0] and old[0]:
        return 100.0
    words = _weighted(
        " ".join(plain(text) for text in old), " ".join(plain(text) for text in new), 0.3
    )
    return words or float(old == new)


def things_of(part: Part) -> frozenset[str]:
    """Return the handles in a block, of what can't be made again."""
    texts = [cell.text for row in part.rows for cell in row] if isinstance(part, Table) else [
        part.text
    ]  # fmt: skip
    return frozenset(span.handle for text in texts for span in text if span.handle)


def _weighted(old: str, new: str, least: float) -> float:
    if old == new:
        return 2.0 + len(old) / 20
    olds, news = _bag(old), _bag(new)
    total = sum(olds.values()) + sum(news.values())
    if not total:
        return 0.0
    ratio = 2 * sum((olds & news).values()) / total
    return ratio * (1 + min(total, 2_000) / 80) if ratio >= least else 0.0


@lru_cache(maxsize=8192)
def _bag(text: str) -> Counter[str]:
    """Return the words of a text, each as often as it has letters in all."""
    bag: Counter[str] = Counter()
    for word in _WORD.findall(text):
        if not word.isspace():
            bag[word.lower()] += len(word)
    return bag


@dataclass(frozen=True, slots=True)
class _Word:
    key: str
    start: int
    end: int


def changes(old: Sequence[Char], new: Sequence[Char]) -> list[Op]:
    """Return what differs between two texts, word by word, in order."""
    olds, news = _words(old), _words(new)
    matcher = SequenceMatcher(None, [w.key for w in olds], [w.key for w in news], autojunk=False)
    found: list[Op] = []
    for name, i, i_end, j, j_end in matcher.get_opcodes():
        if name == "equal":
            continue
        op = (
            _place(olds, i), _place(olds, i_end), _place(news, j), _place(news, j_end),
        )  # fmt: skip
        found.append(_narrowed(old, new, op))
    return found


def _words(chars: Sequence[Char]) -> list[_Word]:
    found: list[_Word] = []
    text = "".join("\ufffc" if char.handle else char.text for char in chars)
    for match in _WORD.finditer(text):
        char = chars[match.start()]
        key = f"\ufffc{char.handle}" if char.handle else match[0]
        found.append(_Word(key, match.start(), match.end()))
    return found


def _place(words: Sequence[_Word], at: int) -> int:
    return words[at].start if at < len(words) else words[-1].end if words else 0


def _narrowed(old: Sequence[Char], new: Sequence[Char], op: Op) -> Op:
    """Return a change of a word without the letters that stay, where most of them do."""
    i, i_end, j, j_end = op
    if i == i_end or j == j_end:
        return op
    first, shorter = 0, min(i_end - i, j_end - j)
    while first < shorter and _same(old[i + first], new[j + first]):
        first += 1
    last = 0
    while last < shorter - first and _same(old[i_end - 1 - last], new[j_end - 1 - last]):
        last += 1
    if 2 * (first + last) < max(i_end - i, j_end - j):
        return op
    narrow = (i + first, i_end - last, j + first, j_end - last)
    return op if _cuts(old, narrow[0], narrow[1]) or _cuts(new, narrow[2], narrow[3]) else narrow


def _same(one: Char, other: Char) -> bool:
    return (one.text, one.handle) == (other.text, other.handle)


def _cuts(chars: Sequence[Char], *places: int) -> bool:
    """Say whether a letter would be parted from an accent or from the sign joined to it."""
    return any(
        0 < at < len(chars)
        and (bool(_JOINING.match(chars[at].text)) or chars[at - 1].text == "\u200d")
        for at in places
    )
