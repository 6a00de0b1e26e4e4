"""A workspace in memory whose playbook and members change at random, and whose runs are undone."""

from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random
from typing import Any

from smarketing.contract import Step
from smarketing.kinds import THERE, Value
from smarketing.plan import Plan, Recap
from smarketing.planning.given import NOTHING_ASKED, Request, Workspace
from smarketing.resolve.desired import Item
from smarketing.run import engine
from smarketing.state.history import Noted
from smarketing.state.record import Intent, Record
from smarketing.state.state import MemoryState
from smarketing.testing.awkward import Awkward
from smarketing.testing.memory import Memory
from smarketing.testing.memory_things import Thing
from smarketing.testing.memory_tool import Tool
from smarketing.undo.backwards import undo_of
from tests.histories.authors import PLACE, Author

Shape = dict[str, tuple[str, str, dict[str, Value]]]
"""What is to be seen: kind, the title of what holds it, and fields, by the first address."""


LACKS = frozenset({"message"})


class Crash(BaseException):
    """The process dies here."""


class DyingState(MemoryState):
    """State that asks before each of its writes whether the process lives on."""

    def __init__(self, passes: Callable[[], None]) -> None:
        super().__init__()
        self._passes = passes

    def commit(
        self,
        records: Mapping[str, Record | None],
        facts: Mapping[str, str],
        closed: Iterable[str] = (),
        noted: Noted | None = None,
        **more: Any,
    ) -> None:
        self._passes()
        super().commit(records, facts, closed, noted, **more)

    def open(self, intent: Intent) -> None:
        self._passes()
        super().open(intent)


class Clock:
    """A clock on which every question takes a second."""

    def __init__(self) -> None:
        self.time = 1_800_000_000.0

    def now(self) -> float:
        self.time += 1
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += seconds


@dataclass
class Office:
    """A playbook's author, a tool, and the state of the runs.

    With `dies_in` the process dies at that write of the state; `refused` are addresses that the
    tool does not let us write to.
    """

    tool: Tool = field(default_factory=lambda: Tool(Awkward(lacks=LACKS)))
    author: Author = field(default_factory=Author)
    clock: Clock = field(default_factory=Clock)
    dies_in: int = 0
    refused: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.state = DyingState(self._pass)
        self.tool.faults = self._fault

    def _pass(self) -> None:
        if self.dies_in:
            self.dies_in -= 1
            if not self.dies_in:
                raise Crash

    def _fault(self, point: str, step: Step | None) -> str | None:
        if point != "perform" or step is None:
            return None
        return "fail" if any(c.address in self.refused for c in step.changes) else None

    def rewritten(self, luck: Random) -> bool:
        """Change the playbook a few times and apply it; say whether a run wrote anything."""
        for _ in range(luck.randrange(1, 6)):
            before = deepcopy(self.author)
            self.author.edit(luck)
            if self.author.successors:  # who has left is brought back by no undo
                self.author = before
        runs = len(self.state.runs())
        self.apply()
        return len(self.state.runs()) > runs

    def says(self, address: str, **fields: Value) -> None:
        """Let the playbook say something else of an item."""
        item = self.author.items[address]
        self.author.items[address] = replace(item, fields={**item.fields, **fields})

    def card(self, key: str) -> dict[str, Item]:
        """Return a card for the playbook, with a line in its checklist."""
        address = f"board:work/card:{key}"
        title = {"title": f"Card {key}", "description": "Ours."}
        return {
            address: Item(address, "card", PLACE, "board:work/list:week", title),
            f"{address}/check:step": Item(
                f"{address}/check:step", "check", PLACE, address, {"title": "Step"}
            ),
        }

    def fields(self, address: str) -> Mapping[str, Value]:
        """Return what the tool holds of an item."""
        return self.tool.find(address).fields

    def workspace(self) -> Workspace:
        places = {PLACE: Memory(self.tool, PLACE)}
        day = date(2026, 12, 14)
        return Workspace(self.author.desired(), places, self.state, self.clock, day, workers=0)

    def plan(self) -> Plan:
        return engine.make_plan(self.workspace())

    def apply(self, request: Request = NOTHING_ASKED) -> Recap:
        """Run, with a yes to whatever is removed."""
        recap = engine.apply(self.workspace(), request)
        if approve := recap.plan.needs_approval:
            recap = engine.apply(self.workspace(), replace(request, approve=approve))
        assert recap.failed == ()
        return recap

    def undo(self, number: int = 0) -> Recap:
        """Take back a run, the last one if none is named."""
        runs = {run.number: run for run in self.state.runs()}
        run = runs[number or max(runs)]
        return self.apply(Request(undo=undo_of(run, self.state)))

    def shape(self) -> Shape:
        """Return what a member sees, what lies in the archive left out."""
        return {
            self.name(thing): (thing.kind, self._holder(thing), dict(thing.fields))
            for thing in self.tool.things.values()
            if thing.kind != "root" and self._is_in_sight(thing)
        }

    def name(self, thing: Thing) -> str:
        """Return the thing's first address; a member's own thing goes by its title."""
        first = {new: old for old, new in reversed(self.author.was.items())}
        return first.get(thing.marker, thing.marker) or str(thing.fields.get("title"))

    def _holder(self, thing: Thing) -> str:
        above = self.tool.things.get(thing.parent)
        return self.name(above) if above else ""

    def _is_in_sight(self, thing: Thing) -> bool:
        above = self.tool.things.get(thing.parent)
        return thing.existence == THERE and (above is None or self._is_in_sight(above))


def as_members(office: Office, luck: Random, among: Shape) -> None:
    """Do a few things that members do to what stood there, each in words of their own."""
    for number in range(luck.randrange(4)):
        name = luck.choice(sorted(among))
        things = [t for t in office.tool.things.values() if office.name(t) == name]
        if not things:
            continue
        thing, word = things[0], f"member{number}x"
        if isinstance(body := thing.fields.get("body", thing.fields.get("description")), str):
            name = "body" if "body" in thing.fields else "description"
            text = f"Mine {word}.\n\n{body}" if number % 2 else f"{body.rstrip()}\n\nMine {word}.\n"
            office.tool.member.set(thing.id, name, text)
        elif thing.kind == "check":
            office.tool.member.set(thing.id, "done", True)
        elif thing.kind == "list":
            office.tool.member.add("card", thing.id, {"title": f"Own {word}"})
        elif "title" in thing.fields:
            office.tool.member.set(thing.id, "title", f"Mine {word}")
