"""What members change at one place follows at the others, and nothing else changes."""

import pytest

from smarketing.testing.awkward import WORST, Awkward

from .office import AGREE, BOARD, LEAD, TABLE, Office

SWITCHES = {
    "easy": Awkward(),
    "no versions": Awkward(versions=False),
    "feed": Awkward(feed=True),
    "normalises": Awkward(normalises=True),
    "two states": Awkward(two_state=True),
    "unmarked": Awkward(unmarked=frozenset({"list", "check", "column"})),
    "worst": WORST,
}


@pytest.fixture(params=list(SWITCHES.values()), ids=list(SWITCHES))
def office(request: pytest.FixtureRequest) -> Office:
    return Office(request.param)


@pytest.fixture
def synced(office: Office) -> Office:
    office.sync()
    office.is_quiet()
    return office


def test_a_new_workspace_shows_its_cards_in_the_table(synced: Office) -> None:
    assert synced.row() == {
        "title": LEAD,
        "status": "This week",
        "owner": "Ana Silva",
        "due": "2026-12-11",
        "labels": "",
        "link": synced.board.remote(synced.card()).url,
    }


def test_a_card_that_is_moved_changes_its_row_and_back(synced: Office) -> None:
    synced.move(LEAD, "Done")
    synced.sync()
    assert synced.row()["status"] == "Done"
    synced.is_quiet()
    synced.write(LEAD, status="this week")
    synced.sync()
    assert synced.list_of() == "This week"
    assert not synced.card().fields["done"]
    assert synced.row()["status"] == "this week", "a member's own words stand"
    synced.is_quiet()


def test_a_cleared_value_is_cleared_everywhere(synced: Office) -> None:
    synced.write(LEAD, due="", owner="")
    synced.sync()
    assert synced.card().fields["due"] is None
    assert synced.card().fields["owner"] is None
    synced.is_quiet()


def test_a_first_name_means_the_person_and_stays_as_it_was_written(synced: Office) -> None:
    synced.write(LEAD, owner="ben", due="14 Dec 2026")
    synced.sync()
    assert synced.card().fields["owner"] == "Ben Okoye"
    assert synced.card().fields["due"] == "2026-12-14"
    assert synced.row()["owner"] == "ben"
    synced.is_quiet()


def test_what_is_new_appears_everywhere_once(synced: Office) -> None:
    synced.add_card("Call who waits", due="2026-12-09")
    synced.add_row(title="Write the price list", status="Done", owner="Ana")
    synced.sync()
    assert synced.row("Call who waits")["due"] == "2026-12-09"
    assert synced.list_of("Write the price list") == "Done"
    assert synced.card("Write the price list").fields["owner"] == "Ana Silva"
    assert len(synced.rows()) == len(synced.things("card")) == 3
    synced.is_quiet()


def test_a_list_that_a_member_made_is_a_status_by_its_own_name(synced: Office) -> None:
    synced.board.member.add("list", synced.board.find(BOARD).id, {"title": "Ideas"})
    synced.move(LEAD, "Ideas")
    synced.sync()
    assert synced.row()["status"] == "Ideas"
    assert synced.list_of() == "Ideas", "it is never pulled back"
    synced.is_quiet()
    synced.write(LEAD, status="Stuck")
    synced.sync()
    assert synced.list_of() == "Stuck"
    synced.write(LEAD, status="ideas")
    synced.sync()
    assert synced.list_of() == "Ideas"
    synced.is_quiet()


def test_of_two_members_the_preferred_place_stands_and_the_other_is_shown_once(
    synced: Office,
) -> None:
    synced.board.member.set(synced.card().id, "due", "2026-12-15")
    synced.write(LEAD, due="2026-12-18")
    recap = synced.sync()
    assert synced.card().fields["due"] == synced.row()["due"] == "2026-12-15"
    shown = [c for agreed in recap.plan.synced.values() for c in agreed.conflicts]
    assert [(c.field, c.yielded.value, c.yielded.place) for c in shown] == [
        ("due", "2026-12-18", TABLE)
    ]
    assert "Suggested due, 7 Dec:** 2026-12-18 (in “Tracker”)" in str(
        synced.card().fields["description"]
    )
    synced.is_quiet()
    synced.write(LEAD, due="2026-12-18")
    synced.sync()
    assert synced.card().fields["due"] == "2026-12-18", "the next edit settles it"
    synced.is_quiet()


