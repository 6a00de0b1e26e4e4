"""One random life of a workspace on a stand-in, and the promises that hold at every moment."""

import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from random import Random
from typing import Any, ClassVar, TypeVar

from smarketing.changes.linking import without_dead_links
from smarketing.contract import Integration, Names, Remote, Scope
from smarketing.kinds import THERE
from smarketing.merging.notes import without_notes
from smarketing.plan import Recap, counts
from smarketing.planning.given import Request, Workspace
from smarketing.problems import UserError
from smarketing.run import engine
from smarketing.sandbox.faults import CUT, CUT_JSON, DROP_AFTER, DROP_BEFORE, EDIT, SLOW, WRITES
from smarketing.sandbox.sandbox import Heard, Sandbox
from smarketing.standin import Answer, Asked, Person, StandIn, World
from smarketing.state.record import Record
from smarketing.state.state import MemoryState

from .author import WORKSPACE, Author

WORD = re.compile(r"member\d+x")
ROB = Person("rob", "Rob Ortega", "rob@acme.example", "rob-token")
ANA = Person("ana", "Ana Silva", "ana@acme.example", "ana-token")
BEN = Person("ben", "Ben Okoye", "ben@acme.example", "ben-token")
DANA = Person("dana", "Dana Wu", "dana@acme.example", "dana-token")
PEOPLE = (ROB, ANA, BEN, DANA)

LOST = (DROP_BEFORE, DROP_AFTER, CUT, CUT_JSON)
REFUSED = ("rate limit", "unavailable", "error", "gateway")
RUNS = (
    "run", "run", "run", "crash", "crash", "crash", "lose", "lose", "refuse", "down", "lag",
    "meanwhile", "meanwhile", "slow", "storm",
)  # fmt: skip


Thing = TypeVar("Thing")


class Crash(BaseException):
    """The process dies here."""


class Clock:
    """Seconds since 1970 that pass as the life wants them; each look takes a little."""

    def __init__(self) -> None:
        self.at = 1_797_000_000.0

    def now(self) -> float:
        self.at += 0.005
        return self.at

    def move(self, seconds: float) -> None:
        self.at += seconds

    sleep = move


class CrashingState(MemoryState):
    """State that can die before or after any of its writes."""

    def __init__(self, pass_point: Callable[[], None]) -> None:
        super().__init__()
        self._pass_point = pass_point

    def commit(self, records, facts, closed=(), noted=None, **more):  # type: ignore[no-untyped-def]
        self._pass_point()
        super().commit(records, facts, closed, noted, **more)
        self._pass_point()

    def open(self, intent):  # type: ignore[no-untyped-def]
        self._pass_point()
        super().open(intent)
        self._pass_point()


