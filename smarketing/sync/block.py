"""A sync block as one workspace has it: which places, which fields, what becomes of what is new."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from smarketing.kinds import Merge, Value, empty
from smarketing.state.action import FIELDS
from smarketing.state.record import Seen
from smarketing.sync import checklist
from smarketing.sync.statuses import Spoken, Vocabulary, parted


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a block: the fields it can hold and how it shows a status.

    `fields` maps a field to the key of the column that holds it, "" where it needs none.
    `labels` are the titles of the labels that it can show, None if any.
    """

    address: str
    fields: Mapping[str, str]
    spoken: Spoken
    labels: frozenset[str] | None = None

    def is_brief(self, name: str, now: Value) -> bool:
        """Say whether a line that was just found tells nothing of a field: it may call the thing
        in its own way, and have a tick box without a word."""
        if not self.spoken.is_terse:
            return False
        return name == "title" or (name == "status" and parted(now) == ("", False))

    def as_hub(
        self,
        name: str,
        now: Value,
        before: Seen | None = None,
        unticked: str = "",
        lines: Mapping[str, str] = {},
    ) -> Value:
        """Return what the place means by a field; `before` is what it was last seen to say."""
        if name == "status":
            return self.spoken.as_hub(now, before.value if before else None, unticked)
        if name == "labels":
            return self._labels(now, before)
        if name == "checklist":
            return checklist.as_hub(as_map(now), as_map(before.hub if before else None), lines)
        return now or None

    def render(
        self,
        name: str,
        hub: Value,
        now: Value,
        before: Seen | None = None,
        lines: Mapping[str, str] = {},
    ) -> Value:
        """Return what the place shows for the value of a field: `now` if it can't show it."""
        if name == "status":
            shown = self.spoken.render(hub, now)
            return now if shown is None or not (shown or now) else shown
        if name == "labels":
            return self._shown_labels(_as_set(hub), now, before)
        if name == "checklist":
            shown_before = as_map(before.value) if before else None
            return checklist.render(
                as_map(hub), shown_before, as_map(before.hub if before else None), lines
            )
        return hub if hub or now else now

    def at_birth(self, name: str, hub: Value) -> Value:
        """Return what a new thing shows here for the value of a field."""
        if name == "status":
            return self.spoken.at_birth(hub)
        return self.render(name, hub, None)

    def _labels(self, now: Value, before: Seen | None) -> frozenset[str]:
        if before is None or self.labels is None:
            return _as_set(now)
        return _as_set(now) | (_as_set(before.hub) - self.labels)

    def _shown_labels(self, hub: frozenset[str], now: Value, before: Seen | None) -> frozenset[str]:
        """Return what changed since `before`, put into what the place shows: after an undo a place
        keeps a label of its own that the others don't have."""
        stood_for = _as_set(before.hub) if before else frozenset()
        wanted = (_as_set(now) - (stood_for - hub)) | (hub - stood_for)
        return wanted if self.labels is None else wanted & self.labels


@dataclass(frozen=True)
class Block:
    """One sync block; `places` stand in the order of `between:`.

    `new` maps a place to the places where its new things appear. Of two edits, that at the place
    named by `prefer` stands, then that at the earlier place. `left_out` are sentences about
    what of the block does not appear and why.
    """

    key: str
    places: Mapping[str, Place]
    fields: tuple[str, ...]
    vocabulary: Vocabulary
    new: Mapping[str, frozenset[str]] = field(default_factory=dict)
    prefer: str = ""
    left_out: tuple[str, ...] = ()

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """How much each place counts: the smaller, the more."""
        return {place: -1 if place == self.prefer else at for at, place in enumerate(self.places)}

    def rank(self, place: str) -> int:
        """Return how much a place counts: the smaller, the more; an unknown one counts least."""
        return self.ranks.get(place, len(self.places))

    def by_rank(self, places: Collection[str]) -> list[str]:
        """Return those of the block's places, the one that counts most first."""
        return sorted((p for p in places if p in self.places), key=self.rank)


def nothing(name: str) -> Value:
    """Return the value of a field before anybody says something of it."""
    return empty(FIELDS[name])


def is_single(name: str) -> bool:
    """Say whether a field holds one value, and not several that merge one by one."""
    return FIELDS[name] is Merge.SCALAR


def as_map(value: Value) -> Mapping[str, str]:
    """Return a checklist's value as one, empty if there is none."""
    return value if isinstance(value, Mapping) else {}


def _as_set(value: Value) -> frozenset[str]:
    return value if isinstance(value, frozenset) else frozenset()
