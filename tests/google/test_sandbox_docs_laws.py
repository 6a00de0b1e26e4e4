"""Laws of the stand-in's documents, whatever requests come in whatever order."""

import json
from contextlib import suppress
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from smarketing.integrations.google.sandbox.docs.document import Doc
from smarketing.integrations.google.sandbox.docs.errors import Declined
from smarketing.integrations.google.sandbox.docs.units import code_units

START = """# Plan

Call **Ana** about [the fair](https://fair.example) 😀 today

- one
    - two 👍
- three

| A | B |
|---|---|
| x | y |
| p | q |

> quoted
"""

INDEX = st.integers(0, 110)
RANGE = st.tuples(INDEX, st.integers(1, 25)).map(
    lambda pair: {"startIndex": pair[0], "endIndex": pair[0] + pair[1]}
)
TEXT = st.text(st.sampled_from("ab \t\n😀é"), min_size=1, max_size=6)
LOOK: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [{"bold": True}, {"italic": True}, {"link": {"url": "https://a.example"}}, {}]
)
PLACE: st.SearchStrategy[dict[str, Any]] = st.one_of(
    INDEX.map(lambda at: {"location": {"index": at}}), st.just({"endOfSegmentLocation": {}})
)
CELL = st.tuples(INDEX, st.integers(0, 3), st.integers(0, 3), st.booleans())


def _cell(given: tuple[int, int, int, bool], at: int) -> dict[str, Any]:
    _, row, column, _ = given
    start = {"index": at}
    return {
        "tableCellLocation": {
            "tableStartLocation": start, "rowIndex": row, "columnIndex": column,
        }
    }  # fmt: skip


def _request(kind: str, body: dict[str, Any]) -> dict[str, Any]:
    return {kind: body}


REQUEST = st.one_of(
    st.tuples(PLACE, TEXT).map(lambda t: _request("insertText", {**t[0], "text": t[1]})),
    RANGE.map(lambda r: _request("deleteContentRange", {"range": r})),
    st.tuples(RANGE, LOOK).map(
        lambda t: _request(
            "updateTextStyle",
            {"range": t[0], "textStyle": t[1], "fields": ",".join(t[1]) or "bold,link"},
        )
    ),
    st.tuples(RANGE, st.sampled_from(["HEADING_2", "NORMAL_TEXT", "TITLE"])).map(
        lambda t: _request(
            "updateParagraphStyle",
            {
                "range": t[0],
                "paragraphStyle": {"namedStyleType": t[1]},
                "fields": "namedStyleType",
            },
        )
    ),
    st.tuples(RANGE, st.sampled_from(["BULLET_DISC_CIRCLE_SQUARE", "NUMBERED_DECIMAL_NESTED"])).map(
        lambda t: _request("createParagraphBullets", {"range": t[0], "bulletPreset": t[1]})
    ),
    RANGE.map(lambda r: _request("deleteParagraphBullets", {"range": r})),
    PLACE.map(lambda p: _request("insertTable", {**p, "rows": 2, "columns": 2})),
    PLACE.map(lambda p: _request("insertPageBreak", p)),
    RANGE.map(lambda r: _request("createNamedRange", {"range": r, "name": "n"})),
    st.just(_request("replaceAllText", {"containsText": {"text": "a"}, "replaceText": "bc"})),
)
TABLE_REQUEST = st.tuples(
    st.sampled_from(["insertTableRow", "insertTableColumn", "deleteTableRow", "deleteTableColumn"]),
    CELL,
)


def elements(content: list[Any], at: int) -> int:
    """Check that these elements follow each other without a gap; return where they end."""
    for element in content:
        assert element.get("startIndex", 0) == at, element
        at = element_end(element, at)
        assert element["endIndex"] == at, element
    return at


def element_end(element: Any, at: int) -> int:
    if "sectionBreak" in element:
        return at + 1
    if "table" in element:
        at += 1
        table = element["table"]
        assert table["rows"] == len(table["tableRows"])
        for row in table["tableRows"]:
            at = row_end(row, at)
        return at + 1
    text = ""
    for part in element["paragraph"]["elements"]:
        assert part["startIndex"] == at
        run = part.get("textRun", {"content": "o"})["content"]
        at += len(code_units(run))
        assert part["endIndex"] == at
        run.encode()  # no half of a letter
        text += run
    assert text.endswith("\n")
    assert text.count("\n") == 1
    return at


def row_end(row: Any, at: int) -> int:
    assert row["startIndex"] == at
    at += 1
    for cell in row["tableCells"]:
        assert cell["startIndex"] == at
        assert "paragraph" in cell["content"][-1]
        at = elements(cell["content"], at + 1)
        assert cell["endIndex"] == at
    assert row["endIndex"] == at
    return at


