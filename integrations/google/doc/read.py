"""The JSON of a Google document as blocks, each with its places.

Suggested insertions are not part of the text, suggested deletions still are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from .inline import CELL, settled
from .model import (
    BREAK,
    CODE,
    HEADING,
    ITEM,
    OBJECT,
    PARAGRAPH,
    PLAIN,
    QUOTE,
    RULE,
    Block,
    Cell,
    Char,
    Json,
    Part,
    Slot,
    Span,
    Table,
    Where,
    all_code,
    spans,
)  # fmt: skip
from .ours import in_words
from .parse import place_of, placed
from .runs import chars_of, is_suggested, look_of, run_of
from .tidy import boxed, mono, tidied, unbold

_ORDERED = frozenset(("DECIMAL", "ZERO_DECIMAL", "UPPER_ALPHA", "ALPHA", "UPPER_ROMAN", "ROMAN"))


@dataclass(frozen=True, slots=True)
class Body:
    """A document: its blocks, and all its structural elements with those that say nothing."""

    parts: tuple[Part, ...]
    slots: tuple[Slot, ...]


@dataclass(slots=True)
class _Draft:
    kind: str
    chars: list[Char]
    level: int = 0
    ordered: bool = False
    slots: list[Slot] = field(default_factory=list)
    first: int = -1
    last: int = -1
    mono: bool = False


def body_of(document: Json) -> Body:
    """Return the first tab of a document."""
    tabs = document.get("tabs") or []
    shown = tabs[0].get("documentTab", {}) if tabs else document
    return _Reader(shown.get("lists") or {}).body((shown.get("body") or {}).get("content") or [])


class _Reader:
    """Reads structural elements; knows the lists of the document."""

    def __init__(self, lists: Json) -> None:
        self.lists = lists

    def body(self, content: Sequence[Json]) -> Body:
        """Return the blocks and the slots of the content."""
        slots = [self._slot(content, at) for at in range(len(content))]
        drafts = _joined(self._drafts(content, slots))
        parts = [part for draft in drafts if (part := self._finished(draft, content, slots))]
        return Body(placed(parts), tuple(slots))

    def _slot(self, content: Sequence[Json], at: int) -> Slot:
        element = content[at]
        start, end = element.get("startIndex", 0), element.get("endIndex", 0)
        if "paragraph" not in element:
            kind = next((name for name in ("table", "tableOfContents") if name in element), "")
            foreign = bool(element.get(kind, {}).get("suggestedInsertionIds"))
            return Slot(kind or "other", start, end, foreign=foreign)
        paragraph = element["paragraph"]
        elements = paragraph.get("elements") or []
        styles = _styles(elements)
        return Slot(
            PARAGRAPH, start, end, paragraph.get("paragraphStyle") or {},
            bullet="bullet" in paragraph, empty=end - start <= 1,
            look=look_of(styles[0]), styled=any(style != styles[0] for style in styles),
            suggested=any(is_suggested(run_of(run)) for run in elements),
            foreign=bool(elements) and is_suggested(run_of(elements[-1])),
        )  # fmt: skip

    def _drafts(self, content: Sequence[Json], slots: Sequence[Slot]) -> Iterator[_Draft]:
        """Yield a draft for each block; a newline that is only suggested ends no paragraph."""
        open_: _Draft | None = None
        for at, (element, slot) in enumerate(zip(content, slots, strict=True)):
            if slot.kind != PARAGRAPH:
                open_ = None
                if slot.kind in ("table", "tableOfContents") and not slot.foreign:
                    yield _Draft(slot.kind, [], slots=[slot], first=at, last=at)
                continue
            paragraph = element["paragraph"]
            draft = open_ or _Draft(PARAGRAPH, [], first=at)
            draft.chars += chars_of(paragraph)
            draft.slots.append(slot)
            draft.last = at
            open_ = draft
            if not slot.foreign:
                open_ = None
                self._classify(draft, paragraph)
                yield draft

    def _classify(self, draft: _Draft, paragraph: Json) -> None:
        style = paragraph.get("paragraphStyle") or {}
        named = str(style.get("namedStyleType", ""))
        bullet = paragraph.get("bullet")
        handles = [char.handle for char in draft.chars if char.handle or not char.text.isspace()]
        draft.mono = _is_mono(paragraph)
        if bullet is not None:
            draft.kind, draft.level = ITEM, int(bullet.get("nestingLevel", 0)) + 1
            draft.ordered = self._is_ordered(bullet)
        elif handles == ["rule"] or (not draft.chars and _width(style, "borderBottom")):
            draft.kind = RULE
        elif named.startswith("HEADING_") or named == "TITLE":
            draft.kind, draft.level = HEADING, 1 if named == "TITLE" else int(named[-1])
        elif _is_quote(style):
            draft.kind = QUOTE

    def _is_ordered(self, bullet: Json) -> bool:
        found = self.lists.get(bullet.get("listId", ""), {})
        levels = found.get("listProperties", {}).get("nestingLevels") or []
        at = int(bullet.get("nestingLevel", 0))
        return at < len(levels) and levels[at].get("glyphType") in _ORDERED

    def _finished(
        self, draft: _Draft, content: Sequence[Json], slots: Sequence[Slot]
    ) -> Part | None:
        where = Where(tuple(draft.slots), (), draft.first, draft.last)
        if draft.kind == "tableOfContents":
            return Block(OBJECT, (Span("contents", PLAIN, "contents"),), where=where)
        if draft.kind == "table":
            return _table(content[draft.first]["table"], where)
        if draft.kind == RULE:
            return Block(RULE, where=replace(where, chars=tuple(draft.chars)))
        return _text_block(draft, where)


def _text_block(draft: _Draft, where: Where) -> Block | None:
    kind = draft.kind
    found = tidied(draft.chars, literal=kind == QUOTE, one_line=kind == HEADING)
    if kind == ITEM:
        found = boxed(found)
    if kind == CODE:
        text = spans(mono(found))
        where = replace(where, chars=tuple(found), raw=tuple(draft.chars))
        return Block(CODE, text, where=where) if text else None
    shown = unbold(found) if kind == HEADING else found
    if kind in (ITEM, PARAGRAPH) and any(char.ours for char in shown):
        shown = in_words(shown)
    text = settled(shown, place_of(kind))
    if not text:
        return None
    if kind == PARAGRAPH and all_code(text):
        kind, text = CODE, spans(mono(found))
    where = replace(where, chars=tuple(found), raw=tuple(draft.chars))
    return Block(kind, text, draft.level, draft.ordered, where)


def _joined(drafts: Iterator[_Draft]) -> list[_Draft]:
    """Join paragraphs of code that follow each other, with the empty ones between them."""
    found: list[_Draft] = []
    between: list[_Draft] = []
    for draft in drafts:
        if draft.kind == PARAGRAPH and not draft.chars:
            between = [*between, draft] if draft.mono else []
            continue
        if draft.kind == PARAGRAPH and all_code(spans(tidied(draft.chars))):
            draft.kind = CODE
        last = found[-1] if found else None
        gap = draft.first - last.last - 1 if last else -1
        if last and draft.kind == last.kind == CODE and gap == len(between):
            for other in [*between, draft]:
                end = last.slots[-1].end
                last.chars += [Char(BREAK, start=end - 1, end=end), *other.chars]
                last.slots += other.slots
            last.last = draft.last
        else:
            found.append(draft)
        between = []
    return found


def _styles(elements: Sequence[Json]) -> list[Json]:
    """Return the styles of a paragraph's text, that of its newline only where it is alone."""
    runs = [element["textRun"] for element in elements if "textRun" in element]
    shown = [run for run in runs if run.get("content") != "\n"] or runs
    return [run.get("textStyle") or {} for run in shown] or [{}]


