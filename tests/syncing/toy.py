"""A toy of the two levels of sync, to try the design before it is built: one thing in some tools.

Each tool holds a set of words and one title. It shows a word of its own and tidies the title. Its
record folds what it says into the record's hub; the action item folds the records' hubs into
its own and sets the records' in turn, all in one transaction, after which the tools are written
to. `live` raises AssertionError if a word is lost or comes back, or if a quiet round writes.
"""

from collections import Counter
from dataclasses import dataclass, field
from random import Random

Held = tuple[frozenset[str], str]
"""The words and the title of a thing."""

NOTHING: Held = (frozenset(), "")
VENDOR = "vendor"


@dataclass
class Toy:
    """Some tools, a record each, and the action item over them. Tool 0 counts most."""

    luck: Random
    tools: int
    words: int = 0
    hub: Held = NOTHING
    set_by: int = 0
    mix: Counter[str] = field(default_factory=Counter)
    alive: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    shown: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        places = range(self.tools)
        self.held = {p: self.tidied(p, NOTHING) for p in places}
        self.record = dict.fromkeys(places, NOTHING)
        self.tool_seen = {p: (self.held[p], NOTHING) for p in places}
        self.action_seen = dict.fromkeys(places, (NOTHING, NOTHING))
        self.intents: dict[int, tuple[Held, Held]] = {}

    def tidied(self, place: int, value: Held) -> Held:
        """Return what the tool makes of a value."""
        words, title = value
        return (words | {VENDOR}, title.upper()) if place == 0 else value

    def understood(self, place: int, value: Held) -> Held:
        """Return what a tool's value says."""
        return (value[0] - {VENDOR}, value[1].lower()) if place == 0 else value

    def merge(self, base: Held, hub: Held, now: Held, place: int) -> Held:
        """Merge; of two titles that of the place that counts more stands, the other is shown."""
        words = (hub[0] & now[0]) | (hub[0] - base[0]) | (now[0] - base[0])
        if now[1] in (base[1], hub[1]):
            return words, hub[1]
        stands = now[1]
        if hub[1] != base[1]:
            self.mix["conflict"] += 1
            stands = now[1] if place <= self.set_by else hub[1]
            self.shown.add(hub[1] if stands == now[1] else now[1])
        return words, stands

    def as_member(self) -> None:
        """Add or remove a word, or write another title."""
        place, choice = self.luck.randrange(self.tools), self.luck.random()
        words, title = self.held[place]
        if choice < 0.45:
            self.words += 1
            words |= {f"w{self.words}"}
            self.alive.add(f"w{self.words}")
        elif choice < 0.6 and (ours := sorted(words - {VENDOR})):
            gone = self.luck.choice(ours)
            words -= {gone}
            self.alive.discard(gone)
            if place not in self.intents:  # else it looks like a write that never arrived
                self.removed.add(gone)
        else:
            self.words += 1
            self.shown.add(self.understood(place, (words, title))[1])  # its writer replaced it
            title = f"t{self.words}"
            self.alive.add(title)
        self.held[place] = (words, title.upper() if place == 0 else title)

    def run(self, crash: str = "", down: frozenset[int] = frozenset()) -> int:
        """Do one round, and return how often it wrote."""
        self.settle()
        before = (self.hub, self.set_by, dict(self.record), dict(self.tool_seen))
        seen, shown = dict(self.action_seen), set(self.shown)
        now = {p: self.held[p] for p in self.record if p not in down}
        for place, value in now.items():
            self.fold_record(place, value)
        reached = [p for p in self.record if p in now or self.luck.random() < 0.5]
        for place in reached:
            self.fold_action(place)
        for place in reached:
            if self.action_seen[place][1] != self.hub:
                self.record[place] = self.hub
                self.action_seen[place] = (self.hub, self.hub)
        if crash == "before":
            self.hub, self.set_by, self.record, self.tool_seen = before
            self.action_seen, self.shown = seen, shown
            return 0
        return self.write(now, crash)

    def fold_record(self, place: int, value: Held) -> None:
        """Let the tool speak to its record."""
        was, stood_for = self.tool_seen[place]
        if value != was:
            says = self.understood(place, value)
            self.record[place] = self.merge(stood_for, self.record[place], says, place)
            self.tool_seen[place] = (value, says)

    def fold_action(self, place: int) -> None:
        """Let the record speak to the action item."""
        was, stood_for = self.action_seen[place]
        view = self.record[place]
        if view != was:
            hub = self.merge(stood_for, self.hub, view, place)
            self.set_by = place if hub[1] != self.hub[1] else self.set_by
            self.hub = hub
            self.action_seen[place] = (view, view)

    def write(self, now: dict[int, Held], crash: str) -> int:
        """Bring the tools to their records; a tool that changed since it was read is left alone."""
        todo = [p for p in now if self.tool_seen[p][1] != self.record[p]]
        self.luck.shuffle(todo)
        writes = 0
        for place in todo:
            wanted = self.tidied(place, self.record[place])
            if wanted != now[place]:
                if crash == "after" and not writes:
                    return writes
                if self.luck.random() < 0.1 and crash:
                    self.as_member()
                if self.held[place] != now[place]:
                    continue
                self.intents[place] = (wanted, self.record[place])
                self.held[place], writes = wanted, writes + 1
                if crash == "lost":
                    return writes
            self.tool_seen[place] = (self.held[place], self.record[place])
            self.intents.pop(place, None)
        return writes

    def settle(self) -> None:
        """Decide of each write without an answer whether it arrived."""
        for place, (value, hub) in list(self.intents.items()):
            del self.intents[place]
            now, was = self.held[place], self.tool_seen[place][0]
            if _apart(now, value) < _apart(now, was):
                self.tool_seen[place] = (value, hub)


def _apart(one: Held, other: Held) -> int:
    return len(one[0] ^ other[0]) + (one[1] != other[1])


def live(seed: int, steps: int = 30) -> Toy:
    """Live one history to its end."""
    luck = Random(seed)
    toy = Toy(luck, luck.choice((2, 3, 4)))
    for _ in range(steps):
        if luck.random() < 0.55:
            toy.as_member()
            continue
        crash = luck.choice(("", "", "", "", "before", "after", "lost"))
        down = frozenset(p for p in toy.record if luck.random() < 0.15)
        toy.mix[crash or "run"] += 1
        toy.mix["down"] += bool(down)
        toy.run(crash, down)
    for _ in range(3):
        toy.run()
    assert not toy.run(), "a quiet round wrote"
    for place, held in toy.held.items():
        words, title = toy.understood(place, held)
        assert (words, title) == toy.hub, f"tool {place} is not in step"
        lost = toy.alive - words - {title} - toy.shown
        assert not lost, f"lost: {sorted(lost)}"
        assert not toy.removed & words, f"came back: {sorted(toy.removed & words)}"
    return toy
