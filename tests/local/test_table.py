"""Tables: cells that no spreadsheet runs, and bytes that nobody changed."""

import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from smarketing.integrations.local.table.table import (
    TableMark,
    decode,
    encode,
    match_columns,
    new_table,
    parse_table,
)

OURS = (
    "\ufeffTitle,Status,Mine,smarketing ws table:t title=Title;status=Status\r\n"
    '"Say ""hi""",Done , "odd",agree\r\n'
    "My own row,,x\r\n"
    "\r\n"
)
cells = st.text(max_size=8) | st.sampled_from(
    ["=1+1", "'=x", "-5", "a,b", 'say "x"', "two\nlines", "\tx", "@x", "'", "+", "''=", "\r", " x "]
)
files = st.lists(
    st.sampled_from([",", ";", '"', '""', "\r\n", "\n", "a", "=", "'", " ", "\ufeff", "sep=;\n", "\t",
                     "smarketing ws table:t a=A"]),
    max_size=40,
).map("".join)  # fmt: skip


@given(files)
@example(OURS)
@settings(max_examples=500, deadline=None)
def test_a_table_that_nobody_changes_keeps_every_byte(text: str) -> None:
    table = parse_table(text)
    assert table.text() == text
    for row in table.rows:
        table.cells(row)


@given(cells, st.sampled_from([",", ";", "\t"]))
def test_a_cell_is_never_a_formula_and_reads_back(text: str, delimiter: str) -> None:
    raw = encode(text, delimiter)
    assert decode(raw) == text
    shown = next(csv.reader([raw], delimiter=delimiter), [""]) if "\n" not in raw else None
    if shown and "\r" not in raw:
        assert not shown[0].startswith(("=", "+", "-", "@", "\t"))


@given(st.lists(st.tuples(cells, cells), max_size=5))
def test_another_reader_sees_our_rows(rows: list[tuple[str, str]]) -> None:
    table = new_table(TableMark("ws", "table:t"))
    table.add_column("title", "Title; =x")
    table.add_column("status", "Größe %")
    for number, (title, status) in enumerate(rows):
        table.write(table.add_row(f"r{number}"), {"title": title, "status": status})
    text = table.text()
    assert text.startswith("\ufeff")
    again = parse_table(text)
    assert [again.cells(row) for row in again.rows] == [
        {"title": title, "status": status} for title, status in rows
    ]
    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [row[-1] for row in read[1:]] == [f"r{number}" for number in range(len(rows))]


def test_a_changed_cell_leaves_all_others_as_they_were() -> None:
    table = parse_table(OURS)
    table.write(table.rows[0], {"title": 'Say "hi"', "status": "Stuck"})
    assert table.text() == OURS.replace("Done ", "Stuck")
    assert table.key(table.rows[1]) == ""


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_table_saved_by_another_excel_is_still_read(delimiter: str) -> None:
    table = new_table(TableMark("ws", "table:t"))
    table.add_column("title", "Title")
    table.add_column("status", "Status")
    table.write(table.add_row("a"), {"title": "x", "status": "y, z"})
    rows = list(csv.reader(io.StringIO(table.text().removeprefix("\ufeff"), newline="")))
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(
        [[row[1], row[2], row[0]] for row in rows]
    )
    again = parse_table(out.getvalue())
    assert again.mark == TableMark("ws", "table:t", (("title", "Title"), ("status", "Status")))
    assert again.cells(again.rows[0]) == {"title": "x", "status": "y, z"}
    again.write(again.rows[0], {"status": "a;b"})
    assert parse_table(again.text()).cells(again.rows[0])["status"] == "a;b"


def test_a_renamed_header_is_still_our_column() -> None:
    columns = (("title", "Title"), ("status", "Status"), ("due", "Due"))
    assert match_columns(columns, ["Title", "State", "Due", "mark"], 3) == {
        "title": 0, "status": 1, "due": 2,
    }  # fmt: skip
    assert match_columns(columns, ["Due", "Mine", "Title", "Status", "mark"], 4) == {
        "title": 2, "status": 3, "due": 0,
    }  # fmt: skip
    assert "status" not in match_columns(columns, ["Title", "Due", "mark"], 2)


def test_a_row_is_struck_through_and_comes_back() -> None:
    table = parse_table(OURS)
    before = table.cells(table.rows[0])
    table.strike(table.rows[0], "dropped 2026-12-14")
    assert "(dropped 2026-12-14)" in table.text()
    assert table.dropped(table.rows[0])
    assert table.cells(table.rows[0]) == before
    table.unstrike(table.rows[0])
    assert table.text() == OURS
