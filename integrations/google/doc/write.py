"""Blocks as Markdown, in the form that people write it in."""

import re
from collections.abc import Sequence
from functools import lru_cache

from .inline import written
from .model import (
    BREAK,
    CELL,
    CODE,
    FLOW,
    HEADING,
    ITEM,
    LINES,
    OBJECT,
    ONE_LINE,
    PARAGRAPH,
    QUOTE,
    RULE,
    TICKED_BOX,
    Block,
    Part,
    Table,
    Text,
)
from .tidy import has_box

_STARTS = re.compile(
    r"(?P<sign>#{1,6}(?=\s|$)|>|[-+*](?=\s|$)|~~~|[-:|](?=[-:|\s]*$)|=(?=[=\s]*$)|_(?=\s[_\s]*$))"
    r"|(?P<number>\d{1,9})(?=[.)](?:\s|$))"
)
_TICK = re.compile(r"\[[ xX]\](?=\s|$)")
_KEPT = 8192
"""As many blocks are not written again."""

_FENCE = re.compile(r"`{3,}")


def markdown(parts: Sequence[Part]) -> str:
    """Return the blocks as one text."""
    found: list[str] = []
    numbers: list[int] = []
    widths: list[int] = []
    last: Part | None = None
    top = False
    for part in parts:
        listed = isinstance(part, Block) and part.level > 0 and part.kind in (ITEM, QUOTE)
        if not listed:
            numbers, widths = [], []
        if last is not None:
            found.append("\n" if _tight(last, part, top) else "\n\n")
        if isinstance(part, Block) and part.kind == ITEM:
            found.append(_item(part, last, numbers, widths))
        elif listed and isinstance(part, Block):
            found.append(_indented(_block(part), " " * sum(widths[: part.level])))
        else:
            found.append(_table(part) if isinstance(part, Table) else _block(part))
        if isinstance(part, Block) and part.kind == ITEM and part.level == 1:
            top = part.ordered
        last = part
    return "".join([*found, "\n"]) if found else ""


def _tight(last: Part, part: Part, top: bool) -> bool:
    """Say whether no empty line comes between two blocks; `top` says whether the list of the
    first level that is open is numbered."""
    if not isinstance(last, Block) or not isinstance(part, Block):
        return False
    if last.kind not in (ITEM, QUOTE) or not last.level or not part.level:
        return False
    if part.kind == ITEM and part.level == 1 and part.ordered != top:
        return False
    return ITEM in (part.kind, last.kind) and part.kind in (ITEM, QUOTE)


def _item(part: Block, last: Part | None, numbers: list[int], widths: list[int]) -> str:
    """Write an item; `numbers` and `widths` are those of the lists that are open."""
    depth = part.level
    del numbers[depth:], widths[depth:]
    if len(numbers) < depth:
        numbers += [0] * (depth - len(numbers))
        widths += [0] * (depth - len(widths))
    sign = -1 if not part.ordered else max(numbers[-1], 0) + 1
    numbers[-1] = sign
    marker = f"{sign}. " if part.ordered else "- "
    widths[-1] = len(marker)
    indent = " " * sum(widths[:-1])
    return indent + marker + _indented(_item_text(part.text), indent + " " * len(marker)).lstrip()


@lru_cache(maxsize=_KEPT)
def _item_text(text: Text) -> str:
    said = written(text, FLOW)
    if has_box(said):
        return f"{'[x]' if said[0] == TICKED_BOX else '[ ]'}{said[1:]}"
    said = _lines_safe(said)
    return f"\\{said}" if _TICK.match(said) else said


@lru_cache(maxsize=_KEPT)
def _block(part: Block) -> str:
    if part.kind == HEADING:
        said = written(part.text, ONE_LINE)
        said = f"{said[:-1]}\\#" if said.endswith("#") and not said.endswith("\\#") else said
        return f"{'#' * part.level} {said}"
    if part.kind == QUOTE:
        lines = written(part.text, LINES).split("\n")
        return "\n".join(f"> {line}" if line else ">" for line in lines)
    if part.kind == CODE:
        return _fenced("".join(span.text for span in part.text))
    if part.kind == RULE:
        return "---"
    if part.kind == OBJECT:
        return written(part.text, FLOW)
    assert part.kind == PARAGRAPH
    return _lines_safe(written(part.text, FLOW))


def _fenced(code: str) -> str:
    fence = max(["```", *(f"{found}`" for found in _FENCE.findall(code))], key=len)
    return "\n".join([fence, *code.split(BREAK), fence])


def _lines_safe(said: str) -> str:
    """Return a paragraph in which no line begins a block of another kind."""
    return "\n".join(_STARTS.sub(_escaped, line, count=1) if _STARTS.match(line) else line
                     for line in said.split("\n"))  # fmt: skip


def _escaped(found: re.Match[str]) -> str:
    return f"{found['number']}\\" if found["number"] else f"\\{found['sign']}"


def _indented(text: str, margin: str) -> str:
    return "\n".join(margin + line if line else line for line in text.split("\n"))


def _table(part: Table) -> str:
    lines = [_row([written(cell.text, CELL) for cell in row]) for row in part.rows]
    dashes = _row(["---"] * max(len(row) for row in part.rows))
    return "\n".join([lines[0], dashes, *lines[1:]])


def _row(cells: Sequence[str]) -> str:
    return (
        "|"
        + "|".join(f" {cell.replace('|', chr(92) + '|')} " if cell else "  " for cell in cells)
        + "|"
    )
