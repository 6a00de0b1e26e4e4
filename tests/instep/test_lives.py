"""Random lives: members work in both tools, runs die, tools are away; in the end all is in step."""

from random import Random

import pytest

from smarketing.planning.given import Request
from smarketing.run import engine
from smarketing.state.action import Action
from smarketing.state.state import MemoryState
from smarketing.sync.block import as_map
from smarketing.testing.awkward import WORST, Awkward
from smarketing.testing.memory_things import Thing
from smarketing.testing.memory_tool import Tool

from .office import BOARD, TABLE, Office

LIVES, STEPS, ROUNDS = 120, 14, 5
AWKWARDS = (
    Awkward(),
    Awkward(feed=True, bulk=20),
    Awkward(versions=False, normalises=True, two_state=True),
    WORST,
)
LISTS = ("This week", "Stuck", "Done")
PEOPLE = ("Ana Silva", "Ben Okoye", "ben", "")


class Crash(BaseException):
    """The process dies here."""


class DyingState(MemoryState):
    """State whose process may die before or after it notes something."""

    luck: Random
    due = 0

    def commit(self, records, facts, closed=(), noted=None, **more):  # type: ignore[no-untyped-def]
        self._pass_by()
        super().commit(records, facts, closed, noted, **more)
        self._pass_by()

    def open(self, intent):  # type: ignore[no-untyped-def]
        self._pass_by()
        super().open(intent)

    def _pass_by(self) -> None:
        if self.due:
            self.due -= 1
            if not self.due:
                raise Crash


