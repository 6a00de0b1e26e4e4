"""What is tied to parts of a spreadsheet: names, protection, tables, metadata."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from ..docs.errors import Declined
from .a1 import Area, area_of, grid_range
from .contents import check_condition, ranged, set_validation
from .model import COLUMNS, ROWS, Anchored, Book, Metadata

Body = Mapping[str, Any]
Reply = dict[str, Any]
_LONGEST = 30_000
_TYPES = frozenset(
    ("COLUMN_TYPE_UNSPECIFIED", "DOUBLE", "CURRENCY", "PERCENT", "DATE", "TIME", "DATE_TIME",
     "TEXT", "BOOLEAN", "DROPDOWN", "FILES_CHIP", "PEOPLE_CHIP", "FINANCE_CHIP", "PLACE_CHIP",
     "RATINGS_CHIP")
)  # fmt: skip


def _anchored(book: Book, given: Any, key: Any) -> Anchored:
    grid, _ = ranged(book, given.get("range"))
    data = {name: value for name, value in given.items() if name != "range"}
    return Anchored(key, grid.key, area_of(given["range"]), data)


def anchored_json(found: Anchored, name: str) -> Reply:
    """Return a named range, protected range or table as the vendor shows it."""
    return {**found.data, name: found.key, "range": grid_range(found.sheet, found.area)}


def _object(body: Body, name: str) -> dict[str, Any]:
    given = body.get(name)
    if not isinstance(given, dict):
        raise Declined(f"{name} must be given.")
    return given


def add_name(book: Book, body: Body) -> Reply:
    """Carry out addNamedRange."""
    given = _object(body, "namedRange")
    name = str(given.get("name", ""))
    if not name.replace("_", "a").isalnum() or name[0].isdigit():
        raise Declined("The name of a named range must be letters, digits and underscores.")
    if any(found.data["name"].lower() == name.lower() for found in book.names.values()):
        raise Declined(f"Cannot add named range with name: {name}. It already exists.")
    key = str(given.get("namedRangeId") or book.fresh())
    book.names[key] = _anchored(book, given, key)
    return {"addNamedRange": {"namedRange": anchored_json(book.names[key], "namedRangeId")}}


def delete_name(book: Book, body: Body) -> None:
    """Carry out deleteNamedRange."""
    if book.names.pop(str(body.get("namedRangeId")), None) is None:
        raise Declined(f"No named range with id: {body.get('namedRangeId')}")


def add_protection(book: Book, body: Body) -> Reply:
    """Carry out addProtectedRange."""
    given = _object(body, "protectedRange")
    key = int(given.get("protectedRangeId") or book.fresh())
    if key in book.protected:
        raise Declined(f"There is a protected range with id {key} already.")
    if given.get("warningOnly") and given.get("editors"):
        raise Declined("A range that only warns cannot have editors.")
    found = _anchored(book, given, key)
    book.protected[key] = replace(found, data={**found.data, "requestingUserCanEdit": True})
    shown = anchored_json(book.protected[key], "protectedRangeId")
    return {"addProtectedRange": {"protectedRange": shown}}


def delete_protection(book: Book, body: Body) -> None:
    """Carry out deleteProtectedRange."""
    if book.protected.pop(body.get("protectedRangeId"), None) is None:  # type: ignore[arg-type]
        raise Declined(f"No protected range with id: {body.get('protectedRangeId')}")


def add_table(book: Book, body: Body) -> Reply:
    """Carry out addTable; the names of the columns go into its first row."""
    given = _object(body, "table")
    grid, area = ranged(book, given.get("range"))
    if any(t.sheet == grid.key and t.area.touches(area) for t in book.tables.values()):
        raise Declined("You cannot add a table that overlaps another table.")
    key = str(given.get("tableId") or book.fresh())
    table = Anchored(key, grid.key, area, {**given, "tableId": key} | {"range": None})
    data = {n: v for n, v in table.data.items() if n not in ("range", "tableId")}
    data["columnProperties"] = [dict(each) for each in _columns(given, area)]
    book.tables[key] = replace(table, data=data)
    for column in data["columnProperties"]:
        _make_column(book, book.tables[key], column)
    return {"addTable": {"table": anchored_json(book.tables[key], "tableId")}}


def _columns(given: Body, area: Area) -> Iterator[Mapping[str, Any]]:
    known = {each.get("columnIndex", 0): each for each in given.get("columnProperties") or []}
    for at in range(area.end_column - area.left):
        column = {"columnIndex": at, "columnName": f"Column {at + 1}"} | known.pop(at, {})
        if column.get("columnType", "TEXT") not in _TYPES:
            raise Declined(f"Invalid column type {column['columnType']!r}")
        yield column
    if known:
        raise Declined("A column of the table lies outside its range.")


def _make_column(book: Book, table: Anchored, column: Mapping[str, Any]) -> None:
    grid, at = book.grid(table.sheet), table.area.left + column["columnIndex"]
    head = grid.cell(table.area.top, at)
    grid.put(table.area.top, at, replace(head, entered=str(column["columnName"])))
    rule = column.get("dataValidationRule")
    if column.get("columnType") == "DROPDOWN":
        if not rule:
            raise Declined("A DROPDOWN column must have a data validation rule.")
        check_condition(rule.get("condition"))
        below = replace(table.area, top=table.area.top + 1, left=at, right=at + 1)
        if below.end_row > below.top:
            set_validation(book, {"range": grid_range(grid.key, below), "rule": rule})


def delete_table(book: Book, body: Body) -> None:
    """Carry out deleteTable: the table and what is in its cells."""
    table = book.tables.pop(str(body.get("tableId")), None)
    if table is None:
        raise Declined(f"No table with id: {body.get('tableId')}")
    grid = book.grid(table.sheet)
    for row, column in list(grid.filled(table.area)):
        grid.put(row, column, replace(grid.cell(row, column), entered=None))


def create_metadata(book: Book, body: Body, client: str) -> Reply:
    """Carry out createDeveloperMetadata."""
    given = _object(body, "developerMetadata")
    name, value = given.get("metadataKey"), given.get("metadataValue", "")
    if not name or len(name) + len(value) > _LONGEST:
        raise Declined("A metadata key must be given, and key and value be 30000 letters at most.")
    if given.get("visibility") not in ("DOCUMENT", "PROJECT"):
        raise Declined("The visibility must be DOCUMENT or PROJECT.")
    key = int(given.get("metadataId") or book.fresh())
    if key in book.metadata:
        raise Declined(f"There is metadata with id {key} already.")
    sheet, dimension, at = _location(book, given.get("location"))
    book.metadata[key] = Metadata(
        key, name, value, given["visibility"], client, sheet, dimension, at
    )
    shown = metadata_json(book.metadata[key])
    return {"createDeveloperMetadata": {"developerMetadata": shown}}


def _location(book: Book, location: Any) -> tuple[int | None, str, int]:
    if not isinstance(location, dict) or len(location.keys() - {"locationType"}) != 1:
        raise Declined("Exactly one location of the metadata must be given.")
    if location.get("spreadsheet"):
        return None, "", 0
    span = location.get("dimensionRange")
    if span is None:
        return book.grid(location.get("sheetId")).key, "", 0
    grid, dimension = book.grid(span.get("sheetId")), span.get("dimension")
    start, end = span.get("startIndex", 0), span.get("endIndex", -1)
    if dimension not in (ROWS, COLUMNS) or end != start + 1:
        raise Declined("The dimension range of metadata must be a single row or column.")
    if end > grid.size(dimension):
        raise Declined("The row or column of the metadata is beyond the grid.")
    return grid.key, dimension, start


def metadata_json(found: Metadata) -> Reply:
    """Return metadata as the vendor shows it."""
    shown: Reply = {"metadataId": found.key, "metadataKey": found.name}
    if found.value:
        shown["metadataValue"] = found.value
    return shown | {"location": _where(found), "visibility": found.visibility}


def _where(found: Metadata) -> Reply:
    if found.dimension:
        span = {
            "sheetId": found.sheet,
            "dimension": found.dimension,
            "startIndex": found.at,
            "endIndex": found.at + 1,
        }
        kind = "ROW" if found.dimension == ROWS else "COLUMN"
        return {"locationType": kind, "dimensionRange": span}
    if found.sheet is not None:
        return {"locationType": "SHEET", "sheetId": found.sheet}
    return {"locationType": "SPREADSHEET", "spreadsheet": True}


def matching(book: Book, lookup: Body, client: str) -> list[Metadata]:
    """Return the metadata that a DeveloperMetadataLookup finds for this app."""
    location = lookup.get("metadataLocation")
    where = _location(book, location) if location else None
    exact = lookup.get("locationMatchingStrategy") == "EXACT_LOCATION"
    return [
        found
        for found in book.metadata.values()
        if sees(found, client)
        and all(test(found, lookup) for test in _TESTS)
        and (where is None or _at(found, where, exact))
    ]


def sees(found: Metadata, client: str) -> bool:
    """Say whether an app may see metadata."""
    return found.visibility == "DOCUMENT" or found.client == client


_Test = Callable[[Metadata, Body], bool]
_TESTS: tuple[_Test, ...] = (
    lambda found, lookup: lookup.get("metadataId") in (None, found.key),
    lambda found, lookup: lookup.get("metadataKey") in (None, found.name),
    lambda found, lookup: lookup.get("metadataValue") in (None, found.value),
    lambda found, lookup: lookup.get("visibility") in (None, found.visibility),
    lambda found, lookup: lookup.get("locationType") in (None, _where(found)["locationType"]),
)


def _at(found: Metadata, where: tuple[int | None, str, int], exact: bool) -> bool:
    sheet, dimension, _ = where
    if exact or dimension == found.dimension:
        return (found.sheet, found.dimension, found.at) == where
    return found.sheet == sheet


def delete_metadata(book: Book, body: Body, client: str) -> Reply:
    """Carry out deleteDeveloperMetadata."""
    gone = matching(book, _lookup(_object(body, "dataFilter")), client)
    for found in gone:
        del book.metadata[found.key]
    shown = [metadata_json(found) for found in gone]
    return {"deleteDeveloperMetadata": {"deletedDeveloperMetadata": shown}}


def update_metadata(book: Book, body: Body, client: str) -> Reply:
    """Carry out updateDeveloperMetadata."""
    given, fields = _object(body, "developerMetadata"), str(body.get("fields", ""))
    changed = []
    for data_filter in body.get("dataFilters") or []:
        for found in matching(book, _lookup(data_filter), client):
            new = found
            if fields == "*" or "metadataKey" in fields:
                new = replace(new, name=given.get("metadataKey", new.name))
            if fields == "*" or "metadataValue" in fields:
                new = replace(new, value=given.get("metadataValue", ""))
            book.metadata[found.key] = new
            changed.append(metadata_json(new))
    return {"updateDeveloperMetadata": {"developerMetadata": changed}}


def _lookup(data_filter: Any) -> Body:
    lookup = data_filter.get("developerMetadataLookup") if isinstance(data_filter, dict) else None
    if not isinstance(lookup, dict):
        raise Declined("A developer metadata lookup must be given.")
    return lookup
