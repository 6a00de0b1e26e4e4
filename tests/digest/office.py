"""A board in one tool and messages through another, with crashes and lost replies on request."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from smarketing.calendar.digesttimes import Digest
from smarketing.calendar.read import parse_when
from smarketing.contract import Integration
from smarketing.kinds import KINDS, Value
from smarketing.plan import Plan, Recap
from smarketing.planning.given import Request, Workspace
from smarketing.resolve.desired import Desired, Item
from smarketing.run import engine
from smarketing.state.state import MemoryState
from smarketing.testing.awkward import Awkward
from smarketing.testing.memory import Memory
from smarketing.testing.memory_tool import Tool
from tests.clocks import Clock

BOARD, WEEK = "board:work", "board:work/list:week"
CARD, CALL = f"{BOARD}/card:agree", f"{BOARD}/card:call"
PEOPLE = ("Ana Silva <ana@acme.example>", "Ben Okoye <ben@acme.example>")
CHANNEL = "channel:leads-today"
MESSAGES_ALONE = frozenset(KINDS) - {"root", "message"}
CHANNELS_ALONE = MESSAGES_ALONE - {"channel"}
DIGEST = Digest("weekly", "Your week", parse_when("every Monday at 8:30", "Europe/London"), PEOPLE)


class Crash(BaseException):
    """The process died here."""


class Dying(MemoryState):
    """A state whose process dies at the write of this number, before or after it is made."""

    def __init__(self) -> None:
        super().__init__()
        self.stored, self.dies_at, self.before = 0, 0, True

    def open(self, intent: Any) -> None:
        self._maybe(lambda: super(Dying, self).open(intent))

    def commit(self, *said: Any, **more: Any) -> None:
        self._maybe(lambda: super(Dying, self).commit(*said, **more))

    def _maybe(self, write: Callable[[], None]) -> None:
        self.stored += 1
        if self.stored == self.dies_at and self.before:
            raise Crash
        write()
        if self.stored == self.dies_at:
            raise Crash


class OfficeClock(Clock):
    """The clock of the office in December 2026."""

    def set(self, day: int, hour: int = 9, minute: int = 0) -> None:
        self.at = datetime(2026, 12, day, hour, minute, tzinfo=UTC).timestamp()


@dataclass
class Office:
    """One board, and a post that holds messages alone."""

    awkward: Awkward
    post: Integration | None = None
    digest: Digest = DIGEST
    state: Dying = field(default_factory=Dying)
    clock: OfficeClock = field(default_factory=OfficeClock)

    def __post_init__(self) -> None:
        self.board, self.mails = Tool(Awkward()), Tool(self.awkward)
        self.chat = Tool(Awkward(edits=True, lacks=CHANNELS_ALONE))
        self.fields: dict[str, Value] = {
            "title": "Agree what a lead is", "owner": "Ana Silva", "due": "2026-12-15"
        }  # fmt: skip
        self.run(sync=False)
        self.clock.set(14)

    @property
    def workspace(self) -> Workspace:
        items: Mapping[str, Item] = {
            BOARD: Item(BOARD, "board", "boards", "root:boards", {"title": "Work"}),
            WEEK: Item(WEEK, "list", "boards", BOARD, {"title": "This week"}),
            CARD: Item(CARD, "card", "boards", WEEK, self.fields),
            CALL: Item(CALL, "card", "boards", WEEK, {"title": "Call", "due": "2026-12-23"}),
        }
        if self.digest.channels:
            channel = Item(CHANNEL, "channel", "chat", "root:chat", {"title": "Leads today"})
            items = {**items, CHANNEL: channel}
        desired = Desired("k3v9", "Acme", date(2026, 12, 7), items, digests=(self.digest,))
        name = self.post.manifest.name if self.post else "post"
        tools: dict[str, Integration] = {
            "boards": Memory(self.board, "boards"),
            "chat": Memory(self.chat, "chat"),
            name: self.post or Memory(self.mails, name),
        }
        today = datetime.fromtimestamp(self.clock.at, UTC).date()
        return Workspace(desired, tools, self.state, self.clock, today, workers=0, messages_in=name)

    def run(self, sync: bool = True, **asked: Any) -> Recap:
        return engine.apply(self.workspace, Request(sync=sync, **asked))

    def plan(self, sync: bool = True) -> Plan:
        return engine.make_plan(self.workspace, Request(sync=sync))

    def tick(self) -> None:
        """Let a member say that the card is done."""
        self.board.member.set(self.board.find(CARD).id, "done", True)

    def got(self) -> Counter[str]:
        """Return how many messages each person has."""
        things = self.mails.things.values()
        return Counter(str(t.fields["to"]) for t in things if t.kind == "message")

    def posted(self) -> list[str]:
        """Return what stands in the channel."""
        things = self.chat.things.values()
        return [str(thing.fields["body"]) for thing in things if thing.kind == "message"]

    def bodies(self) -> list[str]:
        return [str(t.fields["body"]) for t in self.mails.things.values() if t.kind == "message"]


def forgetful(**more: Any) -> Office:
    """Return an office whose post can't be looked through, as mail can't."""
    return Office(Awkward(forgets=True, lacks=MESSAGES_ALONE, **more))