def test_a_removal_is_a_proposal_and_never_a_removal(synced: Office) -> None:
    synced.board.member.archive(synced.card().id)
    recap = synced.sync()
    assert synced.row()["status"] == "This week"
    proposals = [p for agreed in recap.plan.synced.values() for p in agreed.proposals]
    assert [(p.key, p.still_at) for p in proposals] == [(AGREE, (TABLE,))]
    synced.is_quiet()
    synced.write(LEAD, status="Stuck")
    synced.sync()
    cards = [thing.fields["title"] for thing in synced.things("card")]
    assert cards == ["Proposed removals"], "nothing is made again where it was removed"
    synced.is_quiet()


def line(synced: Office) -> str:
    """Return the id of the one line on the card of proposals."""
    card = synced.card("Proposed removals").id
    (only,) = [t for t in synced.things("check") if t.parent == card]
    assert only.fields["title"] == (
        "“Agree what a lead is” went from “Work” on 7 Dec and still stands in “Tracker”. "
        "Remove it there, too?"
    )
    return only.id


def test_a_tick_removes_the_rest_and_the_card_goes(synced: Office) -> None:
    synced.board.member.archive(synced.card().id)
    synced.sync()
    synced.board.member.set(line(synced), "done", True)
    synced.sync()
    assert not synced.things("row")
    assert not synced.things("card")
    synced.is_quiet()


def test_a_line_that_is_taken_out_lets_the_rest_stay(synced: Office) -> None:
    synced.board.member.archive(synced.card().id)
    synced.sync()
    synced.board.member.delete(line(synced))
    synced.sync()
    assert synced.row()
    assert not synced.things("card")
    synced.is_quiet()
    synced.write(LEAD, status="Stuck")
    synced.sync()
    synced.is_quiet()


def test_what_comes_back_needs_no_answer_and_may_go_again(synced: Office) -> None:
    card = synced.card().id
    synced.board.member.archive(card)
    synced.sync()
    synced.board.member.restore(card)
    synced.sync()
    assert [t.fields["title"] for t in synced.things("card")] == [LEAD]
    synced.is_quiet()
    synced.move(LEAD, "Done")
    synced.sync()
    assert synced.row()["status"] == "Done"
    synced.board.member.archive(card)
    synced.sync()
    assert line(synced)
    synced.is_quiet()


def test_where_nothing_can_be_archived_it_is_struck_through() -> None:
    office = Office(Awkward(releases=frozenset({"row", "column", "label"})))
    office.sync()
    office.board.member.archive(office.card().id)
    office.sync()
    office.board.member.set(line(office), "done", True)
    office.sync()
    assert [cells["title"] for cells in office.rows()] == [
        "~~Agree what a lead is~~ (dropped 2026-12-07)"
    ]
    office.is_quiet()


def test_a_playbook_that_changed_waits_for_apply(synced: Office) -> None:
    item = synced.items[AGREE]
    synced.items[AGREE] = type(item)(
        item.address, item.kind, item.place, item.parent, {**item.fields, "title": "Agree it"}
    )
    synced.sync()
    assert synced.card()
    synced.apply()
    assert synced.card("Agree it")
    synced.sync()
    assert synced.row("Agree it")
    synced.is_quiet()


def test_a_place_that_was_down_hears_of_it_later(synced: Office) -> None:
    synced.move(LEAD, "Done")
    synced.table.down = True
    synced.sync()
    synced.table.down = False
    assert synced.row()["status"] == "This week"
    synced.sync()
    assert synced.row()["status"] == "Done"
    synced.is_quiet()


