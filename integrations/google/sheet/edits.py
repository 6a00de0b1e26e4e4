"""Changes of a table as the requests of one batchUpdate: cell by cell, members' own left alone.

Pure. What is written is a string, so no text of ours becomes a formula or a date.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from smarketing.address import key_of
from smarketing.contract import Change, Failed, Outcome, Stale
from smarketing.kinds import Value

from .requests import Request, cell_data, column_span, drop_down, key_mark, write_cell
from .sheet import COLUMN, KEYS, KEYS_TITLE, Column, Grid, Row, key_in


@dataclass(slots=True)
class Editing:
    """A grid as it will be, the requests that make it so, and why a change is not made."""

    grid: Grid
    requests: list[Request] = field(default_factory=list)
    refused: dict[int, Outcome] = field(default_factory=dict)
    added: list[Row] = field(default_factory=list)


def edit(grid: Grid, changes: Sequence[Change], ids: Mapping[str, str]) -> Editing:
    """Return how to make these changes of columns and rows, in their order."""
    editing = Editing(grid)
    if grid.keys is None and any(change.verb in ("create", "rename") for change in changes):
        _add_keys(editing)
    for number, change in enumerate(changes):
        key = present_key(change, ids)
        make = _edit_column if change.kind == "column" else _edit_row
        refused = make(editing, change, key)
        if refused is not None:
            editing.refused[number] = refused
    if editing.added:
        editing.requests.append(_append(editing))
    return editing


def present_key(change: Change, ids: Mapping[str, str]) -> str:
    """Return the key of the row or column as it was read, the change's own if it is to be made."""
    former = change.before.id if change.before is not None else ""
    return key_in(ids.get(change.address, "") or former) or key_of(change.address)


# Columns


def _add_keys(editing: Editing) -> None:
    grid = editing.grid
    at = grid.width
    editing.grid = replace(grid, keys=at, width=at + 1)
    _widen(editing, at)
    sheet = grid.sheet
    span = column_span(sheet, at)
    editing.requests += [
        write_cell(sheet, 0, at, KEYS_TITLE),
        key_mark(sheet, at, KEYS, "1"),
        {
            "updateDimensionProperties": {
                "range": span,
                "properties": {"hiddenByUser": True},
                "fields": "hiddenByUser",
            }
        },
        {
            "addProtectedRange": {
                "protectedRange": {
                    "range": {"sheetId": sheet, "startColumnIndex": at, "endColumnIndex": at + 1},
                    "description": "Keys of the rows: smarketing finds its rows by them.",
                    "warningOnly": True,
                }
            }
        },
        {
            "updateSheetProperties": {
                "properties": {"sheetId": sheet, "gridProperties": {"frozenRowCount": 1}},
                "fields": "gridProperties.frozenRowCount",
            }
        },
    ]


def _edit_column(editing: Editing, change: Change, key: str) -> Outcome | None:
    column = editing.grid.column(key)
    if change.verb == "create":
        return _new_column(editing, change, column)
    if column is None:
        return Stale()
    if _differs(change, "title", column.title) or _differs(
        change, "choices", frozenset(column.choices)
    ):
        return Stale()
    _fill_column(editing, column, change.fields, _order(change))
    if change.verb == "rename" and key != key_of(change.address):
        _rekey(editing, column, key_of(change.address))
    return None


def _new_column(editing: Editing, change: Change, there: Column | None) -> Outcome | None:
    grid, key = editing.grid, key_of(change.address)
    title = str(change.fields.get("title") or key)
    if there is None:
        named = [c for c in grid.columns if not c.key and c.title.strip() == title.strip()]
        at = named[0].index if named else grid.width
        there = replace(named[0], key=key) if named else Column(at, key, "")
        editing.requests.append(key_mark(grid.sheet, at, COLUMN, key))
        if not named:
            _widen(editing, at)
        _keep_column(editing, there)
    elif there.title and there.title != title:
        return Stale()
    _fill_column(editing, there, {"title": title} | dict(change.fields), _order(change))
    return None


def _order(change: Change) -> tuple[str, ...]:
    return tuple(words[0] for words in change.choices)


def _fill_column(
    editing: Editing, column: Column, fields: Mapping[str, Value], order: Sequence[str]
) -> None:
    sheet = editing.grid.sheet
    title = fields.get("title")
    if isinstance(title, str) and title != column.title:
        editing.requests.append(write_cell(sheet, 0, column.index, title))
        column = replace(column, title=title)
    wanted = fields.get("choices")
    if isinstance(wanted, frozenset) and wanted != frozenset(column.choices):
        choices = _arranged(wanted, column.choices, order)
        editing.requests.append(drop_down(sheet, column.index, choices))
        column = replace(column, choices=choices)
    _keep_column(editing, column)


def _arranged(
    wanted: frozenset[str], there: Sequence[str], order: Sequence[str]
) -> tuple[str, ...]:
    """Return what a drop-down offers: in the playbook's order unless a member has another one."""
    known = [each for each in order if each in wanted]
    kept = [each for each in there if each in wanted]
    if [each for each in kept if each in known] == [each for each in known if each in kept]:
        kept = [*known, *(each for each in kept if each not in known)]
    new = [each for each in known if each not in kept]
    return (*kept, *new, *sorted(wanted - {*kept, *new}))


