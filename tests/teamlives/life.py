"""One random life of a team over some weeks, and the promises that hold at every moment of it."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from smarketing import engine
from smarketing.configload import load_config
from smarketing.contract import Step
from smarketing.desired import Desired
from smarketing.filled import Filled
from smarketing.given import Request, Workspace
from smarketing.kinds import KINDS, THERE
from smarketing.plan import Recap
from smarketing.playbookload import load_playbook
from smarketing.resolve import resolve
from smarketing.state import MemoryState
from smarketing.sync.action import Action
from smarketing.sync.block import as_map
from smarketing.testing.awkward import WORST, Awkward
from smarketing.testing.memory import Memory
from smarketing.testing.memory_tool import Thing, Tool

from .changes import CHANGES, begun
from .members import BEGINS, NOTES, WORD, Members

ZONE = ZoneInfo("Europe/London")
MONDAY = date(2026, 12, 7)
FILES = frozenset(KINDS) - {"message"}
POST = frozenset(KINDS) - {"root", "message"}
AWKWARDS = (
    Awkward(),
    Awkward(feed=True, bulk=20),
    Awkward(versions=False, normalises=True),
    WORST,
)
POSTS = (
    Awkward(lacks=POST),
    Awkward(lacks=POST, forgets=True),
    Awkward(lacks=POST, edits=True),
)
MOMENTS = (
    (0, 7.9), (0, 8.5), (0, 9.9), (0, 10.3), (0, 10.7), (0, 10.8), (1, 9.0), (1, 15.0), (2, 11.0),
    (3, 8.2), (3, 9.4), (3, 9.9), (4, 12.0), (4, 16.0),
)  # fmt: skip
"""Weekday and hour of what a week consists of: before, in and after each meeting, and between."""

RUNS = (
    *["sync"] * 8, *["crash"] * 4, *["apply"] * 2, *["reorganise"] * 2, "down", "down", "lost",
    "lost", "meanwhile", "meanwhile", "held", "lose state",
)  # fmt: skip
ROUNDS = 8


class Crash(BaseException):
    """The process dies here."""


class DyingState(MemoryState):
    """State whose process may die before or after it notes something."""

    due = 0

    def commit(self, records, facts, closed=(), noted=None, **more):  # type: ignore[no-untyped-def]
        self._pass_by()
        super().commit(records, facts, closed, noted, **more)
        self._pass_by()

    def open(self, intent):  # type: ignore[no-untyped-def]
        self._pass_by()
        super().open(intent)
        self._pass_by()

    def _pass_by(self) -> None:
        if self.due:
            self.due -= 1
            if not self.due:
                raise Crash


@dataclass
class Clock:
    """A clock that stands until it is set, or somebody waits."""

    at: float = 0.0

    def now(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += seconds


@cache
def resolved(playbook: str, config: str) -> Desired:
    """Return what a playbook and a config ask for, both as JSON."""
    with TemporaryDirectory() as folder:
        base = Path(folder)
        (base / "playbook").mkdir()
        (base / "playbook" / "playbook.yaml").write_text(playbook, encoding="utf-8")
        (base / "config.yaml").write_text(config, encoding="utf-8")
        read = load_config(base / "config.yaml")
        asked = load_playbook(read.playbook, read.folder, None)
        return resolve(asked, read, workspace=read.id or "", start=MONDAY, filled=Filled())


class Life:
    """A team, its tools, its playbook and a clock; `live` lets a week of it pass."""

    def __init__(self, seed: int) -> None:
        self.luck = Random(seed)
        self.mix: Counter[str] = Counter()
        self.playbook, self.config = begun()
        self.state, self.clock = DyingState(), Clock()
        awkward = self.luck.choice(AWKWARDS)
        self.tools = {
            "local": Tool(awkward, faults=self.fault),
            "trello": Tool(awkward, faults=self.fault),
            "google": Tool(awkward, faults=self.fault),
            "smtp": Tool(self.luck.choice(POSTS), faults=self.fault),
        }
        self.members = Members(self.tools, self.luck)
        self.told: list[str] = []
        self.trouble, self.troubles_in = "", 0
        self.was_lost, self.is_fresh = False, False
        self.set_clock(-1, 18)
        self.apply()

    # The clock

    def set_clock(self, day: int, hour: float) -> None:
        """Set the clock to an hour in London on a day counted from the first Monday."""
        then = MONDAY + timedelta(days=day)
        local = datetime(then.year, then.month, then.day, tzinfo=ZONE) + timedelta(hours=hour)
        self.clock.at = max(self.clock.at, local.timestamp())

    @property
    def now(self) -> datetime:
        """What the clocks in London show."""
        return datetime.fromtimestamp(self.clock.at, UTC).astimezone(ZONE).replace(tzinfo=None)

    # A week

    def live(self, week: int) -> None:
        """Let a week pass: at each moment members do something, and mostly somebody runs sync."""
        for day, hour in MOMENTS:
            self.set_clock(7 * week + day, hour)
            for _ in range(self.luck.randrange(4)):
                self.act()
            if self.luck.random() < 0.85:
                self.run_somehow(self.luck.choice(RUNS))

    def act(self) -> None:
        """Let a member do something."""
        deleted = set(self.members.deleted)
        if done := self.members.act(self.now.date()):
            self.mix[f"member {done}"] += 1
        if self.state.load().intents or self.is_fresh:
            # What a run that died had just written looks like a write that never arrived, and
            # what no sync has seen was never there.
            self.members.deleted = deleted

    # Runs

    def fault(self, point: str, step: Step | None) -> str | None:
        """Let go wrong what is to go wrong."""
        if self.trouble == "meanwhile" and point == "gap":
            self.troubles_in -= 1
            if self.troubles_in == 0:
                self.act()
        elif self.trouble == "lost" and point == "perform":
            self.troubles_in -= 1
            if self.troubles_in == 0:
                return self.luck.choice(("lost", "lost before commit", "lost half", "fail", "later"))
        return None

    def run_somehow(self, how: str) -> None:
        """Do a run with this trouble."""
        self.mix[f"run {how}"] += 1
        self.trouble, self.troubles_in = how, self.luck.randrange(1, 5)
        away = self.luck.choice(list(self.tools.values()))
        away.down = how == "down"
        self.state.due = self.luck.randint(1, 14) if how == "crash" else 0
        if how == "reorganise":
            self.reorganise()
        if how == "lose state":
            self.sync()
            self.state, self.was_lost, self.is_fresh = DyingState(), True, True
            self.members.deleted.clear()
        request = Request(
            sync=how not in ("apply", "reorganise", "lose state") and self.luck.random() < 0.9,
            hold_invitations=how == "held",
        )
        try:
            recap = self.run(request)
        except Crash:
            self.mix["crash"] += 1
        else:
            self.mix["conflict"] += any(a.conflicts for a in recap.plan.synced.values())
            if how == "sync" and request.sync:
                self.agendas_are_there(recap)
        self.trouble, away.down, self.state.due = "", False, 0

    def reorganise(self) -> None:
        """Change playbook and config, one to three times."""
        for _ in range(self.luck.randint(1, 3)):
            change = self.luck.choice(CHANGES)
            change(self.playbook, self.config, self.luck)
            self.mix[change.__name__.replace("_", " ")] += 1

    @property
    def workspace(self) -> Workspace:
        """The workspace as playbook and config ask for it now."""
        desired = resolved(json.dumps(self.playbook), json.dumps(self.config))
        places = {name: Memory(tool, name) for name, tool in self.tools.items()}
        # As a folder does, it can say of a card where the work went.
        places["local"].manifest = replace(places["local"].manifest, signposts=True)
        today = self.now.date()
        return Workspace(
            desired, places, self.state, self.clock, today, workers=0, messages_in="smtp"
        )

    def run(self, request: Request) -> Recap:
        """Run once: past minutes stay, no agenda is there twice, nobody is told twice."""
        past, deleted = self.past(), set(self.members.deleted)
        meanwhile = self.trouble == "meanwhile"
        try:
            recap = engine.apply(self.workspace, request)
            if recap.plan.needs_approval:
                approved = Request(sync=request.sync, approve=recap.plan.needs_approval)
                recap = engine.apply(self.workspace, approved)
            self.hear(recap)
            self.is_fresh = self.is_fresh and not (request.sync and not recap.plan.unreachable)
            return recap
        finally:
            self.members.board_in = self.where_the_board_is()
            self.told += [str(action.yielded) for action in self.state.actions().values()]
            if not meanwhile:
                now = self.past()
                assert {k: now.get(k) for k in past} == past, "a run changed past minutes"
            self.agendas_are_single(deleted)
            self.nobody_was_told_twice()

    def hear(self, recap: Recap) -> None:
        """Keep what is told of words that did not stand."""
        self.told += [str(c) for each in recap.plan.synced.values() for c in each.conflicts]
        self.told += map(str, recap.plan.conflicts)

    def where_the_board_is(self) -> str:
        """Return the tool that members go to for the board: that of which state knows."""
        record = self.state.load().records.get("board:work")
        return record.place if record and record.binding else self.members.board_in

    def apply(self) -> Recap:
        return self.run(Request())

    def sync(self) -> Recap:
        return self.run(Request(sync=True))

    # Promises

    def ends(self, notes: str, day: date) -> datetime:
        """Return when the meeting ends whose minutes bear this day."""
        members = self.members
        starts = {d: at for (where, d), at in members.moved.items() if where == notes}
        moved = starts.get(day) or next((at for at in starts.values() if at.date() == day), None)
        begin = moved or datetime(day.year, day.month, day.day, BEGINS[notes][1])
        return begin + timedelta(minutes=45)

    def past(self) -> Mapping[tuple[str, date], str]:
        """Return the minutes of all meetings that are over."""
        found = {}
        for notes in NOTES:
            if self.has(notes):
                body = self.members.body(notes)
                for day, start, end in self.members.sections(notes):
                    over = self.ends(notes, day) <= self.now
                    if over and ((notes, day) not in self.members.cancelled or day < self.now.date()):
                        found[notes, day] = body[start:end]
        return found

    def has(self, notes: str) -> bool:
        return any(t.marker == notes for t in self.tools["google"].things.values())

    def agendas_are_single(self, deleted: set[tuple[str, date]]) -> None:
        """Hold that no meeting has two agendas, nor one that a member took away."""
        for notes in filter(self.has, NOTES):
            there = Counter(day for day, _, _ in self.members.sections(notes))
            assert all(times == 1 for times in there.values()), f"{notes}: {there}"
            back = {day for where, day in deleted if where == notes} & there.keys()
            assert not back, f"{notes}: an agenda that was deleted came back: {back}"

    def agendas_are_there(self, recap: Recap) -> None:
        """Hold that after a good run the meeting of this day has its agenda."""
        if recap.failed or recap.plan.unreachable or self.was_lost:
            return
        day, members = self.now.date(), self.members
        for notes, (weekday, hour) in BEGINS.items():
            touched = {*members.moved, *members.cancelled, *members.deleted}
            is_due = day.weekday() == weekday and 8 <= self.now.hour < hour and self.now.minute
            if is_due and (notes, day) not in touched:
                self.mix["agenda"] += 1
                there = {each for each, _, _ in members.sections(notes)}
                assert day in there, f"{notes}: no agenda of {day}"

    def nobody_was_told_twice(self) -> None:
        """Hold that each message went once."""
        post = self.tools["smtp"]
        sent = [t for t in (*post.things.values(), *post.deleted.values()) if t.kind == "message"]
        told = Counter((str(t.fields["to"]), str(t.fields["subject"])) for t in sent)
        twice = {each: times for each, times in told.items() if times > 1}
        assert not twice, f"told twice: {twice}"

    # The end

    def settle(self) -> None:
        """Hold that after the trouble all is in step, with every word, and comes to rest."""
        for _ in range(ROUNDS):
            applied, synced = self.apply(), self.sync()
            stopped = any(each.stopped for each in synced.plan.synced.values())
            if not (applied.done or synced.done or stopped):
                break
        self.is_quiet()
        self.no_word_is_lost()
        actions = self.state.actions().values()
        for action in actions:
            self.is_in_step(action)
        sent = [t for t in self.tools["smtp"].things.values() if t.kind == "message"]
        self.mix["told"] += len(sent)

    def is_quiet(self) -> None:
        """Hold that nothing is left to do, for sync and for apply."""
        before = [tool.picture() for tool in self.tools.values()]
        for sync in (True, False, True):
            request = Request(sync=sync)
            plan = engine.make_plan(self.workspace, request)
            assert plan.changes == (), [(c.verb, c.address, dict(c.fields)) for c in plan.changes]
            recap = engine.apply(self.workspace, request)
            assert (recap.done, recap.failed) == ((), ())
        assert [tool.picture() for tool in self.tools.values()] == before

    def no_word_is_lost(self) -> None:
        tools = self.tools.values()
        held = [*(tool.text() for tool in tools), *self.told]
        held += [str(t.fields) for tool in tools for t in tool.deleted.values()]
        lost = self.members.words - set(WORD.findall("\n".join(held)))
        assert not lost, f"lost: {sorted(lost)}"

    def is_in_step(self, action: Action) -> None:
        """Hold that all places show the same title and owner, and that open work has an owner who is there."""
        shown = {
            place: fields
            for place in action.at
            if action.is_open(place) and (fields := self.shown_at(action, place))
        }
        titles = {" ".join(one["title"].split()) for one in shown.values()}
        assert len(titles) <= 1, f"{action.key}: {titles}"
        left = {
            str(one["name"]).partition(" <")[0]
            for one in self.config["people"].values()
            if "left" in one
        }
        done = any("ticked" in one for one in shown.values())
        if shown and not done and action.hub.get("status") != "done":
            assert action.hub.get("owner") not in left, f"{action.key}: {action.hub['owner']} left"

    def shown_at(self, action: Action, place: str) -> dict[str, str]:
        """Return what a card or row really shows, {} where it is no card or row."""
        record = self.state.load().records.get(action.at[place])
        if record is None or not record.binding:
            return {}
        thing = self._thing(record.place, record.binding.id)
        if thing is None or thing.existence != THERE:
            return {}
        if thing.kind == "row":
            return {"title": str(as_map(thing.fields["cells"]).get("title", ""))}
        ticked = {"ticked": "yes"} if thing.fields.get("done") else {}
        return {"title": str(thing.fields.get("title") or ""), **ticked}

    def _thing(self, place: str, which: str) -> Thing | None:
        return self.tools[place].things.get(which)


def live(seed: int, weeks: int = 2) -> Life:
    """Live some weeks to their end."""
    life = Life(seed)
    for week in range(weeks):
        life.live(week)
    life.settle()
    return life
