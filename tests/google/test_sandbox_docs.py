"""The stand-in of Google Docs, asked as the API is asked."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator

from smarketing.integrations.google.sandbox.caller import EVERYTHING, Caller
from smarketing.integrations.google.sandbox.described import schemas
from smarketing.integrations.google.sandbox.docs import api as docs
from smarketing.integrations.google.sandbox.docs.editor import open_in_editor
from smarketing.integrations.google.sandbox.docs.errors import Declined
from smarketing.integrations.google.sandbox.drive.model import DOC, Permission
from smarketing.integrations.google.sandbox.drive.store import Files, Store
from smarketing.integrations.google.sandbox.errors import Said
from smarketing.integrations.google.sandbox.sheets import api as sheets
from smarketing.standin import Asked, Person, World, query_of

ANA = Person("ana", "Ana", "ana@acme.example", "token")
BO = Person("bo", "Bo", "bo@acme.example", "other")
NOON = 1_795_435_200.0


class Desk:
    """A document in Ana's Drive; every reply is checked against the vendor's description."""

    def __init__(self, text: str = "", *switches: str, mime: str = "text/markdown") -> None:
        known = frozenset(switches)
        self.store = Store(World(lambda: NOON, (ANA, BO), known))
        self.files = Files(self.store, Caller(ANA, "app", EVERYTHING))
        self.doc = docs.Doc.imported(text, mime, known) if text else docs.Doc.blank(known)
        self.file = self.files.created("Plan", DOC, self.doc)

    def ask(self, method: str, rest: str, body: Any = None, query: str = "") -> Any:
        path = f"/v1/documents/{self.file.id}{rest}"
        data = b"" if body is None else json.dumps(body).encode()
        answer = docs.answer(Asked(method, path, query_of(query), {}, data), self.files)
        said = json.loads(answer.body)
        if answer.status != 200:
            raise Said(answer.status, "refused", said["error"]["message"])
        check(said, "Document" if method == "GET" else "BatchUpdateDocumentResponse")
        return said

    def get(self, query: str = "") -> Any:
        return self.ask("GET", "", query=query)

    def batch(self, *requests: Any, **control: Any) -> Any:
        body = {"requests": list(requests)} | ({"writeControl": control} if control else {})
        return self.ask("POST", ":batchUpdate", body)

    def paragraphs(self, query: str = "") -> list[Any]:
        content = self.get(query)["body"]["content"]
        return [each["paragraph"] for each in content if "paragraph" in each]

    def words(self) -> list[str]:
        return [words(each) for each in self.paragraphs()]


def words(paragraph: Any) -> str:
    runs = [each.get("textRun", {}).get("content", "¤") for each in paragraph["elements"]]
    return "".join(runs).removesuffix("\n")


def check(said: Any, schema: str) -> None:
    known = {name: _closed(each) for name, each in schemas("docs.v1").items()}
    rules = {"$ref": f"#/definitions/{schema}", "definitions": known}
    Draft7Validator(rules).validate(said)


def _closed(schema: Any) -> Any:
    made = _converted({name: value for name, value in schema.items() if name != "id"})
    return made | {"additionalProperties": False}


def _converted(described: Any) -> Any:
    if isinstance(described, list):
        return [_converted(each) for each in described]
    if not isinstance(described, dict):
        return described
    if isinstance(described.get("$ref"), str):
        return {"$ref": f"#/definitions/{described['$ref']}"}
    return {name: _converted(value) for name, value in described.items()}


def insert(at: int, text: str) -> dict[str, Any]:
    return {"insertText": {"location": {"index": at}, "text": text}}


def delete(start: int, end: int) -> dict[str, Any]:
    return {"deleteContentRange": {"range": {"startIndex": start, "endIndex": end}}}


def look(start: int, end: int, style: Any, fields: str) -> dict[str, Any]:
    span = {"startIndex": start, "endIndex": end}
    return {"updateTextStyle": {"range": span, "textStyle": style, "fields": fields}}


def named(start: int, end: int, style: str) -> dict[str, Any]:
    span = {"startIndex": start, "endIndex": end}
    given = {"namedStyleType": style}
    body = {"range": span, "paragraphStyle": given, "fields": "namedStyleType"}
    return {"updateParagraphStyle": body}


def bullets(start: int, end: int, preset: str = "BULLET_DISC_CIRCLE_SQUARE") -> dict[str, Any]:
    span = {"startIndex": start, "endIndex": end}
    return {"createParagraphBullets": {"range": span, "bulletPreset": preset}}


def cell_starts(desk: Desk) -> list[list[int]]:
    table = next(e["table"] for e in desk.get()["body"]["content"] if "table" in e)
    return [
        [cell["content"][0]["startIndex"] for cell in row["tableCells"]]
        for row in table["tableRows"]
    ]


def test_a_new_document_has_a_section_break_and_one_newline() -> None:
    content = Desk().get()["body"]["content"]
    assert content[0]["endIndex"] == 1
    assert "startIndex" not in content[0]
    assert (content[1]["startIndex"], content[1]["endIndex"]) == (1, 2)


def test_a_letter_beyond_the_first_plane_counts_twice() -> None:
    desk = Desk()
    desk.batch(insert(1, "a😀b"))
    element = desk.paragraphs()[0]["elements"][0]
    assert (element["startIndex"], element["endIndex"]) == (1, 6)
    with pytest.raises(Said, match="surrogate"):
        desk.batch(delete(3, 4))
    desk.batch(insert(3, "x"))  # the vendor moves it behind the letter
    assert desk.words() == ["a😀xb"]


def test_inserted_text_looks_like_the_text_before_it() -> None:
    desk = Desk("plain **bold** plain")
    desk.batch(insert(11, "er"))
    assert desk.doc.styles_of("bolder") == [("bolder", {"bold": True})]
    desk.batch(insert(1, "very "))
    assert desk.doc.styles_of("very plain") == [("very plain", {})]


def test_text_typed_into_a_link_is_no_link() -> None:
    desk = Desk("see [the fair](https://fair.example)")
    desk.batch(insert(9, "big "))
    assert [text for text, style in desk.doc.styles_of("the big fair") if "link" in style] == [
        "the ", "fair",
    ]  # fmt: skip


def test_a_newline_splits_a_paragraph_and_both_halves_keep_its_style() -> None:
    desk = Desk("# Plan\n\n- one two")
    desk.batch(insert(8, "\n"), insert(3, "\n"))
    shown = desk.paragraphs()
    assert desk.words() == ["Pl", "an", "on", "e two"]
    assert [p["paragraphStyle"]["namedStyleType"] for p in shown[:2]] == ["HEADING_1"] * 2
    assert shown[2]["bullet"]["listId"] == shown[3]["bullet"]["listId"]
    assert shown[0]["paragraphStyle"]["headingId"]


def test_paragraphs_that_merge_keep_the_style_of_the_first_with_text_left() -> None:
    desk = Desk("# Head\n\nbody")
    desk.batch(delete(4, 8))
    assert desk.words() == ["Heady"]
    assert desk.paragraphs()[0]["paragraphStyle"]["namedStyleType"] == "HEADING_1"
    desk = Desk("# Head\n\nbody")
    desk.batch(delete(1, 6))
    assert desk.words() == ["body"]
    assert desk.paragraphs()[0]["paragraphStyle"]["namedStyleType"] == "NORMAL_TEXT"


TABLE = "before\n\n| A | B |\n|---|---|\n| x | y |\n\nafter"


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        (delete(34, 35), "newline character at the end of the segment"),
        (delete(5, 5), "The range should not be empty"),
        (delete(0, 3), "first section break"),
        (delete(7, 8), "newline character before a table"),
        (delete(3, 12), "in part"),
        (delete(11, 14), "in part"),
        (delete(12, 13), "newline character at the end of the segment"),
        (delete(4, 900), "must be less than the end index of the referenced segment"),
        (insert(8, "x"), "inside the bounds of an existing paragraph"),
        (insert(9, "x"), "inside the bounds of an existing paragraph"),
        (insert(0, "x"), "inside the bounds of an existing paragraph"),
        (insert(900, "x"), "Index 900 must be less than"),
        (look(1, 3, {"bold": True}, ""), "At least one field must be listed"),
        (look(1, 3, {"bold": True}, "fat"), "Invalid field"),
        ({"insertText": {"text": "x"}}, "Exactly one of location"),
        ({"insertText": {"location": {"index": 1, "segmentId": "kix.h"}, "text": "x"}},
         "Segment with ID kix.h was not found"),
        ({"insertText": {"location": {"index": 1, "tabId": "t.9"}, "text": "x"}},
         "Tab with ID t.9 was not found"),
        ({"deleteNamedRange": {"namedRangeId": "kix.no"}}, "No named range"),
    ],
)  # fmt: skip
def test_what_would_break_the_document_is_refused(request_: Any, why: str) -> None:
    desk = Desk(TABLE)
    before = desk.get()
    name = next(iter(request_))
    fine = {"insertText": {"endOfSegmentLocation": {}, "text": " fine"}}
    with pytest.raises(Said, match=why) as refused:
        desk.batch(fine, request_)
    assert refused.value.status == 400
    assert f"Invalid requests[1].{name}: " in refused.value.message
    assert desk.get() == before


def test_an_unknown_request_is_refused() -> None:
    with pytest.raises(Said, match='Unknown name "insertPoem" at'):
        Desk().batch({"insertPoem": {}})


def test_a_new_table_has_its_cells_where_the_vendor_has_them() -> None:
    desk = Desk()
    desk.batch({"insertTable": {"location": {"index": 1}, "rows": 2, "columns": 2}})
    content = desk.get()["body"]["content"]
    table = next(each for each in content if "table" in each)
    assert (table["startIndex"], table["endIndex"]) == (2, 14)
    assert cell_starts(desk) == [[5, 7], [10, 12]]


def test_rows_and_columns_come_and_go() -> None:
    desk = Desk(TABLE)
    start = {"tableStartLocation": {"index": 8}, "rowIndex": 1, "columnIndex": 1}
    desk.batch(
        {"insertTableRow": {"tableCellLocation": start, "insertBelow": True}},
        {"insertTableColumn": {"tableCellLocation": start, "insertRight": False}},
    )
    assert [len(row) for row in cell_starts(desk)] == [3, 3, 3]
    desk.batch(insert(cell_starts(desk)[2][1], "new"))
    desk.batch({"deleteTableRow": {"tableCellLocation": {**start, "rowIndex": 0}}})
    desk.batch({"deleteTableColumn": {"tableCellLocation": {**start, "columnIndex": 0}}})
    assert desk.doc.text() == "before\n\ny\nnew\n\nafter\n"
    for _ in range(2):
        desk.batch({"deleteTableRow": {"tableCellLocation": {**start, "rowIndex": 0}}})
    assert desk.words() == ["before", "after"]


def test_leading_tabs_nest_items_and_go() -> None:
    desk = Desk()
    desk.batch(insert(1, "one\n\ttwo\n\t\tthree\nend"), bullets(1, 17))
    shown = desk.paragraphs()
    assert desk.words() == ["one", "two", "three", "end"]
    assert [p["bullet"].get("nestingLevel", 0) for p in shown[:3]] == [0, 1, 2]
    assert "bullet" not in shown[3]
    levels = desk.get()["lists"][shown[0]["bullet"]["listId"]]["listProperties"]
    assert [level["glyphSymbol"] for level in levels["nestingLevels"][:3]] == ["●", "○", "■"]


def test_items_join_the_list_above_if_it_is_of_their_kind() -> None:
    desk = Desk("- one\n\ntwo\n\nthree")
    desk.batch(bullets(5, 6), bullets(9, 10, "NUMBERED_DECIMAL_NESTED"))
    first, second, third = (p["bullet"]["listId"] for p in desk.paragraphs())
    assert first == second != third
    span = {"startIndex": 1, "endIndex": 10}
    desk.batch({"deleteParagraphBullets": {"range": span}})
    assert not any("bullet" in p or "indentStart" in p["paragraphStyle"] for p in desk.paragraphs())


@pytest.mark.parametrize("keeps", [False, True])
def test_an_item_that_is_none_any_more_may_keep_an_indent(keeps: bool) -> None:
    desk = Desk("- a\n  - b", *(["google-docs-ended-items-keep-indents"] if keeps else []))
    span = {"startIndex": 1, "endIndex": 4}
    desk.batch({"deleteParagraphBullets": {"range": span}})
    indents = [p["paragraphStyle"].get("indentStart") for p in desk.paragraphs()]
    assert indents == [None, {"magnitude": 36, "unit": "PT"} if keeps else None]


def test_a_heading_that_becomes_an_item_is_a_heading_no_more() -> None:
    desk = Desk("## Head")
    desk.batch(bullets(1, 3))
    assert desk.paragraphs()[0]["paragraphStyle"]["namedStyleType"] == "NORMAL_TEXT"


def test_a_link_looks_like_one_until_it_is_taken_away() -> None:
    desk = Desk("see this now")
    desk.batch(look(5, 9, {"link": {"url": "https://a.example"}}, "link"))
    ((_, style),) = desk.doc.styles_of("this")
    assert style["underline"]
    assert style["foregroundColor"]
    desk.batch(look(5, 9, {}, "link"))
    assert desk.doc.styles_of("this") == [("this", {})]


def test_a_style_changes_in_its_listed_fields_alone() -> None:
    desk = Desk("**bold** plain")
    desk.batch(look(1, 11, {"italic": True, "bold": False}, "italic"))
    assert desk.doc.styles_of("bold plain") == [
        ("bold", {"bold": True, "italic": True}), (" plain", {"italic": True}),
    ]  # fmt: skip
    desk.batch(look(1, 5, {}, "bold"))
    assert desk.doc.styles_of("bold") == [("bold", {"italic": True})]


@pytest.mark.parametrize("clears", [False, True])
def test_a_headings_style_may_make_bold_words_plain(clears: bool) -> None:
    desk = Desk("a **bold** word", *(["google-docs-headings-clear-bold"] if clears else []))
    desk.batch(named(1, 2, "HEADING_2"))
    assert desk.doc.styles_of("bold") == [("bold", {} if clears else {"bold": True})]


def test_a_write_on_an_older_revision_is_refused() -> None:
    desk = Desk("one")
    revision = desk.get()["revisionId"]
    desk.doc.member_types("one", " two")
    with pytest.raises(Said, match="does not match the latest revision") as refused:
        desk.batch(insert(1, "x"), requiredRevisionId=revision)
    assert refused.value.status == 400
    said = desk.batch(insert(1, "x"), requiredRevisionId=desk.get()["revisionId"])
    assert said["writeControl"]["requiredRevisionId"] == desk.get()["revisionId"]
    assert desk.words() == ["xone two"]


def test_comments_and_named_ranges_follow_their_text_through_foreign_edits() -> None:
    desk = Desk("# Plan\n\nCall Ana about the fair today")
    key = desk.doc.member_comments("the fair", "which one?", "Bo")
    span = {"startIndex": 6, "endIndex": 14}
    desk.batch({"createNamedRange": {"name": "owned", "range": span}})
    desk.batch(insert(1, "The "), insert(28, " big"), delete(5, 6))
    assert [c.text for c in desk.doc.comments()] == ["the big fair"]
    (group,) = desk.get()["namedRanges"]["owned"]["namedRanges"]
    assert group["ranges"] == [{"startIndex": 9, "endIndex": 17, "tabId": "t.0"}]
    shown = desk.get(
        "includeTabsContent=true&suggestionsViewMode=SUGGESTIONS_INLINE"
        "&commentsViewMode=COMMENTS_VIEW_MODE_INCLUDED"
    )
    assert shown["comments"][0]["headPost"]["content"] == "which one?"
    anchors = shown["tabs"][0]["documentTab"]["commentAnchors"]
    assert anchors[f"kix.{key}"]["ranges"][0]["startIndex"] == 24
    desk.doc.member_deletes("the big fair")
    assert [c.text for c in desk.doc.comments()] == [""]


def test_suggestions_are_seen_inline_accepted_or_not_at_all() -> None:
    desk = Desk("Call Ana today")
    new = desk.doc.member_suggests("Ana", " and Bo")
    old = desk.doc.member_suggests_deletion(" today")
    runs = [each["textRun"] for each in desk.paragraphs()[0]["elements"]]
    assert [run["content"] for run in runs] == ["Call Ana", " and Bo", " today", "\n"]
    assert runs[1]["suggestedInsertionIds"] == [new]
    assert runs[2]["suggestedDeletionIds"] == [old]
    views = {
        "PREVIEW_SUGGESTIONS_ACCEPTED": "Call Ana and Bo",
        "PREVIEW_WITHOUT_SUGGESTIONS": "Call Ana today",
    }
    for view, text in views.items():
        assert [words(p) for p in desk.paragraphs(f"suggestionsViewMode={view}")] == [text]
    desk.batch(insert(1, "Please "))
    assert desk.doc.suggestions() == {new: (" and Bo", ""), old: ("", " today")}
    desk.doc.member_accepts(new)
    desk.doc.member_rejects(old)
    assert desk.words() == ["Please Call Ana and Bo today"]


def test_a_program_may_write_suggestions() -> None:
    desk = Desk("Call Ana")
    said = desk.batch(insert(9, " now"), delete(1, 5), writeMode="SUGGEST")
    assert len(said["suggestionResponses"]) == 2
    assert desk.doc.suggestions().keys() == {
        key for each in said["suggestionResponses"] for key in each["createdSuggestionIds"]
    }
    assert desk.doc.text_export("text/plain").decode("utf-8-sig") == "Call Ana\r\n"


def test_all_occurrences_are_replaced_and_keep_their_looks() -> None:
    desk = Desk("one **One** two\n\n| one |\n|---|\n| x |")
    found = {"text": "one", "matchCase": False}
    said = desk.batch({"replaceAllText": {"containsText": found, "replaceText": "😀"}})
    assert said["replies"] == [{"replaceAllText": {"occurrencesChanged": 3}}]
    assert desk.doc.text() == "😀 😀 two\n😀\nx\n\n"
    assert desk.doc.styles_of("😀 😀")[1] == ("😀", {"bold": True})


def test_chips_breaks_and_images_take_one_place_each() -> None:
    desk = Desk("ab")
    at = {"location": {"index": 2}}
    said = desk.batch(
        {"insertPerson": {**at, "personProperties": {"email": "bo@acme.example"}}},
        {"insertPageBreak": at},
        {"insertInlineImage": {**at, "uri": "https://a.example/x.png"}},
        {"insertDate": {**at, "dateElementProperties": {"timestamp": "2026-11-23T00:00:00Z"}}},
        {"insertRichLink": {**at, "richLinkProperties": {"uri": "https://docs.google.com/d/1"}}},
    )
    assert desk.words() == ["a¤¤¤¤", "¤b"]
    kinds = [
        next(name for name in element if "Index" not in name)
        for paragraph in desk.paragraphs()
        for element in paragraph["elements"]
    ]
    assert kinds == ["textRun", "richLink", "dateElement", "inlineObjectElement", "pageBreak",
                     "textRun", "person", "textRun"]  # fmt: skip
    assert said["replies"][2]["insertInlineImage"]["objectId"] in desk.get()["inlineObjects"]


def dropdown(*options: str, key: str = "kix.states") -> dict[str, Any]:
    offered = [{"displayValue": each, "optionId": f"dropdownItem.{each}"} for each in options]
    properties = {"title": "State", "options": offered}
    made = {"dropdownDefinitionId": key, "dropdownDefinitionProperties": properties}
    return {"createDropdownDefinition": {"dropdownDefinition": made}}


def chosen(key: str, option: str) -> dict[str, Any]:
    given = {"selectedOptionId": f"dropdownItem.{option}"}
    body = {"dropdownId": key, "dropdownProperties": given, "fields": "selectedOptionId"}
    return {"updateDropdownProperties": body}


def test_a_drop_down_shows_the_option_that_is_selected() -> None:
    desk = Desk("ab")
    put = {"insertDropdown": {"location": {"index": 2}, "dropdownDefinitionId": "kix.states"}}
    said = desk.batch(dropdown("open", "done"), put)
    key = said["replies"][1]["insertDropdown"]["dropdown"]["dropdownId"]
    for option in ("open", "done"):
        desk.batch(chosen(key, option))
        shown = desk.paragraphs()[0]["elements"][1]["dropdown"]["dropdownProperties"]
        assert (shown["displayValue"], shown["selectedOptionId"]) == (
            option, f"dropdownItem.{option}",
        )  # fmt: skip
    (tab,) = desk.get("includeTabsContent=true")["tabs"]
    assert list(tab["documentTab"]["dropdownDefinitions"]) == ["kix.states"]
    assert "dropdownDefinitions" not in desk.get()


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        (dropdown("open"), "at least 2 options"),
        (dropdown("open", "open"), "must be unique"),
        (dropdown("open", "done", key="states"), "invalid or not unique"),
        (chosen("kix.none", "open"), "Dropdown with ID kix.none was not found"),
        (
            {"insertDropdown": {"location": {"index": 1}, "dropdownDefinitionId": "kix.none"}},
            "definition with ID kix.none was not found",
        ),
    ],
)
def test_a_drop_down_that_cannot_be_is_refused(request_: dict[str, Any], why: str) -> None:
    desk = Desk("ab")
    with pytest.raises(Declined, match=why):
        desk.doc.batch_update([request_])


def test_a_drop_down_shows_no_option_that_it_does_not_have() -> None:
    desk = Desk("ab")
    key = desk.doc.member_inserts_dropdown("ab", ["open", "done"], "open")
    with pytest.raises(Declined, match="is not in the dropdown definition"):
        desk.doc.batch_update([chosen(key, "stuck")])
    with pytest.raises(Declined, match="At least one field"):
        desk.doc.batch_update([{"updateDropdownProperties": {"dropdownId": key}}])


def test_without_a_tab_the_first_is_meant() -> None:
    desk = Desk("first")
    key = desk.doc.member_adds_tab("More", "second")
    place = {"index": 1, "tabId": key}
    desk.batch(insert(1, "a "), {"insertText": {"location": place, "text": "b "}})
    tabs = desk.get("includeTabsContent=true")["tabs"]
    assert [words(t["documentTab"]["body"]["content"][1]["paragraph"]) for t in tabs] == [
        "a first", "b second",
    ]  # fmt: skip
    assert "tabs" not in desk.get()
    assert "body" not in desk.get("fields=tabs.tabProperties")


def test_a_mask_selects_and_a_wrong_one_is_refused() -> None:
    desk = Desk("one")
    assert desk.get("fields=body.content.paragraph.elements.textRun.content,title") == {
        "title": "Plan",
        "body": {"content": [
            {}, {"paragraph": {"elements": [{"textRun": {"content": "one\n"}}]}},
        ]},
    }  # fmt: skip
    with pytest.raises(Said, match="Invalid field selection"):
        desk.get("fields=body(text)")


def test_who_may_only_read_sees_no_suggestions_and_writes_nothing() -> None:
    desk = Desk("Call Ana")
    desk.doc.member_suggests("Ana", " and Bo")
    desk.file.permissions["bo"] = Permission("bo", "user", BO.mail, "reader")
    desk.files = Files(desk.store, Caller(BO, "app", EVERYTHING))
    assert desk.words() == ["Call Ana"]
    with pytest.raises(Said, match="403"):
        desk.batch(insert(1, "x"))
    with pytest.raises(Said, match="403"):
        desk.get("suggestionsViewMode=SUGGESTIONS_INLINE")


def test_an_import_ends_where_its_text_does_unless_switched() -> None:
    assert Desk("one").words() == ["one"]
    assert Desk("one", "google-docs-import-ends-with-an-empty-paragraph").words() == ["one", ""]


def test_markdown_becomes_headings_lists_tables_and_looks() -> None:
    text = (
        "## Plan\n\nA *b* ~~c~~ `d`\n\n1. one\n   - two\n2. three\n\n"
        "> quote\n\n---\n\n```\nx\n  y\n```\n\n| H |\n|:-:|\n| c |\n"
    )
    desk = Desk(text)
    assert desk.words() == ["Plan", "A b c d", "one", "two", "three", "quote", "¤", "x", "  y", ""]
    assert desk.doc.bullet_of("one") == ("NUMBERED_DECIMAL_ALPHA_ROMAN", 0)
    assert desk.doc.bullet_of("two") == ("BULLET_DISC_CIRCLE_SQUARE", 1)
    assert desk.doc.paragraph_style_of("quote")["indentStart"]["magnitude"] == 36
    assert [style for _, style in desk.doc.styles_of("b c d")][::2] == [
        {"italic": True}, {"strikethrough": True},
        {"weightedFontFamily": {"fontFamily": "Roboto Mono", "weight": 400}},
    ]  # fmt: skip
    assert desk.doc.styles_of("H") == [("H", {"bold": True})]


def test_boxes_of_markdown_are_letters_or_a_check_list_that_says_no_ticks() -> None:
    assert Desk("- [x] done").words() == ["[x] done"]
    desk = Desk("- [x] done\n- [ ] open", "google-docs-import-makes-check-lists")
    assert desk.words() == ["done", "open"]
    assert desk.doc.bullet_of("done") == ("BULLET_CHECKBOX", 0)
    first, second = desk.paragraphs()
    assert first["bullet"] == second["bullet"]


def test_html_becomes_the_same_as_markdown() -> None:
    page = (
        "<html><head><title>t</title></head><body><h2>Plan</h2>\n<p>A <b>b</b> "
        '<a href="https://a.example">link</a></p><ul><li>one<ol><li>two</li></ol></li></ul>'
        "<table><tr><th>H</th></tr><tr><td>c</td></tr></table><p>end</p></body></html>"
    )
    markdown = (
        "## Plan\n\nA **b** [link](https://a.example)\n\n- one\n  1. two\n\n"
        "| H |\n|---|\n| c |\n\nend"
    )
    assert Desk(page, mime="text/html").doc.picture() == Desk(markdown).doc.picture()


def test_an_upload_never_makes_markup_alive() -> None:
    desk = Desk("<script>alert(1)</script>\n\nx <b>y</b>")
    assert desk.words() == ["<script>alert(1)</script>", "x <b>y</b>"]


def test_markdown_comes_back_by_export() -> None:
    text = "# Plan\n\nA **b**\n\n* one\n  * two\n\n| H |\n| --- |\n| c |\n"
    assert Desk(text).doc.text_export("text/markdown").decode() == text.replace("| H |", "| H |")
    with pytest.raises(Said):
        Desk(text).doc.text_export("application/pdf")


def test_a_copy_has_no_comments_and_changes_on_its_own() -> None:
    desk = Desk("one")
    desk.doc.member_comments("one", "why?")
    copy = desk.doc.copied()
    assert copy.comments() == []
    copy.member_types("one", " two")
    assert desk.words() == ["one"]
    assert copy.text() == "one two\n"


def test_a_table_of_contents_is_there_and_nobody_types_into_it() -> None:
    desk = Desk("# Plan\n\nintro\n\n## First\n\ntext")
    desk.doc.member_inserts_contents("intro")
    content = desk.get()["body"]["content"]
    (contents,) = (each for each in content if "tableOfContents" in each)
    inside = contents["tableOfContents"]["content"]
    assert [words(each["paragraph"]) for each in inside] == ["Plan", "First"]
    start, end = contents["startIndex"], contents["endIndex"]
    assert inside[0]["startIndex"] == start + 1
    assert inside[-1]["endIndex"] == end - 1
    for request in (insert(start + 2, "x"), delete(start + 1, start + 3), delete(start, start + 4)):
        with pytest.raises(Said, match="400"):
            desk.batch(request)
    desk.batch(insert(end + 1, "x"), delete(start, end))
    assert desk.words() == ["Plan", "intro", "", "xFirst", "text"]


def test_each_half_of_a_split_heading_has_an_id_of_its_own() -> None:
    desk = Desk("# Plan")
    desk.batch(insert(3, "\n"))
    ids = [paragraph["paragraphStyle"]["headingId"] for paragraph in desk.paragraphs()]
    assert len(set(ids)) == 2


def test_what_a_member_does_in_the_editor_is_noticed_in_drive() -> None:
    desk = Desk("Plan")
    version = desk.file.version
    with open_in_editor(desk.store, desk.file.id, BO) as doc:
        doc.member_bolds("Plan")
    assert desk.file.version == version + 1
    assert desk.file.modified_by == BO.mail
    assert desk.doc.styles_of("Plan") == [("Plan", {"bold": True})]


def test_a_new_upload_is_another_revision() -> None:
    assert Desk("one").doc.revision != Desk("two").doc.revision


def test_each_switch_that_is_asked_for_is_explained() -> None:
    folder = Path(docs.__file__).parents[1]
    code = "".join(
        path.read_text("utf-8") for path in folder.rglob("*.py") if path.name not in _EXPLAINING
    )
    asked = set(re.findall(r'"(google-(?:docs|sheets)-[a-z-]+)"', code))
    assert asked == {*docs.SWITCHES, *sheets.SWITCHES}


_EXPLAINING = ("api.py", "switches.py")
