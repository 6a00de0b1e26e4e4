"""Changes made in a table: each edits the cells of its own column or row. Pure."""

from collections.abc import Mapping

from smarketing.address import container_of, key_of
from smarketing.contract import Change, Outcome, Stale
from smarketing.kinds import ARCHIVED

from ..edits import Editing, dropped, elsewhere, holds, is_stale, wants_back
from ..found import Found, Part
from .table import Record, Table, TableMark


def edit_table(table: Table, change: Change, editing: Editing, workspace: str) -> Part | Outcome:
    """Make one change; return the part that it is about, or why it was not made."""
    if change.kind == "table":
        if change.verb == "rename":
            table.readdress(change.address)
        return table
    if table.mark is None and change.verb in ("create", "rename"):
        # A table that was there before us, named under `existing:`.
        table.adopt(TableMark(workspace, container_of(change.address)))
    if change.verb == "create":
        return _create(table, change, editing)
    target = editing.target(change)
    if target is None:
        return elsewhere(change, editing)
    if is_stale(change, target.remote):
        return Stale()
    if change.kind == "column":
        return _alter_column(table, change, target)
    return _alter_row(table, change, target, editing)


def _create(table: Table, change: Change, editing: Editing) -> Part | Outcome:
    there = editing.bearing(change.address)
    key = key_of(change.address)
    if there:
        return there.part if holds(change, there.remote) else Stale()
    if change.kind == "column":
        return _new_column(table, key, str(change.fields.get("title") or key))
    row = table.add_row(key)
    _write(table, row, change)
    return row


def _new_column(table: Table, key: str, title: str) -> Part:
    there = table.unclaimed(title)
    if there is None:
        table.add_column(key, title)
    else:
        table.claim_column(key, there)
    return key


def _alter_column(table: Table, change: Change, target: Found) -> Part:
    key = str(target.part)
    if "title" in change.fields and change.fields["title"] != target.remote.fields["title"]:
        table.title_column(key, str(change.fields["title"] or key))
    if change.verb == "rename":
        table.rekey_column(key, key_of(change.address))
        return key_of(change.address)
    return key


def _alter_row(table: Table, change: Change, target: Found, editing: Editing) -> Part:
    row = target.part
    if not isinstance(row, Record):
        return Stale()
    was_dropped = table.dropped(row)
    if was_dropped and (wants_back(change) or "cells" in change.fields):
        table.unstrike(row)
    _write(table, row, change)
    if change.verb == "rename":
        table.rekey(row, key_of(change.address))
    stays = was_dropped and not wants_back(change)
    ends = change.verb == "archive" and target.remote.existence != ARCHIVED
    if (ends or stays) and not table.dropped(row):
        table.strike(row, dropped(editing.today))
    return row


def _write(table: Table, row: Record, change: Change) -> None:
    cells = change.fields.get("cells")
    if isinstance(cells, Mapping):
        table.write(row, cells)
