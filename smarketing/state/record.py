"""What state knows of one item, and what is under way."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from smarketing.kinds import ARCHIVED, GONE, THERE, Value
from smarketing.merging.notes import Note

PLAYBOOK = "playbook"
"""The name of the place where the playbook's values live."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a place held when last read or written, in its own terms, and the hub value it stood for."""

    value: Value
    hub: Value


@dataclass(frozen=True, slots=True)
class Binding:
    """The tie between an item and its object in the tool. `marker` is the address written on it.

    `born`, `ours` and `inside` are as in contract.Remote.
    """

    id: str
    version: str = ""
    url: str = ""
    parent: str = ""
    marker: str = ""
    born: float = 0.0
    ours: bool = True
    inside: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Left:
    """An object whose work went to another tool, and that still has to say so."""

    place: str
    binding: Binding


@dataclass(frozen=True, slots=True)
class Record:
    """One item: its hub values, what each place was seen to hold, and its object.

    `hub` and `seen` hold `parent` (an address, or "@id" of a foreign object) and `existence`
    beside the kind's fields. `links` are the urls that were written for the addresses its
    texts link to. `notes` are the conflict notes shown in its text. `granted` are the rights
    that a step of ours gave: role by name, both in the tool's terms.
    `left` is the object in another tool that it was until it moved here.
    """

    address: str
    kind: str
    place: str
    hub: Mapping[str, Value] = field(default_factory=dict)
    seen: Mapping[str, Mapping[str, Seen]] = field(default_factory=dict)
    binding: Binding | None = None
    released: bool = False
    links: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    granted: Mapping[str, str] = field(default_factory=dict)
    left: Left | None = None

    @property
    def existence(self) -> str:
        return str(self.hub.get("existence", THERE))

    @property
    def stands(self) -> bool:
        """Whether there is an object that we may write to."""
        return self.binding is not None and self.existence == THERE

    @property
    def gone(self) -> bool:
        return self.existence == GONE

    @property
    def is_sent(self) -> bool:
        """Whether it went out to somebody, and says for ever what it said."""
        return self.kind == "message" and not self.hub.get("channel")


def is_joined(record: Record) -> bool:
    """Say whether the playbook merged this into another thing, and so asked for its archiving."""
    said = record.seen.get(PLAYBOOK, {}).get("existence")
    return said is not None and said.value == ARCHIVED


def is_emptied(record: Record) -> bool:
    """Say whether something that was merged still waits for its archiving."""
    seen = record.seen.get(record.place, {}).get("existence")
    wanted = is_joined(record) and record.existence == ARCHIVED
    return wanted and seen is not None and seen.value == THERE


@dataclass(frozen=True, slots=True)
class Entry:
    """One change that a step was about to make: the values written and the hub they stood for.

    `like` are the values of a template's object that was to be copied first. `id` and `home`
    are of a member's own thing, which has no record: its id, and the address of what it leaves.
    """

    address: str
    verb: str
    kind: str
    written: Mapping[str, Value]
    hub: Mapping[str, Value]
    like: Mapping[str, Value] = field(default_factory=dict)
    id: str = ""
    home: str = ""


@dataclass(frozen=True, slots=True)
class Intent:
    """A step whose end was not recorded."""

    key: str
    place: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that state holds of a workspace."""

    records: Mapping[str, Record] = field(default_factory=dict)
    intents: tuple[Intent, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)


def own_record(address: str, kind: str, place: str, title: str, parent: str) -> Record:
    """Return what there is to say of a member's own thing while it is in `parent`."""
    return Record(address, kind, place, {"title": title}, {place: {"parent": Seen(parent, parent)}})


def in_sight(records: Mapping[str, Record]) -> frozenset[str]:
    """Return the addresses of what is there, and lies in nothing that was archived.

    What holds it may count as deleted: a list with another name, where a list has no mark.
    """
    away = put_away(records)
    return frozenset(a for a, r in records.items() if r.existence == THERE and a not in away)


def put_away(records: Mapping[str, Record], now: bool = False) -> frozenset[str]:
    """Return the addresses of what was archived, and of all that is meant to lie in it.

    `now` asks only for what still has to go there, and what goes along.
    """
    known: dict[str, bool] = {}

    def is_put_away(address: str) -> bool:
        if address not in known:
            record = records[address]
            parent = str(record.hub.get("parent", ""))
            known[address] = True  # what holds itself is nowhere
            known[address] = _is_away(record, now) or (parent in records and is_put_away(parent))
        return known[address]

    return frozenset(address for address in records if is_put_away(address))


def _is_away(record: Record, now: bool) -> bool:
    seen = record.seen.get(record.place, {}).get("existence")
    is_there_already = seen is not None and seen.value == ARCHIVED
    return record.existence == ARCHIVED and not (now and is_there_already)
