"""A key that is renamed while a write is still open: what that write made is found all the same."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from smarketing.planning.given import Workspace
from smarketing.resolve.desired import Desired, Item
from smarketing.run import engine
from smarketing.state.history import Noted
from smarketing.state.record import Record
from smarketing.state.state import MemoryState
from smarketing.testing.awkward import Awkward
from smarketing.testing.memory import Memory
from smarketing.testing.memory_tool import Tool
from tests.clocks import StillClock

FIELDS: Mapping[str, str] = {"card": "Agree", "check": "Write it"}


class Crash(BaseException):
    """The process dies here."""


class DyingState(MemoryState):
    """State that dies when it is to record that this item was made."""

    dies_at = ""

    def commit(
        self,
        records: Mapping[str, Record | None],
        facts: Mapping[str, str],
        closed: Iterable[str] = (),
        noted: Noted | None = None,
        **more: Any,
    ) -> None:
        made = [a for a, record in records.items() if record and record.binding]
        if self.dies_at and self.dies_at in made:
            raise Crash
        super().commit(records, facts, closed, noted, **more)


def workspace(tool: Tool, state: MemoryState, key: str) -> Workspace:
    board, card = "board:work", f"board:work/card:{key}"
    items = (
        Item(board, "board", "memory", "root:memory", {"title": "Work"}),
        Item(f"{board}/list:week", "list", "memory", board, {"title": "Week"}),
        Item(card, "card", "memory", f"{board}/list:week", {"title": FIELDS["card"]}),
        Item(f"{card}/check:one", "check", "memory", card, {"title": FIELDS["check"]}),
    )
    desired = Desired(
        "k3v9", "Acme", date(2026, 12, 7), {item.address: item for item in items}, playbook="p"
    )
    desired = replace(desired, was={"board:work/card:old": "board:work/card:new"})
    places = {"memory": Memory(tool)}
    return Workspace(desired, places, state, StillClock(), date(2026, 12, 14), workers=0)


@pytest.mark.parametrize("dies_at", ["board:work/card:old", "board:work/card:old/check:one"])
def test_what_was_made_under_the_former_key_is_not_made_again(dies_at: str) -> None:
    tool, state = Tool(Awkward(unmarked=frozenset({"list", "check"}))), DyingState()
    state.dies_at = dies_at
    with pytest.raises(Crash):
        engine.apply(workspace(tool, state, "old"))
    state.dies_at = ""
    assert engine.apply(workspace(tool, state, "new")).failed == ()
    titles = Counter(thing.fields.get("title") for thing in tool.things.values())
    assert [titles[title] for title in FIELDS.values()] == [1, 1]
    assert engine.apply(workspace(tool, state, "new")).plan.steps == ()
    markers = [t.marker for t in tool.things.values() if t.kind == "card"]
    assert markers == ["board:work/card:new"]
