"""Show a spreadsheet as the vendor's JSON."""

from collections.abc import Iterable
from typing import Any

from .a1 import Area
from .cells import EMPTY, cell_json
from .dimensions import USUAL
from .model import COLUMNS, ROWS, Book, Grid
from .tied import anchored_json, metadata_json, sees

Json = dict[str, Any]


def book_json(
    book: Book, client: str, areas: Iterable[tuple[Grid, Area]] | None, data: bool
) -> Json:
    """Return a spreadsheet without its id; with areas only what is in them."""
    wanted: dict[int, list[Area]] = {}
    for grid, area in areas or ():
        wanted.setdefault(grid.key, []).append(area)
    grids = [grid for grid in book.grids if areas is None or grid.key in wanted]
    properties = {
        "title": book.title,
        "locale": "en_US",
        "autoRecalc": "ON_CHANGE",
        "timeZone": "Etc/GMT",
        **book.properties,
    }
    shown: Json = {
        "properties": properties,
        "sheets": [
            _sheet_json(book, grid, client, wanted.get(grid.key, [Area()]), data) for grid in grids
        ],
    }
    whole = [
        metadata_json(m) for m in book.metadata.values() if m.sheet is None and sees(m, client)
    ]
    names = [anchored_json(found, "namedRangeId") for found in book.names.values()]
    return shown | _unless_empty(namedRanges=names, developerMetadata=whole)


def _unless_empty(**parts: list[Json]) -> Json:
    return {name: part for name, part in parts.items() if part}


def _sheet_json(book: Book, grid: Grid, client: str, areas: list[Area], data: bool) -> Json:
    shown: Json = {"properties": properties_json(book, grid)}
    if data:
        shown["data"] = [_data_json(book, grid, client, area) for area in areas]
    own = [
        metadata_json(m)
        for m in book.metadata.values()
        if m.sheet == grid.key and not m.dimension and sees(m, client)
    ]
    tables = [t for t in book.tables.values() if t.sheet == grid.key]
    guarded = [p for p in book.protected.values() if p.sheet == grid.key]
    return shown | _unless_empty(
        developerMetadata=own,
        protectedRanges=[anchored_json(found, "protectedRangeId") for found in guarded],
        tables=[anchored_json(found, "tableId") for found in tables],
    )


def properties_json(book: Book, grid: Grid) -> Json:
    """Return the properties of a sheet."""
    size: Json = {"rowCount": grid.rows, "columnCount": grid.columns}
    if grid.frozen_rows:
        size["frozenRowCount"] = grid.frozen_rows
    if grid.frozen_columns:
        size["frozenColumnCount"] = grid.frozen_columns
    shown: Json = {
        "sheetId": grid.key,
        "title": grid.title,
        "index": book.grids.index(grid),
        "sheetType": "GRID",
        "gridProperties": size,
    }
    for name, value in grid.other.items():
        place = size if name.endswith(("After", "Gridlines")) else shown
        place[name] = value
    return shown | ({"hidden": True} if grid.hidden else {})


def _data_json(book: Book, grid: Grid, client: str, area: Area) -> Json:
    inside = area.within(grid.rows, grid.columns)
    rows = [
        row
        for row, cells in grid.cells.items()
        if inside.top <= row < inside.end_row
        and any(inside.left <= column < inside.end_column for column in cells)
    ]
    last = max(rows, default=inside.top - 1)
    shown: Json = {
        "rowMetadata": _dimension(book, grid, client, ROWS, inside.top, inside.end_row),
        "columnMetadata": _dimension(book, grid, client, COLUMNS, inside.left, inside.end_column),
    }
    if inside.top:
        shown["startRow"] = inside.top
    if inside.left:
        shown["startColumn"] = inside.left
    if rows:
        known: dict[int, Json] = {}
        shown["rowData"] = [
            _row_json(grid, row, inside, known) for row in range(inside.top, last + 1)
        ]
    return shown


def _row_json(grid: Grid, row: int, area: Area, known: dict[int, Json]) -> Json:
    """Return a row; `known` are the cells shown before, for a drop-down fills a whole column."""
    cells = grid.cells.get(row)
    if not cells:
        return {}
    here = [column for column in cells if area.left <= column < area.end_column]
    if not here:
        return {}
    values = []
    for at in range(area.left, max(here) + 1):
        cell = cells.get(at, EMPTY)
        if id(cell) not in known:
            known[id(cell)] = cell_json(cell)
        values.append(known[id(cell)])
    return {"values": values}


def _dimension(
    book: Book, grid: Grid, client: str, dimension: str, start: int, end: int
) -> list[Json]:
    usual, looks = USUAL[dimension], grid.looks[dimension]
    shown: list[Json] = [{**usual, **looks.get(at, {})} for at in range(start, end)]
    for found in book.metadata.values():
        here = found.sheet == grid.key and found.dimension == dimension
        if here and start <= found.at < end and sees(found, client):
            shown[found.at - start].setdefault("developerMetadata", []).append(metadata_json(found))
    return shown
