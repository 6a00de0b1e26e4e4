"""A board and a table that show the same work, each in a tool of its own, and members in both."""

from dataclasses import dataclass, field
from datetime import date

from smarketing.kinds import Value
from smarketing.plan import Plan, Recap
from smarketing.planning.given import Request, Workspace
from smarketing.resolve.desired import Desired, Item
from smarketing.run import engine
from smarketing.state.state import MemoryState, State
from smarketing.sync.block import Block, Place, as_map
from smarketing.sync.statuses import Spoken, Status, vocabulary
from smarketing.testing.awkward import Awkward
from smarketing.testing.memory import Memory
from smarketing.testing.memory_things import Thing
from smarketing.testing.memory_tool import Tool
from tests.clocks import Clock

BOARD, TABLE = "board:work", "table:tracker"
WEEK, DONE = f"{BOARD}/list:week", f"{BOARD}/list:done"
LEAD = "Agree what a lead is"
AGREE = f"{BOARD}/card:agree"
COLUMNS = {
    "title": "Title",
    "status": "Status",
    "owner": "Owner",
    "due": "Due",
    "labels": "Labels",
    "link": "Link",
}
PEOPLE = {"ana": "Ana Silva", "ben": "Ben Okoye"}

ITEMS: dict[str, tuple[str, str, str, dict[str, Value]]] = {
    BOARD: ("board", "trello", "root:trello", {"title": "Work"}),
    WEEK: ("list", "trello", BOARD, {"title": "This week"}),
    f"{BOARD}/list:stuck": ("list", "trello", BOARD, {"title": "Stuck"}),
    DONE: ("list", "trello", BOARD, {"title": "Done"}),
    AGREE: (
        "card",
        "trello",
        WEEK,
        {"title": LEAD, "owner": "Ana Silva", "due": "2026-12-11"},
    ),
    f"{AGREE}/check:write": ("check", "trello", AGREE, {"title": "Write it", "done": False}),
    TABLE: ("table", "google", "root:google", {"title": "Tracker"}),
    **{
        f"{TABLE}/column:{key}": ("column", "google", TABLE, {"title": title})
        for key, title in COLUMNS.items()
    },
}


def block(prefer: str = BOARD, new: bool = True) -> Block:
    """Return a block that keeps the board and the table in step."""
    words = vocabulary(
        [Status("done", "Done", ("finished",), ticked=True)],
        [("week", "This week"), ("stuck", "Stuck"), ("done", "Done")],
    )
    lists = {f"{BOARD}/list:{key}": key for key in ("week", "stuck", "done")}
    on_board = dict.fromkeys(("title", "status", "owner", "due", "labels"), "")
    return Block(
        "status",
        {
            BOARD: Place(BOARD, on_board, Spoken(words, lists)),
            TABLE: Place(TABLE, {key: key for key in COLUMNS}, Spoken(words, is_free=True)),
        },
        tuple(COLUMNS),
        words,
        {BOARD: frozenset({TABLE}), TABLE: frozenset({BOARD})} if new else {},
        prefer,
    )


@dataclass
class Office:
    """Two tools, one workspace over both, and what a test looks at."""

    awkward: Awkward = field(default_factory=Awkward)
    block: Block = field(default_factory=block)
    state: State = field(default_factory=MemoryState)
    today: date = date(2026, 12, 7)
    clock: Clock = field(default_factory=Clock)
    more: dict[str, tuple[str, str, str, dict[str, Value]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tools = {"trello": Tool(self.awkward), "google": Tool(self.awkward)}
        self.items = {
            address: Item(address, kind, place, parent, fields)
            for address, (kind, place, parent, fields) in {**ITEMS, **self.more}.items()
        }
        self.apply()

    @property
    def workspace(self) -> Workspace:
        desired = Desired(
            "k3v9", "Acme", date(2026, 12, 7), self.items, people=PEOPLE, sync=(self.block,)
        )
        places = {name: Memory(tool, name) for name, tool in self.tools.items()}
        return Workspace(desired, places, self.state, self.clock, self.today, workers=0)

    def apply(self, **asked: object) -> Recap:
        return engine.apply(self.workspace, Request(**asked))  # type: ignore[arg-type]

    def sync(self) -> Recap:
        return engine.apply(self.workspace, Request(sync=True))

    def plan(self, sync: bool = True) -> Plan:
        return engine.make_plan(self.workspace, Request(sync=sync))

    def is_quiet(self) -> None:
        """Hold that nothing is left to do, for sync and for apply."""
        before = [tool.picture() for tool in self.tools.values()]
        for sync in (True, False, True):
            plan = self.plan(sync)
            assert plan.changes == (), plan.changes
            recap = engine.apply(self.workspace, Request(sync=sync))
            assert not recap.done
            assert not recap.failed
        assert [tool.picture() for tool in self.tools.values()] == before

    # What members see

    @property
    def board(self) -> Tool:
        return self.tools["trello"]

    @property
    def table(self) -> Tool:
        return self.tools["google"]

    def things(self, kind: str) -> list[Thing]:
        tool = self.table if kind == "row" else self.board
        return [t for t in tool.things.values() if t.kind == kind and t.existence == "there"]

    def rows(self) -> list[dict[str, str]]:
        """Return the cells of all rows that are there."""
        return [dict(as_map(thing.fields["cells"])) for thing in self.things("row")]

    def row(self, title: str = LEAD) -> dict[str, str]:
        found = [cells for cells in self.rows() if cells.get("title") == title]
        assert len(found) == 1, f"{len(found)} rows have the title {title!r}: {self.rows()}"
        return found[0]

    def card(self, title: str = LEAD) -> Thing:
        found = [t for t in self.things("card") if t.fields.get("title") == title]
        assert len(found) == 1, f"{len(found)} cards have the title {title!r}"
        return found[0]

    def list_of(self, title: str = LEAD) -> str:
        parent = self.board.things[self.card(title).parent]
        return str(parent.fields["title"])

    def write(self, title: str, **cells: str) -> None:
        """Let a member write into the cells of a row."""
        found = [t for t in self.things("row") if as_map(t.fields["cells"]).get("title") == title]
        self.table.member.set(found[0].id, "cells", {**as_map(found[0].fields["cells"]), **cells})

    def add_row(self, **cells: str) -> str:
        return self.table.member.add("row", self.table.find(TABLE).id, {"cells": cells})

    def lane(self, title: str) -> str:
        """Return the id of a list."""
        found = [t.id for t in self.things("list") if t.fields["title"] == title]
        assert len(found) == 1, f"{len(found)} lists have the title {title!r}"
        return found[0]

    def move(self, title: str, lane: str) -> None:
        """Let a member move a card to a list."""
        self.board.member.move(self.card(title).id, self.lane(lane))

    def add_card(self, title: str, lane: str = "This week", **fields: Value) -> str:
        home = self.lane(lane)
        return self.board.member.add("card", home, {"title": title, **fields})
