"""What an edit of a Google document writes, and what members find afterwards."""

from datetime import date
from typing import Any

import pytest

from smarketing.integrations.google.doc import (
    Choosing,
    choices,
    edits,
    import_text,
    markdown_of,
    normal,
)
from smarketing.integrations.google.sandbox.docs.document import Doc
from smarketing.merging.notes import Note, standing, suggestion, with_notes, without_notes

AGENDA = """# Weekly

Chair *Ana*, notes [Dana](https://d.example/x).

- [ ] Ana: call the 9 leads
- [x] Dana: price sheet
  - with **both** prices

1. one
2. two

| Reason | What we do |
| --- | --- |
| No budget | check the promise |
| Ours already | give it to Zoë 😀 |

> quoted
> twice

---

```
a = 1
  b = 2
```
"""


def document(markdown: str) -> Doc:
    return Doc.imported(*import_text(markdown))


def change(doc: Doc, old: str, new: str) -> list[dict[str, Any]]:
    shown = markdown_of(doc.json())
    assert old in shown
    return write(doc, shown.replace(old, new, 1))


def write(doc: Doc, wanted: str) -> list[dict[str, Any]]:
    requests: list[dict[str, Any]] = edits(doc.json(), wanted)
    if requests:
        doc.batch_update(requests)
    assert markdown_of(doc.json()) == normal(wanted)
    return requests


def names(requests: list[dict[str, Any]]) -> list[str]:
    return [next(iter(request)) for request in requests]


def test_people_find_headings_lists_tables_and_ticks_and_read_back_their_markdown() -> None:
    doc = document(AGENDA)
    assert markdown_of(doc.json()) == normal(AGENDA) == AGENDA
    assert doc.paragraph_style_of("Weekly")["namedStyleType"] == "HEADING_1"
    assert doc.bullet_of("Ana: call") == ("BULLET_DISC_CIRCLE_SQUARE", 0)
    assert doc.bullet_of("with") == ("BULLET_DISC_CIRCLE_SQUARE", 1)
    assert doc.bullet_of("one") == ("NUMBERED_DECIMAL_ALPHA_ROMAN", 0)
    assert "☐ Ana" in doc.text()
    assert "☑ Dana" in doc.text()


def test_a_tick_is_one_letter() -> None:
    doc = document(AGENDA)
    requests = change(doc, "- [ ] Ana", "- [x] Ana")
    assert names(requests) == ["insertText", "deleteContentRange"]


def test_a_member_ticks_by_changing_the_box() -> None:
    doc = document("- [ ] call\n")
    doc.member_types("☐", "☒")
    doc.member_deletes("☐")
    assert markdown_of(doc.json()) == "- [x] call\n"


def test_one_word_is_changed_around_comments_looks_and_suggestions() -> None:
    doc = document("The fair list waits for Legal since Monday.\n")
    key = doc.member_comments("waits for Legal", "who?")
    doc.member_bolds("fair")
    suggested = doc.member_suggests("Legal", " and Finance")
    change(doc, "since Monday", "since Friday")
    change(doc, "waits", "still waits")
    assert doc.comments()[0].key == key
    assert doc.comments()[0].text == "waits for Legal"
    assert doc.suggestions() == {suggested: (" and Finance", "")}
    assert doc.styles_of("fair")[0][1]["bold"]
    assert markdown_of(doc.json()) == "The **fair** list still waits for Legal since Friday.\n"


def test_a_word_that_replaces_another_keeps_its_comment_and_colour() -> None:
    doc = document("Call Ana today.\n")
    red = {"foregroundColor": {"color": {"rgbColor": {"red": 1}}}}
    doc.member_restyles("Ana", red)
    doc.member_comments("Ana", "sure?")
    change(doc, "Ana", "Zoë")
    assert doc.comments()[0].text == "Zoë"
    assert doc.styles_of("Zoë") == [("Zoë", red)]


def test_new_text_does_not_take_over_bold_link_or_heading() -> None:
    doc = document("# Head\n\n**Bold** [link](https://a.example)\n")
    change(doc, "# Head\n", "# Head\n\nplain words\n")
    change(doc, "https://a.example)", "https://a.example) and more")
    change(doc, "**Bold**", "**Bold** new")
    assert doc.paragraph_style_of("plain words")["namedStyleType"] == "NORMAL_TEXT"
    for text in ("plain words", "and more", "new"):
        assert all(not style for _, style in doc.styles_of(text))


def test_a_paragraphs_own_font_is_taken_over_by_what_is_added_beside_it() -> None:
    doc = document("one\n\ntwo\n")
    georgia = {"weightedFontFamily": {"fontFamily": "Georgia", "weight": 400}}
    doc.member_restyles("two", georgia)
    change(doc, "two", "new\n\ntwo")
    assert doc.styles_of("new") == [("new", georgia)]


