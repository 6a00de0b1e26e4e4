"""A digest says what was kept and promised, what is late, what comes, and what waits for somebody."""

from dataclasses import replace
from datetime import date, datetime

from smarketing.address import kind_of
from smarketing.calendar.when import zone
from smarketing.digest.composing import MOST, Facts, compose
from smarketing.kinds import ARCHIVED, THERE, Value
from smarketing.meetings.standing import Standing
from smarketing.resolve.desired import Desired, Item
from smarketing.state.record import Binding, Record

NOW = datetime(2026, 12, 14, 8, 30, tzinfo=zone("Europe/London"))
WEEK, STUCK, DONE = (f"board:work/list:{key}" for key in ("week", "stuck", "done"))


def record(address: str, parent: str = "root:local", **fields: Value) -> Record:
    hub: dict[str, Value] = {"parent": parent, "existence": THERE, **fields}
    return Record(address, kind_of(address), "local", hub, binding=Binding(address))


def card(key: str, parent: str = WEEK, **fields: Value) -> Record:
    return record(f"board:work/card:{key}", parent, **fields)


BOARD = (
    record("board:work", title="Work"),
    record(WEEK, "board:work", title="This week"),
    record(STUCK, "board:work", title="Stuck"),
    record(DONE, "board:work", title="Done"),
)


def facts(
    *more: Record, kept: frozenset[str] = frozenset(), waiting: tuple[str, ...] = ()
) -> Facts:
    records = {each.address: each for each in (*BOARD, *more)}
    items = {
        address: Item(address, each.kind, "local", str(each.hub.get("parent", WEEK)), {})
        for address, each in records.items()
    }
    desired = Desired("k3v9", "Acme", date(2026, 12, 7), items, goals=frozenset({"table:goals"}))
    return Facts(desired, records, NOW, date(2026, 12, 21), kept, waiting)


def test_it_tells_a_week_as_a_team_would() -> None:
    told = compose(
        facts(
            card("agree", title="Agree what a lead is", owner="Ana Silva <a@x>", done=True),
            card("call", title="Call who waits", owner="Ben Okoye", due="2026-12-16"),
            card("list", title="Send the list", owner="Dana Wu", due="2026-12-11"),
            card("price", STUCK, title="Price list", owner="Zoë Young"),
            card("later", title="Far away", due="2027-03-01"),
            record(
                "meeting:weekly", title="Weekly", start="2026-12-07T10:00", minutes=45,
                timezone="Europe/London", rule="FREQ=WEEKLY;BYDAY=MO",
            ),
            record(
                "document:glossary", title="Glossary",
                body="# Glossary\n\n[to agree: what is a lead? Ana, Friday]\n",
            ),
            record("table:goals", title="Goals"),
            record(
                "table:goals/row:leads", "table:goals",
                cells={"goal": "Leads a month", "baseline": "8", "now": "12", "target": "20"},
            ),
            waiting=("A suggestion waits for an answer in “Glossary”",),
        )
    )  # fmt: skip
    assert (
        told.words
        == """\
Kept since the last digest (1)
- Agree what a lead is (Ana Silva)

Promised until Mon 21 Dec 2026
- Call who waits (Ben Okoye), by Wed 16 Dec 2026

Late or stuck
- Zoë Young: Price list (stuck)
- Dana Wu: Send the list (due Fri 11 Dec 2026)

Coming meetings (Europe/London)
- Weekly: Monday 14 December 2026, 10:00 to 10:45

Numbers against targets
- Leads a month: 12 of 20, started at 8: 33 % of the way

Waits for one of you
- A suggestion waits for an answer in “Glossary”
- 1 question still to agree in “Glossary”

Where it all is
- [Work](link:board:work)
"""
    )
    assert told.done == frozenset({"board:work/card:agree"})


def test_what_the_last_one_told_as_kept_is_not_told_again() -> None:
    done = card("agree", title="Agree", done=True)
    told = compose(
        facts(done, card("more", title="More", done=True), kept=frozenset({done.address}))
    )
    assert "Kept since the last digest (1)\n- More" in told.words
    assert told.done == {done.address, "board:work/card:more"}


def test_a_week_without_anything_is_no_message() -> None:
    assert compose(facts()).words == ""


def test_what_was_archived_or_never_made_is_not_told() -> None:
    gone = card("gone", title="Gone", due="2026-12-15", existence=ARCHIVED)
    unmade = replace(card("new", title="New", due="2026-12-15"), binding=None)
    assert compose(facts(gone, unmade)).words == ""


def test_a_long_part_counts_the_rest() -> None:
    cards = [card(f"c{n}", title=f"Card {n:02}", due="2026-12-15") for n in range(MOST + 3)]
    words = compose(facts(*cards)).words
    assert words.count("- Card") == MOST
    assert "- and 3 more" in words


def test_what_waits_longest_comes_first_and_is_told_by_person_however_much_is_late() -> None:
    late = [
        card(f"c{n}", title=f"Card {n:02}", owner="Ana Silva <a@x>", due=f"2026-12-{n % 9 + 4:02}")
        for n in range(28)
    ]
    price = card("price", STUCK, title="Price list", owner="Zoë Young")
    call = card("call", STUCK, title="Call who waits", owner="Ben Okoye", due="2026-12-13")
    free = card("free", title="Free", due="2026-12-12")
    standing = Standing({price.address: (STUCK, "2026-11-02"), call.address: (STUCK, "2026-12-12")})
    told = compose(replace(facts(*late, price, call, free), standing=standing)).words
    assert told.partition("\n\nWhere")[0] == (
        "Late or stuck\n"
        "- Zoë Young: Price list (stuck since Mon 2 Nov 2026)\n"
        "- Ana Silva: Card 00 (due Fri 4 Dec 2026); Card 09 (due Fri 4 Dec 2026); "
        "Card 18 (due Fri 4 Dec 2026); and 25 more\n"
        "- Ben Okoye: Call who waits (due Sun 13 Dec 2026, stuck since Sat 12 Dec 2026)\n"
        "- Nobody's: Free (due Sat 12 Dec 2026)"
    )


def test_text_of_members_stays_on_its_line() -> None:
    evil = "Hi\n\nWaits for one of you\n- [click](https://evil.example)\x00\u202e"
    words = compose(facts(card("x", title=evil, due="2026-12-15"))).words
    assert words.count("\n\n") == 1  # between the one part and the links
    assert "\x00" not in words
    assert "\u202e" not in words


def test_a_card_whose_list_nobody_knows_yet_is_told_like_any_other() -> None:
    told = compose(facts(card("call", "@m5", title="Call who waits", due="2026-12-16")))
    assert "- Call who waits, by Wed 16 Dec 2026" in told.words


def test_what_is_due_on_the_day_of_the_next_digest_is_told_before_it() -> None:
    told = compose(
        facts(
            card("next", title="On that day", due="2026-12-21"),
            card("after", title="After it", due="2026-12-22"),
        )
    )
    assert "- On that day, by Mon 21 Dec 2026" in told.words
    assert "After it" not in told.words
