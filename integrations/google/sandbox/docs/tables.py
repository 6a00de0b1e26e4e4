"""Tables of a document: make them, and add or take rows and columns."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .errors import Declined
from .model import Matter, Tab
from .positions import Grid, grid_at, paragraph_end, paragraph_of, place_in, whole_number
from .text import marks_between, style_at, typed
from .units import PLAIN, Thing, Unit, Units, cell_unit, empty_cell, row_unit, table_units

_LARGEST = 20  # columns; the editor makes no wider tables


def insert_table(doc: Matter, body: Mapping[str, Any]) -> None:
    """Carry out insertTable."""
    tab, at = place_in(doc, body)
    rows, columns = _size(body, "rows"), _size(body, "columns")
    if columns > _LARGEST:
        raise Declined(f"The number of columns must be at most {_LARGEST}.")
    units = tab.units
    before = typed(
        doc,
        "\n",
        style_at(units, at),
        paragraph_of(units[paragraph_end(units, at)]),
        marks_between(units, at),
    )
    units[at:at] = before + table_units([[empty_cell()] * columns] * rows)


def _size(body: Mapping[str, Any], name: str) -> int:
    size = whole_number(body.get(name), name)
    if size < 1:
        raise Declined(f"The number of {name} must be at least 1.")
    return size


@dataclass(frozen=True, slots=True)
class _Place:
    tab: Tab
    grid: Grid
    row: int
    column: int


def _cell(doc: Matter, body: Mapping[str, Any]) -> _Place:
    location = body.get("tableCellLocation")
    if not isinstance(location, dict):
        raise Declined("A table cell location must be given.")
    tab, grid = _table(doc, location.get("tableStartLocation"))
    row = whole_number(location.get("rowIndex"), "row_index")
    column = whole_number(location.get("columnIndex"), "column_index")
    if not 0 <= row < len(grid.rows):
        raise Declined(f"Invalid table cell location: there is no row {row}.")
    if not 0 <= column < grid.columns:
        raise Declined(f"Invalid table cell location: there is no column {column}.")
    return _Place(tab, grid, row, column)


def _table(doc: Matter, location: Any) -> tuple[Tab, Grid]:
    if not isinstance(location, dict):
        raise Declined("A table start location must be given.")
    tab = doc.tab_for(location)
    return tab, grid_at(tab.units, whole_number(location.get("index"), "index"))


def insert_row(doc: Matter, body: Mapping[str, Any]) -> None:
    """Carry out insertTableRow."""
    place = _cell(doc, body)
    span = place.grid.rows[place.row]
    at = span.end if body.get("insertBelow") else span.start
    new = [row_unit()]
    for _ in place.grid.cells[place.row]:
        new += [cell_unit(), *empty_cell()]
    place.tab.units[at:at] = new


def insert_column(doc: Matter, body: Mapping[str, Any]) -> None:
    """Carry out insertTableColumn."""
    place = _cell(doc, body)
    if place.grid.columns >= _LARGEST:
        raise Declined(f"The number of columns must be at most {_LARGEST}.")
    for cells in reversed(place.grid.cells):
        span = cells[min(place.column, len(cells) - 1)]
        at = span.end if body.get("insertRight") else span.start
        place.tab.units[at:at] = [cell_unit(), *empty_cell()]


def delete_row(doc: Matter, body: Mapping[str, Any]) -> None:
    """Carry out deleteTableRow; with its last row a table goes."""
    place = _cell(doc, body)
    if len(place.grid.rows) == 1:
        del place.tab.units[place.grid.start : place.grid.end]
    else:
        span = place.grid.rows[place.row]
        del place.tab.units[span.start : span.end]


def delete_column(doc: Matter, body: Mapping[str, Any]) -> None:
    """Carry out deleteTableColumn; with its last column a table goes."""
    place = _cell(doc, body)
    if place.grid.columns == 1:
        del place.tab.units[place.grid.start : place.grid.end]
        return
    for cells in reversed(place.grid.cells):
        if place.column < len(cells):
            span = cells[place.column]
            del place.tab.units[span.start : span.end]


def style_cells(doc: Matter, body: Mapping[str, Any]) -> None:
    """Carry out updateTableCellStyle."""
    if isinstance(body.get("tableRange"), dict):
        place = _cell(doc, body["tableRange"])
        down = _size(body["tableRange"], "rowSpan")
        across = _size(body["tableRange"], "columnSpan")
        rows = place.grid.cells[place.row : place.row + down]
        starts = [c.start for row in rows for c in row[place.column : place.column + across]]
        units = place.tab.units
    else:
        tab, grid = _table(doc, body.get("tableStartLocation"))
        starts = [cell.start for row in grid.cells for cell in row]
        units = tab.units
    for at in starts:
        _restyle(units, at, body.get("tableCellStyle"), body.get("fields"))


def style_rows(doc: Matter, body: Mapping[str, Any]) -> None:
    """Carry out updateTableRowStyle."""
    tab, grid = _table(doc, body.get("tableStartLocation"))
    for row in body.get("rowIndices") or range(len(grid.rows)):
        if not 0 <= row < len(grid.rows):
            raise Declined(f"There is no row {row}.")
        _restyle(tab.units, grid.rows[row].start, body.get("tableRowStyle"), body.get("fields"))


def style_columns(doc: Matter, body: Mapping[str, Any]) -> None:
    """Carry out updateTableColumnProperties."""
    tab, grid = _table(doc, body.get("tableStartLocation"))
    shown = [dict(column) for column in columns_of(tab.units[grid.start], grid.columns)]
    for column in body.get("columnIndices") or range(grid.columns):
        if not 0 <= column < grid.columns:
            raise Declined(f"There is no column {column}.")
        shown[column].update(body.get("tableColumnProperties") or {})
    tab.units[grid.start] = Unit(
        tab.units[grid.start].char, PLAIN, Thing("table", {"columns": shown})
    )


def pin_rows(doc: Matter, body: Mapping[str, Any]) -> None:
    """Carry out pinTableHeaderRows."""
    tab, grid = _table(doc, body.get("tableStartLocation"))
    count = whole_number(body.get("pinnedHeaderRowsCount"), "pinned_header_rows_count")
    if not 0 <= count <= len(grid.rows):
        raise Declined("There are not as many rows to pin.")
    for row, span in enumerate(grid.rows):
        _restyle(tab.units, span.start, {"tableHeader": row < count}, "tableHeader")


def columns_of(table: Unit, count: int) -> list[Mapping[str, Any]]:
    """Return the properties of a table's columns."""
    known = table.holds.data.get("columns", []) if isinstance(table.holds, Thing) else []
    even = [{"widthType": "EVENLY_DISTRIBUTED"}] * count
    return [*known, *even[len(known) :]][:count]


def _restyle(units: Units, at: int, given: Any, fields: Any) -> None:
    old = units[at]
    assert isinstance(old.holds, Thing)
    if not isinstance(given, dict) or not isinstance(fields, str) or not fields:
        raise Declined("At least one field must be listed in 'fields'.")
    names = list(given) if fields == "*" else [n.strip().split(".")[0] for n in fields.split(",")]
    data = {n: v for n, v in old.holds.data.items() if n not in names}
    data |= {n: given[n] for n in names if n in given}
    units[at] = Unit(old.char, old.style, Thing(old.holds.kind, data), old.marks)
