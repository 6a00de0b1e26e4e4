"""What is being drawn: the records, what each tool shows, and the changes so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from smarketing.address import container_of
from smarketing.changes.linking import without_dead_links
from smarketing.contract import BUILD, FINISH, Change, Names, Remote
from smarketing.kinds import Value
from smarketing.merging.notes import Note
from smarketing.plan import Keep
from smarketing.recognising.lastseen import as_last_seen
from smarketing.recognising.look import Look
from smarketing.reorganisation.naming import PERSONAL, in_words_of
from smarketing.state.record import Record, Seen


@dataclass(slots=True)
class Drawing:
    """What one drawing works on. Its functions stand in placing.py, writing.py and changes.py."""

    records: dict[str, Record]
    looks: Mapping[str, Look]
    stages: Mapping[str, int]
    hold: bool
    derived: frozenset[str]
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    roster: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    carried: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    marking: bool = True
    sharing: bool = True
    changes: list[Change] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    keeps: list[Keep] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    creates: set[str] = field(default_factory=set)
    urls: dict[str, dict[str, str]] = field(default_factory=dict)
    links: dict[str, Mapping[str, str]] = field(default_factory=dict)
    removals: list[tuple[str, str]] = field(default_factory=list)
    sizes: dict[str, int] = field(default_factory=dict)
    notes: dict[str, tuple[Note, ...]] = field(default_factory=dict)
    rights: dict[str, tuple[str, ...]] = field(default_factory=dict)
    linking: dict[str, frozenset[str]] = field(default_factory=dict)
    twins: set[str] = field(default_factory=set)
    put_away: frozenset[str] = frozenset()

    def add(self, record: Record, change: Change) -> None:
        stage = change.stage or self.stages.get(record.address, BUILD)
        if change.kind == "root" and change.verb == "update":
            stage = FINISH
        self.changes.append(replace(change, stage=stage) if stage != BUILD else change)
        self.places[record.address] = record.place

    def is_left_alone(self, record: Record) -> bool:
        """Say whether neither the playbook nor a synced place has anything to write there."""
        return record.released and record.address not in self.own

    def can_change(self, record: Record, look: Look) -> bool:
        """Say whether what it holds can be written anew: of messages only the one of this week."""
        is_current = record.address in self.stages and look.terms.manifest.edits
        return record.kind != "message" or is_current

    def gets_a_marker(self, record: Record, look: Look) -> bool:
        """Say whether it can't be told from others for long without one, and shall have one now."""
        keyed = record.kind in look.terms.manifest.keyed
        return keyed and (self.marking or record.address not in self.own)

    def needs_writing(self, record: Record, look: Look, name: str) -> bool:
        if name not in record.hub or name not in look.terms.manifest.kinds[record.kind]:
            return False
        seen = record.seen.get(record.place, {}).get(name)
        if seen is None or seen.hub != record.hub[name]:
            return True
        if name in PERSONAL and _names_any(record.hub[name], look.present):
            return True  # it may stand there under a former name
        return look.matched.is_unsettled(record.address, name)

    def holds_back(self, record: Record, look: Look, name: str) -> bool:
        """Say whether writing this may have the tool tell somebody, and nobody is to be told."""
        if record.kind == "occurrence" and self.hold:
            self.held += self.invited(record)
            return True
        owner = record.hub.get("owner")
        nobody_there = container_of(record.address) in self.creates
        if not self.hold or name != "owner" or not owner or nobody_there:
            return False
        if look.terms.manifest.tells_owners:
            self.held.append(str(owner))
        return look.terms.manifest.tells_owners

    def invited(self, record: Record) -> list[str]:
        """Return who comes to an occurrence beside those of its series."""
        series = self.records.get(container_of(record.address))
        return sorted(_people(record) - (_people(series) if series else frozenset()))

    def rendered(self, record: Record, look: Look, name: str, urls: Mapping[str, str]) -> Value:
        if name not in record.hub:
            return None
        shown = self.links.get(record.address, {})
        if any(address not in urls for address in shown):
            urls = {**shown, **urls}
        names = Names(urls, {}, urls.get(record.address, ""))
        value = without_dead_links(record.hub[name], urls)
        if name in PERSONAL:
            value = in_words_of(value, look.called)
        return look.terms.render(record.kind, name, value, names)

    def remote(self, record: Record, look: Look) -> Remote | None:
        if record.address in look.matched.unchanged:
            return as_last_seen(record)
        return look.matched.found.get(record.address)

    def shown(self, record: Record, name: str, seen: Seen) -> Record:
        latest = self.records.get(record.address, record)
        at_place = {**latest.seen.get(record.place, {}), name: seen}
        return replace(latest, seen={**latest.seen, record.place: at_place})


def _people(record: Record) -> frozenset[str]:
    people = record.hub.get("attendees")
    return people if isinstance(people, frozenset) else frozenset()


def _names_any(value: Value, present: Mapping[str, str]) -> bool:
    named = value if isinstance(value, frozenset) else {value}
    return any(each in named for each in present.values())
