"""One question tells which workspaces were touched, however bad the feed is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smarketing.contract import Busy, Changes, Unreachable
from smarketing.rounds.accountstate import AccountState
from smarketing.rounds.polling import DAY, Account, poll
from smarketing.testing.memory import Memory
from smarketing.testing.memory_tool import Tool
from tests.clocks import Clock

NORTH, SOUTH = "north", "south"


@dataclass
class Firm:
    """Two workspaces with a card each in one tool, and how they are asked about."""

    folder: Path
    tool: Tool = field(default_factory=Tool)
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.cards = {
            each: self.tool.make("card", "", {"title": each}).id for each in (NORTH, SOUTH)
        }
        self.state = AccountState(self.folder / "account.sqlite3")
        self.account = Account(
            Memory(self.tool), self.state, lambda each: frozenset({self.cards[each]}), self.clock
        )
        for each in (NORTH, SOUTH):
            self.state.join(each)
        self.look()

    def reopen(self) -> None:
        """Begin again with what was stored, as another process does."""
        self.state.close()
        self.state = AccountState(self.folder / "account.sqlite3")
        self.account = replace(self.account, state=self.state)

    def touch(self, workspace: str) -> None:
        self.tool.member.rename(self.cards[workspace], f"another title of {workspace}")

    def look(self, account: Account | None = None) -> frozenset[str]:
        """Ask, and look at every workspace that waits; return which these were."""
        waiting = poll(account or self.account)
        for each, pending in self.state.pending().items():
            self.state.settle(each, pending.number)
        return waiting


@pytest.fixture
def firm(tmp_path: Path) -> Firm:
    return Firm(tmp_path)


def each_in_turn(*how: str) -> Callable[[], str]:
    verdicts: Iterator[str] = iter(how)
    return lambda: next(verdicts, "")


def test_only_what_was_touched_waits_and_one_question_tells(firm: Firm) -> None:
    assert firm.look() == frozenset()
    firm.touch(SOUTH)
    before = firm.tool.calls.read
    assert firm.look() == {SOUTH}
    assert firm.tool.calls.read == before + 1
    assert firm.look() == frozenset()


def test_who_was_touched_waits_until_somebody_has_looked(firm: Firm) -> None:
    firm.touch(SOUTH)
    assert poll(firm.account) == {SOUTH}
    firm.touch(NORTH)
    assert poll(firm.account) == {NORTH, SOUTH}


def test_a_crash_between_the_question_and_the_look_forgets_nobody(firm: Firm) -> None:
    firm.touch(SOUTH)
    poll(firm.account)
    firm.reopen()
    assert poll(firm.account) == {SOUTH}, "the feed tells nothing more, and it waits all the same"


def test_an_event_that_is_told_twice_costs_one_more_look_and_no_more(firm: Firm) -> None:
    firm.tool.feed.awry = each_in_turn("double")
    firm.touch(SOUTH)
    assert firm.look() == {SOUTH}
    firm.touch(NORTH)
    assert firm.look() == {NORTH, SOUTH}
    assert firm.look() == frozenset()


def test_events_out_of_order_all_arrive(firm: Firm) -> None:
    firm.tool.feed.awry = each_in_turn("late")
    firm.touch(SOUTH)
    assert firm.look() == frozenset(), "not told yet"
    firm.touch(NORTH)
    assert firm.look() == {NORTH, SOUTH}


def test_a_feed_that_has_forgotten_heals_by_looking_at_everything_once(firm: Firm) -> None:
    firm.touch(SOUTH)
    firm.tool.feed.forget()
    assert poll(firm.account) == {NORTH, SOUTH}
    assert all(each.anew for each in firm.state.pending().values())
    firm.look()
    firm.touch(NORTH)
    assert firm.look() == {NORTH}


def test_while_the_tool_is_down_the_cursor_stays_and_the_next_question_tells(firm: Firm) -> None:
    firm.touch(SOUTH)
    firm.tool.down = True
    was = firm.state.told()
    with pytest.raises(Unreachable):
        poll(firm.account)
    assert (firm.state.told(), firm.state.pending()) == (was, {})
    firm.tool.down = False
    assert firm.look() == {SOUTH}


def test_a_workspace_of_which_state_knows_nothing_waits_with_any_event(firm: Firm) -> None:
    lost = Account(firm.account.terms, firm.state, lambda _: None, firm.clock)
    assert firm.look(lost) == frozenset()
    firm.touch(NORTH)
    assert firm.look(lost) == {NORTH, SOUTH}


def test_once_a_day_the_feed_is_begun_anew_and_nothing_falls_between(firm: Firm) -> None:
    class Busily(Memory):
        """A member is at work while we ask."""

        def changes(self, cursor: str) -> Changes:
            told = super().changes(cursor)
            firm.touch(SOUTH)
            return told

    firm.clock.sleep(DAY)
    firm.touch(NORTH)
    firm.look(Account(Busily(firm.tool), firm.state, firm.account.bound, firm.clock))
    assert firm.state.told().begun == firm.clock.now()
    assert firm.look() == {SOUTH}, "what happened between the two questions is told"
    assert firm.look() == frozenset()


def test_a_tool_that_asks_for_patience_is_asked_again(firm: Firm) -> None:
    class Patient(Memory):
        refused = 0

        def changes(self, cursor: str) -> Changes:
            if self.refused < 2:
                self.refused += 1
                raise Busy("Wait a little.", 10.0)
            return super().changes(cursor)

    firm.touch(SOUTH)
    before = firm.clock.now()
    account = Account(Patient(firm.tool), firm.state, firm.account.bound, firm.clock)
    assert firm.look(account) == {SOUTH}
    assert firm.clock.now() == before + 20.0


DEEDS = st.sampled_from((NORTH, SOUTH, "ask", "look", "crash", "forget"))


@settings(max_examples=40)
@given(st.lists(st.tuples(DEEDS, st.sampled_from(("", "double", "late"))), max_size=14))
def test_whoever_was_touched_and_not_looked_at_since_waits_in_the_end(
    deeds: list[tuple[str, str]],
) -> None:
    with TemporaryDirectory() as name:
        firm = Firm(Path(name))
        owed: set[str] = set()
        for deed, how in deeds:
            firm.tool.feed.awry = each_in_turn(how)
            if deed in firm.cards:
                firm.touch(deed)
                owed.add(deed)
            elif deed == "forget":
                firm.tool.feed.forget()
            elif deed == "crash":
                firm.reopen()
            else:
                waiting = poll(firm.account)
                if deed == "look":
                    owed -= waiting
                    firm.look()
        firm.tool.feed.awry = each_in_turn()
        firm.tool.make("card", "", {"title": "what comes late is told with this at the latest"})
        assert owed <= firm.look()
        firm.state.close()
