"""A team with its tools, its playbook and config, its state and a clock."""

import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from smarketing.configload import load_config
from smarketing.contract import Step
from smarketing.desired import Desired
from smarketing.filled import Filled
from smarketing.given import Workspace
from smarketing.kinds import KINDS
from smarketing.playbookload import load_playbook
from smarketing.resolve import resolve
from smarketing.state import MemoryState
from smarketing.testing.awkward import WORST, Awkward
from smarketing.testing.memory import Memory
from smarketing.testing.memory_tool import Tool

from .changes import CHANGES, begun
from .members import Members

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


class Team:
    """A team on a Sunday evening, before anything was made."""

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
        self.unsure: set[tuple[str, date]] = set()
        self.set_clock(-1, 18)

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

    def act(self) -> None:
        """Let a member do something."""
        deleted = set(self.members.deleted)
        if done := self.members.act(self.now.date()):
            self.mix[f"member {done}"] += 1
        if self.state.load().intents or self.is_fresh:
            # What a run that died had just written looks like a write that never arrived, and
            # what no sync has seen was never there.
            self.unsure |= self.members.deleted - deleted
            self.members.deleted = deleted

    def fault(self, point: str, step: Step | None) -> str | None:
        """Let go wrong what is to go wrong."""
        # Where a tool has no versions, nobody can tell an edit between the last look and the write.
        now = "gap" if self.tools["google"].awkward.versions else "written"
        if self.trouble == "meanwhile" and point == now:
            self.troubles_in -= 1
            if self.troubles_in == 0:
                self.act()
        elif self.trouble == "lost" and point == "perform":
            self.troubles_in -= 1
            if self.troubles_in == 0:
                return self.luck.choice(
                    ("lost", "lost before commit", "lost half", "fail", "later")
                )
        return None

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

    def where_the_board_is(self) -> str:
        """Return the tool that members go to for the board: that of which state knows."""
        record = self.state.load().records.get("board:work")
        return record.place if record and record.binding else self.members.board_in
