"""How alike two blocks, rows or columns are, and which words of two texts differ."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from .model import CODE, OBJECT, RULE, TABLE, Block, Cell, Char, Part, Table, Text, plain, texts_of
from .pairing import Pair

Op = tuple[int, int, int, int]
"""From and to in the old letters, from and to in the new ones."""

_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff][\w\u0300-\u036f\u200d\ufe0f"
    r"]*|\s|[^\w\s](?:[\ufe0f\u20e3\U0001f3fb-\U0001f3ff]|\u200d.)*",
    re.DOTALL,
)
_JOINING = re.compile("[\u0300-\u036f\u200d\ufe0f\u20e3\U0001f3fb-\U0001f3ff]")


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
    if isinstance(part, Table):
        return TABLE, len(part.rows), len(part.rows[0])
    if part.kind in (RULE, OBJECT):
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
    return frozenset(span.handle for text in texts_of(part) for span in text if span.handle)


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
