"""Markdown as blocks: the part of it that a Google document can hold, and all words as text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from .inline import block_parser, code_chars, read_inline, settled
from .model import (
    BREAK,
    CELL,
    CODE,
    FLOW,
    HEADING,
    ITEM,
    LINES,
    ONE_LINE,
    OPEN_BOX,
    PARAGRAPH,
    QUOTE,
    RULE,
    TICKED_BOX,
    Block,
    Cell,
    Char,
    Part,
    Table,
    all_code,
    spans,
)
from .tidy import boxed, mono, tidied, unbold

if TYPE_CHECKING:
    from markdown_it.token import Token

DEEPEST = 9
"""How deep a list can be nested in a Google document."""

_TICK = re.compile(r"\[(?P<sign>[ xX])\](?:[ \t]+|$)")
_QUOTE = re.compile(r"[ \t]*>[ \t]?")


_Piece = tuple[str, str]
"""A stretch of Markdown and where it stands; `_CODE` is none, and `_BREAK` a line break alone."""

_CODE = "code"
_BREAK: _Piece = (BREAK, "")

_KEPT = 8192


@dataclass(slots=True)
class _Draft:
    kind: str
    said: list[_Piece] = field(default_factory=list)
    level: int = 0
    ordered: bool = False
    rows: list[list[str]] = field(default_factory=list)


# An edit asks this several times of each text.
@lru_cache(maxsize=16)
def parsed(markdown: str) -> tuple[Part, ...]:
    """Return the blocks of a text in Markdown."""
    source = markdown.replace("\r\n", "\n").replace("\r", "\n").replace(BREAK, " ")
    tokens = block_parser().parse(source)
    return placed(_Parser(source.split("\n")).parts(tokens))


def placed(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return blocks in the one form that Markdown and the document agree on: an item lies at
    most one level below the item before it, and a quote after an item belongs to it."""
    found: list[Part] = []
    depth = 0
    for part in parts:
        if isinstance(part, Block) and part.kind == ITEM:
            depth = min(part.level, depth + 1, DEEPEST)
            part = part if part.level == depth else replace(part, level=depth)
        elif isinstance(part, Block) and part.kind == QUOTE:
            last = found[-1] if found else None
            nested = isinstance(last, Block) and last.level > 0 and last.kind in (ITEM, QUOTE)
            part = replace(part, level=depth if nested else 0)
            depth = part.level
        else:
            depth = 0
        found.append(part)
    return tuple(found)


