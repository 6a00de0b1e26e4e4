"""One spreadsheet of the stand-in: how programs change it, and members' doors."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import StringIO
from typing import Any

from ..errors import invalid
from .a1 import Area, column_of, grid_range, letters
from .cells import EMPTY, cell_json
from .contents import make_room, sort_range
from .dimensions import insert_at
from .model import COLUMNS, ROWS, Book, Grid
from .requests import Batch
from .typed import entry
from .values import Shape, found_range, read

_TODAY = date(2026, 1, 1)


class Sheet:
    """A spreadsheet. What members do by hand has a name that begins with `member_`.

    Rows and columns are named as a member sees them: row 1 is the first, and columns are
    letters. `tab` is the title of a sheet; without one it is the first.
    """

    def __init__(self, book: Book) -> None:
        self.book = book
        self.switches: frozenset[str] = frozenset()

    @classmethod
    def blank(cls, title: str = "Untitled spreadsheet") -> "Sheet":
        """Return a new spreadsheet with one empty sheet."""
        return cls(Book(title, [Grid(0, "Sheet1")]))

    @classmethod
    def imported(cls, title: str, text: str, mime: str) -> "Sheet":
        """Return what the vendor's conversion makes of a CSV: entries read as if typed."""
        kinds = {"text/csv": ",", "text/tab-separated-values": "\t"}
        delimiter = kinds.get(mime.split(";")[0].strip())
        if delimiter is None:
            raise invalid(f"The conversion of {mime} is not supported.", reason="badRequest")
        sheet = cls.blank(title)
        grid = sheet.book.grids[0]
        for row, values in enumerate(csv.reader(StringIO(text), delimiter=delimiter)):
            make_room(grid, row + 1, len(values))
            for column, value in enumerate(values):
                grid.put(row, column, entry(EMPTY, value, "USER_ENTERED", _TODAY))
        return sheet

    def copied(self) -> "Sheet":
        """Return a copy as the vendor makes it."""
        return Sheet(self.book.copied())

    def batch_update(self, requests: list[Any], client: str = "") -> list[dict[str, Any]]:
        """Carry out all requests or none; return the replies."""
        draft = self.book.copied()
        replies = Batch(client, self.switches).carry_out(draft, requests)
        self.book = draft
        return replies

    def tried(self, work: Callable[[Book], dict[str, Any]]) -> dict[str, Any]:
        """Do something with the spreadsheet; where it raises, nothing was done."""
        draft = self.book.copied()
        made = work(draft)
        self.book = draft
        return made

    def text_export(self, mime: str) -> bytes:
        """Return the first sheet as CSV or with tabs."""
        kinds = {"text/csv": ",", "text/tab-separated-values": "\t"}
        if mime not in kinds:
            raise invalid("The requested conversion is not supported.", "mimeType", "badRequest")
        text = StringIO()
        csv.writer(text, delimiter=kinds[mime]).writerows(self.values())
        return text.getvalue().encode()

    def picture(self) -> Any:
        """Return what can be seen of the spreadsheet as plain data, without ids."""
        book = self.book
        return {
            "sheets": [self._grid_picture(grid) for grid in book.grids],
            "names": sorted([n.data["name"], str(n.area)] for n in book.names.values()),
            "metadata": sorted(
                [m.name, m.value, m.dimension, m.at] for m in book.metadata.values()
            ),
        }

    def _grid_picture(self, grid: Grid) -> Any:
        own = [p for p in self.book.protected.values() if p.sheet == grid.key]
        tables = [t for t in self.book.tables.values() if t.sheet == grid.key]
        return {
            "title": grid.title,
            "size": [grid.rows, grid.columns, grid.frozen_rows, grid.frozen_columns],
            "cells": {
                f"{letters(column)}{row + 1}": cell_json(cell)
                for row, cells in sorted(grid.cells.items())
                for column, cell in sorted(cells.items())
            },
            "looks": {
                name: {str(at): dict(look) for at, look in sorted(looks.items())}
                for name, looks in grid.looks.items()
            },
            "protected": sorted(str(each.area) for each in own),
            "tables": sorted([str(t.area), str(t.data.get("name"))] for t in tables),
        }

    def values(self, tab: str = "") -> list[list[str]]:
        """Return what the cells of a sheet show, without the empty end."""
        shown: list[list[str]] = read(self._grid(tab), Area(), Shape()).get("values", [])
        return shown

    def cell(self, a1: str, tab: str = "") -> str:
        """Return what a cell shows."""
        grid = self._grid(tab)
        _, area = found_range(Book("", [grid]), a1)
        return grid.cell(area.top, area.left).shown

    def hidden_columns(self, tab: str = "") -> list[int]:
        """Return the hidden columns, counted from 0."""
        looks = self._grid(tab).looks[COLUMNS]
        return sorted(at for at, look in looks.items() if look.get("hiddenByUser"))

    def choices(self, a1: str, tab: str = "") -> list[str]:
        """Return the drop-down of a cell."""
        grid = self._grid(tab)
        _, area = found_range(Book("", [grid]), a1)
        rule = grid.cell(area.top, area.left).validation or {}
        values = rule.get("condition", {}).get("values", [])
        return [each["userEnteredValue"] for each in values]

    def member_sets(self, a1: str, text: str, tab: str = "") -> None:
        """Type something into a cell."""
        grid = self._grid(tab)
        _, area = found_range(Book("", [grid]), a1)
        old = grid.cell(area.top, area.left)
        grid.put(area.top, area.left, entry(old, text, "USER_ENTERED", _TODAY))

    def member_inserts_row(self, row: int, values: list[str] | None = None, tab: str = "") -> None:
        """Insert a row above this one and type into its cells from the left."""
        grid = self._grid(tab)
        insert_at(self.book, grid, ROWS, row - 1, 1)
        for column, text in enumerate(values or []):
            old = grid.cell(row - 1, column)
            grid.put(row - 1, column, entry(old, text, "USER_ENTERED", _TODAY))

    def member_appends_row(self, values: list[str], tab: str = "") -> None:
        """Type into the first row below all that is filled."""
        grid = self._grid(tab)
        row = max((at for at, _ in grid.filled(Area())), default=-1) + 1
        make_room(grid, row + 1, len(values))
        for column, text in enumerate(values):
            old = grid.cell(row, column)
            grid.put(row, column, entry(old, text, "USER_ENTERED", _TODAY))

    def member_deletes_row(self, row: int, tab: str = "") -> None:
        """Delete a row."""
        span = {"sheetId": self._grid(tab).key, "dimension": ROWS}
        span |= {"startIndex": row - 1, "endIndex": row}
        self.batch_update([{"deleteDimension": {"range": span}}])

    def member_sorts(self, column: str, down: bool = False, head: int = 1, tab: str = "") -> None:
        """Sort all rows below the head by a column."""
        grid = self._grid(tab)
        area = Area(head, grid.rows, 0, grid.columns)
        spec = {
            "dimensionIndex": column_of(column),
            "sortOrder": "DESCENDING" if down else "ASCENDING",
        }
        body = {"range": grid_range(grid.key, area), "sortSpecs": [spec]}
        sort_range(self.book, body, self.switches)

    def member_adds_column(self, column: str, title: str, tab: str = "") -> None:
        """Insert a column left of this one and give it a title."""
        grid = self._grid(tab)
        insert_at(self.book, grid, COLUMNS, column_of(column), 1)
        cell = replace(grid.cell(0, column_of(column)), entered=title)
        grid.put(0, column_of(column), cell)

    def member_renames_tab(self, title: str, tab: str = "") -> None:
        """Rename a sheet."""
        self._grid(tab).title = title

    def _grid(self, tab: str) -> Grid:
        found = self.book.grid_titled(tab) if tab else self.book.grids[0]
        if found is None:
            raise LookupError(f"There is no sheet {tab!r}.")
        return found
