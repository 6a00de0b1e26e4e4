"""One random life of several places that are kept in step, and the promises that hold in it."""

from collections import Counter
from dataclasses import replace
from datetime import date
from random import Random
from typing import Literal

from smarketing.kinds import ARCHIVED, THERE, Value
from smarketing.state.action import Said
from smarketing.sync import agreeing
from smarketing.sync.agreed import Agreed
from smarketing.sync.block import Block, Place, nothing
from smarketing.sync.folding import side_that_stands
from smarketing.sync.proposals import Answers

from .members import Members
from .places import BOARD, FIELDS, HOLDS, NOTES, OTHER, STATUSES, TABLE, new_things, spoken
from .promises import Promises
from .records import Hearing, Record, State, waiting
from .tools import Tool

TODAY = date(2026, 12, 14)
RUNS = (
    *["run"] * 4, *["crash"] * 4, "down", "down", "stale", "half", "empty", "gap", "gap",
    "apply", "apply", "lead", "lead", *["full"] * 12, "lose state",
)  # fmt: skip
TROUBLES = ("stale", "half", "empty")
PLAYBOOK = {f"{BOARD}/card:one": BOARD, f"{BOARD}/card:two": BOARD, f"{TABLE}/row:three": TABLE}


class Crash(BaseException):
    """The process dies here."""


