"""Whether what was written to a sheet stands where it was meant to. Pure.

A sheet has no revision to write to: a member may insert or sort rows between our look and our
write. The reply shows the sheet as it is after the write, so a cell that strayed can be mended.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .edits import Editing
from .requests import Request, write_cell
from .sheet import Column, Grid, Row


@dataclass(frozen=True, slots=True)
class Strayed:
    """The keys of rows that were not reached, and the requests that give others their own back."""

    rows: frozenset[str]
    mending: tuple[Request, ...]


def check(before: Grid, editing: Editing, after: Grid) -> Strayed:
    """Compare where cells were written with what stands there now."""
    rows: set[str] = set()
    mending: list[Request] = []
    writes = list(_written(editing.requests))
    for at, across, text in writes:
        meant, there = _row_at(editing.grid, at), _row_at(after, at)
        if across == editing.grid.keys and meant is not None:
            touched = {column for row, column, _ in writes if row == at} | {across}
            if there is not None and not _alike(meant, there, touched):
                rows.add(meant.key)
                mending.append(write_cell(after.sheet, at, across, _key_of(before, there, touched)))
            continue
        aimed, hit = _column_at(editing.grid, across), _column_at(after, across)
        if meant is None or aimed is None or (_same(meant, there) and _is(aimed, hit)):
            continue
        rows.add(meant.key)
        if there is not None and there.cell(across) == text:
            touched = {column for row, column, _ in writes if row == at}
            former = _former(before, after, there, touched)
            old = _cell_of(before, former, across, hit) if former is not None else ""
            mending.append(write_cell(after.sheet, at, across, old))
    return Strayed(frozenset(rows), tuple(mending))


def _written(requests: list[Request]) -> Iterator[tuple[int, int, str]]:
    for request in requests:
        written: Mapping[str, Any] | None = request.get("updateCells")
        if written and written["start"]["rowIndex"] > 0:
            start = written["start"]
            (cell,) = written["rows"][0]["values"]
            text = str(cell.get("userEnteredValue", {}).get("stringValue", ""))
            yield start["rowIndex"], start["columnIndex"], text


def _same(meant: Row, there: Row | None) -> bool:
    return there is not None and there.key == meant.key


def _is(aimed: Column, hit: Column | None) -> bool:
    return hit is not None and hit.key == aimed.key


def _former(before: Grid, after: Grid, there: Row, touched: set[int]) -> Row | None:
    """Return the row as it was: the one with its key, or one that is gone but for these cells."""
    if there.key:
        return before.row(there.key)
    intact = {_bare(row) for row in after.rows}
    gone = [row for row in before.rows if not row.key and _bare(row) not in intact]
    return next((row for row in gone if _alike(row, there, touched)), None)


def _key_of(before: Grid, there: Row, touched: set[int]) -> str:
    """Return the key that a row had before another one's was written to it, "" for a member's."""
    return next((row.mark for row in before.rows if _alike(row, there, touched)), "")


def _cell_of(before: Grid, former: Row, across: int, hit: Column | None) -> str:
    column = before.column(hit.key) if hit is not None and hit.key else None
    return former.cell(column.index if column is not None else across)


def _alike(one: Row, other: Row, but: set[int]) -> bool:
    wide = max(len(one.cells), len(other.cells))
    return all(one.cell(at) == other.cell(at) for at in range(wide) if at not in but)


def _bare(row: Row) -> tuple[str, ...]:
    cells = list(row.cells)
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _row_at(grid: Grid, at: int) -> Row | None:
    return next((row for row in grid.rows if row.index == at), None)


def _column_at(grid: Grid, at: int) -> Column | None:
    return next((column for column in grid.columns if column.index == at), None)
