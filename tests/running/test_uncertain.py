"""A run that ends without a certain answer says so, and the next one settles it."""

from dataclasses import replace
from datetime import date

from smarketing.planning.given import Workspace
from smarketing.resolve.desired import Desired, Item
from smarketing.run import engine
from smarketing.state.pace import Pace
from smarketing.state.state import MemoryState
from smarketing.testing.awkward import Awkward
from smarketing.testing.memory import Memory
from smarketing.testing.memory_tool import Tool
from tests.clocks import StillClock


def workspace(tool: Tool, state: MemoryState) -> Workspace:
    fields = {"title": "Glossary", "body": "Words.\n"}
    item = Item("document:glossary", "document", "memory", "root:memory", fields)
    desired = Desired("k3v9", "Acme", date(2026, 12, 7), {item.address: item})
    places = {"memory": Memory(tool)}
    return Workspace(desired, places, state, StillClock(), date(2026, 12, 14), workers=0)


def test_a_write_that_never_gets_an_answer_is_told_and_settled_by_the_next_run() -> None:
    tool, state = Tool(), MemoryState()
    tool.faults = lambda point, step: "lost before commit" if point == "perform" else None
    recap = engine.apply(workspace(tool, state))
    assert any("run again" in failure.error for failure in recap.failed)
    tool.faults = None
    recap = engine.apply(workspace(tool, state))
    assert recap.failed == ()
    assert [t.marker for t in tool.things.values()].count("document:glossary") == 1


def test_one_lost_answer_is_looked_for_in_the_same_run() -> None:
    tool, state = Tool(), MemoryState()
    lost = iter(["lost"])
    tool.faults = lambda point, step: next(lost, None) if point == "perform" else None
    recap = engine.apply(workspace(tool, state))
    assert recap.failed == ()
    assert recap.more == ("an answer was lost, so what it was about was looked for",)
    assert [t.marker for t in tool.things.values()].count("root:memory") == 1


def test_a_tool_that_asks_to_wait_is_named_as_a_reason_for_more_calls() -> None:
    tool, state = Tool(), MemoryState()
    later = iter(["later"])
    tool.faults = lambda point, step: next(later, None) if point == "perform" else None
    given = workspace(tool, state)
    recap = engine.apply(replace(given, clock=Waiting()))
    assert recap.failed == ()
    assert recap.more == ("a tool asked to wait, and was asked again",)


def test_what_one_run_drew_from_the_limits_counts_in_the_next() -> None:
    tool, clock = Tool(Awkward(limit=(3, 10.0))), Waiting()
    paces: dict[str, Pace] = {}
    for key in ("k3v9", "p8d2"):
        given = workspace(tool, MemoryState())
        desired = replace(given.desired, workspace=key)
        engine.apply(replace(given, desired=desired, clock=clock, paces=paces))
    assert clock.waited >= 10.0


class Waiting:
    """A clock that lets time pass at once."""

    def __init__(self) -> None:
        self.waited = 0.0

    def now(self) -> float:
        return 1_796_634_000.0 + self.waited

    def sleep(self, seconds: float) -> None:
        self.waited += seconds
