"""The life of a firm: reorganisations and members' edits in any order, and what must hold."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from random import Random

from smarketing.contract import Integration, Step
from smarketing.kinds import THERE
from smarketing.plan import Plan
from smarketing.planning.given import Request, Workspace
from smarketing.run import engine
from smarketing.state.record import Record
from smarketing.state.state import MemoryState
from smarketing.testing.awkward import Awkward
from smarketing.testing.memory import Memory
from smarketing.testing.memory_things import Thing
from smarketing.testing.memory_tool import Tool
from tests.clocks import StillClock

from .author import PLACE, ROLES, Author

WORD = re.compile(r"member\d+x")
REORGANISATIONS = 20
"""How many reorganisations one life holds."""

AWKWARDS = (
    Awkward(lacks=frozenset({"message"})),
    Awkward(lacks=frozenset({"message"}), versions=False),
    Awkward(lacks=frozenset({"message"}), feed=True, bulk=20),
    Awkward(lacks=frozenset({"message"}), unmarked=frozenset({"list", "check", "folder"})),
)
EDITS = (
    "edit",
    "edit",
    "add_words",
    "describe",
    "move",
    "assign",
    "tick",
    "add",
    "rename",
    "raise_right",
)


class Crash(BaseException):
    """The process dies here."""


@dataclass
class Life:
    """A firm, its author and its members."""

    luck: Random
    mix: Counter[str] = field(default_factory=Counter)
    done: int = 0
    words: int = 0

    def __post_init__(self) -> None:
        self.author = Author(self.luck)
        self.tool = Tool(self.luck.choice(AWKWARDS))
        self.state = MemoryState()
        self.given: set[tuple[str, str]] = set()
        self.objects: dict[int, str] = {}
        self.apply()
        self.note_objects()

    def live(self) -> "Life":
        """Reorganise again and again, with members in between."""
        while self.done < REORGANISATIONS:
            for _ in range(self.luck.randrange(4)):
                self.as_member(self.luck.choice(EDITS))
            if self.luck.random() < 0.08:
                self.change_a_key_silently()
            elif name := self.author.reorganise():
                self.mix[name] += 1
                self.reorganise()
        return self

    # Runs

    def workspace(self) -> Workspace:
        places: dict[str, Integration] = {PLACE: Memory(self.tool, PLACE)}
        desired, today = self.author.desired(), date(2026, 12, 14)
        return Workspace(desired, places, self.state, StillClock(1_800_000_000.0), today, workers=0)

    def apply(self) -> Plan:
        recap = engine.apply(self.workspace())
        if recap.plan.needs_approval:
            recap = engine.apply(self.workspace(), Request(approve=recap.plan.needs_approval))
        assert not recap.failed, recap.failed
        return recap.plan

    def reorganise(self) -> Plan:
        """Apply once, and hold everything that has to hold after it."""
        words, shown, known = self.all_words(), self.shown_words(), dict(self.objects)
        if self.luck.random() < 0.15:
            self.die_on_the_way()
        plan = self.apply()
        self.done += 1
        if plan.conflicts:
            self.mix["conflict"] += 1
        lost = words - self.all_words()
        assert not lost, f"words of members are lost: {sorted(lost)}"
        hidden = shown - self.shown_words()
        assert not hidden, f"words of members are out of sight: {sorted(hidden)}"
        left = engine.make_plan(self.workspace())
        assert not left.steps, f"it does not settle: {[(c.verb, c.address) for c in left.changes]}"
        self.note_objects()
        for who, before in known.items():
            assert self.objects.get(who, before) == before, f"thing {who} has another object"
        self.check_people()
        self.check_doubles()
        return plan

    def die_on_the_way(self) -> None:
        """Begin a run whose process dies somewhere between two calls."""
        left = self.luck.randrange(1, 12)

        def fault(point: str, step: Step | None) -> None:
            nonlocal left
            left -= point != "read"
            if left == 0:
                raise Crash

        self.tool.faults = fault
        try:
            self.apply()
        except Crash:
            self.mix["crash"] += 1
        finally:
            self.tool.faults = None

    def change_a_key_silently(self) -> None:
        """A key changes without `was:`: nothing is made until a person has decided."""
        for thing in self.author.things.values():
            thing.was, thing.is_fresh = (), False
        old = self.author.any(self.luck.choice(("document", "list")))
        records = self.state.load().records
        if not (old in records and records[old].stands):
            return
        new = self.author.rename_key(old, said=False)
        count = len(self.tool.things)
        plan = engine.make_plan(self.workspace())
        self.reorganise()
        assert [(p.address, p.former) for p in plan.proposals] == [(new, old)], plan.proposals
        assert len(self.tool.things) == count, "something was made before anybody decided"
        if self.luck.random() < 0.7:
            self.mix["key proposed, taken"] += 1
            self.author.things[new].was = (old,)
        else:
            self.mix["key proposed, refused"] += 1
            self.author.things[new].is_fresh = True
            self.objects.pop(self.author.things[new].who, None)
        self.reorganise()

    # What must hold

    def all_words(self) -> set[str]:
        return set(WORD.findall(self.tool.text()))

    def shown_words(self) -> set[str]:
        """Return the members' words in texts that nobody has put away, and all own cards."""
        return {
            word
            for thing in self.tool.things.values()
            if self._is_shown(thing)
            for name in ("body", "description")
            for word in WORD.findall(str(thing.fields.get(name) or ""))
        }

    def _is_shown(self, thing: Thing | None) -> bool:
        while thing is not None:
            if thing.existence != THERE:
                return False
            thing = self.tool.things.get(thing.parent)
        return True

    def record(self, address: str) -> Record | None:
        return self.state.load().records.get(address)

    def note_objects(self) -> None:
        """Remember which object each thing of the playbook is."""
        records = self.state.load().records
        for address, thing in self.author.things.items():
            record = records.get(address)
            if record is not None and record.binding is not None:
                self.objects[thing.who] = record.binding.id

    def check_people(self) -> None:
        """Open work has an owner who is there; nobody else keeps a right that we gave."""
        roster = self.author.desired().roster
        names = set(roster.people.values())
        for record in self.state.load().records.values():
            strangers = record.granted.keys() - roster.mailboxes
            assert not strangers, f"{strangers} keep a right to {record.address}"
            asked = record.address in self.author.things and not record.released
            if asked and record.kind == "card" and record.stands and not record.hub.get("done"):
                owner = record.hub.get("owner")
                assert owner in names, f"{record.address} is {owner}'s, who is not here"
        for thing in self.tool.things.values():
            access = thing.fields.get("access")
            for who in access if isinstance(access, dict) else ():
                ours = who in roster.mailboxes or (thing.id, who) in self.given
                assert ours, f"{who} still enters {thing.fields['title']}"
        weekly = self.tool.find("meeting:weekly").fields["attendees"]
        assert isinstance(weekly, frozenset)
        assert weekly <= roster.mailboxes, "somebody who left is still invited"

    def check_doubles(self) -> None:
        made = Counter(
            thing.marker
            for thing in self.tool.things.values()
            if thing.made_by == "smarketing" and thing.marker and thing.existence == THERE
        )
        assert not [marker for marker, count in made.items() if count > 1]

    # Members

    def as_member(self, kind: str) -> None:
        """Do one thing that members do."""
        getattr(self, kind)()

    def word(self) -> str:
        self.words += 1
        return f"member{self.words}x"

    def any(self, *kinds: str) -> Thing | None:
        found = [t for t in self.tool.things.values() if t.kind in kinds and self._is_shown(t)]
        return self.luck.choice(found) if found else None

    def edit(self) -> None:
        """Change words inside a paragraph."""
        if thing := self.any("document"):
            parts = str(thing.fields["body"]).split("\n\n")
            at = self.luck.randrange(len(parts))
            if not parts[at].startswith("#"):
                parts[at] = parts[at].replace(" ", f" {self.word()} ", 1)
                self._set("edit", thing, "body", "\n\n".join(parts))

    def add_words(self) -> None:
        """Add a paragraph."""
        if thing := self.any("document"):
            parts = str(thing.fields["body"]).rstrip("\n").split("\n\n")
            parts.insert(self.luck.randint(1, len(parts)), f"We add {self.word()}.")
            self._set("add words", thing, "body", "\n\n".join(parts) + "\n")

    def describe(self) -> None:
        if thing := self.any("card"):
            text = f"{thing.fields.get('description') or ''} Mind {self.word()}.".strip()
            self._set("describe", thing, "description", text)

    def rename(self) -> None:
        if thing := self.any("card", "document", "list", "folder"):
            self._set("rename", thing, "title", f"Mine {self.word()}")

    def move(self) -> None:
        card, above = self.any("card"), self.any("list")
        if card and above:
            self.mix["member move"] += 1
            self.tool.member.move(card.id, above.id)

    def assign(self) -> None:
        people = self.author.desired().roster.people
        if card := self.any("card"):
            self._set("assign", card, "owner", self.luck.choice(sorted(people.values())))

    def tick(self) -> None:
        if card := self.any("card"):
            self._set("tick", card, "done", not card.fields.get("done"))

    def add(self) -> None:
        kind = self.luck.choice(("card", "card", "document"))
        if above := self.any("list" if kind == "card" else "folder"):
            self.mix[f"member add {kind}"] += 1
            text = "description" if kind == "card" else "body"
            fields = {"title": "Our own", text: f"Own {self.word()}.\n"}
            self.tool.member.add(kind, above.id, fields)

    def raise_right(self) -> None:
        """Give a stranger a right, or somebody of ours a stronger one."""
        if thing := self.any("document", "folder", "board"):
            access = thing.fields["access"]
            assert isinstance(access, dict)
            if access and self.luck.random() < 0.5:
                who = self.luck.choice(sorted(access))
            else:
                who = f"Guest <guest{self.words}@elsewhere.example>"
            if who not in access:
                self.given.add((thing.id, who))
            self._set("raise right", thing, "access", {**access, who: "admin"})

    def _set(self, what: str, thing: Thing, name: str, value: object) -> None:
        self.mix[f"member {what}"] += 1
        self.tool.member.set(thing.id, name, value)  # type: ignore[arg-type]


def live(number: int) -> Life:
    """Live the life with this number."""
    return Life(Random(number)).live()


__all__ = ["ROLES", "Life", "live"]
