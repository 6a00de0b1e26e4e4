"""Merge Markdown tables by row, by column and by cell."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from smarketing.merging.atoms import Atom
from smarketing.merging.prose import Clash, Rule, Text, chosen, merge_atom, plain
from smarketing.merging.weave import Strand, weave

_LINE = re.compile(r"[^\r\n]+")
_CELL = re.compile(r"(?:\\.|[^\\|])*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table and its cells."""

    line: str
    cells: tuple[str, ...]

    def cell(self, column: int | None) -> str:
        """Return the cell, "" where the row is too short or there is no such column."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its head, the line of dashes, and its rows."""

    head: Row
    dashes: Row
    rows: tuple[Row, ...]

    def ragged(self) -> bool:
        """Say whether a row has more cells than the head."""
        return any(len(row.cells) > len(self.head.cells) for row in self.rows)


_NONE = Table(Row("", ()), Row("", ()), ())


@lru_cache(maxsize=512)
def table(text: str) -> Table:
    """Read a table from its lines."""
    rows = [Row(line, _cells(line)) for line in _LINE.findall(text)]
    return Table(rows[0], rows[1], tuple(rows[2:])) if len(rows) > 1 else _NONE


def _cells(line: str) -> tuple[str, ...]:
    inner = line.strip()
    inner = inner.removeprefix("|")
    cells: list[str] = []
    at = 0
    while at <= len(inner):
        found = _CELL.match(inner, at)
        end = found.end() if found else at
        if end < len(inner) and inner[end] != "|":
            end = len(inner)
        cells.append(inner[at:end].strip())
        at = end + 1
    return tuple(cells[:-1] if inner.endswith("|") and not cells[-1] else cells)


def merge_table(base: str, hub: str, now: str, rule: Rule, end: str) -> Text:
    """Merge three tables; `base` is "" where both sides inserted one. `end` ends a line."""
    tables = table(base), table(hub), table(now)
    columns = _columns(*tables)
    was, ours, theirs = (_row_atoms(one, columns, side) for side, one in enumerate(tables))
    rows = weave(was, ours, theirs)
    head, clashes = _row(Strand(0, 0, 0), [(one.head,) for one in tables], columns, rule)
    dashes = _dashes([one.dashes for one in tables], columns, rule)
    lines = [head, dashes]
    for strand in rows:
        line, found = _row(strand, [one.rows for one in tables], columns, rule)
        lines.append(line)
        clashes += found
    return end.join(lines), clashes


def _columns(base: Table, hub: Table, now: Table) -> list[Strand]:
    """Match columns by title, or by place where titles were changed in place at most."""
    titles = [one.head.cells for one in (base, hub, now)]
    if len({len(cells) for cells in titles}) == 1 and not any(
        cell in titles[0] and cell != was
        for side in titles[1:]
        for was, cell in zip(titles[0], side, strict=True)
    ):
        return [Strand(at, at, at) for at in range(len(titles[0]))]
    return weave(_column_atoms(base), _column_atoms(hub), _column_atoms(now))


def _column_atoms(one: Table) -> list[Atom]:
    return [
        Atom("column", plain(title), "\n".join(row.cell(at) for row in one.rows))
        for at, title in enumerate(one.head.cells)
    ]


def _row_atoms(one: Table, columns: Sequence[Strand], side: int) -> list[Atom]:
    """Rows are equal when they agree in the columns that all three versions have."""
    shared = [_places(c)[side] for c in columns if None not in _places(c)]
    if not shared:
        shared = list(range(len(one.head.cells)))
    return [
        Atom(
            "row",
            "\n".join(plain(row.cell(at)) for at in shared),
            "\n".join(row.cells),
            handle=plain(row.cell(shared[0] if shared else 0)),
            loose=True,
        )
        for row in one.rows
    ]


def _places(strand: Strand) -> tuple[int | None, int | None, int | None]:
    return strand.base, strand.hub, strand.now


def _row(
    strand: Strand, versions: Sequence[Sequence[Row]], columns: Sequence[Strand], rule: Rule
) -> tuple[str, tuple[Clash, ...]]:
    rows = [
        rows[at] if at is not None and at < len(rows) else None
        for rows, at in zip(versions, _places(strand), strict=True)
    ]
    was, ours, theirs = rows
    clashes: tuple[Clash, ...] = ()
    if was and not (ours and theirs):
        clashes = (Clash(was.line, (theirs or ours or was).line, ""),)
    cells: list[str] = []
    for column in columns:
        cell, found = _cell(rows, column, rule)
        cells.append(cell)
        clashes += found
    return _line(cells, rows, columns), clashes


def _cell(rows: Sequence[Row | None], column: Strand, rule: Rule) -> Text:
    """Merge a cell; one that a side doesn't have at all says nothing for that side."""
    values = [
        row.cell(at) if row is not None and at is not None else None
        for row, at in zip(rows, _places(column), strict=True)
    ]
    was, ours, theirs = values
    if ours is None or theirs is None:
        return next((v for v in (ours, theirs, was) if v is not None), ""), ()
    if was is None and not (ours and theirs):
        return ours or theirs, ()
    return merge_atom(was or "", ours, theirs, rule)


def _dashes(rows: Sequence[Row], columns: Sequence[Strand], rule: Rule) -> str:
    cells = []
    for column in columns:
        was, ours, theirs = (row.cell(at) for row, at in zip(rows, _places(column), strict=True))
        cells.append(chosen(was, ours or theirs, theirs or ours, rule) or "---")
    return _line(cells, list(rows), columns)


def _line(cells: Sequence[str], rows: Sequence[Row | None], columns: Sequence[Strand]) -> str:
    """Return the line of a version that has just these cells, else a new one."""
    for side in (2, 1):
        row = rows[side]
        places = [_places(column)[side] for column in columns]
        if row and places == list(range(len(row.cells))) and row.cells == tuple(cells):
            return row.line
    return "| " + " | ".join(cells) + " |"
