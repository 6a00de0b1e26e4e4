"""What a table file holds: columns and rows. Pure."""

from dataclasses import replace

from smarketing.kinds import ARCHIVED, Value

from .. import document
from ..found import Found, Twins, existence_at, inside, marked, short_hash, stem, whole_file
from . import table


def table_contents(path: str, sheet: table.Table, version: str) -> list[Found]:
    """Return a table, its columns and its rows."""
    mark = document.Mark(sheet.mark.workspace, sheet.mark.address) if sheet.mark else None
    found = [Found(whole_file(path, "table", {"title": stem(path)}, mark, version), sheet)]
    whole, ids, keys = found[0].remote, Twins(), {at: key for key, at in sheet.columns.items()}
    for at in range(len(sheet.header.cells) if sheet.records else 0):
        title = sheet.header.value(at)
        if at == sheet.marked or not title.strip():
            continue
        key = keys.get(at, "")
        inner = f"column:{key}" if key else f"column:~{title}"
        remote = inside(whole, ids.take(f"{path}#{inner}"), "column", {"title": title}, path)
        found.append(Found(marked(remote, whole, f"column:{key}" if key else ""), key))
    for row in sheet.rows:
        key = sheet.key(row)
        inner = f"row:{key}" if key else f"row:~{short_hash(sheet.delimiter.join(row.cells))}"
        existence = ARCHIVED if sheet.dropped(row) else existence_at(path)
        fields: dict[str, Value] = {"cells": sheet.cells(row)}
        remote = inside(
            whole, ids.take(f"{path}#{inner}"), "row", fields, path, existence=existence
        )
        remote = replace(remote, called=_first_cell(sheet, row))
        found.append(Found(marked(remote, whole, f"row:{key}" if key else ""), row))
    return found


def _first_cell(sheet: table.Table, row: table.Record) -> str:
    return next((row.value(at) for at in range(len(row.cells)) if at != sheet.marked), "")
