"""The record level in little: each thing's record folds what its tool and the playbook say of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from smarketing.kinds import GONE, THERE, Value
from smarketing.merging.merge import merge
from smarketing.state.action import FIELDS, Action, Said, own_address
from smarketing.sync.block import nothing

from .tools import Shown, Tool

Side = Callable[[str, str], Literal["hub", "now"]]
"""Who stands in a conflict about a field (second) of the thing with an address (first)."""


@dataclass(slots=True)
class Record:
    """What state knows of one thing. `id` is "" while it is still to be made."""

    address: str
    place: str
    id: str = ""
    hub: dict[str, Value] = field(default_factory=dict)
    seen: dict[str, tuple[Value, Value]] = field(default_factory=dict)
    asked: dict[str, tuple[Value, Value]] = field(default_factory=dict)
    existence: str = THERE
    wanted: str = THERE
    version: int = -1
    waits: bool = False

    def copy(self) -> "Record":
        """Return a copy that can be changed without changing this one."""
        return Record(
            self.address, self.place, self.id, dict(self.hub), dict(self.seen), dict(self.asked),
            self.existence, self.wanted, self.version, self.waits,
        )  # fmt: skip

    def said(self) -> Said:
        """Return what it says, settled with its tool."""
        return Said(self.address, self.place, dict(self.hub), existence=self.existence)


@dataclass
class State:
    """All that is kept from run to run; `intents` are writes without an answer."""

    records: dict[str, Record] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    doubted: dict[str, frozenset[str]] = field(default_factory=dict)
    intents: dict[str, tuple[dict[str, Value], dict[str, Value]]] = field(default_factory=dict)
    lost: bool = False


@dataclass
class Hearing:
    """The records while their tools are read; `yielded` is what could not stand.

    A record is copied before it is changed, so that a run can be forgotten.
    """

    records: dict[str, Record]
    side: Side
    asked: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    yielded: list[Value] = field(default_factory=list)
    copied: set[str] = field(default_factory=set)

    def own(self, address: str) -> Record:
        """Return a record that may be changed."""
        if address not in self.copied:
            self.copied.add(address)
            self.records[address] = self.records[address].copy()
        return self.records[address]

    def hear(self, tool: Tool, listing: list[Shown], full: bool) -> None:
        """Fold what a tool lists into the records; in a full listing what is not there is gone."""
        ours = [r for r in self.records.values() if r.place == tool.place]
        by_id = {record.id: record for record in ours if record.id}
        for which, marker, existence, version, fields in listing:
            record = by_id.get(which) or self._found(tool, which, marker, existence)
            if record is None or (version == record.version and existence == record.existence):
                continue
            record = by_id[which] = self.own(record.address)
            record.existence = existence
            if version <= record.version:
                continue  # an older state than the one that we know
            record.version = version
            for name, value in fields.items():
                self._fold(record, tool, name, value)
        if full:
            there = {one[0] for one in listing}
            for record in ours:
                if record.id and record.id not in there and record.existence != GONE:
                    self.own(record.address).existence = GONE

    def _found(self, tool: Tool, which: str, marker: str, existence: str) -> Record | None:
        bound = self.records.get(marker)
        if bound is not None and not bound.id:
            bound = self.own(marker)
            bound.id = which
            return bound
        if existence == GONE:
            return None
        address = marker if marker and bound is None else own_address(tool.place, which)
        record = Record(address, tool.place, which)
        record.asked = {name: (v, v) for name, v in self.asked.get(address, {}).items()}
        self.records[address] = record
        self.copied.add(address)
        return record

    def _fold(self, record: Record, tool: Tool, name: str, value: Value) -> None:
        last = record.seen.get(name)
        if last is not None and last[0] == value:
            return
        says = tool.understood(name, value)
        self._merge(record, name, last[1] if last else nothing(name), says, "now")
        record.seen[name] = (value, says)

    def ask(self, address: str, name: str, value: Value) -> None:
        """Let the playbook ask for a value of a field."""
        record = self.own(address)
        if record.asked[name][0] != value:
            self._merge(record, name, record.asked[name][1], value, "hub")
            record.asked[name] = (value, value)

    def _merge(
        self, record: Record, name: str, base: Value, says: Value, who: Literal["hub", "now"]
    ) -> None:
        if name not in record.hub:
            record.hub[name] = says
            return
        hub = record.hub[name]
        stands = self.side(record.address, name) if who == "now" else who
        merged = merge(FIELDS[name], base, hub, says, stands=stands)
        record.hub[name], record.waits = merged.value, True
        self.yielded += (clash.yields for clash in merged.clashes)


def waiting(records: Iterable[Record], place: str) -> list[Record]:
    """Return the records of a place whose thing may hold something else than is wanted."""
    return [r for r in records if r.waits and r.place == place and r.existence == THERE]
