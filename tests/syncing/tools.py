"""Tools that are as awkward as the worst: each holds the things of one place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from random import Random

from smarketing.kinds import ARCHIVED, GONE, THERE, Value
from smarketing.sync.block import nothing

Shown = tuple[str, str, str, int, dict[str, Value]]
"""What a listing says of a thing: its id, marker, existence, version and fields."""


@dataclass(slots=True)
class Thing:
    """One thing in a tool; `marker` is the address that we wrote on it."""

    id: str
    fields: dict[str, Value]
    marker: str = ""
    existence: str = THERE
    ours: bool = False
    version: int = 0


@dataclass
class Tool:
    """The things of one place, with what is awkward about it.

    It `tidies` what it is given, and where it has a `feed` it tells what was touched, not always
    rightly. `before` is what it showed when it was last listed.
    """

    place: str
    names: tuple[str, ...]
    luck: Random
    tidies: bool = False
    feed: bool = False
    things: dict[str, Thing] = field(default_factory=dict)
    touched: list[str] = field(default_factory=list)
    before: list[Shown] = field(default_factory=list)
    writes: int = 0
    count: int = 0

    def tidied(self, name: str, value: Value) -> Value:
        """Return what the tool makes of a value."""
        if not self.tidies or not isinstance(value, str):
            return value
        if name == "title":
            return value.replace("'", "’")
        return f"{value}T00:00" if name == "due" else value

    def understood(self, name: str, value: Value) -> Value:
        """Return what a value of the tool means."""
        return value[:10] if name == "due" and isinstance(value, str) else value

    def add(self, fields: Mapping[str, Value], marker: str = "") -> Thing:
        """Make a thing, ours if it is marked."""
        self.count += 1
        held = {name: self.tidied(name, fields.get(name, nothing(name))) for name in self.names}
        thing = Thing(f"{self.place}-{self.count}", held, marker, ours=bool(marker))
        self.things[thing.id] = thing
        self.touched.append(thing.id)
        return thing

    def set(self, which: str, name: str, value: Value) -> None:
        """Give a field of a thing another value."""
        self.things[which].fields[name] = self.tidied(name, value)
        self.touch(self.things[which])

    def touch(self, thing: Thing) -> None:
        """Count a change of a thing."""
        thing.version += 1
        self.touched.append(thing.id)

    def put_away(self, which: str) -> None:
        """Archive a thing."""
        self.things[which].existence = ARCHIVED
        self.touch(self.things[which])

    def listing(self, trouble: str = "") -> list[Shown]:
        """Return all that is there; in trouble what was there before, a half of it, or nothing."""
        now = [self._shown(which) for which in self.things]
        before, self.before = self.before, now
        if trouble == "stale":
            return before
        if trouble == "empty":
            return []
        if trouble == "half":
            return [one for one in now if self.luck.random() < 0.5]
        self.touched.clear()
        return now

    def changes(self) -> list[Shown]:
        """Return what the feed tells: some of it never, some twice, in any order."""
        told = [which for which in self.touched if self.luck.random() < 0.85]
        told += [which for which in told if self.luck.random() < 0.2]
        self.luck.shuffle(told)
        self.touched.clear()
        return [self._shown(which) for which in told]

    def marked(self, marker: str) -> list[Thing]:
        """Return our things with this marker."""
        return [t for t in self.things.values() if t.ours and t.marker == marker]

    def there(self) -> list[Thing]:
        """Return the things that people see."""
        return [thing for thing in self.things.values() if thing.existence == THERE]

    def _shown(self, which: str) -> Shown:
        thing = self.things.get(which)
        if thing is None:
            return which, "", GONE, 0, {}
        return which, thing.marker, thing.existence, thing.version, dict(thing.fields)


def words_of(values: Iterable[Value]) -> set[str]:
    """Return each word that people see in some values."""
    found: set[str] = set()
    for value in values:
        if isinstance(value, frozenset):
            found |= value
        elif isinstance(value, Mapping):
            found |= set(value.values())
        elif value is not None:
            found.add(str(value))
    return found
