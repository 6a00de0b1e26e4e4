"""Random half years of running notes: members write anywhere, tools go down, past minutes stay."""

import random
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest

from smarketing.agenda.agenda import token
from smarketing.calendar.framing import Frame
from smarketing.kinds import Value
from smarketing.minutes.minutes import section_of, sections
from smarketing.plan import Recap
from smarketing.planning.given import Request, Workspace
from smarketing.resolve.desired import Desired, Item
from smarketing.run import engine
from smarketing.state.state import MemoryState
from smarketing.sync.block import Block, Place
from smarketing.sync.statuses import Spoken, Status, vocabulary
from smarketing.testing.awkward import Awkward
from smarketing.testing.memory import Memory
from smarketing.testing.memory_things import Thing
from smarketing.testing.memory_tool import Tool
from tests.clocks import Clock

MEETING, NOTES, BOARD = "meeting:weekly", "document:notes", "board:work"
FIRST = datetime(2026, 12, 7, 10, tzinfo=UTC)
PEOPLE = {"ana": "Ana Silva", "ben": "Ben Okoye"}
WEEKS, HISTORIES = 26, 3
FRAME = "\n\n".join(
    (
        f"## {token('date')}, {token('time')} · meeting {token('number')}",
        token("promises"),
        "### Stuck",
        token("stuck"),
        "### Promises",
        "Write them here.",
    )
)
WORDS = vocabulary(
    [Status("week", "This week"), Status("stuck", "Stuck"), Status("done", "Done", (), True)]
)
HOUR = 3600.0


def block() -> Block:
    lists = {f"{BOARD}/list:{status.key}": status.key for status in WORDS.statuses}
    fields = dict.fromkeys(("title", "status", "owner", "due"), "")
    lines = Spoken(WORDS, {s.title: s.key for s in WORDS.statuses}, True, ticks=True, is_terse=True)
    places = {
        BOARD: Place(BOARD, fields, Spoken(WORDS, lists)),
        NOTES: Place(NOTES, fields, lines),
    }
    return Block("work", places, tuple(fields), WORDS, {NOTES: frozenset({BOARD})}, BOARD)


