"""Markdown as blocks: the part of it that a Google document can hold, and all words as text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from .inline import (
    CELL,
    FLOW,
    LINES,
    ONE_LINE,
    code_chars,
    parser,
    read_inline,
    settled,
)  # fmt: skip
from .model import (
    BREAK,
    CODE,
    HEADING,
    ITEM,
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
)  # fmt: skip
from .tidy import boxed, mono, tidied, unbold

if TYPE_CHECKING:
    from markdown_it.token import Token

DEEPEST = 9
"""How deep a list can be nested in a Google document."""

_TICK = re.compile(r"\[(?P<sign>[ xX])\](?:[ \t]+|$)")
_QUOTE = re.compile(r"[ \t]*>[ \t]?")


@dataclass(slots=True)
class _Draft:
    kind: str
    chars: list[Char] = field(default_factory=list)
    level: int = 0
    ordered: bool = False
    rows: list[list[str]] = field(default_factory=list)


def parsed(markdown: str) -> tuple[Part, ...]:
    """Return the blocks of a text in Markdown."""
    source = markdown.replace("\r\n", "\n").replace("\r", "\n").replace(BREAK, " ")
    tokens = parser().parse(source)
    return placed(_Parser(source.split("\n")).parts(tokens))


def placed(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return blocks in the one form that Markdown and the document agree on: an item lies at
    most one level below the item before it, and a quote after an item belongs to it."""
    found: list[Part] = []
    depth = 0
    for part in parts:
        if isinstance(part, Block) and part.kind == ITEM:
            depth = min(part.level, depth + 1, DEEPEST)
            part = replace(part, level=depth)
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
            chars = read_inline(content, ONE_LINE)
            self.drafts.append(_Draft(HEADING, chars, level=int(token.tag[1])))
        else:
            self.drafts.append(_Draft(PARAGRAPH, read_inline(content, FLOW)))

    def _in_item(self, content: str) -> None:
        box = _TICK.match(content) if self.fresh else None
        if box is not None:
            sign = OPEN_BOX if box["sign"] == " " else TICKED_BOX
            content = f"{sign} {content[box.end() :]}"
        self._add(read_inline(content, FLOW))

    def _add(self, chars: list[Char]) -> None:
        """Add text to the open item: further paragraphs of an item are lines of it."""
        last = self.drafts[-1] if self.drafts else None
        if self.fresh:
            self.fresh = False
            self.drafts.append(_Draft(ITEM, chars, level=len(self.lists), ordered=self.lists[-1]))
        elif last is not None and last.kind == ITEM:
            last.chars += [Char(BREAK), *chars]
        else:
            self.drafts.append(_Draft(PARAGRAPH, chars))

    def _code(self, content: str) -> None:
        chars = code_chars(content)
        if self.lists:
            self._add(chars)
        else:
            self.drafts.append(_Draft(CODE, chars))

    def _quoted(self, token: "Token") -> list[Char]:
        start, end = token.map or (0, 0)
        lines = [_QUOTE.sub("", line, count=1) for line in self.lines[start:end]]
        chars: list[Char] = []
        stretch: list[str] = []
        for line in [*lines, ""]:
            if line.strip():
                stretch.append(line)
                continue
            if stretch:
                chars += [*([Char(BREAK)] if chars else []), *_lines(stretch)]
                stretch = []
            chars += [Char(BREAK)] if chars else []
        return chars


def _lines(stretch: Sequence[str]) -> list[Char]:
    return read_inline("\n".join(stretch), LINES)


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
        if draft.kind == PARAGRAPH and all_code(spans(tidied(draft.chars))):
            draft.kind = CODE
        if draft.kind == CODE and found and found[-1].kind == CODE:
            found[-1].chars += [Char(BREAK), *draft.chars]
        elif draft.kind != CODE or draft.chars:
            found.append(draft)
    return found


def _finished(draft: _Draft) -> Part | None:
    if draft.kind == "table":
        return Table(tuple(
            tuple(cell_of(read_inline(cell, CELL), not at) for cell in row)
            for at, row in enumerate(draft.rows)
        ))  # fmt: skip
    if draft.kind == RULE:
        return Block(RULE)
    return block_of(draft.kind, draft.chars, draft.level, draft.ordered)


def block_of(
    kind: str, chars: Sequence[Char], level: int = 0, ordered: bool = False
) -> Block | None:
    """Return a block of text in the one form that both sides agree on, None if it says nothing."""
    found = tidied(chars, literal=kind == QUOTE, one_line=kind == HEADING)
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


def place_of(kind: str) -> str:
    """Return where the text of such a block stands."""
    return {QUOTE: LINES, HEADING: ONE_LINE}.get(kind, FLOW)


def cell_of(chars: Sequence[Char], head: bool) -> Cell:
    """Return a cell."""
    found = tidied(chars)
    text = settled(unbold(found) if head else found, CELL)
    return Cell(text)
