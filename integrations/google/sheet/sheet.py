"""A spreadsheet as columns and rows of ours, and of members. Pure.

A hidden column holds the keys of our rows: a sort moves whole rows, and the key with them. Our
columns carry their keys in metadata that nobody sees, so that their titles may change.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from smarketing.address import is_key
from smarketing.contract import Remote

FIELDS = (
    "sheets(properties(sheetId,title,gridProperties),"
    "data(rowData(values(formattedValue,dataValidation)),columnMetadata(developerMetadata)))"
)
REPLY_FIELDS = f"updatedSpreadsheet({FIELDS})"
KEYS, COLUMN = "sm_keys", "sm_column"
"""Keys of the metadata on the column of keys, and on each column of ours."""

KEYS_TITLE = "smarketing"


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `key` is "" for a member's. `choices` are in the order of its drop-down."""

    index: int
    key: str
    title: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header; `key` is "" for a member's. `cells` are by column.

    A member who copies a row copies its key along: further ones have `~2` and so on behind it.
    """

    index: int
    key: str
    cells: tuple[str, ...]

    @property
    def mark(self) -> str:
        """What stands in the column of keys."""
        return self.key.partition("~")[0]

    def cell(self, index: int) -> str:
        """Return what a cell shows."""
        return self.cells[index] if index < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet. `keys` is where the column of keys is, None where there is none.

    `width` and `height` are what is in use, `wide` and `high` what there is.
    """

    sheet: int = 0
    keys: int | None = None
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    width: int = 0
    height: int = 0
    wide: int = 26
    high: int = 1000

    @property
    def ours(self) -> dict[str, Column]:
        """Our columns by their keys."""
        return {column.key: column for column in self.columns if column.key}

    def row(self, key: str) -> Row | None:
        """Return the row with this key."""
        return next((row for row in self.rows if row.key == key), None)

    def column(self, key: str) -> Column | None:
        """Return the column with this key."""
        return next((column for column in self.columns if column.key == key), None)

    @property
    def names(self) -> dict[int, str]:
        """The keys of all rows by where they are; a member's goes by what it holds.

        A sort moves a row, so that its number says nothing.
        """
        names: dict[int, str] = {}
        met: Counter[str] = Counter()
        for row in self.rows:
            if row.key:
                names[row.index] = row.key
                continue
            held = "\0".join(row.cells).encode()
            name = f"@{sha256(held).hexdigest()[:12]}"
            met[name] += 1
            names[row.index] = name if met[name] == 1 else f"{name}.{met[name]}"
        return names

    def named(self, name: str) -> Row | None:
        """Return the row of this name, a member's too."""
        names = self.names
        return next((row for row in self.rows if names[row.index] == name), None)

    def cells(self, row: Row) -> dict[str, str]:
        """Return the row's cells by the keys of our columns."""
        return {key: row.cell(column.index) for key, column in self.ours.items()}


def grid_of(spreadsheet: Mapping[str, Any]) -> Grid:
    """Return the sheet with our column of keys, else the first one."""
    grids = [_grid(sheet) for sheet in spreadsheet.get("sheets", ()) if "properties" in sheet]
    ours = [grid for grid in grids if grid.keys is not None]
    return next(iter(ours or grids), Grid())


def remotes_of(grid: Grid, file: Remote) -> list[Remote]:
    """Return the columns and rows of the table `file`, members' own ones without a marker."""
    names = grid.names
    return [_column_remote(column, file) for column in grid.columns] + [
        _row_remote(grid, row, names[row.index], file) for row in grid.rows
    ]


def part_id(table: str, kind: str, key: str) -> str:
    """Return the id of a column or row: its table's, and its key."""
    return f"{table}#{kind}:{key}"


def table_of(part: str) -> str:
    """Return the table of a column's or row's id."""
    return part.partition("#")[0]


def key_in(part: str) -> str:
    """Return the key in a column's or row's id."""
    return part.partition("#")[2].partition(":")[2]


