"""A tool that lives in memory: the vendor's side of the `memory` integration.

It holds objects, counts the calls that reach it, lets members in by a door of their own, and
is as awkward as its `Awkward` says.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import count
from threading import RLock

from smarketing.contract import Remote, Step
from smarketing.kinds import ARCHIVED, KINDS, THERE, Value, empty
from smarketing.testing.awkward import Awkward, held
from smarketing.testing.memory_feed import MemoryFeed
from smarketing.testing.memory_things import OUR_ACCOUNT, CallCount, Faults, Thing


def _ticks() -> Callable[[], float]:
    ticks = count(1_800_000_000)
    return lambda: float(next(ticks))


class Tool:
    """A vendor's store of objects, for one account."""

    def __init__(
        self,
        awkward: Awkward | None = None,
        clock: Callable[[], float] | None = None,
        faults: Faults | None = None,
    ) -> None:
        self.awkward = awkward or Awkward()
        self.clock = clock or _ticks()
        self.faults = faults
        self.things: dict[str, Thing] = {}
        self.deleted: dict[str, Thing] = {}
        self.calls = CallCount()
        self.down = False
        self.lock = RLock()
        self.last: tuple[str, Remote | None] | None = None
        self.changed: dict[str, int] = {}
        self.ticks = 0
        self.feed = MemoryFeed()
        self.member = Member(self)
        self._ids = count(1)
        self._blank = {kind: self._blank_fields(kind) for kind in KINDS}

    def _blank_fields(self, kind: str) -> dict[str, Value]:
        lacks = self.awkward.lacks
        return {
            name: held(self.awkward, kind, name, empty(merge))
            for name, merge in KINDS[kind].fields.items()
            if f"{kind}.{name}" not in lacks
        }

    def ask(self, point: str, step: Step | None = None) -> str | None:
        """Return what goes wrong at this point of a call, if anything does."""
        return None if self.faults is None else self.faults(point, step)

    def make(
        self,
        kind: str,
        parent: str,
        fields: Mapping[str, Value],
        *,
        marker: str = "",
        workspace: str = "",
        made_by: str = OUR_ACCOUNT,
    ) -> Thing:
        """Make an object; what the tool has no slot for is not kept."""
        marked = kind not in self.awkward.unmarked
        thing = Thing(
            id=f"m{next(self._ids)}",
            kind=kind,
            fields=self._blank[kind] | self._held(kind, fields),
            parent=parent,
            marker=marker if marked else "",
            workspace=workspace if marked else "",
            born=self.clock(),
            made_by=made_by,
        )
        self.last = (thing.id, None)
        self.tell(thing.id)
        self.things[thing.id] = thing
        return thing

    def fill(self, thing: Thing, fields: Mapping[str, Value]) -> None:
        """Write these fields; the others stay as they are."""
        self.touch(thing)
        thing.fields = {**thing.fields, **self._held(thing.kind, fields)}

    def touch(self, thing: Thing) -> None:
        """Note that the object is about to change."""
        self.last = (thing.id, self.remote(thing))
        self.tell(thing.id)
        thing.version += 1
        thing.snapshot = None

    def tell(self, which: str) -> None:
        """Put a change into the feed."""
        self.ticks += 1
        self.changed[which] = self.ticks
        self.feed.tell(which)

    def _held(self, kind: str, fields: Mapping[str, Value]) -> dict[str, Value]:
        awkward, blank = self.awkward, self._blank[kind]
        return {
            name: held(awkward, kind, name, value)
            for name, value in fields.items()
            if name in blank
        }

    def remote(self, thing: Thing) -> Remote:
        """Return the object as one asks for it from outside."""
        workspace = thing.workspace or self._workspace_above(thing)
        shot = thing.snapshot
        if shot is None or shot.workspace != workspace:
            shot = thing.snapshot = Remote(
                thing.id,
                thing.kind,
                thing.fields,
                thing.parent,
                thing.existence,
                thing.marker,
                workspace,
                f"v{thing.version}" if self.awkward.versions else "",
                f"mem:{thing.id}",
                thing.born,
                thing.made_by == OUR_ACCOUNT,
            )
        return shot

    def _workspace_above(self, thing: Thing) -> str:
        above = self.things.get(thing.parent)
        while above is not None and above.parent:
            above = self.things.get(above.parent)
        return above.workspace if above is not None else ""

    def find(self, which: str) -> Thing:
        """Return the object with this id, else the oldest one that bears this address."""
        if which in self.things:
            return self.things[which]
        for thing in self.things.values():
            if thing.marker == which:
                return thing
        raise KeyError(f"nothing has the id or the marker {which!r}")

    def titled(self, title: str) -> Thing:
        """Return the first object with this title."""
        for thing in self.things.values():
            if thing.fields.get("title") == title:
                return thing
        raise KeyError(f"nothing has the title {title!r}")

    def children(self, which: str) -> tuple[Thing, ...]:
        """Return what the object holds, in the members' order."""
        parent = self.find(which).id
        return tuple(thing for thing in self.things.values() if thing.parent == parent)

    def is_inside(self, which: str, holder: str) -> bool:
        """Say whether an id is the holder's or lies anywhere below it."""
        while which and which != holder:
            which = self.things[which].parent if which in self.things else ""
        return bool(which)

    def picture(self) -> tuple[tuple[object, ...], ...]:
        """Return all that the tool holds without ids, versions and times, to be compared."""
        return tuple(sorted((self._seen(thing) for thing in self.things.values()), key=repr))

    def _seen(self, thing: Thing) -> tuple[object, ...]:
        fields = tuple((name, _plain(value)) for name, value in thing.fields.items())
        path = self._path(thing)
        return (path, thing.kind, thing.marker, thing.existence, thing.made_by, fields)

    def _path(self, thing: Thing) -> tuple[str, ...]:
        name = thing.marker or str(thing.fields.get("title", ""))
        above = self.things.get(thing.parent)
        return (*self._path(above), name) if above is not None else (name,)

    def text(self) -> str:
        """Return every word that the tool holds now, archived objects included."""
        return "\n".join(
            word
            for thing in self.things.values()
            for value in thing.fields.values()
            for word in _words(value)
        )