class Life:
    """One life of an office. `words` are those that members wrote and nobody wrote over."""

    def __init__(self, seed: int) -> None:
        self.luck = Random(seed)
        self.state = DyingState()
        self.office = Office(self.luck.choice(AWKWARDS), state=self.state)
        self.words: set[str] = set()
        self.told: list[str] = []
        self.number = 0
        self.met: set[str] = set()

    def step(self) -> None:
        often = (self.edit_card, self.edit_row, self.sync)
        rare = (self.add, self.put_away, self.apply, self.away, self.disagree)
        self.luck.choice((*often, *often, *rare))()

    def word(self) -> str:
        self.number += 1
        word = f"word{self.number}x"
        self.words.add(word)
        return word

    def pick(self, kind: str) -> Thing | None:
        found = [
            t
            for t in self.office.things(kind)
            if "Proposed" not in str(t.fields) and "Remove it there" not in str(t.fields)
        ]
        return self.luck.choice(found) if found else None

    def edit_card(self) -> None:
        card, door = self.pick("card"), self.office.board.member
        if card is None:
            return
        match self.luck.choice(("title", "due", "owner", "move", "tick")):
            case "title":
                door.set(card.id, "title", f"{card.fields['title']} {self.word()}")
            case "due":
                door.set(card.id, "due", self.luck.choice(("2026-12-11", "2026-12-15", None)))
            case "owner":
                door.set(card.id, "owner", self.luck.choice(("Ana Silva", "Ben Okoye", None)))
            case "move":
                door.move(card.id, self.office.lane(self.luck.choice(LISTS)))
            case "tick":
                door.set(card.id, "done", not card.fields.get("done"))

    def edit_row(self) -> None:
        row, door = self.pick("row"), self.office.table.member
        if row is None:
            return
        cells = dict(as_map(row.fields["cells"]))
        match self.luck.choice(("title", "due", "owner", "status")):
            case "title":
                cells["title"] = f"{cells.get('title', '')} {self.word()}"
            case "due":
                cells["due"] = self.luck.choice(("2026-12-11", "16 Dec 2026", ""))
            case "owner":
                cells["owner"] = self.luck.choice(PEOPLE)
            case "status":
                cells["status"] = self.luck.choice((*LISTS, "finished", "Ideas"))
        door.set(row.id, "cells", cells)

    def disagree(self) -> None:
        """Let two members give one piece of work another title and another day."""
        pairs = [
            (card, row)
            for card in self.office.things("card")
            for row in self.office.things("row")
            if card.fields["title"] == as_map(row.fields["cells"]).get("title")
        ]
        if pairs:
            card, row = self.luck.choice(pairs)
            title, cells = f"{card.fields['title']}", as_map(row.fields["cells"])
            self.office.board.member.set(card.id, "title", f"{title} {self.word()}")
            changed = {**cells, "title": f"{title} {self.word()}", "due": "2026-12-21"}
            self.office.table.member.set(row.id, "cells", changed)

    def add(self) -> None:
        if self.luck.random() < 0.5:
            self.office.add_card(f"Card {self.word()}")
        else:
            self.office.add_row(title=f"Row {self.word()}", status=self.luck.choice(LISTS))

    def put_away(self) -> None:
        tool: Tool = self.luck.choice((self.office.board, self.office.table))
        thing = self.pick("card" if tool is self.office.board else "row")
        if thing is None:
            return
        if self.luck.random() < 0.5:
            tool.member.archive(thing.id)
        else:
            tool.member.delete(thing.id)
            self.words -= {w for w in self.words if w in str(thing.fields)}
        self.met.add("removal")

    def sync(self) -> None:
        self.run(Request(sync=True))

    def apply(self) -> None:
        self.run(Request())

    def away(self) -> None:
        tool: Tool = self.luck.choice(list(self.office.tools.values()))
        tool.down = True
        self.sync()
        tool.down = False
        self.met.add("outage")

    def run(self, request: Request) -> None:
        self.state.due = self.luck.randint(1, 12) if self.luck.random() < 0.3 else 0
        try:
            recap = engine.apply(self.office.workspace, request)
        except Crash:
            self.met.add("crash")
        else:
            agreed = recap.plan.synced.values()
            self.told += [str(c) for each in agreed for c in each.conflicts]
            self.told += map(str, recap.plan.conflicts)
            if any(each.conflicts for each in agreed):
                self.met.add("conflict")
        self.state.due = 0
        # `status` shows what did not stand, until an edit settles it.
        self.told += [str(action.yielded) for action in self.state.actions().values()]

    def settle(self) -> None:
        """Hold that everything comes to rest, in step, with every word."""
        for _ in range(ROUNDS):
            recap = self.office.sync()
            assert not recap.failed
            agreed = recap.plan.synced.values()
            self.told += [str(c) for each in agreed for c in each.conflicts]
            self.told += map(str, recap.plan.conflicts)
            if not recap.done and not any(each.stopped for each in agreed):
                break
        self.office.is_quiet()
        for action in self.state.actions().values():
            for place in action.at:
                if action.is_open(place):
                    for name, seen in action.seen[place].items():
                        assert name == "status" or seen.hub == action.hub[name], (action, place)
            self.shows_the_same(action)
        tools = self.office.tools.values()
        held = "\n".join([*(tool.text() for tool in tools), *self.told])
        held += "\n".join(str(t.fields) for tool in tools for t in tool.deleted.values())
        assert not {word for word in self.words if word not in held}
        self.twins()

    def shows_the_same(self, action: Action) -> None:
        """Hold that both tools really show the same title and status, as far as they can."""
        if not (action.is_open(BOARD) and action.is_open(TABLE)):
            return
        records = self.state.load().records
        bound = [records[action.at[place]].binding for place in (BOARD, TABLE)]
        assert bound[0] is not None
        assert bound[1] is not None
        card = self.office.board.things[bound[0].id]
        cells = as_map(self.office.table.things[bound[1].id].fields["cells"])
        assert " ".join(str(card.fields["title"]).split()) == " ".join(cells["title"].split())
        lane = str(self.office.board.things[card.parent].fields["title"])
        said = {"finished": "Done"}.get(cells.get("status", ""), cells.get("status", ""))
        assert said in (lane, "Ideas"), "no list has the name Ideas, so the word stays in the row"

    def twins(self) -> None:
        """Hold that no piece of work is there twice at a place."""
        titles = [str(card.fields["title"]) for card in self.office.things("card")]
        assert len(titles) == len(set(titles)), titles


@pytest.mark.parametrize("shard", range(4))
def test_in_the_end_everything_is_in_step_and_no_word_is_lost(shard: int) -> None:
    met: set[str] = set()
    for seed in range(shard, LIVES, 4):
        life = Life(seed)
        for _ in range(STEPS):
            life.step()
        try:
            life.settle()
        except Exception as error:
            raise AssertionError(f"life {seed}") from error
        met |= life.met
    assert met >= {"crash", "outage", "removal", "conflict"}
