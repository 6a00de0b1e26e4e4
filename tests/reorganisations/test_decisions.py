"""What is decided on the way: former names, likeness, heirs, sections. Pure."""

from datetime import date

import pytest

from smarketing.config.handover import (
    Roster,
    Team,
    former_roster,
    heirs,
    leavers,
    renamed_people,
    roster_fact,
    settled_heirs,
)
from smarketing.contract import Listing, Manifest, Remote
from smarketing.kinds import Value
from smarketing.recognising.match import match
from smarketing.recognising.matched import Wanted
from smarketing.reorganisation.likeness import held_back, proposals, reworded
from smarketing.reorganisation.renaming import fixed_moves, moves_of, renamed
from smarketing.reorganisation.sections import headings, moved_sections, section, with_section
from smarketing.reorganisation.teamlikeness import team_proposals, undecided_teams
from smarketing.resolve.desired import Desired, Item
from smarketing.state.record import PLAYBOOK, Binding, Record, Seen


def record(address: str, parent: str = "", **fields: Value) -> Record:
    hub = {**fields, "parent": parent, "existence": "there"}
    seen = {name: Seen(value, value) for name, value in hub.items()}
    kind = address.rpartition("/")[2].partition(":")[0]
    return Record(address, kind, "tool", hub, {PLAYBOOK: seen, "tool": seen}, Binding(address))


def item(address: str, parent: str = "", **fields: Value) -> Item:
    kind = address.rpartition("/")[2].partition(":")[0]
    return Item(address, kind, "tool", parent, fields, source="playbook.yaml:7")


def desired(*items: Item, **more: object) -> Desired:
    return Desired("id", "Acme", date(2026, 12, 7), {i.address: i for i in items}, **more)  # type: ignore[arg-type]


def records(*each: Record) -> dict[str, Record]:
    return {one.address: one for one in each}


# Former names


def test_of_two_former_names_the_first_gives_its_object_and_the_other_keeps_its_record() -> None:
    known = records(record("list:a", title="A"), record("list:b", title="B"))
    found = renamed(known, {"list:a": "list:c", "list:b": "list:c"})
    assert {a: r.hub["title"] for a, r in found.items()} == {"list:c": "A", "list:b": "B"}


def test_what_is_gone_gives_way_to_what_is_there() -> None:
    gone = Record("list:a", "list", "tool", {"existence": "gone"}, {}, Binding("a"))
    known = records(gone, record("list:b"))
    was = {"list:a": "list:c", "list:b": "list:c"}
    assert moves_of(known, was) == (("list:b", "list:c"),)


def test_a_board_and_a_list_in_it_get_another_key_at_once() -> None:
    known = records(record("board:a"), record("board:a/list:x", "board:a"))
    was = {"board:b/list:x": "board:b/list:y", "board:a": "board:b"}
    found = renamed(known, was)
    assert sorted(found) == ["board:b", "board:b/list:y"]
    assert found["board:b/list:y"].hub["parent"] == "board:b"


def test_links_follow_a_former_name_wherever_they_stand() -> None:
    known = records(record("document:a"), record("document:t", body="[See](link:document:a) it."))
    found = renamed(known, {"document:a": "document:b"})["document:t"]
    assert found.hub["body"] == "[See](link:document:b) it."
    assert found.seen[PLAYBOOK]["body"].value == "[See](link:document:b) it."
    assert found.seen["tool"]["body"].hub == "[See](link:document:b) it."


def test_what_its_tool_cannot_move_to_another_board_is_held() -> None:
    known = records(record("board:a"), record("board:a/list:x", "board:a"))
    was = {"board:a/list:x": "board:b/list:x"}
    fixed = {"tool": frozenset({"list"})}
    assert fixed_moves(known, was, fixed) == {"board:b/list:x": "board:a/list:x"}
    assert fixed_moves(known, was | {"board:a": "board:b"}, fixed) == {}
    assert fixed_moves(known, was, {}) == {}


def test_of_two_that_were_merged_the_one_with_the_present_mark_is_found_again() -> None:
    old = Remote("1", "document", {"title": "A"}, marker="document:a", workspace="w", born=1.0)
    new = Remote("2", "document", {"title": "B"}, marker="document:c", workspace="w", born=2.0)
    wanted = Wanted("document:c", "document", "", "B", frozenset({"document:a", "document:b"}))
    manifest = Manifest("tool", "Tool", {"document": frozenset({"title"})})
    found = match(Listing((old, new)), {}, [wanted], workspace="w", manifest=manifest).found
    assert found["document:c"].id == "2"


# Likeness

WEEK = record("board:w/list:week", "board:w", title="This week")
CARDS = [record(f"board:w/card:{n}", "board:w/list:week", title=f"Card {n}") for n in "abc"]


