"""Merges lists of a YAML file item by item, and writes them with the lines that they came with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from smarketing.yamlfiles.datapath import value_at
from smarketing.yamlfiles.entries import (
    Path,
    end_of,
    indented,
    line_ending,
    own_comments,
    same,
    shifted,
)
from smarketing.yamlfiles.source import Source
from smarketing.yamlfiles.values import rendered, with_value

NONE: Any = object()
"""In the place of a value that is not there."""

EDITED, DELETED, BOTH, UNFIT = (
    "the edition takes this out, and you changed it",
    "you took this out, and the edition changes it",
    "both of you changed this",
    "this can't be written in without touching more",
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One item of a list: its lines, and those between it and the next. One that is `gone`
    leaves only the lines in `tail`; one without lines is written out."""

    value: Any
    lines: str = ""
    tail: str = ""
    gone: bool = False


def pieces(source: Source, path: Path) -> list[Piece] | None:
    """Return the items of a list with their lines; None if they are not written line by line."""
    spot, text = source.find(path), source.text
    if spot is None or not isinstance(spot.parts, list) or text[spot.start : spot.start + 1] != "-":
        return None
    starts = [text.rfind("\n", 0, part.start) + 1 for part in spot.parts]
    if any(text[at:].lstrip(" ")[:2] != "- " for at in starts):
        return None
    ends = [*starts[1:], end_of(text, spot)]
    found = []
    for part, value, start, end in zip(
        spot.parts, value_at(source.data, path), starts, ends, strict=True
    ):
        own = min(end_of(text, part), end)
        found.append(Piece(value, text[start:own], text[own:end]))
    return found


def taken_out(piece: Piece, base: Source) -> Piece:
    """Return what stays of an item that goes: the comments that a person wrote."""
    kept = own_comments(piece.lines, base)
    tail = indented(kept, _dash(piece), piece.lines) + piece.tail
    return Piece(piece.value, tail=tail, gone=True)


def put_in(piece: Piece, base: Source, other: Piece) -> Piece:
    """Return another item in the place of this one."""
    return Piece(other.value, other.lines, taken_out(piece, base).tail)


def listing(source: Source, path: Path, items: Sequence[Piece], in_lines: bool) -> Iterator[str]:
    """Yield texts with these items as the list at the path."""
    spot, text = source.find(path), source.text
    mine = pieces(source, path) if in_lines else None
    if mine and spot is not None:
        start, indent = text.rfind("\n", 0, spot.start) + 1, _dash(mine[0])
        new = "".join(_written(piece, indent, text) for piece in items)
        yield text[:start] + new + text[end_of(text, spot) :]
    values = [piece.value for piece in items if not piece.gone]
    yield with_value(text, path, values, source.file)


def _dash(piece: Piece) -> int:
    """Return how many blanks stand before an item's dash."""
    return len(piece.lines) - len(piece.lines.lstrip(" "))


def _written(piece: Piece, indent: int, like: str) -> str:
    if piece.gone:
        return piece.tail
    end = line_ending(like)
    if not piece.lines:
        return f"{' ' * indent}- {rendered(piece.value)}{end}{piece.tail}"
    lines = piece.lines
    if _dash(piece) != indent or end not in lines:
        lines = shifted(lines, _dash(piece), indent, like)
    return (lines if lines.endswith("\n") else lines + end) + piece.tail


def by_name(items: list[Any]) -> dict[str, Any] | None:
    """Return the items of a list by what tells them apart, None if nothing does.

    A plain item is its own name; one of a single key, as a line of a checklist, has that.
    """
    found: dict[str, Any] = {}
    for item in items:
        if isinstance(item, dict) and len(item) == 1:
            name = next(iter(item))
        elif isinstance(item, dict | list) or item is None:
            return None
        else:
            name = f"“{item}”"
        if name in found:
            return None
        found[name] = item
    return found


class Items:
    """The items of the person's list as they are by now, by name."""

    def __init__(self, here: dict[str, Piece], base: Source | None) -> None:
        self._here, self._base = here, base

    @property
    def all(self) -> list[Piece]:
        """All items in their order, those that are gone too."""
        return list(self._here.values())

    def merged(
        self,
        was: Mapping[str, Any],
        now: Mapping[str, Any],
        theirs: Mapping[str, Piece],
        remove: bool,
    ) -> Iterator[tuple[str, str, Any, Any]]:
        """Take over what the edition changed; yield where the person's stands."""
        became = _reworded(was, now)
        for old, new in became.items():
            yield from self._reword(old, new, was, theirs)
        for name in was.keys() - now.keys() - became.keys():
            if name in self._here and not same(self._here[name].value, was[name]):
                yield name, EDITED, self._here[name].value, NONE
            elif name in self._here and remove:
                self._put(name, name, self._without(self._here[name]))
        before: list[str] = []
        for name in now:
            if name in was and not same(was[name], now[name]):
                yield from self._reword(name, name, was, theirs)
            elif name not in was and name not in became.values():
                yield from self._add(name, theirs[name], before)
            before.append(name)

    def _reword(
        self, old: str, new: str, was: Mapping[str, Any], theirs: Mapping[str, Piece]
    ) -> Iterator[tuple[str, str, Any, Any]]:
        other = theirs[new]
        if new in self._here and same(self._here[new].value, other.value):
            return
        if old not in self._here:
            yield old, BOTH, NONE, other.value
        elif not same(self._here[old].value, was[old]):
            yield old, BOTH, self._here[old].value, other.value
        else:
            self._put(old, new, self._with(self._here[old], other))

    def _add(
        self, name: str, other: Piece, before: list[str]
    ) -> Iterator[tuple[str, str, Any, Any]]:
        if name in self._here:
            if not same(self._here[name].value, other.value):
                yield name, BOTH, self._here[name].value, other.value
            return
        fresh = Piece(other.value, other.lines)
        after = next((one for one in reversed(before) if one in self._here), None)
        order = list(self._here)
        place = order.index(after) + 1 if after is not None else 0
        items = list(self._here.items())
        self._here = dict([*items[:place], (name, fresh), *items[place:]])

    def _put(self, old: str, new: str, piece: Piece) -> None:
        self._here = {
            (new if name == old else name): (piece if name == old else here)
            for name, here in self._here.items()
        }

    def _without(self, piece: Piece) -> Piece:
        if self._base is None:
            return Piece(piece.value, gone=True)
        return taken_out(piece, self._base)

    def _with(self, piece: Piece, other: Piece) -> Piece:
        return other if self._base is None else put_in(piece, self._base, other)


def _reworded(was: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, str]:
    """Return the items that stand in the place of others, as far as that can be told."""
    old, new = list(was), list(now)
    matched = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return {
        a: b
        for what, i, j, k, m in matched
        if what == "replace"
        for a, b in zip(old[i:j], new[k:m], strict=False)
        if a not in now and b not in was
    }