def test_an_edit_at_a_place_that_was_down_is_told_against_the_other_edit(synced: Office) -> None:
    synced.write(LEAD, due="2026-12-18")
    synced.table.down = True
    synced.board.member.set(synced.card().id, "due", "2026-12-15")
    synced.sync()
    synced.table.down = False
    synced.sync()
    assert synced.card().fields["due"] == synced.row()["due"] == "2026-12-15"
    assert "2026-12-18" in str(synced.card().fields["description"])
    synced.is_quiet()


def test_lost_state_ties_everything_again_and_makes_nothing_twice(synced: Office) -> None:
    synced.add_card("Call who waits")
    synced.add_row(title="Write the price list", status="Done")
    synced.sync()
    before = [tool.picture() for tool in synced.tools.values()]
    synced.state = type(synced.state)()
    synced.apply()
    synced.sync()
    assert [tool.picture() for tool in synced.tools.values()] == before
    synced.move("Call who waits", "Done")
    synced.write("Write the price list", status="Stuck")
    synced.sync()
    assert synced.row("Call who waits")["status"] == "Done"
    assert synced.list_of("Write the price list") == "Stuck"
    synced.is_quiet()


def test_an_empty_listing_stops_that_place_until_it_was_read_twice(synced: Office) -> None:
    for number in range(6):
        synced.add_card(f"Card {number}")
    synced.sync()
    synced.is_quiet()
    for thing in synced.things("row"):
        synced.table.member.delete(thing.id)
    recap = synced.sync()
    stopped = {place for agreed in recap.plan.synced.values() for place in agreed.stopped}
    assert stopped == {TABLE}
    assert len(synced.things("card")) == 7
    recap = synced.sync()
    proposals = [p for agreed in recap.plan.synced.values() for p in agreed.proposals]
    assert len(proposals) == 7
    assert len(synced.things("card")) == 8, "the seven, and the one that asks"
    synced.is_quiet()


def test_apply_in_between_sees_what_members_added_and_leaves_it_to_sync(synced: Office) -> None:
    synced.add_row(title="Write the price list", status="Done")
    synced.add_card("Call who waits")
    before = [tool.picture() for tool in synced.tools.values()]
    assert synced.apply().done == ()
    assert [tool.picture() for tool in synced.tools.values()] == before
    synced.sync()
    assert synced.list_of("Write the price list") == "Done"
    assert synced.row("Call who waits")
    synced.is_quiet()


def test_what_apply_changes_on_one_place_follows_at_the_other(synced: Office) -> None:
    item = synced.items[AGREE]
    synced.items[AGREE] = type(item)(
        item.address, item.kind, item.place, item.parent, {**item.fields, "due": "2026-12-16"}
    )
    synced.apply()
    assert synced.row()["due"] == "2026-12-11"
    synced.sync()
    assert synced.row()["due"] == "2026-12-16"
    synced.is_quiet()


def test_a_member_s_value_stands_against_a_new_one_of_the_playbook(synced: Office) -> None:
    synced.write(LEAD, due="2026-12-18")
    synced.sync()
    item = synced.items[AGREE]
    synced.items[AGREE] = type(item)(
        item.address, item.kind, item.place, item.parent, {**item.fields, "due": "2026-12-16"}
    )
    synced.apply()
    synced.sync()
    assert synced.card().fields["due"] == synced.row()["due"] == "2026-12-18"
    synced.is_quiet()


def test_what_the_playbook_no_longer_names_stays_in_step(synced: Office) -> None:
    del synced.items[AGREE]
    del synced.items[f"{AGREE}/check:write"]
    synced.apply()
    synced.write(LEAD, status="Stuck")
    synced.sync()
    assert synced.list_of() == "Stuck"
    synced.is_quiet()


def test_a_copy_that_a_member_makes_is_a_thing_of_its_own(synced: Office) -> None:
    twin = synced.board.member.copy(synced.card().id)
    synced.board.member.set(twin, "title", "Agree what a customer is")
    synced.sync()
    assert synced.row("Agree what a customer is")["due"] == "2026-12-11"
    assert synced.row(LEAD)
    synced.is_quiet()
