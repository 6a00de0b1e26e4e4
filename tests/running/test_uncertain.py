"""A run that ends without a certain answer says so, and the next one settles it."""

from datetime import date

from smarketing import engine
from smarketing.desired import Desired, Item
from smarketing.given import Workspace
from smarketing.state import MemoryState
from smarketing.testing.memory import Memory
from smarketing.testing.memory_tool import Tool


class Clock:
    def now(self) -> float:
        return 1_796_634_000.0

    def sleep(self, seconds: float) -> None:
        raise AssertionError("nothing has to wait")


def workspace(tool: Tool, state: MemoryState) -> Workspace:
    fields = {"title": "Glossary", "body": "Words.\n"}
    item = Item("document:glossary", "document", "memory", "root:memory", fields)
    desired = Desired("k3v9", "Acme", date(2026, 12, 7), {item.address: item})
    places = {"memory": Memory(tool)}
    return Workspace(desired, places, state, Clock(), date(2026, 12, 14), workers=0)


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
