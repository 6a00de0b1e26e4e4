"""Several workspaces in one account are asked about together, and looked at where something happened."""

import os
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from bench import world
from smarketing.integrations.trello.sandbox.switches import ONLY_CARDS
from smarketing.rounds.accountstate import AccountState, Told
from smarketing.run import engine
from smarketing.sandbox.clock import standing
from smarketing.sandbox.inprocess import InProcess
from tests.overhttp.miniature import BOTH
from tests.polling.branches import Branches
from tests.vendors.sandboxes import TURNED, Vendors, sandbox

IDLE = 6
"""The most calls that an idle round may take, however many workspaces there are."""

ONE_CARD = 9
"""The most calls for one changed card, the questions for all left out."""

needs_board_times = pytest.mark.skipif(
    TURNED == "all" or ONLY_CARDS in TURNED.split(","),
    reason="boards do not tell here that something happened on them",
)


@pytest.fixture(scope="module")
def firm(tmp_path_factory: pytest.TempPathFactory) -> Branches:
    return Branches(tmp_path_factory.mktemp("polling") / "firm").settled()


@pytest.fixture
def branches(firm: Branches) -> Iterator[Branches]:
    yield firm.at_rest()
    firm.at_rest()


def accounts(branches: Branches) -> dict[str, Path]:
    """Return the files of the accounts by tool."""
    return {
        file.name.split("-")[0]: file
        for file in (branches.company.data / "accounts").glob("*.sqlite3")
    }


def test_idle_workspaces_take_one_question_per_feed_and_no_write(branches: Branches) -> None:
    assert branches.sync() == "Nothing happened in 3 workspaces.\n"
    assert sorted(branches.calls) == [
        "GET /1/members/me/boards",
        "GET /calendar/v3/users/me/calendarList",
        "GET /drive/v3/changes",
    ]
    assert set(accounts(branches)) == set(BOTH)
    assert '"nothing_happened": true' in branches.sync("--json")


@pytest.mark.slow
def test_a_hundred_idle_workspaces_take_as_few_calls_as_three(tmp_path: Path) -> None:
    clock = standing()
    box = world.sandbox(clock)  # what it is asked was validated with fewer
    vendors = Vendors(box, clock, InProcess(box.answer))
    many = Branches(tmp_path / "firm", 100, vendors, is_tiny=True)
    for number in range(1, many.count + 1):
        assert not many.apply(number).failed
    many.at_rest()
    assert many.sync() == "Nothing happened in 100 workspaces.\n"
    assert len(many.calls) == IDLE // 2


@needs_board_times
def test_a_card_that_moved_is_followed_in_its_workspace_and_no_other_is_looked_at(
    branches: Branches,
) -> None:
    branches.move(2, "Stuck")
    said = branches.sync()
    assert branches.status(2) == "Stuck"
    assert "Nothing happened in 2 of 3 workspaces." in said
    boards = [each for each in branches.calls if each.startswith("GET /1/boards/")]
    assert len(set(boards)) == 1
    assert len(branches.calls) <= IDLE // 2 + ONE_CARD, branches.calls
    branches.sync()
    assert not [each for each in branches.calls if not each.startswith("GET")], "our own echo"
    assert "Nothing happened in 3" in branches.sync()


def test_a_cell_that_was_typed_into_moves_the_card_of_its_workspace(branches: Branches) -> None:
    old, new = branches.status(3), "Done"
    branches.types(3, old, new)
    assert "Nothing happened in 2 of 3 workspaces." in branches.sync()
    assert branches.list_of(3) == new
    branches.types(3, new, old)
    branches.sync()
    assert branches.list_of(3) == old


def test_a_crash_between_the_question_and_the_run_leaves_the_workspace_waiting(
    branches: Branches,
) -> None:
    old = branches.status(1)
    branches.types(1, old, "Done")

    class Died(BaseException):
        pass

    with mock.patch.object(engine, "apply", side_effect=Died), pytest.raises(Died):
        branches.sync()
    assert branches.list_of(1) == old
    branches.sync()
    assert branches.list_of(1) == "Done"
    branches.types(1, "Done", old)
    branches.sync()


