"""Markdown as the upload from which Google makes a document in one call.

It is HTML in which everything is escaped: only what we mean is markup, and no image, no HTML
of a member and no link but to the web, a mailbox or a place of the document comes alive.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import escape

from .model import (
    BREAK,
    CODE,
    HEADING,
    ITEM,
    QUOTE,
    RULE,
    Block,
    Char,
    Part,
    Span,
    Table,
    Text,
    letters,
    spans,
)
from .parse import parsed

MIME = "text/html"

_TAGS = {"code": "code", "strike": "s", "italic": "i", "bold": "b"}
_HARD_BLANK = "\u00a0"


def import_text(markdown: str) -> tuple[str, str]:
    """Return what to upload, and its type."""
    body = "\n".join(_html(parsed(markdown)))
    return f'<html><head><meta charset="utf-8"></head><body>\n{body}\n</body></html>\n', MIME


def _html(parts: Sequence[Part]) -> Iterator[str]:
    lists: list[str] = []
    if parts and isinstance(parts[0], Table):
        # Without a paragraph before it nothing could ever be put above the table.
        yield "<p>&nbsp;</p>"
    for part in parts:
        depth = part.level if isinstance(part, Block) and part.kind in (ITEM, QUOTE) else 0
        yield from _closed(lists, depth)
        if isinstance(part, Table):
            yield _table(part)
        elif part.kind == ITEM:
            yield from _opened(lists, part)
            yield f"<li>{_inline(part.text)}"
        else:
            yield _block(part)
    yield from _closed(lists, 0)


def _closed(lists: list[str], depth: int) -> Iterator[str]:
    while len(lists) > depth:
        yield f"</li></{lists.pop()}>"


def _opened(lists: list[str], part: Block) -> Iterator[str]:
    """Open the list of an item, in the item above it."""
    tag = "ol" if part.ordered else "ul"
    if len(lists) == part.level and lists[-1] != tag:
        yield f"</li></{lists.pop()}>"
    if len(lists) == part.level:
        yield "</li>"
    else:
        lists.append(tag)
        yield f"<{tag}>"


def _block(part: Block) -> str:
    if part.kind == RULE:
        return "<hr>"
    if part.kind == HEADING:
        return f"<h{part.level}>{_inline(part.text)}</h{part.level}>"
    if part.kind == QUOTE:
        return f"<blockquote>{_inline(part.text, literal=True)}</blockquote>"
    assert part.kind == CODE or part.text
    return f"<p>{_inline(part.text)}</p>"


def _inline(text: Text, literal: bool = False) -> str:
    return "".join(_run(span) for span in spans(_hardened(letters(text), literal)))


def _hardened(chars: Sequence[Char], literal: bool) -> list[Char]:
    """Return letters with hard blanks where HTML would make one of two blanks, or none."""
    found = list(chars)
    blank = [char.text in (" ", BREAK) and not char.handle for char in chars]
    for at, char in enumerate(chars):
        before = at == 0 or blank[at - 1]
        after = char.look.code and (at + 1 == len(chars) or blank[at + 1])
        if char.text == " " and (char.look.code or literal) and (before or after):
            found[at] = replace(char, text=_HARD_BLANK)
    return found


def _run(span: Span) -> str:
    words = f"![{span.text}](doc:{span.handle})" if span.handle else span.text
    said = escape(words, quote=False).replace(BREAK, "<br>")
    for name, tag in _TAGS.items():
        if getattr(span.look, name):
            said = f"<{tag}>{said}</{tag}>"
    return f'<a href="{escape(span.look.link)}">{said}</a>' if span.look.link else said


def _table(part: Table) -> str:
    rows = [
        "".join(f"<td>{_head(cell.text) if not at else _inline(cell.text)}</td>" for cell in row)
        for at, row in enumerate(part.rows)
    ]
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def _head(text: Text) -> str:
    return f"<b>{_inline(text)}</b>" if text else ""
