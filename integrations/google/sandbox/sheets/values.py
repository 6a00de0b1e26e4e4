"""The part of the Sheets API that reads and writes plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..docs.errors import Declined
from .a1 import Area, area_of, parsed, split_title, written
from .cells import rendered
from .contents import make_room, within
from .dimensions import insert_at
from .model import COLUMNS, ROWS, Book, Grid
from .tied import matching
from .typed import entry

Json = dict[str, Any]
_OPTIONS = ("RAW", "USER_ENTERED")
_RENDERS = ("FORMATTED_VALUE", "UNFORMATTED_VALUE", "FORMULA")


def found_range(book: Book, text: str) -> tuple[Grid, Area]:
    """Return the sheet and the area that A1 notation, or the name of a range, means."""
    title, cells = split_title(text)
    if title is None:
        for named in book.names.values():
            if named.data["name"].lower() == cells.lower():
                return book.grid(named.sheet), named.area
        titled = book.grid_titled(cells)
        if titled is not None and (text.startswith("'") or parsed(cells) is None):
            return titled, Area()
    grid = book.grids[0] if title is None else book.grid_titled(title)
    area = parsed(cells)
    if grid is None or area is None or not text:
        raise Declined(f"Unable to parse range: {text}")
    within(grid, area)
    return grid, area


def filtered(book: Book, data_filter: Any, client: str) -> list[tuple[Grid, Area]]:
    """Return the parts that a data filter matches."""
    if not isinstance(data_filter, dict) or len(data_filter) != 1:
        raise Declined("Exactly one kind of data filter must be given.")
    if "a1Range" in data_filter:
        return [found_range(book, data_filter["a1Range"])]
    if "gridRange" in data_filter:
        given = data_filter["gridRange"]
        grid, area = book.grid(given.get("sheetId")), area_of(given)
        within(grid, area)
        return [(grid, area)]
    lookup = data_filter.get("developerMetadataLookup")
    if not isinstance(lookup, dict):
        raise Declined("Unknown data filter.")
    parts = []
    for found in matching(book, lookup, client):
        if found.sheet is not None:
            parts.append((book.grid(found.sheet), _whole(found.dimension, found.at)))
    return parts


def _whole(dimension: str, at: int) -> Area:
    if dimension == ROWS:
        return Area(at, at + 1)
    return Area(0, None, at, at + 1) if dimension == COLUMNS else Area()


@dataclass(frozen=True, slots=True)
class Shape:
    """How values are sent: which way round, and as text or as what they are."""

    major: str = ROWS
    render: str = "FORMATTED_VALUE"
    dates: str = "SERIAL_NUMBER"

    def __post_init__(self) -> None:
        if self.major not in (ROWS, COLUMNS) or self.render not in _RENDERS:
            raise Declined("Invalid majorDimension or valueRenderOption.")


def read(grid: Grid, area: Area, shape: Shape) -> Json:
    """Return a ValueRange; empty rows and cells at the end are left out."""
    inside = area.within(grid.rows, grid.columns)
    rows = [
        [rendered(grid.cell(row, column), shape.render, shape.dates)
         for column in range(inside.left, inside.end_column)]
        if row in grid.cells else []
        for row in range(inside.top, inside.end_row)
    ]  # fmt: skip
    if shape.major == COLUMNS:
        wide = inside.end_column - inside.left
        full = [row or [""] * wide for row in rows]
        rows = [list(column) for column in zip(*full, strict=True)]
    values = _without_end(rows)
    shown: Json = {"range": written(grid.title, inside), "majorDimension": shape.major}
    return shown | ({"values": values} if values else {})


def _without_end(rows: list[list[Any]]) -> list[list[Any]]:
    for row in rows:
        while row and row[-1] == "":
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


@dataclass(frozen=True, slots=True)
class Writing:
    """How values are written, and whether they are sent back."""

    option: str
    today: date
    echo: Shape | None = None

    def __post_init__(self) -> None:
        if self.option not in _OPTIONS:
            raise Declined("'valueInputOption' is required but not specified")

    def write(self, grid: Grid, area: Area, values: Any, major: str = ROWS) -> Json:
        """Write values from the start of an area on; return what was updated."""
        rows = _by_rows(values, major)
        wide = max((len(row) for row in rows), default=0)
        self._check(grid, area, len(rows), wide)
        updated = 0
        for down, row in enumerate(rows):
            for across, value in enumerate(row):
                old = grid.cell(area.top + down, area.left + across)
                grid.put(
                    area.top + down,
                    area.left + across,
                    entry(old, value, self.option, self.today),
                )
                updated += value is not None
        done = Area(area.top, area.top + max(len(rows), 1), area.left, area.left + max(wide, 1))
        return self._done(grid, area, done, (len(rows), wide, updated))

    def _check(self, grid: Grid, area: Area, rows: int, wide: int) -> None:
        inside = area.within(grid.rows, grid.columns)
        single = area.bottom == area.top + 1 and area.right == area.left + 1
        if single:
            within(grid, Area(area.top, area.top + rows or 1, area.left, area.left + wide or 1))
            return
        for size, room, name in (
            (rows, inside.end_row - inside.top, "row"),
            (wide, inside.end_column - inside.left, "column"),
        ):
            if size > room:
                raise Declined(
                    f"Requested writing within range [{written(grid.title, inside)}], "
                    f"but tried writing to {name} [{room + 1}]"
                )

    def _done(self, grid: Grid, asked: Area, done: Area, sizes: tuple[int, int, int]) -> Json:
        rows, wide, cells = sizes
        shown: Json = {"updatedRange": written(grid.title, done)}
        if cells:
            shown |= {"updatedRows": rows, "updatedColumns": wide, "updatedCells": cells}
        if self.echo is not None:
            single = asked.bottom == asked.top + 1 and asked.right == asked.left + 1
            shown["updatedData"] = read(grid, done if single else asked, self.echo)
        return shown


def _by_rows(values: Any, major: str) -> list[list[Any]]:
    if not isinstance(values, list) or not all(isinstance(row, list) for row in values):
        raise Declined("Invalid value at 'data.values': a list of lists is needed.")
    if major != COLUMNS:
        return values
    wide = max((len(column) for column in values), default=0)
    return [[column[at] if at < len(column) else None for column in values] for at in range(wide)]


def append(book: Book, grid: Grid, area: Area, values: Any, writing: Writing, insert: bool) -> Json:
    """Write values below the table that lies in an area."""
    table = _table_in(grid, area)
    rows = _by_rows(values, ROWS)
    top = table.end_row if table else area.top
    left = table.left if table else area.left
    if insert and table:
        insert_at(book, grid, ROWS, top, len(rows), from_before=True)
    wide = max((len(row) for row in rows), default=0)
    make_room(grid, top + len(rows), left + wide)
    below = Area(top, top + max(len(rows), 1), left, left + max(wide, 1))
    shown: Json = {"updates": writing.write(grid, below, rows)}
    return shown | ({"tableRange": written(grid.title, table)} if table else {})


def _table_in(grid: Grid, area: Area) -> Area | None:
    """Return the block of filled cells around the last one in the area."""
    last = max(grid.filled(area), default=None)
    if last is None:
        return None
    row, column = last
    top, bottom, left, right = row, row + 1, column, column + 1
    filled = set(grid.filled(Area()))
    grown = True
    while grown:
        grown = False
        around = [
            (r, c) for r, c in filled
            if top - 1 <= r <= bottom and left - 1 <= c <= right
        ]  # fmt: skip
        edges = (
            min(r for r, _ in around), max(r for r, _ in around) + 1,
            min(c for _, c in around), max(c for _, c in around) + 1,
        )  # fmt: skip
        if edges != (top, bottom, left, right):
            (top, bottom, left, right), grown = edges, True
    return Area(top, bottom, left, right)


def totals(responses: Sequence[Mapping[str, Any]], titles: set[str]) -> Json:
    """Return the sums that a reply to a batch of writes carries."""
    shown: Json = {"responses": list(responses)}
    for name in ("Rows", "Columns", "Cells"):
        shown[f"totalUpdated{name}"] = sum(each.get(f"updated{name}", 0) for each in responses)
    return shown | {"totalUpdatedSheets": len(titles)}