def test_what_a_run_of_other_configs_was_told_waits_for_the_run_that_has_this_one(
    branches: Branches,
) -> None:
    old = branches.status(3)
    branches.types(3, old, "Done")
    others = branches.sync(which="branches/00[12].yaml")
    assert others == "Nothing happened in 2 workspaces.\n"
    assert branches.list_of(3) == old
    assert "Nothing happened in 2 of 3 workspaces." in branches.sync()
    assert branches.list_of(3) == "Done"
    branches.types(3, "Done", old)
    branches.sync()


def test_a_tool_that_is_down_is_told_once_and_the_next_round_catches_up(branches: Branches) -> None:
    old = branches.status(2)
    branches.types(2, old, "Done")
    branches.down.add("/drive/")
    with mock.patch("smarketing.state.pace.PATIENCE", 0.0):
        said = branches.sync(code=1)
    assert said.count("Google") == 1, said
    branches.down.clear()
    branches.sync()
    assert branches.list_of(2) == "Done"
    branches.types(2, "Done", old)
    branches.sync()


@pytest.mark.parametrize("tool", BOTH)
def test_a_cursor_that_the_tool_knows_no_more_heals_by_one_full_look(
    tool: str, branches: Branches
) -> None:
    state = AccountState(accounts(branches)[tool])
    was = state.told()
    state.tell(was, Told('{"drive": "expired", "calendars": {}}', was.begun), ())
    state.close()
    old = branches.status(1)
    branches.types(1, old, "Done")
    assert "Nothing happened" not in branches.sync()
    assert branches.list_of(1) == "Done"
    branches.types(1, "Done", old)
    branches.at_rest()


def test_a_changed_config_is_reason_enough_to_look(branches: Branches) -> None:
    path = branches.config(1)
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\n# a remark\n", encoding="utf-8")
    assert "Nothing happened in 2 of 3 workspaces." in branches.sync()
    path.write_text(text, encoding="utf-8")


def test_a_new_hour_is_reason_enough_to_look_and_a_day_without_a_full_listing_for_one(
    branches: Branches,
) -> None:
    branches.vendors.clock.move(3_600)
    assert "Nothing happened" not in branches.sync()
    branches.at_rest().vendors.clock.move(86_400)
    branches.sync()
    assert branches.calls.count("GET /1/members/me/boards") > 2, "everything is listed in full"
    branches.at_rest().vendors.clock.move(60)
    branches.sync("--full-every", "1m")
    listed = [each for each in branches.calls if each == "GET /1/members/me/boards"]
    assert len(listed) == 1 + branches.count


def test_a_workspace_alone_asks_no_more_than_it_did(branches: Branches) -> None:
    branches.sync(which="branches/001.yaml")
    assert len(branches.calls) <= IDLE // 2 + 1, branches.calls


def test_a_full_look_that_is_owed_is_not_paid_by_a_quick_one(branches: Branches) -> None:
    state = AccountState(accounts(branches)["google"])
    workspace = min(state.workspaces())
    state.tell(Told("another"), Told("another"), [workspace], anew=True)
    for number in range(1, branches.count + 1):
        branches.sync(which=f"branches/00{number}.yaml")
    assert set(state.pending()) == {workspace}
    branches.sync()
    assert state.pending() == {}
    state.close()


def test_what_no_feed_tells_is_seen_once_a_day(tmp_path: Path) -> None:
    deaf = Branches(tmp_path / "deaf", 2, sandbox(*BOTH, switches=[ONLY_CARDS])).settled()
    deaf.move(1, "Done")
    assert "Nothing happened in 2 workspaces" in deaf.sync()
    deaf.vendors.clock.move(86_400)
    deaf.sync()
    assert deaf.status(1) == "Done"


def test_nothing_that_is_kept_of_an_account_is_a_word_or_a_secret(branches: Branches) -> None:
    branches.vendors.clock.move(0)
    for file in accounts(branches).values():
        held = file.read_bytes()
        assert b"Agree" not in held
        for vendor in BOTH:
            for secret in branches.vendors.account(vendor).values():
                assert os.fsencode(secret) not in held