def _rekey(editing: Editing, column: Column, key: str) -> None:
    sheet = editing.grid.sheet
    location = {
        "locationType": "COLUMN",
        "metadataLocation": {"dimensionRange": column_span(sheet, column.index)},
    }
    lookup = {**location, "metadataKey": COLUMN, "metadataValue": column.key}
    editing.requests += [
        {"deleteDeveloperMetadata": {"dataFilter": {"developerMetadataLookup": lookup}}},
        key_mark(sheet, column.index, COLUMN, key),
    ]
    _keep_column(editing, replace(column, key=key))


def _keep_column(editing: Editing, column: Column) -> None:
    grid = editing.grid
    others = [each for each in grid.columns if each.index != column.index]
    columns = tuple(sorted((*others, column), key=lambda each: each.index))
    editing.grid = replace(grid, columns=columns, width=max(grid.width, column.index + 1))


def _widen(editing: Editing, index: int) -> None:
    grid = editing.grid
    if index >= grid.wide:
        more = index + 1 - grid.wide
        editing.requests.append(
            {"appendDimension": {"sheetId": grid.sheet, "dimension": "COLUMNS", "length": more}}
        )
        editing.grid = replace(grid, wide=index + 1)


# Rows


def _edit_row(editing: Editing, change: Change, key: str) -> Outcome | None:
    if change.verb == "create":
        return _new_row(editing, change, editing.grid.row(key))
    row = editing.grid.named(key)
    if row is None:
        return Stale()
    if change.verb not in ("update", "rename"):
        return Failed(f"{change.address}: a row stays where it is. Take it away yourself.")
    if _is_stale_row(editing.grid, row, change):
        return Stale()
    row = _fill_row(editing, row, change)
    if change.verb == "rename" and key != key_of(change.address) and editing.grid.keys is not None:
        new = key_of(change.address)
        editing.requests.append(write_cell(editing.grid.sheet, row.index, editing.grid.keys, new))
        _keep_row(editing, replace(row, key=new))
    return None


def _new_row(editing: Editing, change: Change, there: Row | None) -> Outcome | None:
    wanted = _cells(change.fields)
    if there is not None:
        now = editing.grid.cells(there)
        same = all(now.get(key, "").strip() == text.strip() for key, text in wanted.items())
        return None if same else Stale()
    grid = editing.grid
    texts = [""] * grid.width
    if grid.keys is not None:
        texts[grid.keys] = key_of(change.address)
    for key, column in grid.ours.items():
        texts[column.index] = wanted.get(key, "")
    row = Row(grid.height + len(editing.added), key_of(change.address), tuple(texts))
    editing.added.append(row)
    editing.grid = replace(grid, rows=(*grid.rows, row))
    return None


def _append(editing: Editing) -> Request:
    """New rows go below all others, wherever that is by then."""
    rows = [{"values": [cell_data(text) for text in row.cells]} for row in editing.added]
    return {
        "appendCells": {
            "sheetId": editing.grid.sheet,
            "rows": rows,
            "fields": "userEnteredValue",
        }
    }


def _is_stale_row(grid: Grid, row: Row, change: Change) -> bool:
    """Say whether a cell to be written holds neither what the plan saw nor what it wants."""
    if change.before is None or "cells" not in change.fields:
        return False
    now, wanted, before = grid.cells(row), _cells(change.fields), _cells(change.before.fields)
    return any(
        now.get(key, "").strip() not in (before.get(key, "").strip(), wanted.get(key, "").strip())
        for key in wanted.keys() | before.keys()
        if key in now
    )


def _fill_row(editing: Editing, row: Row, change: Change) -> Row:
    if "cells" not in change.fields:
        return row
    grid, wanted = editing.grid, _cells(change.fields)
    seen = _cells(change.before.fields) if change.before is not None else {}
    texts = list(row.cells) + [""] * (grid.width - len(row.cells))
    for key, column in grid.ours.items():
        if key not in wanted and key not in seen:  # nothing is said about this cell
            continue
        text = wanted.get(key, "")
        if text.strip() != row.cell(column.index).strip():
            editing.requests.append(write_cell(grid.sheet, row.index, column.index, text))
            texts[column.index] = text
    filled = replace(row, cells=tuple(texts))
    _keep_row(editing, filled)
    return filled


def _keep_row(editing: Editing, row: Row) -> None:
    grid = editing.grid
    rows = tuple(row if each.index == row.index else each for each in grid.rows)
    editing.grid = replace(grid, rows=rows)


def _cells(fields: Mapping[str, Value]) -> dict[str, str]:
    cells = fields.get("cells")
    return {str(k): str(v) for k, v in cells.items()} if isinstance(cells, Mapping) else {}


def _differs(change: Change, name: str, now: Value) -> bool:
    if name not in change.fields or change.before is None or name not in change.before.fields:
        return False
    return now not in (change.before.fields[name], change.fields[name])
