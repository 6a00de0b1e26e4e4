"""What Markdown says of things that it has no words for; the JSON is written by hand."""

from typing import Any

import pytest

from smarketing.integrations.google.doc import edits, markdown_of, normal

Json = dict[str, Any]
NORMAL = {"namedStyleType": "NORMAL_TEXT"}


def doc(*paragraphs: Json, **others: Any) -> Json:
    """Return a document of these paragraphs with their indexes."""
    content: list[Json] = [{"endIndex": 1, "sectionBreak": {}}]
    at = 1
    for paragraph in paragraphs:
        start = at
        for element in paragraph["elements"]:
            run = element.get("textRun", {}).get("content", "x")
            element["startIndex"] = at
            at += len(run.encode("utf-16-le")) // 2
            element["endIndex"] = at
        content.append({"startIndex": start, "endIndex": at, "paragraph": paragraph})
    return {"body": {"content": content}, **others}


def par(*elements: Json | str, style: Json | None = None, **others: Any) -> Json:
    """Return a paragraph; its newline is added."""
    made = [run(one) if isinstance(one, str) else one for one in [*elements, "\n"]]
    return {"elements": made, "paragraphStyle": style or NORMAL, **others}


def run(text: str, **others: Any) -> Json:
    return {"textRun": {"content": text, "textStyle": {}, **others}}


def styled(text: str, **style: Any) -> Json:
    return run(text, textStyle=style)


def check(document: Json, expected: str) -> None:
    assert markdown_of(document) == expected
    assert normal(expected) == expected
    assert edits(document, expected) == []


@pytest.mark.parametrize(
    ("element", "expected"),
    [
        ({"inlineObjectElement": {"inlineObjectId": "kix.abc"}}, "![image](doc:kix.abc)"),
        (
            {"person": {"personId": "kix.p", "personProperties": {"name": "Ana", "email": "a@b"}}},
            "![Ana](doc:kix.p)",
        ),
        (
            {"richLink": {"richLinkId": "kix.r", "richLinkProperties": {"title": "A [plan]"}}},
            "![A plan](doc:kix.r)",
        ),
        (
            {"dateElement": {"dateId": "d1", "dateElementProperties": {"displayText": "14 Dec"}}},
            "![14 Dec](doc:d1)",
        ),
        ({"footnoteReference": {"footnoteId": "kix.f"}}, "![footnote](doc:kix.f)"),
        ({"equation": {}}, "![equation](doc:equation)"),
        ({"pageBreak": {}}, "![page-break](doc:page-break)"),
        ({"somethingNew": {}}, "![thing](doc:thing)"),
    ],
)
def test_what_markdown_cannot_say_is_kept_by_a_handle(element: Json, expected: str) -> None:
    check(doc(par("a ", element, " b")), f"a {expected} b\n")


def test_a_thing_goes_only_when_it_is_not_wanted() -> None:
    document = doc(par("see ", {"inlineObjectElement": {"inlineObjectId": "kix.a"}}, " here"))
    assert edits(document, "see here\n") != []
    kept = edits(document, "![image](doc:kix.a) there\n")
    ranges = [r["deleteContentRange"]["range"] for r in kept if "deleteContentRange" in r]
    assert all(not one["startIndex"] <= 5 < one["endIndex"] for one in ranges)


def test_suggested_insertions_are_no_text_and_suggested_deletions_still_are() -> None:
    new = run(" new", suggestedInsertionIds=["s1"])
    gone = run(" gone", suggestedDeletionIds=["s2"])
    check(doc(par("old", new, gone)), "old gone\n")


def test_a_newline_that_is_only_suggested_parts_no_paragraph() -> None:
    first = {
        "elements": [run("one"), run("\n", suggestedInsertionIds=["s"])], "paragraphStyle": NORMAL,
    }  # fmt: skip
    check(doc(first, par(" two")), "one two\n")


def test_text_that_looks_like_markdown_stays_text() -> None:
    check(
        doc(par("# no *stars* [a](b) <b> `x` \\"), par("- no"), par("1. no"), par("> no")),
        "\\# no \\*stars\\* [a\\](b) \\<b> \\`x\\` \\\\\n\n\\- no\n\n1\\. no\n\n\\> no\n",
    )


def test_what_is_to_agree_and_names_with_lines_are_written_plainly() -> None:
    text = "[to agree: who decides (by Friday)?, Ana] snake_case 2 * 3 a < b & c ~ d!"
    check(doc(par(text)), f"{text}\n")


def test_looks_that_markdown_has_no_word_for_are_left_out() -> None:
    odd = styled("red", foregroundColor={"color": {}}, underline=True, fontSize={"magnitude": 9})
    check(doc(par("a ", odd, " b")), "a red b\n")


def test_blanks_at_the_edge_of_bold_are_not_bold() -> None:
    check(doc(par("a", styled(" bold ", bold=True), "b")), "a **bold** b\n")


def test_links_to_places_of_the_document_and_to_nowhere_known() -> None:
    head = styled("up", link={"headingId": "h.1"})
    tel = styled("call", link={"url": "tel:123"})
    check(doc(par(head, " ", tel)), "[up](#heading=h.1) call\n")


def test_a_title_is_a_heading_and_empty_paragraphs_say_nothing() -> None:
    check(
        doc(par("Plan", style={"namedStyleType": "TITLE"}), par(), par("text"), par()),
        "# Plan\n\ntext\n",
    )


def test_the_boxes_of_a_check_list_have_no_state_that_can_be_read() -> None:
    level = {"glyphType": "GLYPH_TYPE_UNSPECIFIED"}
    lists = {"kix.l": {"listProperties": {"nestingLevels": [level]}}}
    check(doc(par("call", bullet={"listId": "kix.l"}), lists=lists), "- call\n")


def test_a_table_with_merged_cells_is_left_alone() -> None:
    cell = {"content": [], "tableCellStyle": {"columnSpan": 2}}
    document = doc(par("a"))
    table = {"tableRows": [{"tableCells": [cell, cell]}], "rows": 1, "columns": 2}
    document["body"]["content"][2:] = [
        {"startIndex": 3, "endIndex": 9, "table": table},
        {"startIndex": 9, "endIndex": 10, "paragraph": par()},
    ]
    check(document, "a\n\n![table](doc:table)\n")


def test_the_first_of_several_tabs_is_the_document() -> None:
    tabs = [{"documentTab": doc(par("one"))}, {"documentTab": doc(par("two"))}]
    check({"tabs": tabs}, "one\n")


def test_a_paragraph_that_was_read_before_is_edited_where_it_stands_now() -> None:
    same = "Call the nine leads."
    check(doc(par(same)), f"{same}\n")
    (delete, *_), *_ = [edits(doc(par("Before it."), par(same)), "Before it.\n\nCall the leads.\n")]
    gone = delete["deleteContentRange"]["range"]
    whole = "\x00Before it.\n" + same
    assert whole[gone["startIndex"] : gone["endIndex"]].strip() == "nine"
