"""The drop-downs that we make in a document: in Markdown they are the words that they show."""

from random import Random
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from smarketing.integrations.google.doc import (
    choices,
    edits,
    import_text,
    markdown_of,
    normal,
    offer_of,
)
from smarketing.integrations.google.doc.ours import DEFINITION
from smarketing.integrations.google.sandbox.docs.document import Doc

WEEK, STUCK, DONE = ("This week", "to do"), ("Stuck", "blocked"), ("Done",)
CHOICES = (WEEK, STUCK, DONE)
OLD = """## Mon 7 Dec 2026

- [ ] Ben: old · Stuck

End.
"""
NEW = """## Mon 14 Dec 2026

- [ ] Ana: [call](https://a.example) · due Fri 18 Dec · This week
- [ ] Ben: **price sheet** · Stuck
- Won: Acme · Done

"""
AGENDA = NEW + OLD


def document(markdown: str, *switches: str) -> Doc:
    return Doc.imported(*import_text(markdown), frozenset(switches))


def said(doc: Doc) -> str:
    text: str = markdown_of(doc.json())
    return text


def write(doc: Doc, wanted: str, words: Any = CHOICES) -> list[dict[str, Any]]:
    """Make the document say what is wanted, as a run does; return the requests."""
    told = doc.json(tabs=True)
    offer = offer_of(told, words)
    chosen = choices(told, wanted, words, offer)
    requests: list[dict[str, Any]] = offer.with_needed(
        [*chosen.requests, *edits(told, wanted, offer)]
    )
    if requests:
        doc.batch_update(requests)
    assert chosen.lacking == ()
    assert said(doc) == normal(chosen.as_shown(wanted))
    assert edits(doc.json(tabs=True), said(doc), offer_of(doc.json(tabs=True), words)) == []
    return requests


def names(requests: list[dict[str, Any]]) -> list[str]:
    return [next(iter(request)) for request in requests]


def options(doc: Doc) -> list[str]:
    defined = doc.json(tabs=True)["tabs"][0]["documentTab"]["dropdownDefinitions"]
    assert list(defined) == [DEFINITION]
    return [
        each["displayValue"]
        for each in defined[DEFINITION]["dropdownDefinitionProperties"]["options"]
    ]


def with_agenda(*switches: str) -> tuple[Doc, list[str]]:
    """Return notes in which the newest agenda was written by us, and the ids of its drop-downs."""
    doc = document(OLD, *switches)
    write(doc, AGENDA)
    return doc, list(doc.drop_downs())


def test_lines_that_we_write_get_drop_downs_and_nothing_else_does() -> None:
    doc, _ = with_agenda()
    assert list(doc.drop_downs().values()) == ["This week", "Stuck"]
    assert options(doc) == ["This week", "Stuck", "Done"]
    assert "Won: Acme · Done\nMon 7 Dec 2026\n☐ Ben: old · Stuck\nEnd." in doc.text()
    assert said(doc) == normal(AGENDA)


def test_another_status_is_another_choice_and_comments_stay() -> None:
    doc, (first, second) = with_agenda()
    comment = doc.member_comments("price", "Which?")
    requests = write(doc, AGENDA.replace("sheet** · Stuck", "list** · Done"))
    assert names(requests)[0] == "updateDropdownProperties"
    assert doc.drop_downs() == {first: "This week", second: "Done"}
    assert [each.text for each in doc.comments() if each.key == comment] == ["price"]


def test_what_a_member_chooses_reads_as_the_word() -> None:
    doc, (_, second) = with_agenda()
    doc.member_chooses(second, "Done")
    assert said(doc) == normal(AGENDA).replace("sheet** · Stuck", "sheet** · Done")


def test_a_word_that_is_new_can_be_chosen_and_one_that_is_gone_stays_while_a_line_shows_it() -> (
    None
):
    doc, (first, second) = with_agenda()
    words = (WEEK, ("Waiting",))
    requests = write(doc, AGENDA.replace("Dec · This week", "Dec · Waiting"), words)
    assert names(requests) == ["updateDropdownDefinitionProperties", "updateDropdownProperties"]
    assert doc.drop_downs() == {first: "Waiting", second: "Stuck"}
    assert options(doc) == ["This week", "Waiting", "Stuck"]
    write(doc, said(doc).replace("sheet** · Stuck", "sheet** · Waiting"), words)
    write(doc, said(doc).replace("due Fri 18 Dec", "due Sat 19 Dec"), (WEEK, ("Waiting",), DONE))
    assert options(doc) == ["This week", "Waiting", "Done"]


