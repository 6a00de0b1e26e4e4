"""Columns and rows: all changes of one table in one call, guarded by a look just before."""

from collections.abc import Mapping
from dataclasses import replace

from smarketing.address import container_of, key_of
from smarketing.contract import Change, Done, Outcome, Remote, Stale
from smarketing.web import Refused

from ..files import TABLE, url_of
from ..reading.insides import table_request
from ..refusals import is_absent
from ..sheet import sheet
from ..sheet.check import check
from ..sheet.edits import Editing, edit, present_key
from ..sheet.requests import Request
from ..sheet.sheet import Grid
from .hand import Hand


def edit_table(hand: Hand) -> list[Outcome]:
    """Write columns and rows of one table."""
    changes = hand.step.changes
    file = _table(hand, changes[0])
    grid = Grid()
    if not hand.step.fresh:
        try:
            grid = sheet.grid_of(hand.look(table_request(hand.client, file)))
        except Refused as refused:
            if is_absent(refused):
                return [Stale()] * len(changes)
            raise
    editing = edit(grid, changes, hand.ids)
    strayed = _write(hand, file, grid, editing) if editing.requests else frozenset[str]()
    holder = replace(_holder(hand, changes[0], file), version="")
    parts = {each.id: each for each in sheet.remotes_of(editing.grid, holder)}
    return [
        editing.refused.get(number) or _outcome(hand, change, file, parts, strayed)
        for number, change in enumerate(changes)
    ]


def _write(hand: Hand, file: str, before: Grid, editing: Editing) -> frozenset[str]:
    """Write, and mend what strayed because a member moved rows at that moment.

    Return the keys of the rows that were not reached.
    """
    after = _updated(hand, file, editing.requests)
    strayed = check(before, editing, after)
    if strayed.mending:
        _updated(hand, file, list(strayed.mending))
    return strayed.rows


def _updated(hand: Hand, file: str, requests: list[Request]) -> Grid:
    body = {
        "requests": requests,
        "includeSpreadsheetInResponse": True,
        "responseIncludeGridData": True,
    }
    request = hand.client.sheets.spreadsheets().batchUpdate(
        spreadsheetId=file, body=body, fields=sheet.REPLY_FIELDS
    )
    return sheet.grid_of(hand.client.call(request).get("updatedSpreadsheet", {}))


def _outcome(
    hand: Hand, change: Change, file: str, parts: Mapping[str, Remote], strayed: frozenset[str]
) -> Outcome:
    key = present_key(change, hand.ids)
    if sheet.part_id(file, change.kind, key) not in parts:  # it bears its own by now
        key = key_of(change.address)
    if change.kind == "row" and change.verb != "create" and key in strayed:
        return Stale()
    return Done(parts[sheet.part_id(file, change.kind, key)])


def _table(hand: Hand, change: Change) -> str:
    there = hand.ids.get(container_of(change.address), "")
    return there or sheet.table_of(hand.target(change)) or hand.place(change)


def _holder(hand: Hand, change: Change, file: str) -> Remote:
    address = container_of(change.address)
    seen = hand.memory.seen.get(file)
    if seen is not None:
        return seen if seen.marker else replace(seen, marker=address)
    before = change.before
    return Remote(
        file,
        "table",
        {},
        marker=address,
        workspace=hand.step.workspace,
        url=url_of(file, TABLE),
        born=before.born if before is not None else 0.0,
    )
