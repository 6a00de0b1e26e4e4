"""One random life of a workspace, and the promises that must hold at every moment of it."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from random import Random

from smarketing.contract import Integration, Step
from smarketing.kinds import THERE
from smarketing.merging.notes import without_notes
from smarketing.plan import counts
from smarketing.planning.given import Request, Workspace
from smarketing.run import engine
from smarketing.state.state import MemoryState
from smarketing.testing.awkward import WORST, Awkward
from smarketing.testing.memory import Memory
from smarketing.testing.memory_things import Thing
from smarketing.testing.memory_tool import Tool

from .authors import PLACE, Author, reworded

WORD = re.compile(r"member\d+x")
MEMBER_EDITS = (
    "edit", "edit", "edit", "rename", "move", "delete", "add", "copy", "clear", "tick", "reorder",
    "archive", "edit_cell", "unmark",
)  # fmt: skip
RUNS = (
    "run", "run", "run", "crash", "crash", "lose", "down", "fail", "later", "stale", "meanwhile",
)  # fmt: skip
AWKWARDS = (
    Awkward(),
    Awkward(versions=False),
    Awkward(feed=True, bulk=20),
    Awkward(normalises=True, two_state=True, bulk=20),
    Awkward(unmarked=frozenset({"list", "check", "column", "folder"}), page=3),
    WORST,
)


class Crash(BaseException):
    """The process dies here."""


class StillClock:
    """A clock that moves only when somebody waits."""

    def __init__(self) -> None:
        self.time = 1_800_000_000.0

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += seconds


class CrashingState(MemoryState):
    """State that can die before or after any of its writes."""

    def __init__(self, world: "History") -> None:
        super().__init__()
        self._world = world

    def commit(self, records, facts, closed=(), noted=None, **more):  # type: ignore[no-untyped-def]
        self._world.pass_point()
        super().commit(records, facts, closed, noted, **more)
        self._world.pass_point()

    def open(self, intent):  # type: ignore[no-untyped-def]
        self._world.pass_point()
        super().open(intent)
        self._world.pass_point()


@dataclass
class History:
    """A playbook, a tool and members; `take` does one step of their common life."""

    luck: Random
    memory: type[Memory] = Memory
    mix: Counter[str] = field(default_factory=Counter)
    alive: set[str] = field(default_factory=set)
    dead: set[str] = field(default_factory=set)
    foreign: dict[str, object] = field(default_factory=dict)
    words: int = 0
    steps: int = 0
    _crash_in: int = 0
    _trouble: str = ""
    _trouble_in: int = 0

    def __post_init__(self) -> None:
        self.author = Author()
        self.tool = Tool(self.luck.choice(AWKWARDS), faults=self._fault)
        self.clock = StillClock()
        self.state = CrashingState(self)
        self.run()

    # Steps

    def take(self, number: int) -> None:
        """Do one step; the number says which."""
        self.steps += 1
        if number < 120:
            self.as_member(self.luck.choice(MEMBER_EDITS))
        elif number < 160:
            self.mix[f"playbook {self.author.edit(self.luck)}"] += 1
        else:
            self._run_somehow(self.luck.choice(RUNS))

    def as_member(self, kind: str) -> None:
        """Do one thing that members do."""
        getattr(self, f"_{kind}")()

    def end(self) -> None:
        """After the trouble: everything settles, nothing is lost, doubled or brought back."""
        for _ in range(3):
            self.run()
        writes = self.tool.calls.write
        plan = engine.make_plan(self._workspace())
        assert not plan.steps, f"a settled workspace is changed again: {plan.changes}"
        self.run()
        assert self.tool.calls.write == writes, "a run with nothing to do wrote"
        self._check()
        twice = [marker for marker, count in self._ours().items() if count > 1]
        if not self.mix["run stale"]:  # who reads what is old may make it once more
            assert not self._made_twice(), f"made twice: {self._made_twice()}"
        for marker in twice:
            assert self._differ(marker), f"made twice, and nobody edited the second: {marker}"
        self._check_shown()
        assert not self.state.load().intents

    # Runs

    def run(self) -> None:
        """Apply the playbook, and check that no word was lost."""
        recap = engine.apply(self._workspace())
        if recap.plan.needs_approval:
            self.mix["approved a mass removal"] += 1
            recap = engine.apply(self._workspace(), Request(approve=recap.plan.needs_approval))
        shown = counts(recap.plan)
        if shown["conflict"]:
            self.mix["conflict"] += 1
        self._check()

    def _workspace(self) -> Workspace:
        places: dict[str, Integration] = {PLACE: self.memory(self.tool, PLACE)}
        return Workspace(
            self.author.desired(), places, self.state, self.clock, date(2026, 12, 14), workers=0
        )

    def _run_somehow(self, how: str) -> None:
        self.mix[f"run {how}"] += 1
        if how == "crash":
            self._crash_in = self.luck.randrange(1, 30)
        elif how != "run":
            self._trouble, self._trouble_in = how, self.luck.randrange(1, 8)
        self.tool.down = how == "down"
        try:
            self.run()
        except Crash:
            self.mix["crash"] += 1
        finally:
            self._crash_in, self._trouble, self.tool.down = 0, "", False
        self._check()

    def pass_point(self) -> None:
        if self._crash_in:
            self._crash_in -= 1
            if self._crash_in == 0:
                raise Crash

    def _fault(self, point: str, step: Step | None) -> str | None:
        self.pass_point()
        wanted = {"meanwhile": "gap", "stale": "read"}.get(self._trouble, "perform")
        if not self._trouble or point != wanted:
            return None
        self._trouble_in -= 1
        if self._trouble_in > 0 and self._trouble != "stale":
            return None
        how, self._trouble = self._trouble, ""
        if how == "meanwhile":
            self.mix["member in the gap"] += 1
            self._edit()
            return None
        if how == "lose":
            return self.luck.choice(("lost", "lost before commit", "lost half"))
        return {"stale": "stale read", "down": "down"}.get(how, how)

    # Members

    def _edit(self) -> None:
        texts = [
            (thing, name)
            for thing in self.tool.things.values()
            for name in ("body", "description", "title")
            if isinstance(thing.fields.get(name), str) and thing.kind != "message"
        ]
        if not texts:
            return
        thing, name = self.luck.choice(texts)
        text = str(thing.fields[name])
        fresh = f"{text} {self._word()}" if name == "title" else None
        self._as_member("edit", thing, name, fresh or reworded(text, self._word(), self.luck))

    def _rename(self) -> None:
        if thing := self._any("document", "board", "list", "card", "folder", "check"):
            self._as_member("rename", thing, "title", f"Mine {self._word()}")

    def _edit_cell(self) -> None:
        if thing := self._any("row"):
            cells = dict(thing.fields["cells"])  # type: ignore[arg-type]
            cells["b"] = self._word()
            self._as_member("edit cell", thing, "cells", cells)

    def _clear(self) -> None:
        if thing := self._any("document", "card"):
            name = "body" if thing.kind == "document" else "description"
            self._as_member("clear", thing, name, "")

    def _tick(self) -> None:
        if thing := self._any("check", "card"):
            self._as_member("tick", thing, "done", not thing.fields.get("done"))

    def _add(self) -> None:
        if above := self._any("list"):
            self.mix["member add"] += 1
            title = f"Own card {self._word()}"
            self.tool.member.add("card", above.id, {"title": title, "description": self._word()})
            self._recount()

    def _copy(self) -> None:
        if thing := self._any("document", "card"):
            self.mix["member copy"] += 1
            self.tool.member.copy(thing.id)
            self._recount()

    def _move(self) -> None:
        card, above = self._any("card"), self._any("list")
        if card and above:
            self.mix["member move"] += 1
            self.tool.member.move(card.id, above.id)
            self._recount()

    def _delete(self) -> None:
        if thing := self._any("document", "card", "check", "row", "list"):
            self.mix["member delete"] += 1
            bound = {r.binding.id for r in self.state.load().records.values() if r.binding}
            inside = [t for t in self.tool.things.values() if self.tool.is_inside(t.id, thing.id)]
            gone = {t.marker for t in inside if t.id in bound and t.marker}
            self.tool.member.delete(thing.id)
            self.dead |= gone - self._ours().keys()  # a twin that a stale read let us make is there
            self._recount()

    def _archive(self) -> None:
        if thing := self._any("document", "card"):
            self.mix["member archive"] += 1
            self.tool.member.archive(thing.id)
            self._recount()

    def _unmark(self) -> None:
        if thing := self._any("document", "card"):
            self.mix["member unmark"] += 1
            self.tool.member.unmark(thing.id)
            self._recount()

    def _reorder(self) -> None:
        if thing := self._any("document", "card", "list"):
            self.mix["member reorder"] += 1
            self.tool.member.reorder(thing.id)
            self._recount()

    def _any(self, *kinds: str) -> Thing | None:
        found = [t for t in self.tool.things.values() if t.kind in kinds and t.existence == THERE]
        return self.luck.choice(found) if found else None

    def _as_member(self, what: str, thing: Thing, name: str, value: object) -> None:
        self.mix[f"member {what}"] += 1
        self.tool.member.set(thing.id, name, value)  # type: ignore[arg-type]
        self._recount()

    def _word(self) -> str:
        self.words += 1
        return f"member{self.words}x"

    def _recount(self) -> None:
        """What members took away is gone by their own will; all else must stay."""
        self.alive = set(WORD.findall(self.tool.text()))
        self.foreign = self._members_own()

    def _members_own(self) -> dict[str, object]:
        return {
            thing.id: (thing.fields, thing.existence, thing.marker)
            for thing in self.tool.things.values()
            if thing.made_by != "smarketing"
        }

    # Promises

    def _check(self) -> None:
        lost = self.alive - set(WORD.findall(self.tool.text()))
        assert not lost, f"a run lost a member's words: {sorted(lost)}"
        assert self._members_own() == self.foreign, "a run changed a thing that a member made"
        ours = self._ours()
        back = self.dead & ours.keys()
        assert not back, f"a member deleted it, and it came back: {sorted(back)}"

    def _ours(self) -> Counter[str]:
        return Counter(
            thing.marker
            for thing in self.tool.things.values()
            if thing.made_by == "smarketing" and thing.marker and thing.existence == THERE
        )

    def _made_twice(self) -> list[str]:
        made = Counter(
            thing.marker
            for thing in self.tool.things.values()
            if thing.made_by == "smarketing" and thing.marker
        )
        return [marker for marker, count in made.items() if count > 1]

    def _differ(self, marker: str) -> bool:
        """A twin that a member edited stays, and is told; an untouched one is put away."""
        twins = [
            thing.fields
            for thing in self.tool.things.values()
            if thing.marker == marker and thing.made_by == "smarketing"
        ]
        return all(twins.count(fields) == 1 for fields in twins)

    def _check_shown(self) -> None:
        """Each tool shows the hub: nothing that was decided waits for ever."""
        terms = self.memory(self.tool, PLACE)
        for record in self.state.load().records.values():
            thing = self.tool.things.get(record.binding.id) if record.binding else None
            if thing is None or not record.stands or record.released:
                continue
            for name, value in record.hub.items():
                if name not in thing.fields:
                    continue
                now = thing.fields[name]
                if record.notes and isinstance(now, str):
                    now = without_notes(now, record.notes)
                shown = terms.normalise(record.kind, name, value)
                there = terms.normalise(record.kind, name, now)
                assert shown == there, f"{record.address} {name}: {there!r} is not {shown!r}"


def live(data: bytes, memory: type[Memory] = Memory) -> History:
    """Live one history: a byte per step, and a seed from the first four."""
    history = History(Random(int.from_bytes(data[:4], "big")), memory)
    for number in data[4:]:
        history.take(number)
    history.end()
    return history