def check(doc: Doc) -> None:
    content = doc.json()["body"]["content"]
    end = elements(content, 0)
    assert end == len(doc.matter.first().units)
    assert "paragraph" in content[-1]
    for before, after in pairwise(content):
        assert not ("table" in before and "table" in after), "two tables touch"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(REQUEST, TABLE_REQUEST), max_size=12))
def test_indexes_stay_contiguous_whatever_is_asked(requests: list[Any]) -> None:
    doc = Doc.imported(START, "text/markdown")
    check(doc)
    for request in requests:
        with suppress(Declined):
            doc.batch_update([_made(doc, request)])
        check(doc)


def _made(doc: Doc, request: Any) -> dict[str, Any]:
    if isinstance(request, dict):
        return request
    kind, cell = request
    tables = [e for e in doc.json()["body"]["content"] if "table" in e]
    at = tables[cell[0] % len(tables)]["startIndex"] if tables else 1
    below = {"insertTableRow": "insertBelow", "insertTableColumn": "insertRight"}.get(kind)
    return {kind: _cell(cell, at) | ({below: cell[3]} if below else {})}


@settings(max_examples=80, deadline=None)
@given(st.lists(REQUEST, min_size=1, max_size=8))
def test_a_batch_happens_wholly_or_not_at_all(requests: list[Any]) -> None:
    one_by_one = Doc.imported(START, "text/markdown")
    together = Doc.imported(START, "text/markdown")
    before, revision = json.dumps(together.json()), together.revision
    try:
        for request in requests:
            one_by_one.batch_update([request])
    except Declined:
        with pytest.raises(Declined, match=r"Invalid requests\[\d\]\.\w+: "):
            together.batch_update(requests)
        assert json.dumps(together.json()) == before
        assert together.revision == revision
    else:
        together.batch_update(requests)
        assert together.json()["body"] == one_by_one.json()["body"]
        assert together.revision != revision


@settings(max_examples=100, deadline=None)
@given(st.lists(REQUEST, max_size=8))
@example([_request("deleteContentRange", {"range": {"startIndex": 8, "endIndex": 16}})])
def test_a_comment_follows_the_letters_it_covers(requests: list[Any]) -> None:
    doc = Doc.imported(START.replace("about", f"j{COMMENTED}z"), "text/markdown")
    doc.member_comments(COMMENTED, "why?")
    for request in requests:
        with suppress(Declined):
            doc.batch_update([request])
        covered = doc.comments()[0].text
        assert of_the_word(covered) == of_the_word(doc.text())
        assert not set(covered) & set("jz")


COMMENTED = "gkmsv"
"""Like j and z beside it, letters that stand nowhere else and that no request types."""


def of_the_word(text: str) -> list[str]:
    return [letter for letter in text if letter in COMMENTED]


def test_insertion_then_deletion_leaves_the_document_as_it_was() -> None:
    doc = Doc.imported(START, "text/markdown")
    before = doc.json()["body"]
    insert = {"insertText": {"location": {"index": 9}, "text": "x😀\ny"}}
    delete = {"deleteContentRange": {"range": {"startIndex": 9, "endIndex": 14}}}
    doc.batch_update([insert, delete])
    assert doc.json()["body"] == before


EDIT = st.one_of(
    st.tuples(INDEX, TEXT).map(
        lambda t: {"insertText": {"location": {"index": t[0]}, "text": t[1]}}
    ),
    RANGE.map(lambda r: {"deleteContentRange": {"range": r}}),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(EDIT, max_size=10))
def test_each_edit_changes_what_it_names_and_nothing_else(requests: list[Any]) -> None:
    doc = Doc.imported(START, "text/markdown")
    for request in requests:
        expected = flat(doc)
        try:
            doc.batch_update([request])
        except Declined:
            assert flat(doc) == expected
            continue
        if "insertText" in request:
            at = request["insertText"]["location"]["index"]
            # An insertion inside a letter comes after it.
            at += "\udc00" <= expected[at] <= "\udfff"
            expected[at:at] = code_units(request["insertText"]["text"])
        else:
            span = request["deleteContentRange"]["range"]
            del expected[span["startIndex"] : span["endIndex"]]
        assert flat(doc) == expected


def flat(doc: Doc) -> list[str]:
    """Read the letters of a document from its JSON, each at its index, "" for what is none."""
    content = doc.json()["body"]["content"]
    letters = [""] * content[-1]["endIndex"]
    todo = list(content)
    while todo:
        element = todo.pop()
        for row in element.get("table", {}).get("tableRows", ()):
            for cell in row["tableCells"]:
                todo += cell["content"]
        for part in element.get("paragraph", {}).get("elements", ()):
            run = code_units(part.get("textRun", {"content": "¤"})["content"])
            letters[part["startIndex"] : part["endIndex"]] = run
    return letters
