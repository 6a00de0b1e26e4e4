"""A spreadsheet: its grids of cells, and what is tied to their rows and columns."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..docs.errors import Declined
from .a1 import Area
from .cells import EMPTY, Cell

ROWS, COLUMNS = "ROWS", "COLUMNS"
LARGEST = 10_000_000
Cells = dict[int, dict[int, Cell]]
Where = Callable[[int], int | None]


@dataclass(frozen=True, slots=True)
class Metadata:
    """Developer metadata. `dimension` is "" where it belongs to a sheet or the whole file."""

    key: int
    name: str
    value: str
    visibility: str
    client: str = ""
    sheet: int | None = None
    dimension: str = ""
    at: int = 0


@dataclass(frozen=True, slots=True)
class Anchored:
    """Something that covers an area: a named range, a protected range or a table."""

    key: Any
    sheet: int
    area: Area
    data: Mapping[str, Any]


@dataclass(slots=True)
class Grid:
    """One sheet. `looks` are the properties of rows and columns that are not as usual."""

    key: int
    title: str
    rows: int = 1000
    columns: int = 26
    frozen_rows: int = 0
    frozen_columns: int = 0
    hidden: bool = False
    other: dict[str, Any] = field(default_factory=dict)
    cells: Cells = field(default_factory=dict)
    looks: dict[str, dict[int, Mapping[str, Any]]] = field(
        default_factory=lambda: {ROWS: {}, COLUMNS: {}}
    )

    def copied(self) -> "Grid":
        """Return the same, to be changed on its own."""
        return replace(
            self,
            other=dict(self.other),
            cells={at: dict(row) for at, row in self.cells.items()},
            looks={name: dict(looks) for name, looks in self.looks.items()},
        )

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell, an empty one where nothing is."""
        return self.cells.get(row, {}).get(column, EMPTY)

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Put a cell at a place."""
        if not cell.is_blank:
            self.cells.setdefault(row, {})[column] = cell
        elif column in self.cells.get(row, {}):
            del self.cells[row][column]
            if not self.cells[row]:
                del self.cells[row]

    def filled(self, area: Area) -> Iterator[tuple[int, int]]:
        """Yield the places in an area where a value is."""
        inside = area.within(self.rows, self.columns)
        for row in sorted(self.cells):
            if inside.top <= row < inside.end_row:
                for column, cell in self.cells[row].items():
                    if inside.left <= column < inside.end_column and cell.holds:
                        yield row, column

    def size(self, dimension: str) -> int:
        """Return how many rows or columns there are."""
        return self.rows if dimension == ROWS else self.columns

    def resize(self, dimension: str, size: int) -> None:
        """Set how many rows or columns there are; what is beyond goes."""
        if size < 1:
            raise Declined("You can't delete all the rows or columns on the sheet.")
        others = self.columns if dimension == ROWS else self.rows
        if size * others > LARGEST:
            raise Declined(
                "This action would increase the number of cells in the workbook above the "
                "limit of 10000000 cells."
            )
        if dimension == ROWS:
            self.rows = size
        else:
            self.columns = size

    def move(self, dimension: str, where: Where) -> None:
        """Put each row or column where `where` says; None drops it."""
        if dimension == ROWS:
            self.cells = _moved(self.cells, where)
        else:
            rows = {at: _moved(row, where) for at, row in self.cells.items()}
            self.cells = {at: row for at, row in rows.items() if row}
        self.looks[dimension] = _moved(self.looks[dimension], where)


def _moved(parts: dict[int, Any], where: Where) -> dict[int, Any]:
    placed = ((where(at), part) for at, part in parts.items())
    return {at: part for at, part in placed if at is not None}


@dataclass(slots=True)
class Book:
    """All that one batch of requests may change, kept together so that it can be put back."""

    title: str
    grids: list[Grid]
    metadata: dict[int, Metadata] = field(default_factory=dict)
    names: dict[str, Anchored] = field(default_factory=dict)
    protected: dict[int, Anchored] = field(default_factory=dict)
    tables: dict[str, Anchored] = field(default_factory=dict)
    properties: dict[str, Any] = field(default_factory=dict)
    made: int = 0

    def copied(self) -> "Book":
        """Return the same, to be changed on its own."""
        return replace(
            self,
            grids=[grid.copied() for grid in self.grids],
            metadata=dict(self.metadata),
            names=dict(self.names),
            protected=dict(self.protected),
            tables=dict(self.tables),
            properties=dict(self.properties),
        )

    def fresh(self) -> int:
        """Return a number that no id has."""
        self.made += 1
        return 100_000 + self.made * 7919

    def grid(self, key: Any) -> Grid:
        """Return a sheet by its id; without one, the sheet with id 0."""
        for grid in self.grids:
            if grid.key == (key or 0):
                return grid
        raise Declined(f"No grid with id: {key or 0}")

    def grid_titled(self, title: str) -> Grid | None:
        """Return a sheet by its title, whatever the case."""
        for grid in self.grids:
            if grid.title.casefold() == title.casefold():
                return grid
        return None

    def move(self, grid: Grid, dimension: str, where: Where) -> None:
        """Move rows or columns, with all that is tied to them."""
        size = grid.size(dimension)
        grid.move(dimension, where)
        for found in list(self.metadata.values()):
            if found.sheet == grid.key and found.dimension == dimension:
                at = where(found.at)
                if at is None:
                    del self.metadata[found.key]
                else:
                    self.metadata[found.key] = replace(found, at=at)
        for kept in (self.names, self.protected, self.tables):
            _move_all(kept, grid.key, dimension, where, size)


def _move_all(
    kept: dict[Any, Anchored], sheet: int, dimension: str, where: Where, size: int
) -> None:
    for key, found in list(kept.items()):
        if found.sheet != sheet:
            continue
        area = _moved_area(found.area, dimension, where, size)
        if area is None:
            del kept[key]
        else:
            kept[key] = replace(found, area=area)


def _moved_area(area: Area, dimension: str, where: Where, size: int) -> Area | None:
    start, end = (area.top, area.bottom) if dimension == ROWS else (area.left, area.right)
    left = [at for at in map(where, range(start, size if end is None else end)) if at is not None]
    if not left:
        return None
    first = 0 if end is None and not start else min(left)
    last = None if end is None else max(left) + 1
    if dimension == ROWS:
        return replace(area, top=first, bottom=last)
    return replace(area, left=first, right=last)
