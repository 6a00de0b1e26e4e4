"""What paragraphs of a Google document say, wherever they stand: each is read once.

A run reads long notes several times, and all but a paragraph or two are as they were. So what a
paragraph says is kept by its content without its places; its letters, which are many, are not
kept, but read again where an edit asks for them.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from .inline import settled
from .model import (
    CELL,
    CODE,
    HEADING,
    ITEM,
    PARAGRAPH,
    QUOTE,
    RULE,
    Char,
    Json,
    Letters,
    Look,
    Text,
    all_code,
    spans,
)
from .ours import in_words
from .parse import place_of
from .runs import chars_of, is_suggested, look_of, run_of
from .tidy import boxed, mono, tidied, unbold

HEAD = "head of a table"
"""Where a text stands that is all bold by itself, besides the kinds of blocks and `CELL`."""

_KEPT = 8192


@dataclass(frozen=True, slots=True)
class Piece:
    """The content of one paragraph as JSON, its places counted from `at`."""

    content: str
    at: int


Pieces = tuple[Piece | Char, ...]
"""Paragraphs, with what is between them."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a paragraph says as such: the same of each with the same content.

    `look` is that of its text, and `styled` says whether it has others; `suggested` whether some
    of it is only suggested, `foreign` whether the newline at its end is. `handles` has one for
    each letter that is no blank, "" for ordinary ones, at most two; `things` are all that are real.
    """

    look: Look
    styled: bool
    suggested: bool
    foreign: bool
    mono: bool
    code: bool
    empty: bool
    handles: tuple[str, ...]
    things: tuple[str, ...]


def piece_of(paragraph: Json) -> Piece:
    """Return the content of a paragraph, without its style."""
    elements = paragraph.get("elements") or []
    at = elements[0].get("startIndex", 0) if elements else 0
    moved = [
        each | {
            "startIndex": each.get("startIndex", 0) - at, "endIndex": each.get("endIndex", 0) - at,
        }
        for each in elements
    ]  # fmt: skip
    beside = paragraph.get("positionedObjectIds")
    whole = {"elements": moved, "positionedObjectIds": beside} if beside else {"elements": moved}
    return Piece(json.dumps(whole), at)


@lru_cache(maxsize=_KEPT)
def said_by(content: str) -> Said:
    """Return what the content of a paragraph says."""
    paragraph: Json = json.loads(content)
    elements = paragraph["elements"]
    styles = _styles(elements)
    chars = chars_of(paragraph)
    last = run_of(elements[-1]) if elements else {}
    return Said(
        look_of(styles[0]),
        any(style != styles[0] for style in styles),
        any(is_suggested(run_of(each)) for each in elements),
        is_suggested(last),
        look_of(last.get("textStyle") or {}).code,
        all_code(spans(tidied(chars))),
        not chars,
        tuple(char.handle for char in chars if char.handle or not char.text.isspace())[:2],
        tuple(char.handle for char in chars if char.real),
    )


def _styles(elements: Sequence[Json]) -> list[Json]:
    """Return the styles of a paragraph's text, that of its newline only where it is alone."""
    runs = [element["textRun"] for element in elements if "textRun" in element]
    shown = [run for run in runs if run.get("content") != "\n"] or runs
    return [run.get("textStyle") or {} for run in shown] or [{}]


@dataclass(frozen=True, slots=True)
class Placed(Letters):
    """The letters of a block of this kind, or of a cell."""

    pieces: Pieces
    kind: str

    @property
    def chars(self) -> tuple[Char, ...]:
        """Return those that count."""
        return self.raw if self.kind == RULE else tuple(_counting(self.raw, self.kind))

    @property
    def raw(self) -> tuple[Char, ...]:
        """Return all of them."""
        return tuple(char for piece in self.pieces for char in _placed(piece))

    @property
    def things(self) -> tuple[str, ...]:
        """Return the handles of those that are things of the document."""
        return tuple(thing for piece in self.pieces for thing in _things(piece))


def _placed(piece: Piece | Char) -> list[Char]:
    if isinstance(piece, Char):
        return [piece]
    chars, at = chars_of(json.loads(piece.content)), piece.at
    return [replace(each, start=each.start + at, end=each.end + at) for each in chars]


def _things(piece: Piece | Char) -> tuple[str, ...]:
    if isinstance(piece, Piece):
        return said_by(piece.content).things
    return (piece.handle,) if piece.real else ()


def _counting(chars: Iterable[Char], kind: str) -> list[Char]:
    found = tidied(chars, literal=kind == QUOTE, one_line=kind == HEADING)
    return boxed(found) if kind == ITEM else found


def text_of(pieces: Pieces, kind: str) -> tuple[str, Text]:
    """Return kind and text of a block, or of a cell; a paragraph of code alone is of another kind."""
    if len(pieces) == 1 and isinstance(pieces[0], Piece):
        return _text_once(pieces[0].content, kind)
    return _text(Placed(pieces, kind).raw, kind)


@lru_cache(maxsize=_KEPT)
def _text_once(content: str, kind: str) -> tuple[str, Text]:
    return _text(chars_of(json.loads(content)), kind)


def _text(chars: Iterable[Char], kind: str) -> tuple[str, Text]:
    found = _counting(chars, kind)
    if kind == CODE:
        return CODE, spans(mono(found))
    if kind in (CELL, HEAD):
        return kind, settled(unbold(found) if kind == HEAD else found, CELL)
    seen = unbold(found) if kind == HEADING else found
    if kind in (ITEM, PARAGRAPH) and any(char.ours for char in seen):
        seen = in_words(seen)
    text = settled(seen, place_of(kind))
    if kind == PARAGRAPH and text and all_code(text):
        return CODE, spans(mono(found))
    return kind, text