class History:
    """A playbook, three or four places and members; `take` does one step of their common life."""

    def __init__(self, luck: Random) -> None:
        self.luck, self.steps = luck, 0
        self.mix: Counter[str] = Counter()
        self.state = State()
        places = [BOARD, TABLE, NOTES, OTHER][: luck.choice((3, 3, 4))]
        luck.shuffle(places)
        self.tools = {
            place: Tool(place, HOLDS[place], luck, luck.random() < 0.4, luck.random() < 0.3)
            for place in places
        }
        self.spoken = spoken(luck)
        self.new = new_things(places, luck)
        self.prefer = luck.choice(("", *places))
        self.asked: dict[str, dict[str, Value]] = {}
        self.members = Members(self.tools, self.spoken, luck, self.mix)
        self.shown: list[Value] = []
        self.promises = Promises(self)
        self.crash_in = 0
        self._block: Block | None = None
        self._lists = 0
        self.gap = False
        self.was_lost = False
        self._begin()

    def _begin(self) -> None:
        for address, place in PLAYBOOK.items():
            fields: dict[str, Value] = {"title": f"Play {address}", "status": self._first(place)}
            thing = self.tools[place].add(fields, address)
            thing.fields["owner"] = self.luck.choice((None, "Ana Silva"))
            self.asked[address] = fields
        self.sync(full=True)

    def _first(self, place: str) -> Value:
        return self.spoken[place].at_birth(self.luck.choice(("week", "doing")))

    def block(self) -> Block:
        """Return the sync block with the lists that members have made by now."""
        count = sum(map(len, self.members.lists.values()))
        if self._block is not None and self._lists == count:
            return self._block
        places = {}
        for place in self.tools:
            spoken = self.spoken[place]
            if own := self.members.lists.get(place):
                spoken = replace(spoken, shows={**spoken.shows, **own})
            places[place] = Place(place, dict.fromkeys(HOLDS[place], ""), spoken)
        self._lists = count
        self._block = Block("status", places, FIELDS, STATUSES, self.new, self.prefer)
        return self._block

    # Steps

    def take(self, number: int) -> None:
        """Do one step; the number says which."""
        self.steps += 1
        if number < 150:
            self.members.edit()
        else:
            self.run_somehow(self.luck.choice(RUNS))

    def run_somehow(self, how: str) -> None:
        """Do a run with this trouble."""
        self.mix[f"run {how}"] += 1
        if how == "crash":
            self.crash_in = self.luck.randrange(1, 12)
        self.gap = how == "gap"
        down = {p for p in self.tools if how == "down" and self.luck.random() < 0.5}
        troubled = self.luck.choice(list(self.tools)) if how in TROUBLES else ""
        try:
            if how == "apply":
                self.apply()
            elif how == "lead":
                self.sync(answers=self._answers())
            elif how == "lose state":
                self.state, self.was_lost = State(lost=True), True
                self.sync(full=True)
            else:
                self.sync(down=down, troubles={troubled: how}, full=how == "full")
        except Crash:
            self.mix["crash"] += 1
        finally:
            self.crash_in, self.gap = 0, False
        self.promises.after(calm=how == "full")

    def pass_point(self) -> None:
        """Die here, if this is the moment."""
        if self.crash_in:
            self.crash_in -= 1
            if self.crash_in == 0:
                raise Crash

    # Runs

    def sync(
        self,
        down: set[str] = frozenset(),  # type: ignore[assignment]
        troubles: dict[str, str] = {},  # noqa: B006
        full: bool = False,
        answers: Answers = Answers(),  # noqa: B008
    ) -> Agreed:
        """Do one round of sync."""
        reached = [place for place in self.tools if place not in down]
        self._settle(reached)
        hearing = self._hear(reached, troubles, full)
        records = hearing.records
        said: dict[str, list[Said]] = {place: [] for place in reached}
        for record in records.values():
            if record.place in said:
                said[record.place].append(record.said())
        block = self.block()
        before = self.state.actions
        agreed = agreeing.agree(
            before, said, block, TODAY, answers=answers, doubted=self.state.doubted,
            lost=self.state.lost,
        )  # fmt: skip
        for address, fields in agreed.wanted.items():
            record = hearing.own(address)
            record.waits = True
            record.wanted = str(fields.get("existence", record.wanted))
            record.hub.update({n: v for n, v in fields.items() if n != "existence"})
        for birth in agreed.births:
            hub = {name: nothing(name) for name in HOLDS[birth.place]} | dict(birth.fields)
            record = Record(birth.address, birth.place, "", hub, waits=True)
            records[birth.address] = record
        self.promises.agreed(agreed, said, answers, {p for p in troubles if p})
        self.pass_point()
        self.state = State(
            records, dict(agreed.actions), dict(agreed.doubted), self.state.intents, agreed.lost
        )
        self.shown += hearing.yielded
        self.shown += (conflict.yielded.value for conflict in agreed.conflicts)
        self.promises.conflicts += agreed.conflicts
        self.promises.short = self.promises.short_now
        self.mix["conflict"] += len(agreed.conflicts)
        self.pass_point()
        self._write(reached)
        return agreed

    def apply(self) -> None:
        """Let the playbook speak; the places of action items are silent meanwhile."""
        self._settle(self.tools)
        hearing = self._hear(list(self.tools), {}, full=True, applying=True)
        if self.luck.random() < 0.7:
            address = self.luck.choice(list(self.asked))
            self.asked[address] = {
                "title": f"Play {self.members.number()}",
                "status": self.spoken[PLAYBOOK[address]].at_birth(
                    self.luck.choice(("week", "doing"))
                ),
            }
            self.mix["playbook edit"] += 1
        for address, fields in self.asked.items():
            for name, value in fields.items() if address in hearing.records else ():
                hearing.ask(address, name, value)
        self.pass_point()
        self.state.records = hearing.records
        self.shown += hearing.yielded
        self.pass_point()
        self._write(list(self.tools))

    def _hear(
        self, reached: list[str], troubles: dict[str, str], full: bool, applying: bool = False
    ) -> Hearing:
        block, at = self.block(), {}
        for action in self.state.actions.values():
            at.update({address: (action, place) for place, address in action.at.items()})

        def side(address: str, name: str) -> Literal["hub", "now"]:
            if applying or address not in at:
                return "now"
            action, place = at[address]
            return side_that_stands(block, action, place, name)

        hearing = Hearing(dict(self.state.records), side, self.asked)
        for place in reached:
            tool = self.tools[place]
            trouble = troubles.get(place, "")
            if tool.feed and not full and not trouble and self.state.records:
                hearing.hear(tool, tool.changes(), full=False)
            else:
                hearing.hear(tool, tool.listing(trouble), full=True)
        return hearing

    def _settle(self, reached: object) -> None:
        """Decide of each write without an answer whether it arrived."""
        for address, (held, hub) in list(self.state.intents.items()):
            record = self.state.records.get(address)
            if record is None or record.place not in reached:  # type: ignore[operator]
                continue
            del self.state.intents[address]
            tool = self.tools[record.place]
            if not record.id:
                if found := tool.marked(address):
                    record.id = found[0].id
                    record.seen = {n: (value, hub[n]) for n, value in held.items() if n in hub}
                continue
            self.members.unanswered.pop(record.id, "")
            thing = tool.things.get(record.id)
            for name, value in held.items():
                if thing is not None and thing.fields[name] == value:
                    record.seen[name] = (value, hub[name])

    def _write(self, reached: list[str]) -> None:
        for place in reached:
            for record in waiting(self.state.records.values(), place):
                self._bring(self.tools[place], record)

    def _bring(self, tool: Tool, record: Record) -> None:
        """Bring one thing to what its record wants, unless it has changed since it was read."""
        if not record.id:
            self._make(tool, record)
            return
        thing = tool.things.get(record.id)
        if record.wanted == ARCHIVED and thing is not None:
            self.pass_point()
            tool.put_away(record.id)
            self.members.forget_edits(record.id)
            tool.writes, record.existence = tool.writes + 1, ARCHIVED
            return
        for name, value in record.hub.items():
            held, stood_for = record.seen.get(name, (None, None))
            if name in record.seen and stood_for == value:
                continue
            wanted = tool.tidied(name, value)
            if thing is not None and wanted != held:
                if self.gap and self.luck.random() < 0.5:
                    self.members.edit()
                    thing = tool.things.get(record.id)
                if thing is None or thing.fields[name] != held or thing.existence != THERE:
                    continue
                self.pass_point()
                self.state.intents[record.address] = ({name: wanted}, {name: value})
                self.members.unanswered[thing.id] = name
                thing.fields[name] = wanted
                known = thing.version == record.version
                tool.touch(thing)
                tool.writes += 1
                self.pass_point()
                del self.state.intents[record.address], self.members.unanswered[thing.id]
                record.version += known
            record.seen[name] = (wanted, value)
        record.waits = any(record.seen[n][1] != v for n, v in record.hub.items())

    def _make(self, tool: Tool, record: Record) -> None:
        held = {n: tool.tidied(n, v) for n, v in record.hub.items()}
        self.pass_point()
        self.state.intents[record.address] = (held, dict(record.hub))
        thing = tool.add(record.hub, record.address)
        tool.writes += 1
        self.promises.made(record)
        self.pass_point()
        del self.state.intents[record.address]
        record.id, record.version = thing.id, thing.version
        record.seen = {n: (thing.fields[n], v) for n, v in record.hub.items()}
        record.waits = False

    def _answers(self) -> Answers:
        open_ones = [
            action.key
            for action in self.state.actions.values()
            if action.closed.keys() - action.kept
        ]
        if not open_ones:
            return Answers()
        key = self.luck.choice(open_ones)
        kind = self.luck.choice(("approved", "kept"))
        self.mix[f"lead {kind}"] += 1
        return Answers(**{kind: frozenset({key})})

    # The end

    def end(self) -> None:
        """After the trouble: everything settles, is in step, and nothing is lost."""
        for _ in range(3):
            self.sync(full=True)
        writes = sum(tool.writes for tool in self.tools.values())
        agreed = self.sync(full=True)
        assert not agreed.wanted, f"wanted in a quiet round: {agreed.wanted}"
        assert not agreed.births, f"made in a quiet round: {agreed.births}"
        now = sum(tool.writes for tool in self.tools.values())
        assert now == writes, "a quiet round wrote"
        assert not self.state.intents
        self.promises.at_the_end()


def live(data: bytes) -> History:
    """Live one history: a byte per step, and a seed from the first four."""
    history = History(Random(int.from_bytes(data[:4], "big")))
    for number in data[4:]:
        history.take(number)
    history.end()
    return history
