"""Which object in a tool is which item: by binding, else by marker, else by where it stands.

The id in state decides; a marker only recovers. Of two bearers of one marker the bound one is
ours, and the other is a member's copy.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from smarketing.contract import Listing, Manifest, Remote
from smarketing.kinds import THERE, Value
from smarketing.record import Record

SIMILAR = 0.6
"""How many of its words an unmarked thing keeps when it was only reworded."""

INSIDE = frozenset(("list", "label", "card", "check", "row"))
"""Kinds that are taken up by their title inside what a person named under `existing:`."""


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


def match(
    listing: Listing,
    records: Mapping[str, Record],
    wanted: Iterable[Wanted],
    *,
    workspace: str,
    manifest: Manifest,
    searched: frozenset[str] = frozenset(),
    existing: Collection[str] = (),
) -> Matched:
    """Say which remote each item of one place is.

    `records` are those of this place, parents first; `searched` the addresses of open intents,
    `existing` those that a person bound to what is there already.
    """
    search = _Search(listing, records, workspace, manifest, searched, existing)
    return search.run(tuple(wanted))


def plain(title: object) -> str:
    """Return a title as people tell it from others: case and spaces make no difference."""
    return " ".join(str(title or "").casefold().split())


def words_kept(old: str, new: str) -> float:
    """Return the share of the longer text's words that both have, 0.0 to 1.0."""
    one, two = Counter(old.casefold().split()), Counter(new.casefold().split())
    longer = max(one.total(), two.total())
    return (one & two).total() / longer if longer else 0.0


def _name_of(item: Wanted) -> tuple[str, str, str]:
    return item.parent, item.kind, plain(item.title)


