"""Tables cell by cell: only ours is written, and only if it is as the plan saw it."""

from typing import Any

import pytest

from smarketing.contract import Change, Remote, Stale
from smarketing.integrations.google.sheet import sheet
from smarketing.integrations.google.sheet.check import check
from smarketing.integrations.google.sheet.edits import edit
from smarketing.integrations.google.sheet.sheet import Column, Grid
from smarketing.kinds import Value

FILE = Remote("sheet-1", "table", {}, marker="table:tracker", workspace="k3v9", version="7")


def spreadsheet(
    *lines: list[str], keys: int | None = 0, columns: dict[int, str] | None = None
) -> dict[str, Any]:
    """A spreadsheet whose first line is the header."""
    marks: dict[int, dict[str, str]] = {
        at: {"metadataKey": sheet.COLUMN, "metadataValue": key}
        for at, key in (columns if columns is not None else {1: "title", 2: "status"}).items()
    }
    if keys is not None:
        marks[keys] = {"metadataKey": sheet.KEYS, "metadataValue": "1"}
    width = max((len(line) for line in lines), default=0)
    return {
        "sheets": [
            {
                "properties": {"sheetId": 0, "gridProperties": {"columnCount": 26, "rowCount": 99}},
                "data": [
                    {
                        "rowData": [
                            {"values": [{"formattedValue": t} if t else {} for t in line]}
                            for line in lines
                        ],
                        "columnMetadata": [
                            {"developerMetadata": [marks[at]]} if at in marks else {}
                            for at in range(width)
                        ],
                    }
                ],
            }
        ]
    }


TRACKER = spreadsheet(
    ["smarketing", "Title", "Status", "Theirs"],
    ["first", "Agree", "open", "mine"],
    ["", "A member's", "row", ""],
    ["first", "A copy", "", ""],
)


def update(row: str, before: dict[str, str], after: dict[str, str]) -> Change:
    there = Remote(f"sheet-1#row:{row}", "row", {"cells": before}, "sheet-1")
    return Change("update", f"table:tracker/row:{row}", "row", {"cells": after}, before=there)


def written(requests: list[dict[str, Any]]) -> list[tuple[int, int, str]]:
    """The cells that are written, by row and column."""
    found = []
    for request in requests:
        if "updateCells" in request:
            at = request["updateCells"]["start"]
            (cell,) = request["updateCells"]["rows"][0]["values"]
            text = cell.get("userEnteredValue", {}).get("stringValue", "")
            found.append((at["rowIndex"], at["columnIndex"], text))
    return found


def test_members_rows_and_columns_are_told_without_a_marker_and_copies_with_the_one_they_bear() -> (
    None
):
    remotes = sheet.remotes_of(sheet.grid_of(TRACKER), FILE)
    assert [(each.kind, each.marker) for each in remotes] == [
        ("column", "table:tracker/column:title"),
        ("column", "table:tracker/column:status"),
        ("column", ""),
        ("row", "table:tracker/row:first"),
        ("row", ""),
        ("row", "table:tracker/row:first"),
    ]
    assert remotes[5].id == "sheet-1#row:first~2"
    assert remotes[3].fields == {"cells": {"title": "Agree", "status": "open"}}
    assert remotes[3].id == "sheet-1#row:first"


def test_only_the_cell_that_differs_is_written() -> None:
    before = {"title": "Agree", "status": "open"}
    editing = edit(
        sheet.grid_of(TRACKER), [update("first", before, before | {"status": "done"})], {}
    )
    assert written(editing.requests) == [(1, 2, "done")]
    assert not editing.refused


def test_a_cell_that_a_member_changed_is_not_overwritten() -> None:
    before = {"title": "Agree", "status": "stuck"}
    editing = edit(
        sheet.grid_of(TRACKER), [update("first", before, before | {"status": "done"})], {}
    )
    assert editing.refused == {0: Stale()}
    assert not editing.requests


def test_a_row_is_found_by_its_key_wherever_it_was_sorted_to() -> None:
    sorted_up = spreadsheet(["smarketing", "Title"], ["", "Theirs"], ["first", "Agree"])
    change = update("first", {"title": "Agree"}, {"title": "Agreed"})
    assert written(edit(sheet.grid_of(sorted_up), [change], {}).requests) == [(2, 1, "Agreed")]


def test_a_renamed_column_keeps_its_key() -> None:
    renamed = spreadsheet(["smarketing", "What", "State"], ["first", "Agree", "open"])
    grid = sheet.grid_of(renamed)
    assert {key: column.title for key, column in grid.ours.items()} == {
        "title": "What",
        "status": "State",
    }


def test_a_formula_stays_a_text() -> None:
    cell = '=HYPERLINK("https://evil.example")'
    change = update("first", {"title": "Agree"}, {"title": cell})
    (request,) = edit(sheet.grid_of(TRACKER), [change], {}).requests
    (value,) = request["updateCells"]["rows"][0]["values"]
    assert value == {"userEnteredValue": {"stringValue": cell}}


