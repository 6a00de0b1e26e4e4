"""A thing whose marker a member took away is known by what it says, where that is clear."""

from collections.abc import Mapping

from smarketing.contract import Listing, Remote
from smarketing.integrations.local.manifest import MANIFEST
from smarketing.kinds import ARCHIVED, GONE, THERE, Value
from smarketing.recognising.match import match
from smarketing.recognising.matched import Matched, Wanted
from smarketing.state.record import Binding, Record, Seen

FILE = "Work.md"
WEEK, DONE = f"{FILE}#list:Week", f"{FILE}#list:Done"
BOARD = (
    Remote(FILE, "board", {"title": "Work"}, ".", marker="board:work"),
    Remote(WEEK, "list", {"title": "Week"}, FILE),
    Remote(DONE, "list", {"title": "Done"}, FILE),
)
IN_WEEK, IN_DONE = "board:work/list:week", "board:work/list:done"


def bare(name: str, title: str, home: str = WEEK, about: str = "") -> Remote:
    """Return a card without its code."""
    return Remote(f"{FILE}#~{name}", "card", {"title": title, "description": about}, home)


def bound(
    address: str, kind: str, fields: Mapping[str, Value], where: str, parent: str = "board:work"
) -> Record:
    seen = {**fields, "parent": parent, "existence": THERE}
    return Record(
        address,
        kind,
        "local",
        {"parent": parent, "existence": THERE},
        {"local": {name: Seen(value, value) for name, value in seen.items()}},
        Binding(where, marker=address),
    )


HOLDERS = (
    bound("board:work", "board", {"title": "Work"}, FILE, "root:local"),
    bound(IN_WEEK, "list", {"title": "Week"}, WEEK),
    bound(IN_DONE, "list", {"title": "Done"}, DONE),
)


def card(key: str, title: str, parent: str = IN_WEEK, about: str = "") -> Record:
    fields = {"title": title, "description": about}
    return bound(f"board:work/card:{key}", "card", fields, f"{FILE}#card:{key}", parent)


def gone(record: Record) -> Record:
    return Record(
        record.address,
        record.kind,
        "local",
        {**record.hub, "existence": GONE},
        record.seen,
        record.binding,
    )


def looked_for(records: list[Record], there: list[Remote], restored: str = "") -> Matched:
    known = {record.address: record for record in (*HOLDERS, *records)}
    wanted = [
        Wanted(r.address, r.kind, str(r.hub["parent"]), str(r.seen["local"]["title"].value))
        for r in known.values()
    ]
    return match(
        Listing((*BOARD, *there)),
        known,
        wanted,
        workspace="k3v9-7q2m-x4dt",
        manifest=MANIFEST,
        restored=[restored] if restored else [],
    )


def cards_found(*args: object) -> dict[str, str]:
    """Return which card is which object, by the last part of both."""
    matched = looked_for(*args)  # type: ignore[arg-type]
    return {
        address.rpartition(":")[2]: remote.id.rpartition("#")[2]
        for address, remote in matched.found.items()
        if remote.kind == "card"
    }


def test_it_is_known_by_its_title_whatever_else_changed() -> None:
    there = [bare("1", "Call Olga", about="I said more.")]
    assert cards_found([card("call", "Call Olga", about="Short.")], there) == {"call": "~1"}


def test_it_is_known_in_another_list_and_in_the_archive() -> None:
    assert cards_found([card("call", "Call Olga")], [bare("1", "Call Olga", DONE)]) == {
        "call": "~1"
    }
    away = Remote(f"{FILE}#~1", "card", {"title": "Call Olga"}, FILE, ARCHIVED)
    assert cards_found([card("call", "Call Olga")], [away]) == {"call": "~1"}


def test_of_several_with_its_title_it_is_the_one_that_says_the_same() -> None:
    there = [bare("1", "Call Olga", about="Mine."), bare("2", "Call Olga", DONE, "Short.")]
    assert cards_found([card("call", "Call Olga", about="Short.")], there) == {"call": "~2"}


def test_where_two_may_be_it_neither_is_taken() -> None:
    there = [bare("1", "Call Olga", about="Mine."), bare("2", "Call Olga", DONE, "Also mine.")]
    assert cards_found([card("call", "Call Olga", about="Short.")], there) == {}
    two = [card("call", "Call Olga", about="One."), card("ring", "Call Olga", about="Two.")]
    assert cards_found(two, [bare("1", "Call Olga", about="Three.")]) == {}


def test_two_of_one_title_are_told_apart_by_their_lists() -> None:
    two = [card("call", "Call Olga"), card("ring", "Call Olga", IN_DONE)]
    there = [bare("1", "Call Olga", DONE), bare("2", "Call Olga")]
    assert cards_found(two, there) == {"call": "~2", "ring": "~1"}


def test_a_card_on_another_board_or_with_a_code_of_its_own_is_not_it() -> None:
    other = Remote("Other.md", "board", {"title": "Other"}, ".", marker="board:other")
    lane = Remote("Other.md#list:Week", "list", {"title": "Week"}, "Other.md")
    there = [other, lane, bare("1", "Call Olga", lane.id)]
    assert cards_found([card("call", "Call Olga")], there) == {}
    marked = Remote(
        f"{FILE}#card:x", "card", {"title": "Call Olga"}, WEEK, marker="board:work/card:x"
    )
    assert cards_found([card("call", "Call Olga")], [marked]) == {}


def test_a_card_that_is_there_leaves_a_members_own_card_alone() -> None:
    mine = Remote(
        f"{FILE}#card:call", "card", {"title": "Call"}, WEEK, marker="board:work/card:call"
    )
    there = [mine, bare("1", "Call Olga")]
    assert cards_found([card("call", "Call Olga")], there) == {"call": "card:call"}


def test_what_was_deleted_is_taken_for_a_members_own_card_only_when_it_shall_come_back() -> None:
    before, there = [gone(card("call", "Call Olga"))], [bare("1", "Call Olga")]
    assert cards_found(before, there) == {}
    assert cards_found(before, there, "board:work/card:call") == {"call": "~1"}
    assert cards_found(before, there, "board:work") == {"call": "~1"}
    assert cards_found(before, there, "board:work/card:ring") == {}
