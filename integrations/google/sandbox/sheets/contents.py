"""What is in the cells of a sheet: written, repeated, sorted, appended."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from ..docs.errors import Declined
from .a1 import Area, area_of, letters
from .cells import EMPTY, Cell, Entered, Formula
from .masks import mask_of, updated
from .model import COLUMNS, ROWS, Book, Grid

Body = Mapping[str, Any]
SORT_MOVES_METADATA = "google-sheets-sort-moves-metadata"
_CONDITIONS = ("ONE_OF_LIST", "ONE_OF_RANGE", "BOOLEAN", "DATE_IS_VALID", "CUSTOM_FORMULA")
_MOST_CHOICES = 500


def ranged(book: Book, given: Any) -> tuple[Grid, Area]:
    """Return the sheet and the part of it that a GridRange names."""
    area = area_of(given)
    grid = book.grid(given.get("sheetId"))
    within(grid, area)
    return grid, area.within(grid.rows, grid.columns)


def within(grid: Grid, area: Area) -> None:
    """Refuse what lies beyond the grid."""
    bottom = area.top + 1 if area.bottom is None else area.bottom
    right = area.left + 1 if area.right is None else area.right
    if bottom > grid.rows or right > grid.columns:
        place = f"{letters(area.left)}{area.top + 1}:{letters(right - 1)}{bottom}"
        raise Declined(
            f"Range ({grid.title}!{place}) exceeds grid limits. "
            f"Max rows: {grid.rows}, max columns: {grid.columns}"
        )


def update_cells(book: Book, body: Body) -> None:
    """Carry out updateCells: from a start on, or over a range that is cleared beyond the rows."""
    mask, rows = mask_of(body.get("fields")), _rows(body)
    if ("start" in body) == ("range" in body):
        raise Declined("Exactly one of start and range must be given.")
    if "range" in body:
        grid, area = ranged(book, body["range"])
        _fill(grid, area, rows, mask)
        return
    grid, row, column = _start(book, body["start"])
    write_rows(grid, row, column, rows, mask)


def _start(book: Book, given: Any) -> tuple[Grid, int, int]:
    if not isinstance(given, dict):
        raise Declined("Invalid start.")
    grid = book.grid(given.get("sheetId"))
    return grid, int(given.get("rowIndex", 0)), int(given.get("columnIndex", 0))


def _rows(body: Body) -> list[list[Any]]:
    rows = body.get("rows") or []
    if not isinstance(rows, list):
        raise Declined("Invalid rows.")
    return [(row or {}).get("values") or [] for row in rows]


def write_rows(
    grid: Grid, top: int, left: int, rows: list[list[Any]], mask: list[list[str]]
) -> None:
    """Update the cells from a place on."""
    wide = max((len(row) for row in rows), default=0)
    if rows and wide:
        within(grid, Area(top, top + len(rows), left, left + wide))
    for down, values in enumerate(rows):
        for across, data in enumerate(values):
            old = grid.cell(top + down, left + across)
            grid.put(top + down, left + across, updated(old, data or {}, mask))


def _fill(grid: Grid, area: Area, rows: list[list[Any]], mask: list[list[str]]) -> None:
    for row in range(area.top, area.end_row):
        values = rows[row - area.top] if row - area.top < len(rows) else []
        for column in range(area.left, area.end_column):
            at = column - area.left
            data = values[at] if at < len(values) else {}
            grid.put(row, column, updated(grid.cell(row, column), data or {}, mask))


def repeat_cell(book: Book, body: Body) -> None:
    """Carry out repeatCell."""
    grid, area = ranged(book, body.get("range"))
    mask = mask_of(body.get("fields"))
    for row in range(area.top, area.end_row):
        for column in range(area.left, area.end_column):
            old = grid.cell(row, column)
            grid.put(row, column, updated(old, body.get("cell") or {}, mask))


def append_cells(book: Book, body: Body) -> None:
    """Carry out appendCells: below the last row that holds a value."""
    rows, mask = _rows(body), mask_of(body.get("fields"))
    left = 0
    if body.get("tableId"):
        table = book.tables.get(body["tableId"])
        if table is None:
            raise Declined(f"No table with id: {body['tableId']}")
        grid, left, area = book.grid(table.sheet), table.area.left, table.area
        top = max((row for row, _ in grid.filled(area)), default=area.top) + 1
    else:
        grid = book.grid(body.get("sheetId"))
        top = max((row for row, _ in grid.filled(Area())), default=-1) + 1
    make_room(grid, top + len(rows), left + max((len(row) for row in rows), default=0))
    write_rows(grid, top, left, rows, mask)


def make_room(grid: Grid, rows: int, columns: int) -> None:
    """Let a grid have at least so many rows and columns."""
    if rows > grid.rows:
        grid.resize(ROWS, rows)
    if columns > grid.columns:
        grid.resize(COLUMNS, columns)


def set_validation(book: Book, body: Body) -> None:
    """Carry out setDataValidation; without a rule it is taken away."""
    rule = body.get("rule")
    if rule:
        check_condition(rule.get("condition"))
    grid, area = ranged(book, body.get("range"))
    known: dict[int, Cell] = {}
    for row in range(area.top, area.end_row):
        for column in range(area.left, area.end_column):
            old = grid.cell(row, column)
            new = known.get(id(old))
            if new is None:
                new = updated(old, {"dataValidation": rule}, [["dataValidation"]])
                if old is EMPTY:
                    known[id(old)] = new
            grid.put(row, column, new)


def check_condition(condition: Any) -> None:
    """Refuse a drop-down that can't be."""
    if not isinstance(condition, dict) or condition.get("type") not in _CONDITIONS:
        raise Declined("Invalid data validation: this condition is not served here.")
    values = [each.get("userEnteredValue", "") for each in condition.get("values") or []]
    if condition["type"] == "ONE_OF_LIST":
        if not values or len(values) > _MOST_CHOICES:
            raise Declined("A ONE_OF_LIST condition must have 1 to 500 values.")
        if len(set(values)) < len(values) or "" in values:
            raise Declined("The values of a ONE_OF_LIST condition must be different and not empty.")


