"""Two computers, each with a state of its own, keep the same places in step."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from smarketing.resolve.desired import Item
from smarketing.state.action import carried
from smarketing.state.state import MemoryState, State
from tests.syncing.desk import DONE, LINE, ROW, Desk, card, line, row
from tests.syncing.places import BOARD as SYNCED

from .office import BOARD, WEEK, Office

TOUR = f"{BOARD}/card:tour"
CALL = "Call Ana"


@contextmanager
def another(office: Office, state: State) -> Iterator[None]:
    """Let another computer run."""
    first, office.state = office.state, state
    yield
    office.state = first


def test_a_card_of_a_playbook_that_only_the_other_one_has_applied_keeps_its_mark() -> None:
    office, second = Office(), MemoryState()
    office.sync()
    with another(office, second):
        office.apply()
        office.sync()
    office.items[TOUR] = Item(TOUR, "card", "trello", WEEK, {"title": "Show Cleo around"})
    office.apply()
    office.sync()
    mark = office.card("Show Cleo around").marker
    del office.items[TOUR]
    with another(office, second):
        assert office.sync().done == ()
    assert office.card("Show Cleo around").marker == mark
    office.items[TOUR] = Item(TOUR, "card", "trello", WEEK, {"title": "Show Cleo around"})
    assert office.sync().done == ()
    with another(office, second):
        office.apply()
        office.is_quiet()


def test_what_another_computer_carried_over_contradicts_nobody() -> None:
    desk = Desk("nowhere", SYNCED)
    desk.hear(row(CALL), down=(SYNCED,))
    copy = f"{SYNCED}/card:{carried(ROW)}"
    agreed = desk.hear(card("Call Ana today", address=copy), row("Call Ana today"))
    assert agreed.conflicts == ()
    assert not agreed.wanted


def test_closed_minutes_that_another_computer_has_read_say_nothing_of_today() -> None:
    copy = card(CALL, DONE, f"{SYNCED}/card:{carried(LINE)}")
    said = replace(line(CALL, "[ ]"), is_over=True)
    agreed = Desk("nowhere").hear(copy, said)
    assert agreed.conflicts == ()
    assert not agreed.wanted
    (action,) = agreed.actions.values()
    assert action.hub["status"] == "done"


def test_closed_minutes_that_nobody_has_read_say_it_for_the_first_time() -> None:
    desk = Desk("from document:notes to board:work and table:tracker")
    agreed = desk.hear(replace(line(CALL, "[ ]"), is_over=True))
    assert {birth.place for birth in agreed.births} == set(desk.block.places) - {LINE.split("/")[0]}