class Life(ABC):
    """A playbook, a vendor, our account and members; `take` does one step of their common life."""

    place: ClassVar[str]
    edits: ClassVar[tuple[str, ...]]
    """What members do; what is there twice happens twice as often."""
    in_a_hurry: ClassVar[tuple[str, ...]]
    """What they rather do just before a write of ours."""
    switches_there_are: ClassVar[frozenset[str]]

    def __init__(
        self,
        luck: Random,
        author: Author,
        make: Callable[[World], StandIn],
        switches: frozenset[str] = frozenset(),
        heard: Heard | None = None,
    ) -> None:
        self.luck, self.author, self.switches = luck, author, switches
        self.clock = Clock()
        self.world = World(self.clock.now, PEOPLE, switches)
        self.stand_in = make(self.world)
        # mypy: what the sandbox needs of its clock is `move`.
        self.sandbox = Sandbox(self.world, (self.stand_in,), heard, self.clock)  # type: ignore[arg-type]
        self.state = CrashingState(self.pass_point)
        self.mix: Counter[str] = Counter()
        self.steps = self.words = self.writes = self._crash_in = 0
        self.alive: set[str] = set()
        self.dead: set[str] = set()
        self.excused: set[str] = set()
        self.members_made: set[str] = set()
        self.focus: set[str] = set()
        self.foreign: dict[str, object] = {}
        self.made: dict[tuple[str, ...], set[str]] = {}
        self.asking: Asked | None = None
        self.looked = ""
        for how in luck.choice((*[()] * 4, ("crash",), ("lose", "crash"), ("storm", "lag"))):
            self._run_somehow(how)
        self.run()
        self.begin()
        self.recount()

    # What each vendor does in its own way

    @abstractmethod
    def integration(self) -> Integration:
        """Return a new integration of our own account, as a new process has it."""

    @abstractmethod
    def begin(self) -> None:
        """Let members in."""

    @abstractmethod
    def text(self) -> str:
        """Return everything that people can read at the vendor, the archive included."""

    @abstractmethod
    def things(self) -> Mapping[str, object]:
        """Return everything that members can make, by id, as it is now."""

    @abstractmethod
    def ids(self) -> set[str]:
        """Return the ids of these things."""

    @abstractmethod
    def born_as(self, one: str) -> tuple[str, ...]:
        """Return what one of the things was made as: its kind, where, and its name."""

    @abstractmethod
    def excusable(self, asked: Asked) -> Callable[[], set[str]]:
        """Return what tells, after a member's edit, which of its words this write may replace."""

    @abstractmethod
    def touched_by(self, asked: Asked) -> set[str]:
        """Return the ids of the things that a request is about."""

    # Steps

    def take(self, number: int) -> None:
        """Do one step; the number says which."""
        self.steps += 1
        self.clock.move(self.luck.choice((0.0, 1.0, 15.0, 100.0, 4_000.0, 90_000.0)))
        if number < 120:
            self.as_member(self.luck.choice(self.edits))
        elif number < 160:
            self.mix[f"playbook {self.author.edit(self.luck)}"] += 1
        else:
            self._run_somehow(self.luck.choice(RUNS))

    def as_member(self, kind: str) -> None:
        """Do one thing that members do."""
        before = self.ids()
        if getattr(self, f"member_{kind}")():
            self.mix[f"member {kind}"] += 1
        self.members_made |= self.ids() - before
        self.recount()

    def end(self) -> None:
        """After the trouble: everything settles, nothing is lost, doubled or brought back."""
        self.clock.move(600.0)
        for _ in range(3):
            self.run()
        writes = self.writes
        plan = engine.make_plan(self._workspace())
        assert not plan.steps, f"a settled workspace is changed again: {_told(plan.changes)}"
        recap = self.run()
        assert self.writes == writes, "a run with nothing to do wrote"
        assert not recap.failed, recap.failed
        assert not self.made_twice(), f"made twice: {self.made_twice()}"
        self._check_shown()
        assert not self.state.load().intents
        self.check_mails()

    def pick(self, things: Sequence[Thing]) -> Thing | None:
        """Return one of these, rather one that our own write is about to change."""
        near = [one for one in things if getattr(one, "id", "") in self.focus]
        if near and self.luck.random() < 0.7:
            return self.luck.choice(near)
        return self.luck.choice(things) if things else None

    def word(self) -> str:
        self.words += 1
        return f"member{self.words}x"

    # Runs

    def run(self) -> Recap:
        """Apply the playbook, and check that no word was lost."""
        recap = engine.apply(self._workspace())
        if recap.plan.needs_approval:
            self.mix["approved a mass removal"] += 1
            recap = engine.apply(self._workspace(), Request(approve=recap.plan.needs_approval))
        if counts(recap.plan)["conflict"]:
            self.mix["conflict"] += 1
        self._check()
        return recap

    def _workspace(self) -> Workspace:
        today = datetime.fromtimestamp(self.clock.at, UTC).date()
        places = {self.place: self.integration()}
        return Workspace(self.author.desired(), places, self.state, self.clock, today, workers=0)

    def today(self) -> date:
        return datetime.fromtimestamp(self.clock.at, UTC).date()

    def _run_somehow(self, how: str) -> None:
        self.mix[f"run {how}"] += 1
        # Trouble where nothing is written is none.
        for _ in range(0 if how == "run" else self.luck.choice((0, 1, 3))):
            self.mix[f"playbook {self.author.edit(self.luck)}"] += 1
        self._trouble(how)
        try:
            self.run()
        except Crash:
            self.mix["crash"] += 1
        except UserError:
            self.mix["a run that could not"] += 1
        finally:
            self._crash_in = 0
            self.sandbox.faults.clear()
        if how == "lag":  # the next one comes before the search has caught up
            self.run()
        self.world.lag = 0.0
        self._check()

    def _trouble(self, how: str) -> None:
        luck, fault = self.luck, self.sandbox.fault
        nth = luck.randrange(1, luck.choice((2, 4, 8)))
        methods = luck.choice((WRITES, WRITES, frozenset[str]()))
        if how == "crash":
            self._crash_in = luck.randrange(1, luck.choice((6, 15, 40)))
        elif how == "lose":
            fault(luck.choice(LOST), methods=methods, nth=nth)
        elif how == "refuse":
            fault(luck.choice(REFUSED), methods=methods, nth=nth)
        elif how == "slow":
            fault(SLOW, methods=methods, nth=nth, seconds=luck.choice((20.0, 70.0)))
        elif how == "down":
            fault(luck.choice(("unavailable", "error", DROP_BEFORE)))
        elif how == "meanwhile":
            # A run begins with reads for the plan; the look before a write comes later.
            nth = luck.randrange(1, 4) if methods else luck.randrange(3, 12)
            fault(EDIT, methods=methods, nth=nth, edit=self._in_the_gap)
        elif how == "lag":
            self.world.lag = 60.0
            self._crash_in = luck.randrange(1, luck.choice((6, 15, 40)))
        elif how == "storm":
            self.sandbox.storm(dict.fromkeys((*LOST, *REFUSED), 0.02), luck.randrange(1 << 30))

    def serve(self, asked: Asked) -> Answer:
        """Serve a request of our own account: the process may die before it, and after it."""
        self.pass_point()
        self.asking = asked
        if asked.method == "GET":
            self.looked = asked.path
        if asked.method in WRITES and asked.path != "/token":
            self.writes += 1
        known = self.ids() if asked.method in WRITES else set()
        try:
            answer = self.sandbox.answer(asked)
        finally:
            if asked.method in WRITES:
                for one in self.ids() - known - self.members_made:
                    self.made.setdefault(self.born_as(one), set()).add(one)
        self.pass_point()
        return answer

    def pass_point(self) -> None:
        if self._crash_in:
            self._crash_in -= 1
            if self._crash_in == 0:
                raise Crash

    def _in_the_gap(self) -> None:
        self.mix["member in the gap"] += 1
        assert self.asking is not None
        tell = self.excusable(self.asking)
        self.focus = self.touched_by(self.asking)
        often = self.in_a_hurry if self.luck.random() < 0.6 else self.edits
        self.as_member(self.luck.choice(often))
        self.focus = set()
        self.excused |= tell()

    # Promises

    def recount(self) -> None:
        """What members took away is gone by their own will; all else must stay."""
        self.alive = set(WORD.findall(self.text()))
        now = self.things() if self.members_made else {}
        self.foreign = {one: now[one] for one in self.members_made if one in now}

    def _check(self) -> None:
        lost = self.alive - set(WORD.findall(self.text()))
        if in_window := lost & self.excused:
            self.mix["lost in the window"] += len(in_window)
            self.alive -= in_window
        assert not lost - self.excused, f"a run lost a member's words: {sorted(lost)}"
        now = self.things() if self.foreign else {}
        for one, was in self.foreign.items():
            assert now.get(one) == was, f"changed what a member made: {was} is {now.get(one)}"
        records = self.state.load().records
        dead = {self.author.now(address) for address in self.dead}
        back = {a for a in dead if a in records and self._stands(records[a])}
        assert not back, f"a member deleted it, and it came back: {sorted(back)}"

    def _stands(self, record: Record) -> bool:
        return record.binding is not None and record.binding.id in self.ids()

    def made_twice(self) -> list[tuple[str, ...]]:
        """Return what is there twice because we made it twice; what members renamed is theirs."""
        now = self.ids()
        found: list[tuple[str, ...]] = []
        for born, ids in self.made.items():
            still = [one for one in ids & now if self.born_as(one)[-1] == born[-1]]
            found += [born] if len(still) > 1 else []
        return found

    def _check_shown(self) -> None:
        """The tool shows the hub: nothing that was decided waits for ever."""
        terms = self.integration()
        records = self.state.load().records
        remotes = {remote.id: remote for remote in self._read(terms)}
        urls = {a: r.binding.url for a, r in records.items() if r.stands and r.binding}
        names = Names(urls, {url: a for a, url in urls.items()})
        for record in records.values():
            remote = remotes.get(record.binding.id) if record.binding else None
            if remote and record.stands and not record.released:
                _shows(record, remote, terms, names)

    def _read(self, terms: Integration) -> tuple[Remote, ...]:
        records = self.state.load().records.values()
        bound = {r.binding.id: r.kind for r in records if r.binding}
        roots = tuple(i for i, kind in bound.items() if kind == "root")
        return terms.read(Scope(WORKSPACE, roots, bound=bound)).remotes

    def check_mails(self) -> None:
        """Hold that nobody was invited twice."""
        mails = [mail for mail in self.world.mails if "invited" in mail.subject]
        sent = Counter((mail.to, mail.subject) for mail in mails)
        twice = [mail for mail, times in sent.items() if times > 1]
        assert not twice, f"told twice: {twice}"

    def bound(self) -> dict[str, str]:
        """Return the addresses of what state has bound, by ids."""
        records = self.state.load().records
        return {r.binding.id: a for a, r in records.items() if r.binding}


def _shows(record: Record, remote: Remote, terms: Integration, names: Names) -> None:
    assert remote.existence == THERE, f"{record.address} is {remote.existence}"
    for name, value in record.hub.items():
        if name not in remote.fields or name in ("access", "template"):
            continue
        now = remote.fields[name]
        if record.notes and isinstance(now, str):
            now = without_notes(now, record.notes)
        urls = {**record.links, **names.urls}
        here = replace(names, urls=urls, here=remote.url)
        value = without_dead_links(value, urls)
        shown = terms.normalise(record.kind, name, terms.render(record.kind, name, value, here))
        told = terms.as_hub(record.kind, name, now, here)
        there = terms.normalise(record.kind, name, terms.render(record.kind, name, told, here))
        assert shown == there, f"{record.address} {name}: {there!r} is not {shown!r}"


def _told(changes: Any) -> list[tuple[object, ...]]:
    return [
        (c.verb, c.address, dict(c.fields), c.before and dict(c.before.fields)) for c in changes
    ]
