"""An action item: one thing that several places show, and what each of them says of it. Values."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from smarketing.address import kind_of
from smarketing.kinds import THERE, Merge, Value
from smarketing.state.record import Seen

FIELDS: Mapping[str, Merge] = {
    "title": Merge.SCALAR,
    "status": Merge.SCALAR,
    "owner": Merge.SCALAR,
    "due": Merge.SCALAR,
    "labels": Merge.SET,
    "checklist": Merge.MAP,
    "link": Merge.SCALAR,
}
"""The fields of an action item, in the order in which people read them.

title, owner (a name), due (YYYY-MM-DD) and link (a URL) are texts or None. status is a key of the
vocabulary, or "=Ideas" for a list of that name that a member made; at a place it is in that
place's own terms (see statuses.py). labels are titles. For a checklist see checklist.py.
"""

LINE = "line"
SHOWN_AS: Mapping[str, str] = {"board": "card", "table": "row", "document": LINE}
"""What shows an action item in each kind of place."""

_PLAIN = str.maketrans("‘’‚“”„–—", "'''\"\"\"--")
"""What some tools make of quotes and dashes."""

_COPY, _LONG = "of-", 16


@dataclass(frozen=True, slots=True)
class Yielded:
    """A value that did not stand: where it was said, by whom and when, as far as the tool tells.

    `stands` is the value that stood against it, `against` the place that said that.
    """

    value: Value
    place: str
    stands: Value
    against: str
    day: str
    by: str = ""
    when: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """One action item, with the values that are held true and what each place was seen to say.

    `key` is the address of the item that it was first seen as. `at` maps a place to the address
    of the item that shows it there, `set_by` a field to the place that last moved it. `closed`
    maps a place to the day (YYYY-MM-DD) since when it is gone or archived there: nothing is made
    there again; the day is "" where it is absent and nobody knows whether it ever was there. `kept` are the closed places of which a person said that the rest shall stay.
    `unticked` is the last status without a tick. `lines` maps the keys of a place's checklist to
    ours where they differ. `yielded` are the conflicts that no later edit of the field has settled.
    """

    key: str
    hub: Mapping[str, Value] = field(default_factory=dict)
    seen: Mapping[str, Mapping[str, Seen]] = field(default_factory=dict)
    at: Mapping[str, str] = field(default_factory=dict)
    set_by: Mapping[str, str] = field(default_factory=dict)
    closed: Mapping[str, str] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()
    unticked: str = ""
    lines: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    yielded: Mapping[str, tuple[Yielded, ...]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The title, "" if it has none."""
        return str(self.hub.get("title") or "")

    def is_open(self, place: str) -> bool:
        """Say whether the place shows it."""
        return place in self.at and place not in self.closed

    @property
    def unexplained(self) -> frozenset[str]:
        """The places of which nobody knows whether it was removed there, or never was there."""
        return frozenset(place for place, day in self.closed.items() if not day)


@dataclass(frozen=True, slots=True)
class Said:
    """What a place says of one thing now, after its tool has been settled with its record.

    `fields` are in the place's terms; one that the place can't hold is absent. `origin` is what
    a copy carries (`carried(key)`), "" if the thing was born here or nobody knows. `url` is where
    a person finds it. `by` and `when` tell of its last edit, "" where the tool doesn't.
    `is_unmarked` says that it bears no mark, where the first sync gives one to each of its kind.
    What `is_past` is known again by what it shows, and says nothing of what holds now; what
    `is_over` does so if it was read before, on another computer, and else says it for the first time.
    """

    address: str
    place: str
    fields: Mapping[str, Value]
    origin: str = ""
    existence: str = THERE
    url: str = ""
    by: str = ""
    when: str = ""
    is_unmarked: bool = False
    is_past: bool = False
    is_over: bool = False


def leads_to(action: Action) -> str:
    """Return the card that shows an action item, "" if none does."""
    return next((at for at in action.at.values() if kind_of(at) == "card"), "")


def plain(title: Value) -> str:
    """Return a title as it is compared: small letters, plain quotes, one space between words."""
    return " ".join(str(title or "").translate(_PLAIN).split()).casefold()


def carried(key: str) -> str:
    """Return what a copy carries of its origin: the key of the copy's address."""
    return f"{_COPY}{_digest(key)}"


def copy_address(place: str, key: str) -> str:
    """Return the address of the copy of an action item at a place."""
    return f"{place}/{SHOWN_AS[kind_of(place)]}:{carried(key)}"


def own_address(place: str, remote_id: str) -> str:
    """Return the address of a thing that a member made at a place, by its id in the tool."""
    return f"{place}/{SHOWN_AS[kind_of(place)]}:own-{_digest(f'{place} {remote_id}')}"


def origin_of(address: str) -> str:
    """Return what an address carries of an origin, "" if it is not that of a copy."""
    key = address.rpartition(":")[2]
    return key if key.startswith(_COPY) and len(key) == len(_COPY) + _LONG else ""


@lru_cache(maxsize=50_000)
def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_LONG]
