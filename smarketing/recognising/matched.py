"""What is looked for in a tool, and what was found of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from smarketing.contract import Remote


@dataclass(frozen=True, slots=True)
class Matched:
    """What was found of each item. An item in neither `found` nor `gone` was never there.

    `twins` are further objects of our own account with an item's marker, left by a lost reply
    or by another machine. `recovered` are the items found without a binding, `others` the
    listed objects that are no item. `adopted` are the items found by their title inside what a
    person named under `existing:`, `doubtful` those of which it is not clear what they are there.
    """

    found: Mapping[str, Remote]
    unchanged: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    twins: Mapping[str, tuple[Remote, ...]] = field(default_factory=dict)
    recovered: frozenset[str] = frozenset()
    others: tuple[Remote, ...] = ()
    adopted: frozenset[str] = frozenset()
    doubtful: Mapping[str, tuple[Remote, ...]] = field(default_factory=dict)

    def twin_of(self, which: str) -> str:
        """Return the address of which this object is a twin, "" if of none."""
        for address, twins in self.twins.items():
            if any(twin.id == which for twin in twins):
                return address
        return ""

    def is_unsettled(self, address: str, name: str) -> bool:
        """Say whether the tool could now hold this field as it is meant."""
        remote = self.found.get(address)
        return remote is not None and name in remote.unsettled


@dataclass(frozen=True, slots=True)
class Wanted:
    """An item to look for: its parent's address and its title as the tool would show it.

    `formerly` are the addresses it had, and may still bear as a marker.
    """

    address: str
    kind: str
    parent: str
    title: str
    formerly: frozenset[str] = frozenset()