@pytest.mark.parametrize(("moved", "found"), [(3, 1), (2, 1), (1, 0)])
def test_a_list_is_known_by_its_cards(moved: int, found: int) -> None:
    known = records(record("board:w", title="W"), WEEK, *CARDS)
    asked = desired(
        item("board:w", title="W"),
        item("board:w/list:now", "board:w", title="Now"),
        *(item(c.address, "board:w/list:now", title="x") for c in CARDS[:moved]),
        *(item(c.address, "board:w", title="x") for c in CARDS[moved:]),
    )
    assert len(proposals(known, asked)) == found


def test_a_document_is_known_by_its_title_or_its_words() -> None:
    known = records(record("document:a", title="Price list", body="Nobody gives more away."))
    title = desired(item("document:b", title="price list", body="Other words."))
    words = desired(item("document:b", title="Offers", body="Nobody gives much more away."))
    neither = desired(item("document:b", title="Offers", body="Other words."))
    assert [len(proposals(known, each)) for each in (title, words, neither)] == [1, 1, 0]


def test_what_the_playbook_has_decided_is_not_asked() -> None:
    known = records(record("document:a", title="Prices"))
    new = item("document:b", title="Prices")
    assert len(proposals(known, desired(new))) == 1
    assert not proposals(known, desired(new, fresh=frozenset({"document:b"})))
    assert not proposals(known, desired(new, was={"document:a": "document:b"}))
    assert not proposals(known, desired(new, asleep=frozenset({"document:a"})))
    assert not proposals(known, desired(new, item("document:a", title="Prices")))


def test_what_is_held_back_takes_along_what_is_in_it() -> None:
    known = records(record("board:w", title="W"), record("board:w/list:x", "board:w", title="X"))
    asked = desired(
        item("board:v", title="W"),
        item("board:v/list:x", "board:v", title="X"),
        item("document:d", title="D", body="[W](link:board:v)"),
    )
    (found,) = proposals(known, asked)
    assert (found.address, found.former, found.source) == ("board:v", "board:w", "playbook.yaml:7")
    left = held_back(asked, {found.address: found.former}).items
    assert {a: dict(i.fields).get("body") for a, i in left.items()} == {
        "document:d": "[W](link:board:w)"
    }


def test_only_a_single_line_that_kept_most_of_its_words_is_taken_for_reworded() -> None:
    card = record("board:w/card:c", "board:w", title="C")
    old = record("board:w/card:c/check:a", card.address, title="Try it on ten leads")
    other = record("board:w/card:c/check:b", card.address, title="Write it down")
    new = item("board:w/card:c/check:x", card.address, title="Try it on twenty leads")
    here = item("board:w/card:c", "board:w", title="C")
    known = records(record("board:w", title="W"), card, old)
    assert reworded(known, desired(item("board:w"), here, new)) == {old.address: new.address}
    assert reworded(known | records(other), desired(item("board:w"), here, new)) == {}
    another = item("board:w/card:c/check:x", card.address, title="Call everybody")
    assert reworded(known, desired(item("board:w"), here, another)) == {}


# Who takes over

SALES = Team("Sales", ("sales",), ("ana", "cleo"), lead="ana")


def test_work_goes_to_whom_config_names_else_to_the_lead_of_the_team() -> None:
    former = Roster({"ana": "Ana", "ben": "Ben", "cleo": "Cleo"}, teams={"sales": SALES})
    gone = {"cleo": "Cleo"}
    here = {"ana": "Ana", "ben": "Ben"}
    named = Roster(here, teams={"sales": SALES}, heirs={"cleo": "ben"}, left=gone)
    assert heirs(former, named) == {"Cleo": "Ben"}
    assert heirs(former, Roster(here, teams={"sales": SALES}, left=gone)) == {"Cleo": "Ana"}
    north = Team("North", ("sales",), ("ben",), ("sales",), "ben")
    assert heirs(former, Roster(here, teams={"north": north})) == {"Cleo": "Ben"}
    assert heirs(former, Roster(here)) == {"Cleo": ""}


def test_who_has_left_is_remembered_until_they_are_back() -> None:
    first = Roster({"ana": "Ana", "cleo": "Cleo"}, teams={"sales": SALES})
    second = Roster({"ana": "Ana"}, teams={"sales": SALES})
    former = former_roster(roster_fact(first, Roster()))
    assert leavers(former, second) == {"Cleo"}
    later = former_roster(roster_fact(second, former))
    assert leavers(later, second) == frozenset()
    assert heirs(later, second) == {"Cleo": "Ana"}
    assert heirs(later, first) == {}


def test_who_took_over_is_remembered_once_the_entry_is_gone() -> None:
    ana, ben = {"ana": "Ana"}, {"ana": "Ana", "ben": "Ben"}
    first = Roster({**ben, "cleo": "Cleo"}, teams={"sales": SALES})
    rest = {"sales": Team("Sales", ("sales",), ("ana",), lead="ana")}
    then = Roster(ben, teams=rest, heirs={"cleo": "ben"}, left={"cleo": "Cleo"})
    former = former_roster(roster_fact(then, first))
    assert heirs(former, Roster(ben, teams=rest)) == {"Cleo": "Ben"}
    both = heirs(former, Roster(ana, teams=rest))
    assert both == {"Ben": "Ana", "Cleo": "Ana"}, "who took over has left, too"


