"""Where things are in a document: paragraphs, tables and their cells, and the checks of the
indexes that a request names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .errors import Declined
from .units import (
    CELL,
    CONTENTS,
    CONTENTS_END,
    NEWLINE,
    ROW,
    STRUCTURE,
    TABLE,
    TABLE_END,
    Paragraph,
    Unit,
    Units,
)

if TYPE_CHECKING:
    from .model import Matter, Tab


def paragraph_of(unit: Unit) -> Paragraph:
    """Return the paragraph that this newline ends."""
    assert isinstance(unit.holds, Paragraph)
    return unit.holds


def paragraph_start(units: Units, at: int) -> int:
    """Return where the paragraph of this unit starts."""
    while at > 0 and units[at - 1].char != NEWLINE and units[at - 1].char not in STRUCTURE:
        at -= 1
    return at


def paragraph_end(units: Units, at: int) -> int:
    """Return where the newline is that ends the paragraph of this unit."""
    while units[at].char != NEWLINE:
        at += 1
    return at


def newlines(units: Units, start: int, end: int) -> list[int]:
    """Return the ends of the paragraphs that overlap with the range."""
    found = [at for at in range(start, end) if units[at].char == NEWLINE]
    last = units[end - 1].char
    if last != NEWLINE and last not in STRUCTURE:
        found.append(paragraph_end(units, end - 1))
    return found


def paragraphs(units: Units) -> Iterator[tuple[int, int]]:
    """Yield the start and the newline of each paragraph."""
    start = 0
    for at, unit in enumerate(units):
        if unit.char == NEWLINE:
            yield start, at
            start = at + 1
        elif unit.char in STRUCTURE:
            start = at + 1


def splits_pair(units: Units, at: int) -> bool:
    """Tell whether the index lies inside one letter."""
    return 0 < at < len(units) and "\udc00" <= units[at].char <= "\udfff"


@dataclass(frozen=True, slots=True)
class Span:
    """From where up to where, exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Where a table is, with its rows and the cells of each."""

    start: int
    end: int
    rows: tuple[Span, ...]
    cells: tuple[tuple[Span, ...], ...]

    @property
    def columns(self) -> int:
        """Return how many columns it has."""
        return max(len(row) for row in self.cells)


def grid_at(units: Units, start: int) -> Grid:
    """Return the table that starts here."""
    if not 0 <= start < len(units) or units[start].char != TABLE:
        raise Declined(f"Invalid table start location. No table starts at index {start}.")
    depth = 1
    starts: list[int] = []
    rows: list[tuple[int, list[int]]] = []
    at = start + 1
    while depth:
        char = units[at].char
        if char == TABLE:
            depth += 1
        elif char == TABLE_END:
            depth -= 1
        elif depth == 1 and char == ROW:
            starts = []
            rows.append((at, starts))
        elif depth == 1 and char == CELL:
            starts.append(at)
        at += 1
    return _grid(start, at, rows)


def _grid(start: int, end: int, rows: list[tuple[int, list[int]]]) -> Grid:
    ends = [first for first, _ in rows[1:]] + [end - 1]
    spans = tuple(Span(first, last) for (first, _), last in zip(rows, ends, strict=True))
    cells = tuple(
        tuple(map(Span, starts, [*starts[1:], last]))
        for (_, starts), last in zip(rows, ends, strict=True)
    )
    return Grid(start, end, spans, cells)


def in_contents(tab: "Tab", at: int) -> bool:
    """Tell whether the index lies in a table of contents, which nobody can edit."""
    if not tab.has_contents:
        return False
    for unit in reversed(tab.units[:at]):
        if unit.char == CONTENTS_END:
            return False
        if unit.char == CONTENTS:
            return True
    return False


def whole_number(value: Any, name: str) -> int:
    """Return an index as the vendor reads it; none is 0."""
    if value is None:
        return 0
    if isinstance(value, bool) or not isinstance(value, int):
        raise Declined(f"Invalid value at '{name}' (TYPE_INT32), {value!r}")
    return value


def place_in(doc: "Matter", body: Mapping[str, Any]) -> "tuple[Tab, int]":
    """Return the place where a request inserts something."""
    location, ending = body.get("location"), body.get("endOfSegmentLocation")
    if (location is None) == (ending is None):
        raise Declined("Exactly one of location and endOfSegmentLocation must be given.")
    tab = doc.tab_for(ending if location is None else location)
    if location is None:
        return tab, len(tab.units) - 1
    at = whole_number(location.get("index"), "location.index")
    _within(tab.units, at)
    inside = at > 0 and tab.units[at].char not in STRUCTURE
    if not inside or in_contents(tab, at):
        raise Declined(
            "The insertion index must be inside the bounds of an existing paragraph. "
            "You can still create new paragraphs by inserting newlines."
        )
    # The vendor moves an insertion out of a grapheme, to its end.
    return tab, at + 1 if splits_pair(tab.units, at) else at


def range_in(doc: "Matter", body: Mapping[str, Any]) -> "tuple[Tab, Span]":
    """Return the range that a request names, checked."""
    given = body.get("range")
    if not isinstance(given, dict):
        raise Declined("A range must be given.")
    tab = doc.tab_for(given)
    start = whole_number(given.get("startIndex"), "range.start_index")
    end = whole_number(given.get("endIndex"), "range.end_index")
    if end <= start:
        raise Declined("The range should not be empty.")
    if start < 1:
        raise Declined("Cannot operate on the first section break in the document.")
    _within(tab.units, start)
    _within(tab.units, end - 1, shown=end)
    if splits_pair(tab.units, start) or splits_pair(tab.units, end):
        raise Declined("The range cannot start or end inside a surrogate pair.")
    return tab, Span(start, end)


def _within(units: Units, at: int, shown: int | None = None) -> None:
    if not 0 <= at < len(units):
        raise Declined(
            f"Index {at if shown is None else shown} must be less than the end index of the "
            f"referenced segment, {len(units)}."
        )