def test_a_new_table_gets_a_hidden_column_of_keys_a_header_and_its_rows() -> None:
    changes = [
        Change("create", "table:t/column:title", "column", {"title": "Title"}, "table:t"),
        Change(
            "create",
            "table:t/column:status",
            "column",
            {"title": "Status", "choices": frozenset({"open", "done"})},
            "table:t",
        ),
        Change("create", "table:t/row:a", "row", {"cells": {"title": "A"}}, "table:t"),
        Change("create", "table:t/row:b", "row", {"cells": {"status": "done"}}, "table:t"),
    ]
    editing = edit(Grid(), changes, {})
    assert not editing.refused
    assert written(editing.requests) == [(0, 0, "smarketing"), (0, 1, "Title"), (0, 2, "Status")]
    kinds = [next(iter(request)) for request in editing.requests]
    assert kinds.count("addProtectedRange") == kinds.count("setDataValidation") == 1
    appended = editing.requests[-1]["appendCells"]["rows"]
    texts = [
        [cell.get("userEnteredValue", {}).get("stringValue", "") for cell in row["values"]]
        for row in appended
    ]
    assert texts == [["a", "A", ""], ["b", "", "done"]]


def test_a_table_that_was_there_keeps_its_columns_and_gets_the_keys_behind_them() -> None:
    theirs = spreadsheet(["Title", "Notes"], ["One", "x"], keys=None, columns={})
    change = Change("create", "table:t/column:title", "column", {"title": "Title"}, "table:t")
    editing = edit(sheet.grid_of(theirs), [change], {})
    assert written(editing.requests) == [(0, 2, "smarketing")]
    assert editing.grid.ours["title"].index == 0


@pytest.mark.parametrize(
    ("there", "wanted", "arranged"),
    [
        ((), "stuck done open", ["open", "stuck", "done"]),
        (("open", "done"), "open stuck done", ["open", "stuck", "done"]),
        (("done", "open"), "open stuck done", ["done", "open", "stuck"]),
        (("open", "hers", "done"), "open hers stuck done", ["open", "stuck", "done", "hers"]),
        (("open", "old"), "open b a", ["open", "a", "b"]),
    ],
)
def test_a_drop_down_is_in_the_playbooks_order_unless_a_member_has_another(
    there: tuple[str, ...], wanted: str, arranged: list[str]
) -> None:
    grid = Grid(columns=(Column(0, "status", "Status", there),))
    change = Change(
        "update",
        "table:tracker/column:status",
        "column",
        {"choices": frozenset(wanted.split())},
        before=Remote("t#column:status", "column", {"choices": frozenset(there)}),
        choices=(("open",), ("stuck",), ("done",)),
    )
    (request,) = edit(grid, [change], {}).requests
    offered = request["setDataValidation"]["rule"]["condition"]["values"]
    assert [each["userEnteredValue"] for each in offered] == arranged


def test_a_choice_that_a_member_added_makes_ours_stale() -> None:
    nothing: frozenset[str] = frozenset()
    there = Remote("sheet-1#column:status", "column", {"title": "Status", "choices": nothing})
    grid = sheet.grid_of(TRACKER)
    change = Change(
        "update",
        "table:tracker/column:status",
        "column",
        {"choices": frozenset({"a"})},
        before=there,
    )
    assert not edit(grid, [change], {}).refused
    seen: dict[str, Value] = {"title": "Status", "choices": frozenset({"b"})}
    before = Remote("sheet-1#column:status", "column", seen)
    stale = Change(
        "update",
        "table:tracker/column:status",
        "column",
        {"choices": frozenset({"a"})},
        before=before,
    )
    assert edit(grid, [stale], {}).refused == {0: Stale()}


def test_a_cell_that_strayed_is_given_back_and_the_row_told() -> None:
    before = sheet.grid_of(
        spreadsheet(["smarketing", "Title", "Status"], ["first", "A", "open"], ["", "Ana", "hers"])
    )
    change = update("first", {"title": "A", "status": "open"}, {"title": "A", "status": "done"})
    editing = edit(before, [change], {})
    # Ana sorted her row up before our write arrived.
    after = sheet.grid_of(
        spreadsheet(["smarketing", "Title", "Status"], ["", "Ana", "done"], ["first", "A", "open"])
    )
    strayed = check(before, editing, after)
    assert strayed.rows == {"first"}
    assert written(list(strayed.mending)) == [(1, 2, "hers")]


def test_what_stands_where_it_was_meant_is_not_mended() -> None:
    before = sheet.grid_of(TRACKER)
    change = update("first", {"title": "Agree"}, {"title": "Agreed"})
    editing = edit(before, [change], {})
    strayed = check(before, editing, editing.grid)
    assert not strayed.rows
    assert not strayed.mending