def test_a_new_item_continues_its_list() -> None:
    doc = document("1. one\n2. two\n\nafter\n")
    requests = change(doc, "2. two", "2. two\n3. three")
    assert names(requests) == ["insertText"]
    assert len(doc.json()["lists"]) == 1


def test_new_items_are_one_list_with_its_levels() -> None:
    doc = document("before\n")
    write(doc, "before\n\n1. one\n   - alpha\n   - beta\n2. two\n\nafter\n")
    assert doc.bullet_of("beta") == ("BULLET_DISC_CIRCLE_SQUARE", 1)
    assert "\t" not in doc.text()
    items = [part["paragraph"]["bullet"]["listId"] for part in doc.json()["body"]["content"]
             if "bullet" in part.get("paragraph", {})]  # fmt: skip
    assert items[0] == items[3] != items[1] == items[2]


def test_a_list_becomes_a_numbered_one_and_paragraphs_become_items() -> None:
    doc = document("- one\n- two\n  - deep\n\nthree\n\nfour\n")
    doc.member_comments("deep", "?")
    write(doc, "1. one\n2. two\n   1. deep\n3. three\n4. four\n")
    items = {part["paragraph"]["bullet"]["listId"] for part in doc.json()["body"]["content"]
             if "bullet" in part.get("paragraph", {})}  # fmt: skip
    assert len(items) == 1
    write(doc, "one\n\n- two\n\n> deep\n\n# three\n\n`four`\n")
    assert doc.comments()[0].text == "deep"


def test_cells_and_rows_are_changed_one_by_one() -> None:
    doc = document(AGENDA)
    doc.member_comments("Ours already", "?")
    assert names(change(doc, "check the promise", "check the audience"))[0] == "insertText"
    row = "| Wrong person | look again |\n"
    assert "insertTable" not in names(change(doc, "| Ours", f"{row}| Ours"))
    assert names(change(doc, row, "")) == ["deleteTableRow"]
    assert doc.comments()[0].text == "Ours already"


def test_a_column_comes_and_goes() -> None:
    doc = document("| a | b |\n| --- | --- |\n| 1 | 2 |\n")
    doc.member_comments("2", "two")
    write(doc, "| a | new | b |\n| --- | --- | --- |\n| 1 | x | 2 |\n")
    write(doc, "| new | b |\n| --- | --- |\n| x | 2 |\n")
    assert doc.comments()[0].text == "2"


def test_the_last_newline_stays_and_nothing_is_left_of_what_goes() -> None:
    doc = document("a\n\n## b\n")
    write(doc, "a\n")
    assert doc.text() == "a\n\n"
    write(doc, "")
    write(doc, "# c\n")
    assert doc.text().strip("\n") == "c"


def test_a_letter_of_two_places_is_never_split() -> None:
    doc = document("Yes 😀😀 and 👩‍👧 no\n")
    doc.member_comments("no", "?")
    write(doc, "Yes 😀 and 👩‍👦 no\n")
    write(doc, "😀 Yes 😀 and 👩‍👦 😀 no\n")
    assert doc.comments()[0].text == "no"


def test_a_picture_stays_whatever_happens_around_it() -> None:
    doc = document("Look here.\n\nSecond.\n")
    image = {"location": {"index": 6}, "uri": "https://x.example/i.png"}
    doc.batch_update([{"insertInlineImage": image}])
    shown = markdown_of(doc.json())
    handle = shown[shown.index("![") : shown.index(")") + 1]
    for wanted in (
        f"Look there {handle} please.\n\nSecond.\n",
        f"# Look\n\n- there {handle}\n\nSecond.\n",
        f"Second.\n\n{handle}\n",
    ):
        requests = write(doc, wanted)
        assert not any("insertInlineImage" in request for request in requests)
        assert len(doc.json()["inlineObjects"]) == 1
        assert markdown_of(doc.json()).count(handle) == 1
    write(doc, "Second.\n")


def test_pages_stay_as_they_are_when_another_changes() -> None:
    doc = document("First page.\n\nSecond page.\n\nThird page.\n")
    for word in ("Third", "Second"):
        place = {"location": {"index": doc.text().index(word) + 1}}
        doc.batch_update([{"insertPageBreak": place}])
    assert markdown_of(doc.json()).count("\n![page-break](doc:page-break)\n") == 2
    key = doc.member_comments("Second page", "and?")
    requests = change(doc, "Third", "Last")
    assert names(requests) == ["insertText", "deleteContentRange", "deleteContentRange"]
    assert {comment.key: comment.text for comment in doc.comments()}[key] == "Second page"


