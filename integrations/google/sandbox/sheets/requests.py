"""Carry out one batch of requests on a spreadsheet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..docs.errors import Declined, not_served
from . import contents, dimensions, tied
from .json import properties_json
from .model import COLUMNS, ROWS, Book, Grid

Body = Mapping[str, Any]
Reply = dict[str, Any]
_Handler = Callable[[Book, Body], Reply | None]

_LONGEST_TITLE, _MOST_SHEETS = 100, 200


@dataclass(frozen=True, slots=True)
class Batch:
    """How a batch is carried out: for which app, and with which behaviours switched."""

    client: str = ""
    switches: frozenset[str] = frozenset()

    def carry_out(self, book: Book, requests: list[Any]) -> list[Reply]:
        """Return the replies in the order of the requests."""
        named = [_named(number, request) for number, request in enumerate(requests)]
        replies: list[Reply] = []
        for number, (name, body) in enumerate(named):
            try:
                replies.append(self._one(book, name, body) or {})
            except Declined as no:
                raise Declined(
                    f"Invalid requests[{number}].{name}: {no.why}", no.status, no.code
                ) from None
        return replies

    def _one(self, book: Book, name: str, body: Body) -> Reply | None:
        match name:
            case "sortRange":
                contents.sort_range(book, body, self.switches)
                return None
            case "createDeveloperMetadata":
                return tied.create_metadata(book, body, self.client)
            case "deleteDeveloperMetadata":
                return tied.delete_metadata(book, body, self.client)
            case "updateDeveloperMetadata":
                return tied.update_metadata(book, body, self.client)
        handler = _HANDLERS.get(name)
        if handler is None:
            raise not_served(name)
        return handler(book, body)


def _named(number: int, request: Any) -> tuple[str, Body]:
    if not isinstance(request, dict) or len(request) != 1:
        raise Declined(f"Invalid requests[{number}]: exactly one request must be set.")
    name, body = next(iter(request.items()))
    if not isinstance(body, dict):
        raise Declined(f"Invalid value at 'requests[{number}].{name}'.")
    return name, body


def add_sheet(book: Book, body: Body) -> Reply:
    """Carry out addSheet."""
    given = body.get("properties") or {}
    key = given.get("sheetId", book.fresh())
    if any(grid.key == key for grid in book.grids):
        raise Declined(f"A sheet with the id {key} already exists.")
    if len(book.grids) >= _MOST_SHEETS:
        raise Declined("A spreadsheet cannot have more than 200 sheets.")
    grid = Grid(key, _title(book, given.get("title") or f"Sheet{len(book.grids) + 1}"))
    book.grids.insert(given.get("index", len(book.grids)), grid)
    names = [name for name in given if name not in ("sheetId", "title", "index")]
    _set_properties(book, grid, given, names)
    return {"addSheet": {"properties": properties_json(book, grid)}}


def _title(book: Book, title: Any) -> str:
    if not isinstance(title, str) or not 0 < len(title) <= _LONGEST_TITLE:
        raise Declined("The title of a sheet must have 1 to 100 letters.")
    if book.grid_titled(title) is not None:
        raise Declined(
            f'A sheet with the name "{title}" already exists. Please enter another name.'
        )
    return title


def delete_sheet(book: Book, body: Body) -> None:
    """Carry out deleteSheet, with all that is tied to it."""
    grid = book.grid(body.get("sheetId"))
    if len(book.grids) == 1:
        raise Declined("You can't remove all the sheets in a document.")
    book.grids.remove(grid)
    book.metadata = {key: m for key, m in book.metadata.items() if m.sheet != grid.key}
    book.names = {key: found for key, found in book.names.items() if found.sheet != grid.key}
    book.protected = {key: f for key, f in book.protected.items() if f.sheet != grid.key}
    book.tables = {key: found for key, found in book.tables.items() if found.sheet != grid.key}


def update_sheet(book: Book, body: Body) -> None:
    """Carry out updateSheetProperties."""
    given = body.get("properties") or {}
    fields = str(body.get("fields", ""))
    if not fields:
        raise Declined("At least one field must be listed in 'fields'.")
    names = list(given) if fields == "*" else [name.strip() for name in fields.split(",")]
    grid = book.grid(given.get("sheetId"))
    _set_properties(book, grid, given, [name for name in names if name != "sheetId"])


_OTHER = frozenset(("tabColor", "tabColorStyle", "rightToLeft"))
_GRID_FIELDS = frozenset(("rowCount", "columnCount", "frozenRowCount", "frozenColumnCount",
                          "hideGridlines", "rowGroupControlAfter", "columnGroupControlAfter"))  # fmt: skip


def _set_properties(book: Book, grid: Grid, given: Body, names: list[str]) -> None:
    for name in names:
        first, _, inner = name.partition(".")
        if first == "title":
            if given.get("title") != grid.title:
                grid.title = _title(book, given.get("title"))
        elif first == "index":
            book.grids.remove(grid)
            book.grids.insert(given.get("index", 0), grid)
        elif first == "hidden":
            grid.hidden = bool(given.get("hidden"))
        elif first == "gridProperties":
            _set_grid(book, grid, given.get("gridProperties") or {}, inner)
        elif first in _OTHER:
            grid.other[first] = given.get(first)
        elif first != "sheetType":
            raise Declined(f"Invalid field: {name}")


def _set_grid(book: Book, grid: Grid, given: Body, inner: str) -> None:
    names = [inner] if inner and inner != "*" else list(given)
    for name in names:
        if name not in _GRID_FIELDS:
            raise Declined(f"Invalid field: gridProperties.{name}")
        value = given.get(name, 0)
        if name in ("rowCount", "columnCount"):
            _cut(book, grid, ROWS if name == "rowCount" else COLUMNS, value)
        elif name == "frozenRowCount":
            grid.frozen_rows = value
        elif name == "frozenColumnCount":
            grid.frozen_columns = value
        else:
            grid.other[name] = value
    if grid.frozen_rows >= grid.rows or grid.frozen_columns >= grid.columns:
        raise Declined("You can't freeze all visible rows or columns on the sheet.")


def _cut(book: Book, grid: Grid, dimension: str, size: int) -> None:
    book.move(grid, dimension, lambda at: at if at < size else None)
    grid.resize(dimension, size)


def update_book(book: Book, body: Body) -> None:
    """Carry out updateSpreadsheetProperties."""
    given, fields = body.get("properties") or {}, str(body.get("fields", ""))
    names = list(given) if fields == "*" else [name.strip() for name in fields.split(",")]
    for name in names:
        if name == "title":
            book.title = str(given.get("title", ""))
        elif name in ("locale", "timeZone", "autoRecalc"):
            book.properties[name] = given.get(name)
        else:
            raise Declined(f"Invalid field: {name}")


_HANDLERS: dict[str, _Handler] = {
    "updateCells": contents.update_cells,
    "appendCells": contents.append_cells,
    "repeatCell": contents.repeat_cell,
    "setDataValidation": contents.set_validation,
    "findReplace": contents.find_replace,
    "insertDimension": dimensions.insert,
    "deleteDimension": dimensions.delete,
    "moveDimension": dimensions.move,
    "appendDimension": dimensions.append,
    "updateDimensionProperties": dimensions.update_properties,
    "autoResizeDimensions": dimensions.auto_resize,
    "addNamedRange": tied.add_name,
    "deleteNamedRange": tied.delete_name,
    "addProtectedRange": tied.add_protection,
    "deleteProtectedRange": tied.delete_protection,
    "addTable": tied.add_table,
    "deleteTable": tied.delete_table,
    "addSheet": add_sheet,
    "deleteSheet": delete_sheet,
    "updateSheetProperties": update_sheet,
    "updateSpreadsheetProperties": update_book,
}
