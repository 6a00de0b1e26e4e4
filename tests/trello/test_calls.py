"""Apply makes the calls that its steps declare, and no more than Trello makes necessary."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smarketing.contract import Calls, Change, Done, Remote, Scope, Step
from smarketing.kinds import Value
from smarketing.testing.site import OTHER, WORKSPACE
from tests.vendors.desk import BEN, US, creation

from .desk import ROOT, Desk, Team, small_board
from .w1 import BOARD, PEOPLE, w1


def big_desk() -> Desk:
    """Return a Trello whose workspace is paid for: a free one lets 10 people in."""
    desk = Desk(people=(US, *PEOPLE))
    desk.vendor.subscribe(US.key)
    return desk


def declared(steps: list[Step]) -> Calls:
    return sum((step.calls for step in steps), Calls())


def measured(team: Team, *changes: Change) -> tuple[Calls, Calls]:
    """Return the calls that the steps declare, and those that performing them took."""
    steps, before = team.steps(*changes), team.tool.spent()
    team.build(*changes)
    after = team.tool.spent()
    return declared(steps), Calls(after.read - before.read, after.write - before.write)


def test_a_workspace_from_scratch_takes_311_calls_and_3_to_say_that_it_is_complete() -> None:
    team = Team(big_desk())
    team.read()
    *building, finishing = w1()
    said, made = measured(team, *building)
    assert said == made == Calls(0, 311)
    said, made = measured(team, finishing)
    assert said == made == Calls(2, 1)


def test_a_second_run_takes_one_call() -> None:
    team = Team(big_desk())
    team.build(*w1())
    team.desk.calls()
    bound = {each: address.rsplit("/")[-1].split(":")[0] for address, each in team.ids.items()}
    assert len(team.read(bound=bound, cursor="boards")) == 1 + 1 + 6 + 12 + 40 + 200
    assert team.desk.calls() == [f"GET /1/boards/{team.ids[BOARD]}"]


def test_a_lost_state_takes_one_call_and_one_for_each_board_of_ours() -> None:
    desk = Desk()
    team = Team(desk)
    team.build(*small_board(), creation("board:more", ROOT, title="More"))
    Team(desk, OTHER).build(*small_board())
    desk.calls()
    found = {each.marker for each in Team(desk).read() if each.marker}
    assert found == {ROOT, "board:work", "board:work/card:agree", "board:more"}
    listing, *boards = desk.calls()
    assert listing == "GET /1/members/me/boards"
    assert sorted(boards) == sorted(
        f"GET /1/boards/{team.ids[b]}" for b in ("board:work", "board:more")
    )


def test_a_copy_of_a_template_takes_two_calls_and_one_for_each_difference() -> None:
    desk = big_desk()
    Team(desk, OTHER).build(*w1("starter"))
    team = Team(desk)
    changes = copied(team, w1())
    changes[30] = replace(changes[30], fields={**changes[30].fields, "title": "Another card"})
    building = changes[:-1]
    said, made = measured(team, *building)
    assert said == made == Calls(1, 1 + 1 + 12)
    titles = Counter(each.kind for each in team.read())
    assert titles == {"root": 1, "board": 1, "list": 6, "label": 12, "card": 40, "check": 200}


def copied(team: Team, changes: list[Change]) -> list[Change]:
    """Return the changes, each like the object of the template with its address or title."""
    listing = team.tool.read(Scope(WORKSPACE, template="starter"))
    by_id = {each.id: each for each in listing.template}
    by_name: dict[tuple[str, str, str], Remote] = {}
    for each in listing.template:
        above = by_id.get(each.parent)
        title = str(above.fields["title"]) if above else ""
        by_name[each.kind, title if each.kind == "check" else "", str(each.fields["title"])] = each
    titles = {each.address: str(each.fields.get("title")) for each in changes}

    def like(change: Change) -> Remote | None:
        above = titles.get(change.parent, "") if change.kind == "check" else ""
        return by_name.get((change.kind, above, str(change.fields.get("title"))))

    return [replace(each, like=like(each)) if each.verb == "create" else each for each in changes]


UPDATES: dict[str, Value] = {
    "title": "Agree again",
    "description": "Ask them all.",
    "due": "2026-12-15",
    "labels": frozenset({"Cold"}),
    "owner": "Ben Okoye",
    "done": True,
}


@given(st.sets(st.sampled_from(sorted(UPDATES)), min_size=1))
def test_an_update_takes_the_calls_that_it_declares(names: set[str]) -> None:
    team = Team(Desk())
    team.build(*small_board(), creation(f"{BOARD}/label:cold", BOARD, title="Cold", color=None))
    team.desk.join(team.ids[BOARD], BEN)
    fields: dict[str, Value] = {name: UPDATES[name] for name in names}
    said, made = measured(team, team.update(f"{BOARD}/card:agree", **fields))
    assert said == made
    now = team.now(f"{BOARD}/card:agree")
    assert {name: now.fields[name] for name in names} == fields


def test_archiving_and_moving_take_the_calls_that_they_declare() -> None:
    team = Team(Desk())
    team.build(*small_board())
    card, check, lane = (
        f"{BOARD}/card:agree",
        f"{BOARD}/card:agree/check:one",
        f"{BOARD}/list:week",
    )
    for verb, address, parent in (
        ("archive", check, ""),
        ("move", check, card),
        ("move", card, f"{BOARD}/list:done"),
        ("archive", card, ""),
        ("move", card, lane),
        ("archive", lane, ""),
        ("move", lane, BOARD),
        ("archive", BOARD, ""),
        ("move", BOARD, ROOT),
    ):
        now = team.now(address)
        said, made = measured(team, Change(verb, address, now.kind, {}, parent, now))  # type: ignore[arg-type]
        assert said == made, (verb, address)
        assert team.now(address).existence == ("archived" if verb == "archive" else "there")


def test_items_added_to_a_card_take_the_calls_that_they_declare() -> None:
    team = Team(Desk())
    team.build(*small_board(), creation(f"{BOARD}/card:try", f"{BOARD}/list:week", title="Try it"))
    team.read()
    for card in ("agree", "try"):
        address = f"{BOARD}/card:{card}"
        more = [creation(f"{address}/check:n{n}", address, title=f"Item {n}") for n in range(3)]
        said, made = measured(team, *more)
        assert said == made
    again = Team(team.desk, ids=team.ids)
    address = f"{BOARD}/card:try"
    said, made = measured(again, creation(f"{address}/check:x", address, title="X"))
    assert said == made == Calls(1, 1)


def test_labels_renamed_with_their_cards_take_no_call_for_the_cards() -> None:
    team = Team(Desk())
    team.build(*small_board())
    label, card = team.now(f"{BOARD}/label:hot"), f"{BOARD}/card:agree"
    rename = Change("rename", f"{BOARD}/label:hot", "label", {"title": "Burning"}, before=label)
    said, made = measured(team, team.update(card, labels=frozenset({"Burning"})), rename)
    assert said == made == Calls(2, 1)
    assert team.now(card).fields["labels"] == frozenset({"Burning"})


def test_a_look_at_who_we_are_is_not_counted() -> None:
    tool = Desk().integration()
    assert tool.check().startswith("Trello, as Rob Ortega (@")
    assert tool.spent() == Calls()


@pytest.mark.parametrize("board", ["there", "absent"])
def test_a_complete_root_without_a_board_takes_no_call(board: str) -> None:
    team = Team(Desk())
    boards = small_board()[1:2] if board == "there" else []
    made = Remote("", "root", {"done": False}, marker=ROOT)
    finishing = Change("update", ROOT, "root", {"done": True}, before=made, stage=2)
    said, spent = measured(team, creation(ROOT, done=False), *boards, finishing)
    assert said.read == spent.read - (1 if boards else 0)  # who made the board
    assert said.write == spent.write


def test_done_is_found_after_lost_state_and_is_one_write_of_the_boards_description() -> None:
    desk = Desk()
    team = Team(desk)
    team.build(*small_board())
    desk.calls()
    outcome = team.write(ROOT, done=True)
    assert isinstance(outcome, Done)
    assert outcome.remote.fields["done"] is True
    writes = [call for call in desk.calls() if not call.startswith("GET")]
    assert writes == [f"PUT /1/boards/{team.ids[BOARD]}"]
    assert Team(desk).read()[0].fields["done"] is True
