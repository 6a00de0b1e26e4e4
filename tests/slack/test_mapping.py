"""Values in Slack's terms: names of channels, bookmarks, texts, mailboxes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smarketing.contract import Names
from smarketing.integrations.slack.mapping import (
    as_hub,
    bookmark_line,
    bookmarks_in,
    channel_name,
    escaped,
    normalise,
    plain,
    render,
)
from smarketing.integrations.slack.marker import Mark, Purpose, mark_in, metadata, purpose_of
from smarketing.integrations.slack.posts import blocks_of, body_of

URL = "https://docs.google.com/document/d/1"
NAMES = Names({"document:glossary": URL}, {URL: "document:glossary"})


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Leads today", "leads-today"),
        ("What's new? (Q1)", "what-s-new-q1"),
        ("Zoë & Co.", "zoë-co"),
        ("顧客", "顧客"),
        ("🚀", "channel"),
        ("a_b", "a_b"),
        ("x" * 100, "x" * 80),
    ],
)
def test_a_title_becomes_a_name_that_slack_takes(title: str, name: str) -> None:
    assert channel_name(title) == name


@given(st.text(max_size=200))
def test_a_name_is_its_own_name(title: str) -> None:
    name = channel_name(title)
    assert channel_name(name) == name
    assert 0 < len(name) <= 80


@given(st.text(max_size=300))
def test_escaped_words_hold_nothing_that_comes_alive_and_come_back(text: str) -> None:
    shown = escaped(text)
    assert "<" not in shown
    assert ">" not in shown


@given(st.text(alphabet="ab &<>;[]()@#|!", max_size=60))
def test_what_slack_escapes_once_or_twice_counts_as_unchanged(text: str) -> None:
    once = normalise("channel", "topic", escaped(text))
    assert once == normalise("channel", "topic", escaped(escaped(text)))


def test_a_url_that_slack_marked_is_read_as_people_see_it() -> None:
    assert (
        plain("See <https://acme.example|our site> &amp; ask") == "See https://acme.example & ask"
    )


def test_bookmarks_go_both_ways_and_lead_to_what_is_ours() -> None:
    hub = "- [Glossary](link:document:glossary)\n- [Wiki](https://wiki.example/a)\n"
    shown = render("channel", "bookmarks", hub, NAMES)
    assert list(bookmarks_in(str(shown))) == [("Glossary", URL), ("Wiki", "https://wiki.example/a")]
    assert as_hub("channel", "bookmarks", shown, NAMES) == hub


def test_a_bookmark_with_odd_signs_stays_one_line() -> None:
    line = bookmark_line("[Draft]\nplan", "https://x.example/a (b)")
    assert list(bookmarks_in(line)) == [("(Draft) plan", "https://x.example/a%20%28b%29")]


def test_a_strangers_link_in_a_message_is_words() -> None:
    body = "See [Glossary](link:document:glossary) and [win](https://evil.example)"
    shown = render("message", "body", body, NAMES)
    assert shown == f"See [Glossary]({URL}) and win (https://evil.example)"


def test_a_link_to_what_stands_in_no_web_is_its_words() -> None:
    names = Names({"document:glossary": "Glossary.md"}, {})
    shown = render("message", "body", "See [Glossary](link:document:glossary).", names)
    assert shown == "See Glossary."


@given(st.text(min_size=1, max_size=200))
def test_a_message_comes_back_as_it_was_given(body: str) -> None:
    assert body_of({"blocks": blocks_of(body)}) == body


@given(st.text(alphabet="ab [smarketing]k:-", max_size=60))
def test_a_purpose_and_our_mark_never_mix(text: str) -> None:
    mark = Mark("k3v9-7q2m-x4dt", "channel:team", True)
    kept = purpose_of(text).text
    assert purpose_of(Purpose(kept, mark).written()) == Purpose(kept, mark)


def test_a_message_carries_its_mark_in_its_metadata() -> None:
    mark = Mark("k3v9-7q2m-x4dt", "message:news")
    assert mark_in({"metadata": metadata(mark)}) == mark
    assert mark_in({"metadata": {"event_type": "other", "event_payload": {}}}) is None


def test_people_are_one_by_their_address_whatever_their_name() -> None:
    shown = render("channel", "access", {"Ana Silva <ana@acme.example>": "view"}, Names())
    there = {"Ana S. <Ana@acme.example>": "member"}
    assert normalise("channel", "access", shown) == normalise("channel", "access", there)