def test_a_table_whose_words_are_all_rewritten_stays_the_same_table() -> None:
    doc = document("Before\n\n| Budget |\n|---|\n\nAfter\n")
    key = doc.member_comments("Budget", "how much?")
    assert "insertTable" not in names(change(doc, "Budget", "Money"))
    assert {comment.key: comment.text for comment in doc.comments()}[key] == "Money"


def test_a_sign_that_is_made_italic_is_no_line_and_stays_italic() -> None:
    for text in ("_*_", "*-*", "**=**", "_ _ _", "\\---"):
        assert markdown_of(document(text).json()) == normal(text) == normal(normal(text))
    assert "".join(text for text, style in document("_*_").styles_of("*")) == "*"


def test_a_block_with_a_suggestion_in_it_goes_but_for_the_suggestion() -> None:
    doc = document("One.\n\nTwo here.\n\nThree.\n")
    key = doc.member_suggests("Two", " (really)")
    write(doc, "One.\n\nThree.\n")
    assert doc.suggestions()[key] == (" (really)", "")


@pytest.mark.parametrize("anchor", ["- [x] Dana: price sheet", "1. one", "# Weekly", "> quoted"])
@pytest.mark.parametrize("yields", ["Other words", "", "Two\n\n- *lines*\n  - here"])
def test_a_conflict_note_is_found_again_and_leaves_no_trace(anchor: str, yields: str) -> None:
    doc = document(AGENDA)
    anchor = "> quoted\n> twice" if anchor == "> quoted" else anchor
    note = Note(anchor, suggestion(yields, date(2026, 12, 14)))
    requests = edits(doc.json(), with_notes(AGENDA, [note]))
    doc.batch_update(requests)
    shown = markdown_of(doc.json())
    assert standing(shown, [note]) == (note,)
    assert without_notes(shown, [note]) == AGENDA


def test_nothing_that_crosses_comes_alive() -> None:
    hostile = (
        "<img src=x onerror=alert(1)> <script>x</script> ![p](https://p.example/p.png)\n\n"
        '[a](javascript:alert(1)) [b](data:text/html,x) [c](https://c.example/"><script>)\n'
    )
    upload, mime = import_text(hostile)
    assert mime == "text/html"
    assert "<img" not in upload
    assert "<script" not in upload
    assert 'href="javascript' not in upload
    assert 'href="data' not in upload
    doc = document("x\n")
    requests = edits(doc.json(), hostile)
    assert not {"insertInlineImage", "insertPerson", "insertRichLink"} & set(names(requests))
    links = [r["updateTextStyle"]["textStyle"].get("link") for r in requests
             if "updateTextStyle" in r]  # fmt: skip
    assert all(link["url"].startswith("https://") for link in links if link)


def test_a_link_to_an_item_that_is_not_there_yet_is_its_words() -> None:
    doc = document("See the [board](link:board:work) now.\n")
    assert doc.text() == "See the board now.\n"
    requests = write(doc, "See the [board](https://trello.example/b/1) now.\n")
    assert names(requests) == ["updateTextStyle"]


def test_a_drop_down_shows_another_option_and_stays_where_it_is() -> None:
    doc = document("- Ana: call the leads · \n- Ben: price sheet\n")
    doc.member_inserts_dropdown("leads ·", ["This week", "Stuck", "Done"], "Stuck")
    shown = markdown_of(doc.json())
    assert "![Stuck](doc:kix." in shown
    comment = doc.member_comments("call", "Which ones?")
    wanted = shown.replace("![Stuck]", "![Done]").replace("price sheet", "price list")
    told = doc.json(tabs=True)
    chosen = choices(told, wanted)
    assert (names(list(chosen.requests)), chosen.lacking) == (["updateDropdownProperties"], ())
    written = edits(told, wanted)
    assert set(names(written)) == {"insertText", "deleteContentRange"}
    doc.batch_update([*chosen.requests, *written])
    assert markdown_of(doc.json()) == chosen.as_shown(wanted) == wanted
    assert [each.text for each in doc.comments() if each.key == comment] == ["call"]
    assert (choices(doc.json(tabs=True), wanted), edits(doc.json(), wanted)) == (Choosing(), [])


def test_an_option_is_found_in_other_letters_and_what_is_none_is_told() -> None:
    doc = document("| What | State |\n| --- | --- |\n| call | now |\n")
    doc.member_inserts_dropdown("now", ["open", "DONE"], "open")
    shown = markdown_of(doc.json())
    chosen = choices(doc.json(tabs=True), shown.replace("![open]", "![Done]"))
    doc.batch_update(list(chosen.requests))
    assert "![DONE](doc:" in markdown_of(doc.json())
    now = markdown_of(doc.json())
    assert choices(doc.json(tabs=True), now.replace("![DONE]", "![Stuck]")) == Choosing(
        lacking=(("DONE", "Stuck"),)
    )