def _is_mono(paragraph: Json) -> bool:
    elements = paragraph.get("elements") or []
    return bool(elements) and look_of(run_of(elements[-1]).get("textStyle") or {}).code


def _width(style: Json, border: str) -> bool:
    return bool(((style.get(border) or {}).get("width") or {}).get("magnitude"))


def _is_quote(style: Json) -> bool:
    """Say whether the whole paragraph is set in, not its first line alone."""
    sides = (style.get("indentStart"), style.get("indentFirstLine"))
    return all(float((side or {}).get("magnitude") or 0) >= 9 for side in sides)


def _table(table: Json, where: Where) -> Part:
    rows = table.get("tableRows") or []
    if _irregular(rows):
        return Block(OBJECT, (Span("table", PLAIN, "table"),), where=where)
    sizes = tuple(
        tuple(_content_size(cell) for cell in row.get("tableCells") or []) for row in rows
    )
    lines = tuple(at for at, row in enumerate(rows) if not is_suggested(row))
    columns = _columns(rows)
    cells = tuple(
        tuple(_cell(rows[line]["tableCells"][column], not at) for column in columns)
        for at, line in enumerate(lines)
    )
    if not cells or not columns:
        return Block(OBJECT, (Span("table", PLAIN, "table"),), where=where)
    return Table(cells, where, sizes, lines, columns)


def _irregular(rows: Sequence[Json]) -> bool:
    widths = {len(row.get("tableCells") or []) for row in rows}
    spans_ = (
        (cell.get("tableCellStyle") or {}).get(name, 1)
        for row in rows for cell in row.get("tableCells") or []
        for name in ("rowSpan", "columnSpan")
    )  # fmt: skip
    return len(widths) != 1 or any(span > 1 for span in spans_)


def _columns(rows: Sequence[Json]) -> tuple[int, ...]:
    """Return the columns that are not only suggested."""
    kept = [row["tableCells"] for row in rows if not is_suggested(row)]
    width = len(kept[0]) if kept else 0
    return tuple(at for at in range(width) if not all(is_suggested(row[at]) for row in kept))


def _content_size(cell: Json) -> int:
    return int(cell.get("endIndex", 0)) - int(cell.get("startIndex", 0)) - 1


def _cell(cell: Json, head: bool) -> Cell:
    chars: list[Char] = []
    content = cell.get("content") or []
    for at, element in enumerate(content):
        start, end = element.get("startIndex", 0), element.get("endIndex", 0)
        if "paragraph" in element:
            chars += chars_of(element["paragraph"])
            if at + 1 < len(content) and not is_suggested(
                run_of(element["paragraph"]["elements"][-1])
            ):
                chars.append(Char(BREAK, start=end - 1, end=end))
        else:
            kind = "table" if "table" in element else "thing"
            chars.append(Char(kind, PLAIN, kind, start, end, real=True))
    found = tidied(chars)
    text = settled(unbold(found) if head else found, CELL)
    start = int(content[0].get("startIndex", 0)) if content else -1
    end = int(content[-1].get("endIndex", 0)) if content else -1
    return Cell(text, start, end, tuple(found))