class Member:
    """The door of the people who work in the tool. An object is named by id or address."""

    def __init__(self, tool: Tool) -> None:
        self._tool = tool

    def set(self, which: str, name: str, value: Value) -> None:
        """Give one field another value."""
        self._tool.fill(self._tool.find(which), {name: value})

    def rename(self, which: str, title: str) -> None:
        """Give the object another title."""
        self.set(which, "title", title)

    def move(self, which: str, parent: str) -> None:
        """Put the object, with all that it holds, into another one ("" for the top)."""
        thing = self._tool.find(which)
        target = self._tool.find(parent).id if parent else ""
        if self._tool.is_inside(target, thing.id):
            raise ValueError(f"{which} can't be moved into itself")
        self._tool.touch(thing)
        thing.parent = target

    def archive(self, which: str) -> None:
        """Put the object away."""
        self._exist(which, ARCHIVED)

    def restore(self, which: str) -> None:
        """Take the object out of the archive."""
        self._exist(which, THERE)

    def _exist(self, which: str, existence: str) -> None:
        thing = self._tool.find(which)
        self._tool.touch(thing)
        thing.existence = existence

    def delete(self, which: str) -> None:
        """Delete the object with all that it holds."""
        tool = self._tool
        doomed = tool.find(which).id
        tool.touch(tool.things[doomed])
        for gone in [each for each in tool.things if tool.is_inside(each, doomed)]:
            tool.deleted[gone] = tool.things[gone]
            tool.tell(gone)
        tool.things = {each: tool.things[each] for each in tool.things if each not in tool.deleted}

    def add(self, kind: str, parent: str, fields: Mapping[str, Value]) -> str:
        """Add an object of the member's own; return its id."""
        target = self._tool.find(parent).id if parent else ""
        return self._tool.make(kind, target, fields, made_by="member").id

    def copy(self, which: str) -> str:
        """Copy the object with its marker and all that it holds; return the new id."""
        original = self._tool.find(which)
        return self._copy(original, original.parent)

    def _copy(self, original: Thing, parent: str) -> str:
        copied = self._tool.make(
            original.kind,
            parent,
            original.fields,
            marker=original.marker,
            workspace=original.workspace,
            made_by="member",
        )
        for child in self._tool.children(original.id):
            if child.id != copied.id:
                self._copy(child, copied.id)
        return copied.id

    def unmark(self, which: str) -> None:
        """Take our marker off the object."""
        thing = self._tool.find(which)
        self._tool.touch(thing)
        thing.marker = thing.workspace = ""

    def reorder(self, which: str) -> None:
        """Put the object behind all others."""
        thing = self._tool.find(which)
        self._tool.touch(thing)
        self._tool.things[thing.id] = self._tool.things.pop(thing.id)

    def open_elsewhere(self, which: str, is_open: bool = True) -> None:
        """Open the object in another program, which keeps everybody else from writing to it."""
        self._tool.find(which).locked = is_open


def _plain(value: Value) -> object:
    if isinstance(value, Mapping):
        return tuple(sorted(value.items()))
    return tuple(sorted(value)) if isinstance(value, frozenset) else value


def _words(value: Value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from value.values()
        yield from value
    elif isinstance(value, frozenset):
        yield from value