def test_an_option_that_a_member_adds_is_theirs_and_stays() -> None:
    doc, (_, second) = with_agenda()
    doc.member_adds_option(second, "Parked")
    doc.member_chooses(second, "Parked")
    assert f"sheet** · ![Parked](doc:{second})" in said(doc)
    write(doc, said(doc).replace("Dec · This week", "Dec · Waiting"), (*CHOICES, ("Waiting",)))
    assert options(doc) == ["This week", "Stuck", "Done", "Waiting", "Parked"]
    write(doc, said(doc).replace("![Parked]", "![Done]"))
    assert list(doc.drop_downs().values()) == ["Waiting", "Done"]


def test_drop_downs_whose_options_got_other_ids_are_as_those_of_members() -> None:
    doc, (first, second) = with_agenda("google-docs-edited-drop-downs-get-new-ids")
    doc.member_adds_option(second, "Parked")
    assert f"Dec · ![This week](doc:{first})\n" in said(doc)
    write(doc, said(doc).replace("![This week]", "![Done]"))
    write(doc, f"- [ ] Dana: ring · Stuck\n\n{said(doc)}")
    assert doc.drop_downs() == {first: "Done", second: "Stuck"}
    assert options(doc) == ["This week", "Stuck", "Done", "Parked"]


def test_a_drop_down_that_a_member_puts_elsewhere_gets_an_option_that_it_lacks() -> None:
    doc, (_, second) = with_agenda()
    doc.member_deletes("Ben: price sheet · ")
    doc.member_types("☐ ", "Ben: price sheet")
    doc.member_deletes("Ben: price sheet")
    shown = said(doc)
    assert f"- [ ] ![Stuck](doc:{second})\n" in shown
    write(doc, shown.replace("![Stuck]", "![Waiting]"), (*CHOICES, ("Waiting",)))
    assert list(doc.drop_downs().values()) == ["This week", "Waiting"]


def test_a_word_of_the_same_meaning_is_an_option_too() -> None:
    doc = document("- Ana: call\n")
    doc.member_inserts_dropdown("call", ["open", "Blocked"], "open")
    write(doc, said(doc).replace("![open]", "![Stuck]"))
    assert list(doc.drop_downs().values()) == ["Blocked"]
    assert write(doc, said(doc).replace("![Blocked]", "![Stuck]")) == []


def test_a_drop_down_that_shows_nothing_says_so() -> None:
    doc, (first, _) = with_agenda()
    doc.member_clears(first)
    assert f"due Fri 18 Dec · ![](doc:{first})\n" in said(doc)
    write(doc, said(doc).replace("![]", "![Done]"))
    assert doc.drop_downs()[first] == "Done"


@pytest.mark.parametrize("words", [(), (WEEK,), [("Stuck | or so",), ("",), ()]])
def test_with_less_than_two_words_to_choose_from_they_stay_words(words: Any) -> None:
    doc = document(OLD)
    write(doc, AGENDA, words)
    assert doc.drop_downs() == {}


def test_of_very_many_statuses_those_that_google_has_no_room_for_stay_words() -> None:
    many = [(f"Stage {number}",) for number in range(60)]
    doc = document(OLD)
    write(doc, f"- [ ] a · Stage 59\n- [ ] b · Stage 49\n\n{OLD}", many)
    assert list(doc.drop_downs().values()) == ["Stage 49"]
    assert len(options(doc)) == 50


def test_a_moved_document_keeps_the_status_as_words() -> None:
    doc, _ = with_agenda()
    moved = document(said(doc))
    assert (said(moved), moved.drop_downs()) == (said(doc), {})


def lines(luck: Random) -> str:
    """Return notes: some lines with a status, some without, in any order."""
    made = []
    for _ in range(luck.randint(1, 6)):
        box = luck.choice(["- [ ] ", "- [x] ", "- ", "", "## "])
        words = luck.choice(["a", "a b", "**a** b", "[a](https://a.example)", "~~a~~", "b"])
        tails = luck.choices(
            ["", " · Stuck", " · Done", " · This week", " · note", " · **Done**", " · Waiting"],
            k=luck.choice([1, 1, 1, 2, 3]),
        )
        made.append(f"{box}{words}{''.join(tails)}\n")
    return "\n".join(made) if luck.random() < 0.3 else "".join(made)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9))
@example(0)
def test_whatever_is_written_with_drop_downs_reads_back_as_its_words(seed: int) -> None:
    luck = Random(seed)
    doc = document(lines(luck))
    for _ in range(4):
        write(doc, lines(luck), luck.choice([CHOICES, (*CHOICES, ("Waiting",)), (WEEK, DONE), ()]))
        for key in doc.drop_downs():
            if luck.random() < 0.3:
                luck.choice(
                    [doc.member_clears, lambda each: doc.member_chooses(each, options(doc)[0])]
                )(key)