def test_who_leaves_by_a_config_that_was_not_applied_has_no_heirs_yet() -> None:
    former = Roster({"ana": "Ana", "ben": "Ben"}, teams={"sales": SALES}, left={"cleo": "Cleo"})
    now = Roster({"ana": "Ana"}, teams={"sales": SALES}, left={"ben": "Ben"})
    assert settled_heirs(former, now) == {"Cleo": "Ana"}
    assert settled_heirs(former, Roster({"ana": "Ana", "cleo": "Cleo"})) == {}


def test_another_name_under_the_same_key_is_the_same_person() -> None:
    former, now = Roster({"ana": "Ana Silva"}), Roster({"ana": "Ana Costa"})
    assert renamed_people(former, now) == {"Ana Silva": "Ana Costa"}
    keyed = Roster({"a": "Ana Costa"}, was={"ana": "a"})
    assert renamed_people(former, keyed) == {"Ana Silva": "Ana Costa"}
    assert leavers(former, keyed) == frozenset()


# Sections

TEXT = "# A\n\nOne.\n\n## B\n\nTwo.\n\n### C\n\nThree.\n\n## D\n\nFour.\n"


def test_a_section_goes_to_the_next_heading_of_its_rank() -> None:
    assert section(TEXT, "b") == "## B\n\nTwo.\n\n### C\n\nThree.\n\n"
    assert section(TEXT, "d") == "## D\n\nFour.\n"
    assert section(TEXT, "e") == ""
    assert with_section(TEXT, "b", "") == "# A\n\nOne.\n\n## D\n\nFour.\n"
    assert with_section(TEXT, "d", "") == TEXT[: TEXT.index("## D")].rstrip() + "\n"
    assert with_section(TEXT, "d", section(TEXT, "d")) == TEXT
    assert headings(TEXT + "\n## D\n") == {"a", "b", "c"}


def test_only_what_left_one_document_and_came_to_one_other_has_moved() -> None:
    without = with_section(TEXT, "b", "")
    here, there = record("document:x", body=TEXT), record("document:y", body="# Y\n")
    known = records(here, there)
    moved = desired(
        item("document:x", body=without), item("document:y", body="# Y\n\n" + section(TEXT, "b"))
    )
    (found,) = moved_sections(known, moved)
    assert (found.heading, found.source, found.target) == ("b", "document:x", "document:y")
    assert moved_sections(known, desired(item("document:x", body=without))) == ()
    copied = desired(item("document:x", body=TEXT), item("document:y", body="# Y\n\n## B\n"))
    assert moved_sections(known, copied) == ()


# Teams


FORMER = Roster(
    {"ana": "Ana", "ben": "Ben", "dana": "Dana"},
    teams={"sales": Team("Sales", ("sales",), ("ana", "ben")), "ads": Team("Ads", ("ads",))},
)


@pytest.mark.parametrize(
    ("teams", "proposed"),
    [
        ({"north": Team("North", ("sales",), ("ana", "ben"))}, {"north": "sales"}),
        ({"north": Team("North", ("upsell",), ("ben", "ana"))}, {"north": "sales"}),
        ({"north": Team("North", ("sales",), ("dana",))}, {"north": "sales"}),
        ({"north": Team("North", ("upsell",), ("dana",))}, {}),
        ({"north": Team("North", ("sales",), was=("sales",))}, {}),
        ({"north": Team("North", ("sales",), is_new=True)}, {}),
        ({"sales": Team("Sales", ("sales",)), "north": Team("North", ("sales",))}, {}),
        (
            {"north": Team("North", ("sales",), ("ana",)), "south": Team("South", ("sales",))},
            {"north": "sales", "south": "sales"},
        ),
    ],
)
def test_a_team_without_was_looks_like_who_had_its_people_or_its_role(
    teams: dict[str, Team], proposed: dict[str, str]
) -> None:
    now = Roster(FORMER.people, teams={"ads": FORMER.teams["ads"], **teams})
    found = team_proposals(FORMER, now)
    assert {p.address: p.former for p in found} == {
        f"team:{new}": f"team:{old}" for new, old in proposed.items()
    }


def test_until_somebody_decides_a_team_goes_on_under_the_key_that_it_had() -> None:
    now = Roster(
        FORMER.people,
        teams={
            "north": Team("North", ("sales",), ("ana",)),
            "south": Team("South", ("sales",), ("dana",)),
            "ads": FORMER.teams["ads"],
        },
    )
    held = undecided_teams(now, FORMER, team_proposals(FORMER, now))
    assert held.teams == {
        "sales": Team("Sales", ("sales",), ("ana", "dana")),
        "ads": FORMER.teams["ads"],
    }
    again = former_roster(roster_fact(held, FORMER))
    assert [p.address for p in team_proposals(again, now)] == ["team:north", "team:south"]
