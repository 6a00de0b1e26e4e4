"""What Trello holds means what the hub means, and our lines in descriptions stay apart."""

from datetime import UTC
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smarketing.contract import Names
from smarketing.integrations.trello.mapping import (
    as_hub,
    day_of,
    mail_of,
    name_of,
    normalise,
    render,
    stamp_of,
)
from smarketing.integrations.trello.marker import (
    BoardMark,
    BoardText,
    CardText,
    absolute,
    board_text,
    card_text,
    relative,
)
from smarketing.integrations.trello.owners import Assigned, Moves, moves

URL = "https://docs.google.com/document/d/1"
NAMES = Names({"document:glossary": URL}, {URL: "document:glossary"})
PEOPLE = {"1": "Ana Silva", "2": "Ben Okoye", "3": "Dana Wu", "4": "Dana Wu"}
TEXTS = st.text(st.sampled_from('ab \n#*[]()"~:é🚀Owner') | st.characters(codec="utf-8"))


@given(TEXTS)
def test_a_text_comes_back_without_our_lines(text: str) -> None:
    for owner in ("", "Ana Silva"):
        written = CardText(text, owner, "card:agree").written()
        back = card_text(written.strip())
        assert (back.owner, back.marker) == (owner, "card:agree")
        assert normalise("card", "description", back.text) == normalise("card", "description", text)


@given(TEXTS)
def test_writing_again_what_was_read_changes_nothing(text: str) -> None:
    once = CardText(text, "Ana Silva", "card:agree").written()
    assert card_text(once).written() == once


@given(TEXTS, st.booleans(), st.sampled_from(["", "starter", 'a "b" c']))
def test_a_boards_words_stay_beside_its_mark(text: str, done: bool, template: str) -> None:
    mark = BoardMark("k3v9-7q2m-x4dt", "board:work", done, template)
    back = board_text(BoardText(text, mark).written())
    assert back.mark == mark
    assert normalise("card", "description", back.text) == normalise("card", "description", text)


def test_words_below_our_line_are_the_members() -> None:
    desc = 'Ask both.\n\nOwner: Ana\n\n[smarketing]: # "card:agree owner"\nPS: and Zoë.'
    assert card_text(desc) == CardText("Ask both.\n\nPS: and Zoë.", "Ana", "card:agree")


def test_an_owner_line_that_a_member_wrote_is_text() -> None:
    desc = 'Ask both.\n\nOwner: Ana\n\n[smarketing]: # "card:agree"'
    assert card_text(desc) == CardText("Ask both.\n\nOwner: Ana", "", "card:agree")


def test_a_mark_that_names_no_address_is_none() -> None:
    assert board_text('[smarketing]: # "ws <script>"').mark is None
    assert card_text('[smarketing]: # "nobody knows"').marker == ""


def test_an_address_is_relative_to_its_board_so_that_copies_carry_it() -> None:
    assert relative("board:work/card:agree", "board:work") == "card:agree"
    assert absolute("card:agree", "board:other") == "board:other/card:agree"
    assert absolute("card:agree", "") == ""
    assert absolute("board:work/card:agree", "board:other") == "board:work/card:agree"


@given(st.dates(), st.sampled_from(["UTC", "Europe/London", "Asia/Tokyo", "Pacific/Honolulu"]))
def test_a_day_stays_that_day(day, zone: str) -> None:  # type: ignore[no-untyped-def]
    if 1900 < day.year < 9000:
        stamp = stamp_of(day.isoformat(), ZoneInfo(zone))
        assert day_of(stamp, ZoneInfo(zone)) == day.isoformat()


def test_another_time_of_that_day_is_no_change() -> None:
    assert day_of("2026-12-14T23:59:00.000Z", UTC) == "2026-12-14"
    assert day_of("2026-12-14T16:00:00.000Z", ZoneInfo("Asia/Tokyo")) == "2026-12-15"
    assert day_of(None, UTC) is None


def test_links_are_addresses_in_the_hub_and_urls_in_trello() -> None:
    text = "See [the glossary](link:document:glossary) and [ours](link:board:gone)."
    shown = render("card", "description", text, NAMES)
    assert shown == f"See [the glossary]({URL}) and [ours](link:board:gone)."
    smart = f'See [the glossary]({URL} "smartCard-inline") and [ours](link:board:gone).'
    assert as_hub("card", "description", smart, NAMES) == text
    assert normalise("card", "description", smart) == shown


def test_a_line_that_would_be_read_as_ours_is_left_out() -> None:
    text = 'One.\n[smarketing]: # "card:stolen"\nTwo.'
    assert render("card", "description", text, Names()) == "One.\nTwo."


def test_an_administrator_may_do_what_a_member_may() -> None:
    rights = {"Ana Silva <ana@acme.example>": "edit", "Ben <ben@acme.example>": "view"}
    shown = render("board", "access", rights, Names())
    assert shown == {"Ana Silva <ana@acme.example>": "normal", "Ben <ben@acme.example>": "observer"}
    assert normalise("board", "access", shown) == {"Ana Silva": "normal", "Ben": "observer"}
    assert normalise("board", "access", {"Ana Silva": "admin"}) == {"Ana Silva": "normal"}
    assert as_hub("board", "access", {"Ana Silva": "admin"}, Names()) == {"Ana Silva": "edit"}


def test_a_mailbox_has_a_name_and_an_address() -> None:
    assert name_of("Ana  Silva <ana@acme.example>") == "Ana Silva"
    assert mail_of("Ana Silva <ana@acme.example>") == "ana@acme.example"
    assert name_of("ana@acme.example") == mail_of("ana@acme.example") == "ana@acme.example"


@pytest.mark.parametrize(
    ("color", "held"), [("Red", "red"), ("grey", "black"), ("plaid", None), (None, None)]
)
def test_a_color_that_trello_lacks_is_the_nearest_or_none(color: str, held: str) -> None:
    assert render("label", "color", color, Names()) == held


@pytest.mark.parametrize(
    ("now", "wanted", "result"),
    [
        (Assigned(), "Ana Silva", Moves(add=("1",))),
        (Assigned(), "Zoë", Moves(line="Zoë")),
        (Assigned(), "Dana Wu", Moves(line="Dana Wu")),  # two have that name
        (Assigned(line="Ana Silva"), "Ana Silva", Moves(add=("1",))),
        (Assigned(("1",)), "Ana Silva", Moves()),
        (Assigned(("1",)), "Ben Okoye", Moves(add=("2",), remove=("1",))),
        (Assigned(("1", "2")), "Ben Okoye", Moves(remove=("1",))),
        (Assigned(("1", "3")), "", Moves(remove=("1",))),
        (Assigned(("1",)), "Zoë", Moves(remove=("1",), line="Zoë")),
    ],
)
def test_only_our_owner_comes_and_goes(now: Assigned, wanted: str, result: Moves) -> None:
    assert moves(now, wanted, PEOPLE) == result