def sort_range(book: Book, body: Body, switches: frozenset[str] = frozenset()) -> None:
    """Carry out sortRange: it moves what is in the cells, not the rows."""
    grid, area = ranged(book, body.get("range"))
    order = list(range(area.top, area.end_row))
    for spec in reversed(body.get("sortSpecs") or []):
        column = spec.get("dimensionIndex", 0)
        if not area.left <= column < area.end_column:
            raise Declined("A sort column must lie inside the range.")
        order = _sorted(grid, order, column, spec.get("sortOrder") == "DESCENDING")
    taken = {row: _taken(grid, row, area) for row in order if row in grid.cells}
    for place, row in enumerate(order, area.top):
        for column, cell in taken.get(row, {}).items():
            grid.put(place, column, cell)
    if SORT_MOVES_METADATA in switches:
        _move_metadata(book, grid, {row: place for place, row in enumerate(order, area.top)})


def _taken(grid: Grid, row: int, area: Area) -> dict[int, Cell]:
    """Take the cells of a row in an area out of the grid."""
    here = [column for column in grid.cells[row] if area.left <= column < area.end_column]
    cells = {column: grid.cell(row, column) for column in here}
    for column in here:
        grid.put(row, column, EMPTY)
    return cells


def _sorted(grid: Grid, rows: list[int], column: int, backwards: bool) -> list[int]:
    full = [row for row in rows if grid.cell(row, column).holds]
    empty = [row for row in rows if not grid.cell(row, column).holds]
    full.sort(key=lambda row: _sort_key(grid.cell(row, column).entered), reverse=backwards)
    return full + empty


def _sort_key(entered: Entered) -> tuple[int, float, str]:
    if isinstance(entered, bool):
        return 2, float(entered), ""
    if isinstance(entered, float):
        return 0, entered, ""
    return 1, 0.0, (entered.text if isinstance(entered, Formula) else str(entered)).casefold()


def _move_metadata(book: Book, grid: Grid, places: dict[int, int]) -> None:
    for found in list(book.metadata.values()):
        if found.sheet == grid.key and found.dimension == ROWS and found.at in places:
            book.metadata[found.key] = replace(found, at=places[found.at])


def find_replace(book: Book, body: Body) -> dict[str, Any]:
    """Carry out findReplace, without regular expressions."""
    find, new = body.get("find"), str(body.get("replacement", ""))
    if not isinstance(find, str) or not find or body.get("searchByRegex"):
        raise Declined("A plain text to find must be given.")
    grids = book.grids if body.get("allSheets") else [book.grid(_sheet_of(body))]
    changed = 0
    for grid in grids:
        area = area_of(body["range"]) if "range" in body else Area()
        for row, column in list(grid.filled(area)):
            changed += _replace(grid, row, column, find, new, body)
    return {"findReplace": {"occurrencesChanged": changed, "valuesChanged": changed}}


def _sheet_of(body: Body) -> Any:
    return body["range"].get("sheetId") if "range" in body else body.get("sheetId")


def _replace(grid: Grid, row: int, column: int, find: str, new: str, body: Body) -> int:
    cell = grid.cell(row, column)
    if not isinstance(cell.entered, str):
        return 0
    text, wanted = cell.entered, find
    if not body.get("matchCase"):
        text, wanted = text.lower(), wanted.lower()
    if wanted not in text or (body.get("matchEntireCell") and text != wanted):
        return 0
    at = text.index(wanted)
    entered = cell.entered[:at] + new + cell.entered[at + len(find) :]
    grid.put(row, column, replace(cell, entered=entered or None))
    return 1


def today_of(now: float) -> date:
    """Return the day of a moment."""
    return datetime.fromtimestamp(now, UTC).date()
