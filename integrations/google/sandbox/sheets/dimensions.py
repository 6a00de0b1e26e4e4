"""Rows and columns of a sheet: put in, taken away, moved, hidden."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..docs.errors import Declined
from .cells import EMPTY, Cell
from .model import COLUMNS, ROWS, Book, Grid

Body = Mapping[str, Any]
_LOOKS = frozenset(("hiddenByUser", "pixelSize"))
USUAL: Mapping[str, Mapping[str, Any]] = {ROWS: {"pixelSize": 21}, COLUMNS: {"pixelSize": 100}}


def _span(book: Book, given: Any) -> tuple[Grid, str, int, int]:
    """Return the sheet, the dimension and from where up to where a DimensionRange goes."""
    if not isinstance(given, dict):
        raise Declined("A dimension range must be given.")
    grid = book.grid(given.get("sheetId"))
    dimension = given.get("dimension")
    if dimension not in (ROWS, COLUMNS):
        raise Declined("dimension must be ROWS or COLUMNS.")
    start, end = given.get("startIndex", 0), given.get("endIndex", grid.size(dimension))
    if not isinstance(start, int) or not isinstance(end, int) or start < 0 or end <= start:
        raise Declined("startIndex must be less than endIndex.")
    return grid, dimension, start, end


def insert(book: Book, body: Body) -> None:
    """Carry out insertDimension."""
    grid, dimension, start, end = _span(book, body.get("range"))
    if start > grid.size(dimension):
        raise _beyond(start, grid.size(dimension))
    if body.get("inheritFromBefore") and start == 0:
        raise Declined("Cannot inherit from before the first row or column.")
    insert_at(book, grid, dimension, start, end - start, bool(body.get("inheritFromBefore")))


def insert_at(
    book: Book, grid: Grid, dimension: str, at: int, count: int, from_before: bool = False
) -> None:
    """Put rows or columns in; they look like their neighbours."""
    pattern = at - 1 if from_before else at
    looks = _formats(grid, dimension, pattern)
    grid.resize(dimension, grid.size(dimension) + count)
    book.move(grid, dimension, lambda old: old + count if old >= at else old)
    for new in range(at, at + count):
        for other, cell in looks.items():
            row, column = (new, other) if dimension == ROWS else (other, new)
            grid.put(row, column, cell)


def _formats(grid: Grid, dimension: str, at: int) -> dict[int, Cell]:
    if dimension == ROWS:
        found = grid.cells.get(at, {})
    else:
        found = {row: cells[at] for row, cells in grid.cells.items() if at in cells}
    bare = {key: replace(cell, entered=None, note="") for key, cell in found.items()}
    return {key: cell for key, cell in bare.items() if cell != EMPTY}


def delete(book: Book, body: Body) -> None:
    """Carry out deleteDimension."""
    grid, dimension, start, end = _span(book, body.get("range"))
    size = grid.size(dimension)
    if end > size:
        raise _beyond(end - 1, size)
    book.move(grid, dimension, lambda at: None if start <= at < end else at - _gone(at, end, start))
    grid.resize(dimension, size - (end - start))


def _gone(at: int, end: int, start: int) -> int:
    return end - start if at >= end else 0


def move(book: Book, body: Body) -> None:
    """Carry out moveDimension; the destination counts before anything is moved."""
    grid, dimension, start, end = _span(book, body.get("source"))
    to, count = int(body.get("destinationIndex", 0)), end - start
    if end > grid.size(dimension) or not 0 <= to <= grid.size(dimension):
        raise _beyond(max(end - 1, to), grid.size(dimension))
    if start < to < end:
        raise Declined("The destination index must not lie inside the source.")

    def where(at: int) -> int | None:
        if start <= at < end:
            return at - start + (to - count if to >= end else to)
        if to >= end:
            return at - count if end <= at < to else at
        return at + count if to <= at < start else at

    book.move(grid, dimension, where)


def append(book: Book, body: Body) -> None:
    """Carry out appendDimension."""
    grid, dimension = book.grid(body.get("sheetId")), body.get("dimension")
    length = body.get("length", 0)
    if dimension not in (ROWS, COLUMNS) or not isinstance(length, int) or length < 1:
        raise Declined("dimension and a length of at least 1 must be given.")
    grid.resize(dimension, grid.size(dimension) + length)


def update_properties(book: Book, body: Body) -> None:
    """Carry out updateDimensionProperties."""
    grid, dimension, start, end = _span(book, body.get("range"))
    if end > grid.size(dimension):
        raise _beyond(end - 1, grid.size(dimension))
    given = body.get("properties") or {}
    fields = str(body.get("fields", ""))
    names = sorted(_LOOKS) if fields == "*" else [name.strip() for name in fields.split(",")]
    if not fields or not _LOOKS.issuperset(names):
        raise Declined("Invalid field mask: hiddenByUser and pixelSize can be written.")
    for at in range(start, end):
        looks = {n: v for n, v in grid.looks[dimension].get(at, {}).items() if n not in names}
        looks |= {name: given[name] for name in names if given.get(name)}
        if looks:
            grid.looks[dimension][at] = looks
        else:
            grid.looks[dimension].pop(at, None)


def auto_resize(book: Book, body: Body) -> None:
    """Carry out autoResizeDimensions; how wide letters are is not known here."""
    _span(book, body.get("dimensions"))


def _beyond(index: int, size: int) -> Declined:
    return Declined(f"Index {index} is beyond the grid, which has {size}.")
