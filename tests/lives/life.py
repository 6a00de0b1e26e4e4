"""One random life of a folder, and the promises that must hold at every moment of it."""

import os
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from random import Random

from smarketing.contract import Names, Remote
from smarketing.integrations.local.contents import contents
from smarketing.integrations.local.found import file_of
from smarketing.integrations.local.local import Local
from smarketing.integrations.local.table.coding import decoded
from smarketing.kinds import THERE
from smarketing.merging.notes import without_notes
from smarketing.plan import counts
from smarketing.planning.given import Request, Workspace
from smarketing.resolve.desired import Desired
from smarketing.run import engine
from smarketing.state.record import Record
from smarketing.state.state import MemoryState
from tests.histories.authors import PLACE, Author
from tests.histories.history import StillClock

from .faults import Crash, watched
from .members import EDITS, Members

TODAY = date(2026, 12, 14)
RUNS = ("run", "run", "run", "crash", "crash", "crash", "locked", "meanwhile")
# What both sides write is what they can disagree about.
OFTEN = (*EDITS, *("sentence",) * 9, "resave", "drop")
WORKSPACE = "k3v9-7q2m-x4dt"


class LocalAuthor(Author):
    """The author of the histories, with a real table and a meeting, in a folder."""

    def __post_init__(self) -> None:
        super().__post_init__()
        for key in ("a", "b"):
            self._put(f"table:track/column:{key}", "column", "table:track", title=f"Col {key}")
        self._put(
            "meeting:weekly", "meeting", f"root:{PLACE}", title="Weekly", minutes=45,
            description=f"We say {self.word()}.", start="2026-12-07T10:00",
            timezone="Europe/London", rule="FREQ=WEEKLY;BYDAY=MO", notes="link:document:rule",
            attendees=frozenset({"Ana Silva <ana@acme.example>"}),
        )  # fmt: skip

    def desired(self) -> Desired:
        found = super().desired()
        items = {
            address: replace(
                item, place="local", parent=item.parent.replace(f"root:{PLACE}", "root:local")
            )
            for address, item in found.items.items()
        }
        if meeting := items.get("meeting:weekly"):
            link = f"link:{self.was.get('document:rule', 'document:rule')}"
            fields = {**meeting.fields, "notes": link}
            items[meeting.address] = replace(meeting, fields=fields)
        rows = {a: i for a, i in items.items() if i.kind == "row"}
        return replace(found, items={a: i for a, i in items.items() if a not in rows} | rows)


class CrashingState(MemoryState):
    """State that can die before or after any of its writes."""

    def __init__(self, life: "Life") -> None:
        super().__init__()
        self._life = life

    def commit(self, records, facts, closed=(), noted=None, **more):  # type: ignore[no-untyped-def]
        self._life.at("commit")
        super().commit(records, facts, closed, noted, **more)
        self._life.at("commit")

    def open(self, intent):  # type: ignore[no-untyped-def]
        self._life.at("open")
        super().open(intent)
        self._life.at("open")


