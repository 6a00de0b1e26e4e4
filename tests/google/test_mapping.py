"""Values as Google holds them, and back: nothing of a text comes alive, nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smarketing.contract import Names
from smarketing.integrations.google.mapping import as_hub, mail_of, normalise, render

URL = "https://docs.google.com/document/d/abc-glossary/edit"
NAMES = Names({"document:glossary": URL}, {URL: "document:glossary"})
NOBODY = Names()


@given(st.text())
def test_a_description_comes_back_as_it_was(text: str) -> None:
    held = render("meeting", "description", text, NOBODY)
    said = as_hub("meeting", "description", held, NOBODY)
    assert normalise("meeting", "description", said) == normalise("meeting", "description", text)


@given(st.text())
def test_no_markup_in_a_description_comes_alive(text: str) -> None:
    held = str(render("meeting", "description", text, NOBODY))
    assert "<" not in held
    assert ">" not in held


def test_what_googles_editor_makes_of_a_description_is_read_as_text() -> None:
    held = "<b>What moved?</b><br>One&nbsp;round &amp; no more"
    assert as_hub("meeting", "description", held, NOBODY) == "What moved?\nOne round & no more"


def test_a_link_to_an_item_is_a_url_in_google() -> None:
    text = "See [the glossary](link:document:glossary) first.\n"
    held = render("document", "body", text, NAMES)
    assert held == f"See [the glossary]({URL}) first.\n"
    assert as_hub("document", "body", held, NAMES) == text


def test_a_link_to_what_is_not_made_yet_stays_a_link_of_ours() -> None:
    text = "[x](link:document:later)"
    assert render("document", "body", text, NAMES) == text


@pytest.mark.parametrize("link", ["link:document:glossary", "document:glossary"])
def test_notes_are_the_url_of_their_document(link: str) -> None:
    assert render("meeting", "notes", link, NAMES) == URL
    assert as_hub("meeting", "notes", URL, NAMES) == "link:document:glossary"


@pytest.mark.parametrize(
    ("who", "mail"),
    [
        ("Ana Silva <Ana@Acme.example>", "ana@acme.example"),
        ("ana@acme.example", "ana@acme.example"),
        ("group:Sales North <north@acme.example>", "group:north@acme.example"),
        ("group:north@acme.example", "group:north@acme.example"),
    ],
)
def test_a_mailbox_is_known_by_its_address(who: str, mail: str) -> None:
    assert mail_of(who) == mail


def test_rights_have_googles_names_there_and_ours_here() -> None:
    rights = {"Ana Silva <ana@acme.example>": "edit", "group:North <n@acme.example>": "view"}
    held = render("folder", "access", rights, NOBODY)
    assert held == {"ana@acme.example": "writer", "group:n@acme.example": "reader"}
    assert normalise("folder", "access", held) == normalise("folder", "access", rights)


def test_a_group_is_invited_by_its_address() -> None:
    invited = frozenset({"Ana Silva <ana@acme.example>", "group:North <n@acme.example>"})
    held = render("meeting", "attendees", invited, NOBODY)
    assert held == frozenset({"ana@acme.example", "n@acme.example"})
    assert normalise("meeting", "attendees", invited) == held


def test_the_order_within_a_rule_says_nothing() -> None:
    one, other = "FREQ=WEEKLY;BYDAY=MO", "byday=MO;freq=weekly;"
    assert normalise("meeting", "rule", one) == normalise("meeting", "rule", other)
