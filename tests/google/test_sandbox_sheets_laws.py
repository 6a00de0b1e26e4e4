"""Laws of the stand-in's spreadsheets: what is tied to a row or column goes where that goes."""

from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from smarketing.integrations.google.sandbox.docs.errors import Declined
from smarketing.integrations.google.sandbox.sheets.book import Sheet

ROWS, COLUMNS = 6, 4
AT = st.integers(0, 7)
DIMENSION = st.sampled_from(["ROWS", "COLUMNS"])


def span(dimension: str, start: int, count: int) -> dict[str, Any]:
    return {
        "sheetId": 0, "dimension": dimension, "startIndex": start, "endIndex": start + count,
    }  # fmt: skip


SPAN = st.builds(span, DIMENSION, AT, st.integers(1, 3))
REQUEST: st.SearchStrategy[dict[str, Any]] = st.one_of(
    SPAN.map(lambda given: {"insertDimension": {"range": given}}),
    SPAN.map(lambda given: {"deleteDimension": {"range": given}}),
    st.tuples(SPAN, AT).map(
        lambda t: {"moveDimension": {"source": t[0], "destinationIndex": t[1]}}
    ),
)


def numbered() -> Sheet:
    """Return a sheet whose cells say where they were, with metadata on each row and column."""
    sheet = Sheet.blank()
    size = {"rowCount": ROWS, "columnCount": COLUMNS}
    resize = {"properties": {"sheetId": 0, "gridProperties": size}, "fields": "gridProperties"}
    cells = [
        {"values": [{"userEnteredValue": {"stringValue": f"{r}/{c}"}} for c in range(COLUMNS)]}
        for r in range(ROWS)
    ]
    start = {"sheetId": 0, "rowIndex": 0, "columnIndex": 0}
    update = {"start": start, "rows": cells, "fields": "userEnteredValue"}
    marks = [
        {"metadataKey": dimension, "metadataValue": str(at), "visibility": "DOCUMENT",
         "location": {"dimensionRange": span(dimension, at, 1)}}
        for dimension, count in (("ROWS", ROWS), ("COLUMNS", COLUMNS))
        for at in range(count)
    ]  # fmt: skip
    sheet.batch_update(
        [{"updateSheetProperties": resize}, {"updateCells": update}]
        + [{"createDeveloperMetadata": {"developerMetadata": mark}} for mark in marks]
    )
    return sheet


def marked(sheet: Sheet, dimension: str) -> dict[int, str]:
    """Return which row or column is marked as which, by its place now."""
    found = sheet.book.metadata.values()
    return {mark.at: mark.value for mark in found if mark.dimension == dimension}


@settings(max_examples=200, deadline=None)
@given(st.lists(REQUEST, max_size=8))
def test_metadata_stays_with_the_cells_of_its_row_and_column(requests: list[Any]) -> None:
    sheet = numbered()
    for request in requests:
        with suppress(Declined):
            sheet.batch_update([request])
        grid = sheet.book.grids[0]
        rows, columns = marked(sheet, "ROWS"), marked(sheet, "COLUMNS")
        expected = {
            (at, across): f"{row}/{column}"
            for at, row in rows.items()
            for across, column in columns.items()
        }
        assert {place: grid.cell(*place).entered for place in grid.filled(_all())} == expected
        assert all(at < grid.rows and across < grid.columns for at, across in expected)


def _all() -> Any:
    from smarketing.integrations.google.sandbox.sheets.a1 import Area

    return Area()


@settings(max_examples=100, deadline=None)
@given(DIMENSION, AT, st.integers(1, 3))
def test_what_was_put_in_and_taken_out_again_leaves_no_trace(
    dimension: str, at: int, count: int
) -> None:
    sheet = numbered()
    before = sheet.picture()
    with suppress(Declined):
        sheet.batch_update([{"insertDimension": {"range": span(dimension, at, count)}}])
        sheet.batch_update([{"deleteDimension": {"range": span(dimension, at, count)}}])
    assert sheet.picture() == before


@settings(max_examples=100, deadline=None)
@given(st.permutations(range(6)), st.booleans())
def test_a_sort_keeps_rows_whole(order: list[int], down: bool) -> None:
    sheet = Sheet.blank()
    for number in order:
        sheet.member_appends_row([f"name {number}", str(number)])
    sheet.member_sorts("B", down=down, head=0)
    wanted = [[f"name {number}", str(number)] for number in sorted(order, reverse=down)]
    assert sheet.values() == wanted


@settings(max_examples=100, deadline=None)
@given(st.lists(REQUEST, min_size=1, max_size=6))
def test_a_batch_happens_wholly_or_not_at_all(requests: list[Any]) -> None:
    one_by_one, together = numbered(), numbered()
    before = together.picture()
    try:
        for request in requests:
            one_by_one.batch_update([request])
    except Declined:
        with suppress(Declined):
            together.batch_update(requests)
        assert together.picture() == before
    else:
        together.batch_update(requests)
        assert together.picture() == one_by_one.picture()