class Life:
    """A playbook, a folder and members; `take` does one step of their common life."""

    def __init__(self, base: Path, luck: Random) -> None:
        self.base, self.root, self.luck = base, base / "acme", luck
        base.mkdir()
        (base / "beside.md").write_text("not ours\n", encoding="utf-8")
        self.author = LocalAuthor()
        self.members = Members(self.root, luck)
        self.mix = self.members.mix
        self.clock = StillClock()
        self.state = CrashingState(self)
        self.steps = 0
        self.alive: set[str] = set()
        self.names: set[str] = set()
        self.dead: set[str] = set()
        self.own: Counter[bytes] = Counter()
        self.allowed: Counter[str] = Counter()
        self._crash_in = self._meanwhile_in = 0
        self._locked = ""
        self._beside = _times(base, but=self.root)
        self.run()

    # Steps

    def take(self, number: int) -> None:
        """Do one step; the number says which."""
        self.steps += 1
        if number < 125:
            self.as_member(self.luck.choice(OFTEN))
        elif number < 170:
            self.mix[f"playbook {self.author.edit(self.luck)}"] += 1
        else:
            self._run_somehow(self.luck.choice(RUNS))

    def as_member(self, kind: str) -> None:
        """Do one thing that members do. What they took away is gone by their own will."""
        before = self._things()
        self.members.act(kind)
        after = self._things()
        self.allowed += after - before
        bound = {a for a, r in self.state.load().records.items() if r.binding}
        self.dead = (self.dead | ((before.keys() - after.keys()) & bound)) - after.keys()
        self._recount()

    def end(self) -> None:
        """After the trouble: everything settles, nothing is lost, doubled or brought back."""
        for _ in range(3):
            self.run()
        plan = engine.make_plan(self._workspace())
        assert not plan.steps, f"a settled workspace is changed again: {plan.changes}"
        before = _times(self.base)
        self.run()
        assert _times(self.base) == before, "a run with nothing to do wrote"
        self._check_shown()
        assert not self.state.load().intents

    # Runs

    def run(self) -> None:
        """Apply the playbook, and check that no word was lost."""
        with watched(self.root, self.at, lambda path: path == self._locked):
            recap = engine.apply(self._workspace())
            if recap.plan.needs_approval:
                self.mix["approved a mass removal"] += 1
                recap = engine.apply(self._workspace(), Request(approve=recap.plan.needs_approval))
        if counts(recap.plan)["conflict"]:
            self.mix["conflict"] += 1
        if self._locked:
            self.mix["refused"] += bool(recap.failed)
        else:
            assert not recap.failed, recap.failed
        self._check()

    def at(self, point: str) -> None:
        """Pass one point of a run: the process may die, or a member may save just now."""
        if self._crash_in:
            self._crash_in -= 1
            if self._crash_in == 0:
                self.mix[f"crash at {point}"] += 1
                raise Crash
        if self._meanwhile_in:
            self._meanwhile_in -= 1
            if self._meanwhile_in == 0:
                self.mix["member meanwhile"] += 1
                self.as_member(self.luck.choice(("sentence", "append", "new_card", "own_row")))

    def _workspace(self) -> Workspace:
        places = {"local": Local(self.root, lambda: TODAY)}
        return Workspace(self.author.desired(), places, self.state, self.clock, TODAY, workers=0)

    def _run_somehow(self, how: str) -> None:
        self.mix[f"run {how}"] += 1
        if how == "crash":
            self._crash_in = self.luck.randrange(1, 24)
        elif how == "meanwhile":
            self._meanwhile_in = self.luck.randrange(1, 16)
        elif how == "locked" and (files := self.members.files()):
            self._locked = os.fspath(self.luck.choice(files))
        try:
            self.run()
        except Crash:
            self.mix["crash"] += 1
        finally:
            self._crash_in = self._meanwhile_in = 0
            self._locked = ""
        self._check()

    # Promises

    def _recount(self) -> None:
        self.alive, self.names = self.members.written(), self.members.names()
        self.own = self._members_own()

    def _check(self) -> None:
        lost = self.alive - self.members.written()
        assert not lost, f"a run lost a member's words: {sorted(lost)}"
        lost = self.names - self.members.names()
        assert not lost, f"a run took a name away that a member gave: {sorted(lost)}"
        changed = self.own - Counter(path.read_bytes() for path in self.members.files())
        assert not changed, f"a run changed a file that a member made: {list(changed)}"
        assert _times(self.base, but=self.root) == self._beside, "something beside was touched"
        there = self._things()
        back = self.dead & there.keys()
        assert not back, f"a member deleted it, and it came back: {sorted(back)}"
        twice = {t: n for t, n in there.items() if n > max(1, self.allowed[t] + 1)}
        assert not twice, f"made twice: {twice}"

    def _members_own(self) -> Counter[bytes]:
        """Return the contents of what members made, copies of our files included."""
        bound = {
            file_of(record.binding.id)
            for record in self.state.load().records.values()
            if record.binding
        }
        read = {p.relative_to(self.root).as_posix(): p.read_bytes() for p in self.members.files()}
        marks = {path: _mark(path, data) for path, data in read.items()}
        ours = {marks[path] for path in bound & read.keys()}
        return Counter(
            data
            for path, data in read.items()
            if path not in bound and (not marks[path] or marks[path] in ours)
        )

    def _listing(self) -> list[Remote]:
        return [
            remote
            for path in self.members.files()
            for remote in _held(path.relative_to(self.root).as_posix(), path.read_bytes())
            if remote.workspace == WORKSPACE
        ]

    def _things(self) -> Counter[str]:
        """Return what bears our marks; things without one by title, where the words are ours."""
        return Counter(
            remote.marker or f"{remote.kind} {remote.fields.get('title')}"
            for remote in self._listing()
            if remote.existence == THERE
            and (remote.marker or "play" in str(remote.fields.get("title")))
        )

    def _check_shown(self) -> None:
        """The folder shows the hub: nothing that was decided waits for ever."""
        listing = {remote.id: remote for remote in self._listing()}
        records = self.state.load().records
        bound = {a: r.binding for a, r in records.items() if r.binding and r.existence == THERE}
        urls = {a: binding.url for a, binding in bound.items()}
        for address, binding in bound.items():
            record, remote = records[address], listing.get(binding.id)
            if remote is not None and record.stands and not record.released:
                self._check_record(record, remote, Names(urls, {}, here=remote.url))

    def _check_record(self, record: Record, remote: Remote, names: Names) -> None:
        terms = Local(self.root)
        for name, value in record.hub.items():
            if name not in remote.fields or name == "notes":
                continue
            now = remote.fields[name]
            if record.notes and isinstance(now, str):
                now = without_notes(now, record.notes)
            shown = terms.normalise(
                record.kind, name, terms.render(record.kind, name, value, names)
            )
            there = terms.normalise(record.kind, name, now)
            assert shown == there, f"{record.address} {name}: {there!r} is not {shown!r}"


@cache
def _held(path: str, data: bytes) -> tuple[Remote, ...]:
    return tuple(found.remote for found in contents(path, decoded(data), ""))


def _mark(path: str, data: bytes) -> str:
    return next((remote.marker for remote in _held(path, data)), "")


def _times(base: Path, but: Path | None = None) -> dict[str, tuple[int, int, int]]:
    found = {}
    for path in base.rglob("*"):
        if but is None or (path != but and but not in path.parents):
            stat = path.lstat()
            found[os.fspath(path)] = (stat.st_ino, stat.st_mtime_ns, stat.st_ctime_ns)
    return found


def live(base: Path, data: bytes) -> Life:
    """Live one life: a byte per step, and a seed from the first four."""
    life = Life(base, Random(int.from_bytes(data[:4], "big")))
    for number in data[4:]:
        life.take(number)
    life.end()
    return life
