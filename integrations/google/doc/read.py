"""The JSON of a Google document as blocks, each with its places.

Suggested insertions are not part of the text, suggested deletions still are.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .model import (
    BREAK,
    CELL,
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
)
from .parse import placed
from .runs import is_suggested
from .said import HEAD, Piece, Placed, Said, piece_of, said_by, text_of
from .tidy import tidied

_ORDERED = frozenset(("DECIMAL", "ZERO_DECIMAL", "UPPER_ALPHA", "ALPHA", "UPPER_ROMAN", "ROMAN"))


@dataclass(frozen=True, slots=True)
class Body:
    """A document: its blocks, and all its structural elements with those that say nothing."""

    parts: tuple[Part, ...]
    slots: tuple[Slot, ...]


@dataclass(slots=True)
class _Draft:
    kind: str
    pieces: list[Piece | Char]
    level: int = 0
    ordered: bool = False
    slots: list[Slot] = field(default_factory=list)
    first: int = -1
    last: int = -1

    def says(self) -> list[Said]:
        """Return what its paragraphs say."""
        return [said_by(each.content) for each in self.pieces if isinstance(each, Piece)]


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
        pieces = [piece_of(each["paragraph"]) if "paragraph" in each else None for each in content]
        slots = tuple(map(_slot, content, pieces))
        drafts = _joined(self._drafts(content, pieces, slots))
        parts = [part for draft in drafts if (part := _finished(draft, content))]
        return Body(placed(parts), slots)

    def _drafts(
        self, content: Sequence[Json], pieces: Sequence[Piece | None], slots: Sequence[Slot]
    ) -> Iterator[_Draft]:
        """Yield a draft for each block; a newline that is only suggested ends no paragraph."""
        open_: _Draft | None = None
        for at, (element, piece, slot) in enumerate(zip(content, pieces, slots, strict=True)):
            if piece is None:
                open_ = None
                if slot.kind in ("table", "tableOfContents") and not slot.foreign:
                    yield _Draft(slot.kind, [], slots=[slot], first=at, last=at)
                continue
            draft = open_ or _Draft(PARAGRAPH, [], first=at)
            draft.pieces.append(piece)
            draft.slots.append(slot)
            draft.last = at
            open_ = draft
            if not slot.foreign:
                open_ = None
                self._classify(draft, element["paragraph"])
                yield draft

    def _classify(self, draft: _Draft, paragraph: Json) -> None:
        style = paragraph.get("paragraphStyle") or {}
        named = str(style.get("namedStyleType", ""))
        bullet = paragraph.get("bullet")
        says = draft.says()
        handles = [handle for said in says for handle in said.handles]
        if bullet is not None:
            draft.kind, draft.level = ITEM, int(bullet.get("nestingLevel", 0)) + 1
            draft.ordered = self._is_ordered(bullet)
        elif handles == ["rule"] or (_is_empty(says) and _width(style, "borderBottom")):
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


def _slot(element: Json, piece: Piece | None) -> Slot:
    start, end = element.get("startIndex", 0), element.get("endIndex", 0)
    if piece is None:
        kind = next((name for name in ("table", "tableOfContents") if name in element), "")
        foreign = bool(element.get(kind, {}).get("suggestedInsertionIds"))
        return Slot(kind or "other", start, end, foreign=foreign)
    paragraph, said = element["paragraph"], said_by(piece.content)
    return Slot(
        PARAGRAPH, start, end, paragraph.get("paragraphStyle") or {},
        bullet="bullet" in paragraph, empty=end - start <= 1, look=said.look,
        styled=said.styled, suggested=said.suggested, foreign=said.foreign,
    )  # fmt: skip


def _finished(draft: _Draft, content: Sequence[Json]) -> Part | None:
    letters = Placed(tuple(draft.pieces), draft.kind)
    where = Where(tuple(draft.slots), letters, draft.first, draft.last)
    if draft.kind == "tableOfContents":
        return Block(OBJECT, (Span("contents", PLAIN, "contents"),), where=where)
    if draft.kind == "table":
        return _table(content[draft.first]["table"], where)
    if draft.kind == RULE:
        return Block(RULE, where=where)
    kind, text = text_of(letters.pieces, draft.kind)
    if not text:
        return None
    if kind == CODE:
        return Block(CODE, text, where=where)
    return Block(kind, text, draft.level, draft.ordered, where)


def _joined(drafts: Iterator[_Draft]) -> list[_Draft]:
    """Join paragraphs of code that follow each other, with the empty ones between them."""
    found: list[_Draft] = []
    between: list[_Draft] = []
    for draft in drafts:
        says = draft.says()
        if draft.kind == PARAGRAPH and _is_empty(says):
            between = [*between, draft] if says and says[-1].mono else []
            continue
        if draft.kind == PARAGRAPH and _is_code(draft, says):
            draft.kind = CODE
        last = found[-1] if found else None
        gap = draft.first - last.last - 1 if last else -1
        if last and draft.kind == last.kind == CODE and gap == len(between):
            for other in [*between, draft]:
                end = last.slots[-1].end
                last.pieces += [Char(BREAK, start=end - 1, end=end), *other.pieces]
                last.slots += other.slots
            last.last = draft.last
        else:
            found.append(draft)
        between = []
    return found


def _is_empty(says: Sequence[Said]) -> bool:
    return all(said.empty for said in says)


def _is_code(draft: _Draft, says: Sequence[Said]) -> bool:
    if len(says) == 1:
        return says[0].code
    return all_code(spans(tidied(Placed(tuple(draft.pieces), PARAGRAPH).raw)))


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
    pieces: list[Piece | Char] = []
    content = cell.get("content") or []
    for at, element in enumerate(content):
        start, end = element.get("startIndex", 0), element.get("endIndex", 0)
        if "paragraph" in element:
            piece = piece_of(element["paragraph"])
            pieces.append(piece)
            if at + 1 < len(content) and not said_by(piece.content).foreign:
                pieces.append(Char(BREAK, start=end - 1, end=end))
        else:
            kind = "table" if "table" in element else "thing"
            pieces.append(Char(kind, PLAIN, kind, start, end, real=True))
    letters = Placed(tuple(pieces), HEAD if head else CELL)
    _, text = text_of(letters.pieces, letters.kind)
    start = int(content[0].get("startIndex", 0)) if content else -1
    end = int(content[-1].get("endIndex", 0)) if content else -1
    return Cell(text, start, end, letters)