class _Search:
    def __init__(
        self,
        listing: Listing,
        records: Mapping[str, Record],
        workspace: str,
        manifest: Manifest,
        searched: frozenset[str],
        existing: Collection[str],
    ) -> None:
        self.records = records
        self.manifest = manifest
        self.searched = searched
        self.existing = existing
        self.adopted: set[str] = set()
        self.doubtful: dict[str, tuple[Remote, ...]] = {}
        self.remotes = {remote.id: remote for remote in listing.remotes}
        self.still = listing.unchanged
        self.found: dict[str, Remote] = {}
        self.unchanged: set[str] = set()
        self.claimed: dict[str, str] = {}
        self.recovered: set[str] = set()
        self.stranded: dict[str, Remote] = {}
        self.bearers: dict[str, list[Remote]] = defaultdict(list)
        self.children: dict[str, list[Remote]] = defaultdict(list)
        for remote in listing.remotes:
            if remote.marker and remote.workspace in ("", workspace):
                self.bearers[remote.marker].append(remote)
            self.children[remote.parent].append(remote)

    def run(self, wanted: tuple[Wanted, ...]) -> Matched:
        for record in self.records.values():
            self._by_binding(record)
        twins = {item.address: self._twins(item) for item in wanted}
        self._leave({twin.id for each in twins.values() for twin in each})
        for item in wanted:
            if item.address not in self.found:
                self._by_marker(item)
        names = Counter(map(_name_of, wanted))
        for item in wanted:
            if item.address in self.found:
                continue
            if self._may_stand_unmarked(item):
                self._by_standing(item)
            elif self._is_to_be_taken_up(item):
                self._by_title(item, names[_name_of(item)] > 1)
        self._by_rewording(wanted)
        for address, remote in self.stranded.items():
            if address not in self.found:
                self._claim(address, remote)
        return Matched(
            self.found,
            frozenset(self.unchanged),
            frozenset(a for a, r in self.records.items() if r.binding and a not in self.found),
            {address: each for address, each in twins.items() if each},
            frozenset(self.recovered),
            tuple(r for each, r in self.remotes.items() if each not in self.claimed),
            frozenset(self.adopted),
            self.doubtful,
        )

    def _leave(self, twins: Collection[str]) -> None:
        """Look anew for what has no marker and is bound to something inside a twin."""
        for address, remote in list(self.found.items()):
            if remote.parent not in twins:
                continue
            self.unchanged.discard(address)
            if remote.kind in self.manifest.unmarked:
                self.stranded[address] = remote
                del self.found[address], self.claimed[remote.id]

    def _claim(self, address: str, remote: Remote) -> None:
        self.found[address] = remote
        self.claimed[remote.id] = address

    def _by_binding(self, record: Record) -> None:
        binding = record.binding
        if binding is None:
            return
        if binding.id in self.still:
            self.unchanged.add(record.address)
            self._claim(record.address, as_last_seen(record))
        elif remote := self.remotes.get(binding.id):
            # Where ids are paths, another of our things may now stand at this one.
            strayed = not self.manifest.stable_ids and remote.marker not in (
                "",
                binding.marker,
                record.address,
            )
            if remote.kind == record.kind and not strayed:
                self._claim(record.address, remote)

    def _by_marker(self, item: Wanted) -> None:
        record = self.records.get(item.address)
        bound = record is not None and record.binding is not None
        if bound and self.manifest.stable_ids:
            return
        names = {item.address, *item.formerly}
        if record and record.binding and record.binding.marker:
            names.add(record.binding.marker)
        free = [
            remote
            for name in names
            for remote in self.bearers.get(name, ())
            if remote.id not in self.claimed
            and remote.kind == item.kind
            and not self._is_in_a_copy(remote)
        ]
        if free:
            # Of several that were merged, the one that goes on bears the present address.
            remote = min(free, key=lambda r: (r.marker in item.formerly, not r.ours, r.born, r.id))
            self._claim(item.address, remote)
            self.recovered.add(item.address)

    def _is_in_a_copy(self, remote: Remote) -> bool:
        """Whether it came along when a member copied what holds it, as a board's file."""
        above = self.remotes.get(remote.parent)
        while above is not None:
            if above.marker and remote.marker.startswith(f"{above.marker}/"):
                return above.id not in self.claimed
            above = self.remotes.get(above.parent)
        return False

    def _may_stand_unmarked(self, item: Wanted) -> bool:
        """Nobody's thing is taken by its title, save where we may have made it ourselves."""
        if item.kind not in self.manifest.unmarked or item.parent not in self.found:
            return False
        record = self.records.get(item.address)
        if item.address in self.stranded:
            return True
        if record and record.binding:
            return not self.manifest.stable_ids
        if item.address in self.searched:
            return True
        return item.parent in self.recovered and (not self._is_named(item) or self._is_lost)

    def _is_named(self, item: Wanted) -> bool:
        """Say whether a person bound the board or table that holds this to what is there."""
        return item.address.split("/")[0] in self.existing

    @property
    def _is_lost(self) -> bool:
        """Whether it was all made once, and nobody remembers: what stands unmarked may be ours."""
        return not self.records and any(
            each.kind == "root" and bool(each.fields.get("done")) for each in self.found.values()
        )

    def _is_to_be_taken_up(self, item: Wanted) -> bool:
        """Say whether a member's thing of this title is asked for: its holder was named."""
        record = self.records.get(item.address)
        begun = record is not None and (record.binding is not None or record.existence != THERE)
        return (
            item.kind in INSIDE and not begun and item.parent in self.found and self._is_named(item)
        )

    def _by_title(self, item: Wanted, repeated: bool) -> None:
        title = plain(item.title)
        same = [
            remote
            for remote in self._siblings(item)
            if remote.existence == THERE
            and title
            and plain(remote.fields.get("title") or remote.called) == title
        ]
        if len(same) == 1 and not repeated:
            self._claim(item.address, same[0])
            self.adopted.add(item.address)
        elif same:
            self.doubtful[item.address] = tuple(same)

    def _siblings(self, item: Wanted) -> list[Remote]:
        parent = self.found[item.parent]
        return [
            remote
            for remote in self.children.get(parent.id, ())
            if remote.kind == item.kind and not remote.marker and remote.id not in self.claimed
        ]

    def _by_standing(self, item: Wanted) -> None:
        siblings = self._siblings(item)
        same = [remote for remote in siblings if remote.fields.get("title") == item.title]
        if not same:
            same = self._holding_our_children(item, siblings)
        if same:
            remote = min(same, key=lambda r: (r.born, r.id))
            self._claim(item.address, remote)
            self.recovered.add(item.address)

    def _holding_our_children(self, item: Wanted, siblings: list[Remote]) -> list[Remote]:
        votes = Counter(
            self.found[record.address].parent
            for record in self.records.values()
            if record.hub.get("parent") == item.address and record.address in self.found
        )
        ids = {remote.id: remote for remote in siblings}
        return [ids[top] for top, _ in votes.most_common(1) if top in ids]

    def _by_rewording(self, wanted: tuple[Wanted, ...]) -> None:
        """Take a single unmatched sibling that kept most of its words for a rename."""
        for item in wanted:
            if item.address in self.found or not self._may_stand_unmarked(item):
                continue
            siblings = self._siblings(item)
            if len(siblings) != 1:
                continue
            if words_kept(item.title, str(siblings[0].fields.get("title", ""))) >= SIMILAR:
                self._claim(item.address, siblings[0])
                self.recovered.add(item.address)

    def _bearers_of(self, address: str) -> list[Remote]:
        bearers = list(self.bearers.get(address, ()))
        if bearers and address in self.unchanged:  # it was not listed again
            bearers.append(self.found[address])
        return bearers

    def _twins(self, item: Wanted) -> tuple[Remote, ...]:
        """Return what we made twice. The oldest is ours, even against a binding.

        Where ids are paths nothing is made twice: a second bearer is a member's copy.
        """
        if not self.manifest.stable_ids:
            return ()
        ours = sorted(
            (r for r in self._bearers_of(item.address) if r.ours and r.kind == item.kind),
            key=lambda r: (r.born, r.id),
        )
        if len(ours) < 2:
            return ()
        bound = self.found.get(item.address)
        if bound is not None and bound in ours and bound is not ours[0]:
            del self.claimed[bound.id]
            self.unchanged.discard(item.address)
            self._claim(item.address, ours[0])
        return tuple(ours[1:])


def as_last_seen(record: Record, version: str | None = None) -> Remote:
    """Return the object as it was when last read, for a place that says it is unchanged."""
    binding = record.binding
    assert binding is not None
    fields: dict[str, Value] = {
        name: seen.value
        for name, seen in record.seen.get(record.place, {}).items()
        if name not in ("parent", "existence")
    }
    return Remote(
        id=binding.id,
        kind=record.kind,
        fields=fields,
        parent=binding.parent,
        existence=str(record.seen.get(record.place, {})["existence"].value),
        marker=binding.marker,
        version=binding.version if version is None else version,
        url=binding.url,
        born=binding.born,
        ours=binding.ours,
    )


def with_known_versions(records: Iterable[Record]) -> dict[str, str]:
    """Return the versions by id, for a read that skips what did not change."""
    return {r.binding.id: r.binding.version for r in records if r.binding and r.binding.version}