class _Parser:
    """Walks the tokens of blocks; `lists` says for each open list whether it is numbered."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.drafts: list[_Draft] = []
        self.lists: list[bool] = []
        self.fresh = False

    def parts(self, tokens: "Sequence[Token]") -> list[Part]:
        """Return the blocks of the tokens."""
        at = 0
        while at < len(tokens):
            at = self._token(tokens, at)
        return [part for draft in _joined(self.drafts) if (part := _finished(draft))]

    def _token(self, tokens: "Sequence[Token]", at: int) -> int:
        """Take up the block that starts here; return the place after what was read."""
        token = tokens[at]
        kind = token.type
        if kind.endswith("_list_open"):
            self.lists.append(kind == "ordered_list_open")
        elif kind.endswith("_list_close"):
            self.lists.pop()
        elif kind == "list_item_open":
            self.fresh = True
        elif kind == "list_item_close":
            self.fresh = False
        elif kind in ("paragraph_open", "heading_open"):
            self._text(token, tokens[at + 1].content)
            return at + 3
        elif kind in ("fence", "code_block"):
            self._code(token.content)
        elif kind == "blockquote_open":
            self.fresh = False
            self.drafts.append(_Draft(QUOTE, self._quoted(token)))
            return _after(tokens, at)
        elif kind == "table_open":
            end = _after(tokens, at)
            self.drafts.append(_Draft("table", rows=_rows(tokens[at:end])))
            return end
        elif kind == "hr":
            self.drafts.append(_Draft(RULE))
        return at + 1

    def _text(self, token: "Token", content: str) -> None:
        if self.lists:
            self._in_item(content)
        elif token.type == "heading_open":
            said = [(content, ONE_LINE)]
            self.drafts.append(_Draft(HEADING, said, level=int(token.tag[1])))
        else:
            self.drafts.append(_Draft(PARAGRAPH, [(content, FLOW)]))

    def _in_item(self, content: str) -> None:
        box = _TICK.match(content) if self.fresh else None
        if box is not None:
            sign = OPEN_BOX if box["sign"] == " " else TICKED_BOX
            content = f"{sign} {content[box.end() :]}"
        self._add((content, FLOW))

    def _add(self, piece: _Piece) -> None:
        """Add text to the open item: further paragraphs of an item are lines of it."""
        last = self.drafts[-1] if self.drafts else None
        if self.fresh:
            self.fresh = False
            self.drafts.append(_Draft(ITEM, [piece], level=len(self.lists), ordered=self.lists[-1]))
        elif last is not None and last.kind == ITEM:
            last.said += [_BREAK, piece]
        else:
            self.drafts.append(_Draft(PARAGRAPH, [piece]))

    def _code(self, content: str) -> None:
        if self.lists:
            self._add((content, _CODE))
        else:
            self.drafts.append(_Draft(CODE, [(content, _CODE)]))

    def _quoted(self, token: "Token") -> list[_Piece]:
        start, end = token.map or (0, 0)
        lines = [_QUOTE.sub("", line, count=1) for line in self.lines[start:end]]
        said: list[_Piece] = []
        stretch: list[str] = []
        for line in [*lines, ""]:
            if line.strip():
                stretch.append(line)
                continue
            if stretch:
                said += [*([_BREAK] if said else []), ("\n".join(stretch), LINES)]
                stretch = []
            said += [_BREAK] if said else []
        return said


def _rows(tokens: "Sequence[Token]") -> list[list[str]]:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(token.content)
    return rows


def _after(tokens: "Sequence[Token]", at: int) -> int:
    level = tokens[at].level
    at += 1
    while tokens[at].level != level or tokens[at].nesting != -1:
        at += 1
    return at + 1


def _joined(drafts: Iterable[_Draft]) -> list[_Draft]:
    """Join blocks of code that follow each other: in the document they are one."""
    found: list[_Draft] = []
    for draft in drafts:
        if draft.kind == PARAGRAPH and _is_code(tuple(draft.said)):
            draft.kind = CODE
        if draft.kind == CODE and found and found[-1].kind == CODE:
            found[-1].said += [_BREAK, *draft.said]
        elif draft.kind != CODE or _letters(draft.said):
            found.append(draft)
    return found


def _finished(draft: _Draft) -> Part | None:
    if draft.kind == "table":
        return Table(tuple(
            tuple(_cell(cell, not at) for cell in row) for at, row in enumerate(draft.rows)
        ))  # fmt: skip
    if draft.kind == RULE:
        return Block(RULE)
    return _block(draft.kind, tuple(draft.said), draft.level, draft.ordered)


# Of long notes all but a block or two are as they were when they were last read.
@lru_cache(maxsize=_KEPT)
def _block(kind: str, said: tuple[_Piece, ...], level: int, ordered: bool) -> Block | None:
    """Return a block of text in the one form that both sides agree on, None if it says nothing."""
    found = tidied(_letters(said), literal=kind == QUOTE, one_line=kind == HEADING)
    if kind == ITEM:
        found = boxed(found)
    if kind == CODE:
        text = spans(mono(found))
        return Block(kind, text) if text else None
    if kind == HEADING:
        found = unbold(found)
    text = settled(found, place_of(kind))
    if not text:
        return None
    if kind == PARAGRAPH and all_code(text):
        return Block(CODE, spans(mono(found)))
    return Block(kind, text, level, ordered)


@lru_cache(maxsize=_KEPT)
def _is_code(said: tuple[_Piece, ...]) -> bool:
    return all_code(spans(tidied(_letters(said))))


def _letters(said: Iterable[_Piece]) -> list[Char]:
    return [char for piece in said for char in _chars(piece)]


def _chars(piece: _Piece) -> list[Char]:
    content, where = piece
    if piece == _BREAK:
        return [Char(BREAK)]
    return code_chars(content) if where == _CODE else read_inline(content, where)


@lru_cache(maxsize=_KEPT)
def _cell(content: str, head: bool) -> Cell:
    found = tidied(read_inline(content, CELL))
    return Cell(settled(unbold(found) if head else found, CELL))


def place_of(kind: str) -> str:
    """Return where the text of such a block stands."""
    return {QUOTE: LINES, HEADING: ONE_LINE}.get(kind, FLOW)