def _row_remote(grid: Grid, row: Row, name: str, file: Remote) -> Remote:
    first = next((at for at in range(grid.width) if at != grid.keys), 0)
    part = _part(file, "row", name, row.mark, {"cells": grid.cells(row)})
    return replace(part, called=row.cell(first))


def _column_remote(column: Column, file: Remote) -> Remote:
    fields = {"title": column.title, "choices": frozenset(column.choices)}
    return _part(file, "column", column.key or f"@{column.index}", column.key, fields)


def _part(file: Remote, kind: str, key: str, ours: str, fields: Mapping[str, Any]) -> Remote:
    marked = bool(ours and file.marker)
    return Remote(
        id=part_id(file.id, kind, key),
        kind=kind,
        fields=fields,
        parent=file.id,
        marker=f"{file.marker}/{kind}:{ours}" if marked else "",
        workspace=file.workspace if marked else "",
        version=file.version,
        url=file.url,
        born=file.born,
        ours=bool(ours),
    )


def _grid(sheet: Mapping[str, Any]) -> Grid:
    properties = sheet["properties"]
    data: Mapping[str, Any] = next(iter(sheet.get("data", ())), {})
    lines = [_texts(row) for row in data.get("rowData", ())]
    metadata = [_metadata(each) for each in data.get("columnMetadata", ())]
    keys = next((at for at, found in enumerate(metadata) if KEYS in found), None)
    header = lines[0] if lines else ()
    room = properties.get("gridProperties") or {}
    body = [(at, line) for at, line in enumerate(lines) if at and any(line)]
    return Grid(
        sheet=int(properties.get("sheetId", 0)),
        keys=keys,
        columns=_columns(header, metadata, keys, _choices(data)),
        rows=_rows(body, keys),
        width=max((len(line) for line in lines), default=0),
        height=max((at for at, line in enumerate(lines) if any(line)), default=-1) + 1,
        wide=int(room.get("columnCount", 26)),
        high=int(room.get("rowCount", 1000)),
    )


def _columns(
    header: Sequence[str],
    metadata: Sequence[Mapping[str, str]],
    keys: int | None,
    choices: Mapping[int, tuple[str, ...]],
) -> tuple[Column, ...]:
    found: list[Column] = []
    met: set[str] = set()
    for at in range(max(len(header), len(metadata))):
        title = header[at] if at < len(header) else ""
        key = metadata[at].get(COLUMN, "") if at < len(metadata) else ""
        key = "" if key in met else key
        if at != keys and (key or title):
            found.append(Column(at, key, title, choices.get(at, ())))
            met.add(key)
    return tuple(found)


def _rows(body: Sequence[tuple[int, tuple[str, ...]]], keys: int | None) -> tuple[Row, ...]:
    found: list[Row] = []
    met: Counter[str] = Counter()
    for at, line in body:
        key = line[keys].strip() if keys is not None and keys < len(line) else ""
        key = key if _is_row_key(key) else ""
        met[key] += 1
        found.append(Row(at, f"{key}~{met[key]}" if key and met[key] > 1 else key, line))
    return tuple(found)


def _is_row_key(key: str) -> bool:
    return all(is_key(part) for part in key.split(".", 1))


def _texts(row: Mapping[str, Any]) -> tuple[str, ...]:
    texts = [str(cell.get("formattedValue", "")) for cell in row.get("values", ())]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def _metadata(dimension: Mapping[str, Any]) -> dict[str, str]:
    told = dimension.get("developerMetadata", ())
    return {str(each.get("metadataKey")): str(each.get("metadataValue", "")) for each in told}


def _choices(data: Mapping[str, Any]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for row in data.get("rowData", ())[1:]:
        for at, cell in enumerate(row.get("values", ())):
            condition = (cell.get("dataValidation") or {}).get("condition") or {}
            if condition.get("type") == "ONE_OF_LIST" and at not in found:
                values = condition.get("values", ())
                found[at] = tuple(str(each.get("userEnteredValue", "")) for each in values)
    return found