@dataclass
class HalfYear:
    """One weekly meeting with its notes in one tool and the board in another."""

    seed: int
    state: MemoryState = field(default_factory=MemoryState)
    clock: Clock = field(default_factory=lambda: Clock((FIRST - timedelta(hours=1)).timestamp()))
    mix: Counter[str] = field(default_factory=Counter)
    words: int = 0

    def __post_init__(self) -> None:
        self.any = random.Random(self.seed)
        self.fails = False
        self.notes = Tool(Awkward(normalises=self.seed % 2 == 1), faults=self.ask)
        self.board = Tool(Awkward())
        self.run(sync=False)

    def ask(self, where: str, about: object) -> str | None:
        return "fail" if self.fails and where == "perform" else None

    @property
    def workspace(self) -> Workspace:
        meeting: dict[str, Value] = {
            "title": "Weekly", "start": "2026-12-07T10:00", "minutes": 45,
            "timezone": "Europe/London", "rule": "FREQ=WEEKLY;BYDAY=MO", "notes": f"link:{NOTES}",
        }  # fmt: skip
        body = "## Mon 7 Dec 2026, 10:00-10:45\n\n### Promises\n\nWrite them here.\n"
        items = [
            Item(NOTES, "document", "notes", "root:notes", {"title": "Notes", "body": body}),
            Item(MEETING, "meeting", "notes", "root:notes", meeting),
            Item(BOARD, "board", "board", "root:board", {"title": "Work"}),
            *(
                Item(f"{BOARD}/list:{s.key}", "list", "board", BOARD, {"title": s.title})
                for s in WORDS.statuses
            ),
        ]
        desired = Desired(
            "k3v9", "Acme", FIRST.date(), {item.address: item for item in items}, people=PEOPLE,
            agendas={MEETING: Frame(NOTES, FRAME, None, ("Ana Silva", "Ben Okoye"))},
            sync=(block(),),
        )  # fmt: skip
        places = {"notes": Memory(self.notes, "notes"), "board": Memory(self.board, "board")}
        return Workspace(desired, places, self.state, self.clock, self.today, workers=0)

    @property
    def today(self) -> date:
        return datetime.fromtimestamp(self.clock.at, UTC).date()

    def run(self, sync: bool = True) -> Recap:
        return engine.apply(self.workspace, Request(sync=sync))

    # What members see and do

    @property
    def thing(self) -> Thing:
        return self.notes.find(NOTES)

    @property
    def body(self) -> str:
        return str(self.thing.fields["body"])

    def past(self) -> dict[date, str]:
        """Return the words of the meetings that have ended."""
        over = self.today if self.clock.at % 86_400 > 10.75 * HOUR else self.today - timedelta(1)
        return {s.day: self.body[s.start : s.end] for s in sections(self.body) if s.day <= over}

    def live(self) -> None:
        """Let a member do something, anywhere."""
        act = self.any.choice(
            (self.promise, self.tick, self.rewrite, self.take_out, self.move, self.remark)
        )
        self.mix[act.__name__] += 1
        act()

    def token(self) -> str:
        self.words += 1
        return f"w{self.seed}x{self.words}"

    def promise(self) -> None:
        line = f"- [ ] @{self.any.choice(list(PEOPLE))} {self.token()} the leads by Friday\n"
        at = self.body.rindex("Write them here.\n") if self.any.random() < 0.1 else -1
        at = at if at >= 0 else self.body.index("Write them here.\n")
        at += len("Write them here.\n")
        self.write(self.body[:at] + "\n" + line + self.body[at:].lstrip("\n"))

    def lines(self) -> list[re.Match[str]]:
        return list(re.finditer(r"- \[([ x])\] [^\n]*\n", self.body))

    def tick(self) -> None:
        if lines := self.lines():
            found = self.any.choice(lines)
            sign = " " if found[1] == "x" else "x"
            self.write(self.body[: found.start(1)] + sign + self.body[found.end(1) :])

    def rewrite(self) -> None:
        if lines := self.lines():
            found = self.any.choice(lines)
            self.write(
                f"{self.body[: found.end() - 1]} {self.token()}{self.body[found.end() - 1 :]}"
            )

    def take_out(self) -> None:
        if lines := self.lines():
            found = self.any.choice(lines)
            self.write(self.body[: found.start()] + self.body[found.end() :])

    def remark(self) -> None:
        headings = [found.end() for found in re.finditer(r"### [^\n]*\n\n", self.body)]
        at = self.any.choice(headings)
        self.write(f"{self.body[:at]}{self.token()} was said.\n\n{self.body[at:]}")

    def move(self) -> None:
        cards = [
            t for t in self.board.things.values() if t.kind == "card" and t.existence == "there"
        ]
        lists = [t for t in self.board.things.values() if t.kind == "list"]
        if cards:
            self.board.member.move(self.any.choice(cards).id, self.any.choice(lists).id)

    def write(self, body: str) -> None:
        self.notes.member.set(self.thing.id, "body", body)

    def sync(self) -> None:
        """Sync once, now and then with a tool that is away or refuses what is written."""
        trouble = self.any.random()
        self.notes.down, self.board.down = trouble < 0.06, 0.06 <= trouble < 0.1
        self.fails = 0.1 <= trouble < 0.2
        self.mix["trouble"] += trouble < 0.2
        before, past = self.body, self.past()
        self.run(sync=self.any.random() < 0.85)
        self.notes.down = self.board.down = self.fails = False
        assert self.past() == past, "past minutes were touched"
        mine = re.findall(rf"w{self.seed}x\d+", before)
        assert Counter(mine) <= Counter(re.findall(rf"w{self.seed}x\d+", self.body)), (
            "a word is lost"
        )

    def week(self, number: int) -> None:
        start = FIRST + timedelta(weeks=number)
        for hours in (-1, 0.3, 0.6, 1, 26, 75, 100):
            self.clock.at = (start + timedelta(hours=hours)).timestamp()
            for _ in range(self.any.randrange(3)):
                self.live()
            self.sync()

    def is_quiet(self) -> None:
        self.run()
        for sync in (True, False, True):
            recap = self.run(sync=sync)
            assert (recap.done, recap.failed) == ((), ())


@pytest.mark.slow
def test_in_any_half_year_past_minutes_stay_as_members_left_them() -> None:
    mix: Counter[str] = Counter()
    for seed in range(HISTORIES):
        half = HalfYear(seed)
        for number in range(WEEKS):
            half.week(number)
        half.is_quiet()
        written = [each.day for each in sections(half.body)]
        assert len(written) == len(set(written)), "an agenda was written twice"
        assert len(written) > WEEKS * 0.7
        mix += half.mix
    assert min(mix.values()) >= 20, mix


def test_an_agenda_that_a_tool_refused_until_the_meeting_was_over_is_not_written_later() -> None:
    half = HalfYear(0)
    half.run()
    half.clock.at = (FIRST + timedelta(days=7, hours=-1)).timestamp()
    half.fails = True
    assert half.run().failed
    half.fails = False
    half.clock.at += 3 * HOUR
    half.run(sync=False)
    half.is_quiet()
    assert section_of(half.body, {date(2026, 12, 14)}) is None
    half.clock.at = (FIRST + timedelta(days=14, hours=-1)).timestamp()
    half.run()
    assert section_of(half.body, {date(2026, 12, 21)})
