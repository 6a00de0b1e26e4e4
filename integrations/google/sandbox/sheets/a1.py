"""Ranges of cells, and how A1 notation names them."""

import re
from dataclasses import dataclass
from typing import Any

from ..docs.errors import Declined

_CELL = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9]\d*)?")
_PLAIN_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Area:
    """Rows and columns, the ends exclusive; an end of None is the edge of the grid."""

    top: int = 0
    bottom: int | None = None
    left: int = 0
    right: int | None = None

    def within(self, rows: int, columns: int) -> "Area":
        """Return the part inside a grid, without open ends."""
        bottom = rows if self.bottom is None else min(self.bottom, rows)
        right = columns if self.right is None else min(self.right, columns)
        return Area(min(self.top, rows), bottom, min(self.left, columns), right)

    @property
    def end_row(self) -> int:
        """Return the bottom of an area without open ends."""
        assert self.bottom is not None
        return self.bottom

    @property
    def end_column(self) -> int:
        """Return the right of an area without open ends."""
        assert self.right is not None
        return self.right

    def touches(self, other: "Area") -> bool:
        """Say whether two areas share a cell."""
        return (
            (other.bottom is None or self.top < other.bottom)
            and (self.bottom is None or other.top < self.bottom)
            and (other.right is None or self.left < other.right)
            and (self.right is None or other.left < self.right)
        )


def letters(column: int) -> str:
    """Return the letters of a column."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_of(name: str) -> int:
    """Return the column that letters name."""
    number = 0
    for letter in name.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def quoted(title: str) -> str:
    """Return a sheet's title as it stands in A1 notation."""
    if _PLAIN_TITLE.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def split_title(text: str) -> tuple[str | None, str]:
    """Return the sheet's title and the cells that a range names."""
    if text.startswith("'"):
        found = re.match(r"'((?:[^']|'')*)'(?:!(.*))?", text)
        if found:
            return found[1].replace("''", "'"), found[2] or ""
    title, mark, cells = text.rpartition("!")
    return (title, cells) if mark else (None, text)


def parsed(cells: str) -> Area | None:
    """Return the area that cells like B2:C, A:A, 3:4 name; None where they name none."""
    if not cells:
        return Area()
    first, colon, last = cells.partition(":")
    start, end = _corner(first), _corner(last) if colon else _corner(first)
    if start is None or end is None:
        return None
    if not colon and None in start:
        return None
    (left, top), (right, bottom) = start, end
    area = Area(
        top or 0,
        None if bottom is None else bottom + 1,
        left or 0,
        None if right is None else right + 1,
    )
    return _ordered(area)


def _ordered(area: Area) -> Area:
    top, bottom, left, right = area.top, area.bottom, area.left, area.right
    if bottom is not None and bottom <= top:
        top, bottom = bottom - 1, top + 1
    if right is not None and right <= left:
        left, right = right - 1, left + 1
    return Area(top, bottom, left, right)


def _corner(text: str) -> tuple[int | None, int | None] | None:
    found = _CELL.fullmatch(text)
    if not text or found is None:
        return None
    column, row = found.groups()
    return (column_of(column) if column else None, int(row) - 1 if row else None)


def written(title: str, area: Area) -> str:
    """Return an area without open ends in A1 notation."""
    start = f"{letters(area.left)}{area.top + 1}"
    end = f"{letters(area.end_column - 1)}{area.end_row}"
    return f"{quoted(title)}!{start}" + (f":{end}" if end != start else "")


def area_of(given: Any) -> Area:
    """Return the area of a GridRange."""
    if not isinstance(given, dict):
        raise Declined("A range must be given.")
    area = Area(
        _index(given, "startRowIndex") or 0,
        _index(given, "endRowIndex"),
        _index(given, "startColumnIndex") or 0,
        _index(given, "endColumnIndex"),
    )
    if (area.bottom is not None and area.bottom <= area.top) or (
        area.right is not None and area.right <= area.left
    ):
        raise Declined("The range is empty: an end index must be after its start index.")
    return area


def _index(given: dict[str, Any], name: str) -> int | None:
    value = given.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise Declined(f"Invalid {name}: {value!r}")
    return value


def grid_range(sheet: int, area: Area) -> dict[str, Any]:
    """Return an area as a GridRange."""
    shown: dict[str, Any] = {"sheetId": sheet, "startRowIndex": area.top}
    if area.bottom is not None:
        shown["endRowIndex"] = area.bottom
    shown["startColumnIndex"] = area.left
    if area.right is not None:
        shown["endColumnIndex"] = area.right
    return shown
