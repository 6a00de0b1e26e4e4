"""What has to be written so that each tool shows the hub. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from smarketing.access import granting
from smarketing.contract import BUILD, LAST, Change, Names, Remote
from smarketing.fold import Look
from smarketing.kinds import ARCHIVED, KINDS, THERE, Merge, Value, merge_kind
from smarketing.match import as_last_seen, words_kept
from smarketing.notes import Note, settled, standing, with_notes
from smarketing.plan import Keep
from smarketing.record import Record, Seen

FINISH = LAST + 1
"""The stage after all others: a root is told that its workspace is complete."""

_LINK = re.compile(r"link:([a-z]+:[a-z0-9.-]+(?:/[a-z]+:[a-z0-9.-]+)*)")


@dataclass(frozen=True, slots=True)
class Drawn:
    """The changes, and the records as they are where no write was needed.

    `urls` are, by place, where items will be; `links` the urls that each item's texts will
    show. `removals` are (container, object) for what disappears from sight, `sizes` how much
    each container holds. `notes` are those that an item's text will show, `rights` those that
    each item gives without us. `linking` are the fields of each item that hold links.
    """

    changes: tuple[Change, ...]
    places: Mapping[str, str]
    records: Mapping[str, Record]
    links: Mapping[str, Mapping[str, str]]
    keeps: tuple[Keep, ...] = ()
    held: tuple[str, ...] = ()
    removals: tuple[tuple[str, str], ...] = ()
    sizes: Mapping[str, int] = field(default_factory=dict)
    notes: Mapping[str, tuple[Note, ...]] = field(default_factory=dict)
    rights: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    linking: Mapping[str, frozenset[str]] = field(default_factory=dict)


def draw(
    records: Mapping[str, Record],
    looks: Mapping[str, Look],
    stages: Mapping[str, int],
    *,
    hold: bool = False,
    order: Iterable[str] = (),
    derived: frozenset[str] = frozenset(),
    signposts: Iterable[tuple[str, Change]] = (),
) -> Drawn:
    """Return the changes that make every reached tool show the hub.

    `stages` gives the stage of items that are not built in the first; `hold` leaves the last
    stage out. `order` are the addresses, parents first. What goes from `derived` items is no
    removal: it went where they are derived from. `signposts` are changes to what was left behind.
    """
    drawing = _Drawing(dict(records), looks, stages, hold, derived)
    for place, change in signposts:
        drawing.changes.append(change)
        drawing.places[change.address] = place
    return drawing.run(tuple(order))


def linked(values: Iterable[Value]) -> frozenset[str]:
    """Return the addresses that these values link to."""
    return frozenset(
        address
        for value in values
        if isinstance(value, str) and "link:" in value
        for address in _LINK.findall(value)
    )


@dataclass(slots=True)
class _Drawing:
    records: dict[str, Record]
    looks: Mapping[str, Look]
    stages: Mapping[str, int]
    hold: bool
    derived: frozenset[str]
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

    def run(self, order: tuple[str, ...]) -> Drawn:
        self.urls = {place: dict(look.names.urls) for place, look in self.looks.items()}
        listed = set(order)
        addresses = [a for a in order if a in self.records]
        addresses += [a for a in self.records if a not in listed]
        for address in addresses:
            self._place_item(self.records[address])
        for address in addresses:
            self._write_item(self.records[address])
        for address in addresses:
            self._share_item(self.records[address])
        for place, look in self.looks.items():
            for address, twins in look.matched.twins.items():
                self._put_twins_away(place, look, address, twins)
        return Drawn(
            tuple(self._in_order(addresses)),
            self.places,
            self.records,
            self.links,
            tuple(self.keeps),
            tuple(self.held),
            tuple(self.removals),
            self.sizes,
            self.notes,
            self.rights,
            self.linking,
        )

    def _in_order(self, addresses: list[str]) -> list[Change]:
        by_address: dict[str, list[Change]] = {}
        for change in self.changes:
            by_address.setdefault(change.address, []).append(change)
        ordered = [change for a in addresses for change in by_address.pop(a, ())]
        return ordered + [change for changes in by_address.values() for change in changes]

    def _add(self, record: Record, change: Change) -> None:
        stage = change.stage or self.stages.get(record.address, BUILD)
        if change.kind == "root" and change.verb == "update":
            stage = FINISH
        self.changes.append(replace(change, stage=stage) if stage != BUILD else change)
        self.places[record.address] = record.place

    def _put_twins_away(
        self, place: str, look: Look, address: str, twins: tuple[Remote, ...]
    ) -> None:
        ours = look.matched.found.get(address)
        for number, twin in enumerate(twins, start=2):
            if ours is None or twin.existence != THERE:
                continue
            if twin.fields == ours.fields and twin.kind in look.terms.manifest.archives:
                name = f"{address}~{number}"
                self.changes.append(Change("archive", name, twin.kind, before=twin))
                self.places[name] = place
            else:
                why = f"is there twice, the other one with words of its own: {twin.url}"
                self.keeps.append(Keep(address, "existence", place, why))

    # Where things stand: create, rename, move, archive

    def _place_item(self, record: Record) -> None:
        look = self.looks.get(record.place)
        if look is None or record.kind not in look.terms.manifest.kinds:
            return
        container = record.address.rpartition("/")[0]
        self.sizes[container] = self.sizes.get(container, 0) + 1
        if record.existence == ARCHIVED:
            self._archive(record, look)
        elif record.existence == THERE and record.binding is None:
            if not record.released:
                self._create(record, look)
        elif record.existence == THERE and not record.released:
            self._restand(record, look)

    def _archive(self, record: Record, look: Look) -> None:
        seen = record.seen.get(record.place, {}).get("existence")
        if record.binding is None or (seen and seen.value == ARCHIVED):
            return
        remote = self._remote(record, look)
        if remote is None or remote.existence != THERE:
            return
        if record.kind in look.terms.manifest.archives:
            change = Change("archive", record.address, record.kind, before=remote)
            self._add(record, change)
            self._expect(record, look, change)
            self.removals.append((record.address.rpartition("/")[0], record.address))
        else:
            self.records[record.address] = replace(
                self._shown(record, "existence", Seen(ARCHIVED, ARCHIVED)), released=True
            )

    def _create(self, record: Record, look: Look) -> None:
        if self.stages.get(record.address, BUILD) != BUILD and self.hold:
            self.held.append(record.address)
            return
        parent = str(record.hub.get("parent", ""))
        if not self._will_stand(parent):
            self._keep_without_parent(record, parent)
            return
        self.creates.add(record.address)
        title = self._rendered(record, look, "title", {})
        change = Change(
            "create",
            record.address,
            record.kind,
            {"title": title} if title is not None else {},
            parent,
        )
        self._expect(record, look, change)

    def _keep_without_parent(self, record: Record, parent: str) -> None:
        above = self.records.get(parent)
        if above is not None and above.existence != THERE:
            why = "is not made, because what would hold it was deleted or archived"
            self.keeps.append(Keep(record.address, "existence", record.place, why))

    def _will_stand(self, parent: str) -> bool:
        if not parent or parent.startswith("@"):
            return True
        record = self.records.get(parent)
        return record is not None and (record.stands or parent in self.creates)

    def _restand(self, record: Record, look: Look) -> None:
        remote = self._remote(record, look)
        if remote is None:
            return
        title = self._changed_title(record, look, remote)
        marked = record.kind not in look.terms.manifest.unmarked
        remarked = marked and remote.marker not in ("", record.address)
        if title is not None or remarked:
            fields = {} if title is None else {"title": title}
            change = Change("rename", record.address, record.kind, fields, before=remote)
            self._add(record, change)
            self._expect(record, look, change)
        self._move(record, look, remote)

    def _move(self, record: Record, look: Look, remote: Remote) -> None:
        wanted = record.hub.get("parent")
        seen = record.seen.get(record.place, {}).get("parent")
        returns = remote.existence == ARCHIVED
        if not isinstance(wanted, str) or not (seen is None or seen.hub != wanted or returns):
            return
        present = look.parents.get(remote.parent, f"@{remote.parent}")
        if present == wanted and not returns:
            shown = self.records[record.address]
            self.records[record.address] = self._shown(shown, "parent", Seen(present, wanted))
        elif self._will_stand(wanted):
            change = Change("move", record.address, record.kind, {}, wanted, remote)
            self._add(record, change)
            self._expect(record, look, change)
        else:
            self._keep_without_parent(record, wanted)

    def _changed_title(self, record: Record, look: Look, remote: Remote) -> Value:
        """Return the title to write, or None where the one there will do."""
        if not self._needs_writing(record, look, "title"):
            return None
        title = self._rendered(record, look, "title", {})
        now = remote.fields.get("title")
        normal = look.terms.normalise
        if normal(record.kind, "title", title) == normal(record.kind, "title", now):
            seen = Seen(now, record.hub["title"])
            self.records[record.address] = self._shown(record, "title", seen)
            return None
        return title

    def _expect(self, record: Record, look: Look, change: Change) -> None:
        urls = self.urls[record.place]
        url = look.terms.expected_url(change, urls)
        old = urls.get(record.address)
        if not url or url == old:
            return
        if old:
            for address, other in urls.items():
                if other.startswith((f"{old}/", f"{old}#")):
                    urls[address] = url + other[len(old) :]
        urls[record.address] = url

    # What they hold

    def _write_item(self, record: Record) -> None:
        look = self.looks.get(record.place)
        if look is None or record.kind not in look.terms.manifest.kinds:
            return
        urls = self.urls[record.place]
        targets = linked(record.hub.values())
        if targets:
            held = {name for name, value in record.hub.items() if linked((value,))}
            self.linking[record.address] = frozenset(held)
        # A link to what is gone keeps the url it had.
        shown = {
            address: urls.get(address) or record.links.get(address, "")
            for address in sorted(targets)
        }
        self.links[record.address] = shown
        if record.address in self.creates:
            self._write_new(record, look)
        elif record.stands and not record.released and record.kind != "message":
            self._write_changed(record, look, shown)

    def _write_new(self, record: Record, look: Look) -> None:
        urls = self.urls[record.place]
        fields = {
            name: self._rendered(record, look, name, urls)
            for name in record.hub
            if name in look.terms.manifest.kinds[record.kind] and name != "access"
        }
        parent = str(record.hub.get("parent", ""))
        finished: dict[str, Value] = {n: fields[n] for n in ("done", "template") if n in fields}
        if record.kind == "root":
            fields |= {name: False if name == "done" else None for name in finished}
        like = look.template.get(record.address)
        self._add(record, Change("create", record.address, record.kind, fields, parent, like=like))
        if record.kind == "root":
            begun = {name: fields[name] for name in finished}
            made = Remote("", "root", begun, marker=record.address)
            self._add(record, Change("update", record.address, "root", finished, before=made))

    def _write_changed(self, record: Record, look: Look, shown: Mapping[str, str]) -> None:
        remote = self._remote(record, look)
        if remote is None:
            return
        relinked = shown != record.links
        active = self._active_notes(record, remote)
        fields: dict[str, Value] = {}
        for name in look.terms.manifest.kinds[record.kind]:
            if name in ("title", "access") or name not in record.hub:
                continue
            noted = name == KINDS[record.kind].notes_in and self._notes_differ(
                record, remote, active
            )
            links = relinked and bool(linked((record.hub[name],)))
            if self._needs_writing(record, look, name) or noted or links:
                self._write_field(record, look, remote, name, active, fields)
        record = self.records[record.address]
        if fields:
            self._add(record, Change("update", record.address, record.kind, fields, before=remote))
        elif relinked:
            record = replace(record, links=shown)
        self.records[record.address] = record

    def _write_field(
        self,
        record: Record,
        look: Look,
        remote: Remote,
        name: str,
        active: tuple[Note, ...],
        fields: dict[str, Value],
    ) -> None:
        kind, normal = record.kind, look.terms.normalise
        value = self._rendered(record, look, name, self.urls[record.place])
        if name == KINDS[kind].notes_in and active and isinstance(value, str):
            value = with_notes(value, active)
            self.notes[record.address] = active
        now = remote.fields.get(name)
        same = now == value or normal(kind, name, now) == normal(kind, name, value)
        if same and not look.matched.is_unsettled(record.address, name):
            latest = self.records[record.address]
            seen = Seen(now, record.hub[name])
            self.records[record.address] = self._shown(latest, name, seen)
            return
        fields[name] = value
        if merge_kind(kind, name) is Merge.BLOCKS and record.address not in self.derived:
            self._count_dropped(record.address, str(now or ""), str(value or ""))

    def _share_item(self, record: Record) -> None:
        look = self.looks.get(record.place)
        if look is None or "access" not in look.terms.manifest.kinds.get(record.kind, ()):
            return
        made = record.address in self.creates
        if record.released or not (made or (record.stands and "access" in record.hub)):
            return
        rights = granting(record, self._remote(record, look), look.terms)
        self.rights[record.address] = rights.strangers
        if rights.granted != record.granted:
            self.records[record.address] = replace(record, granted=rights.granted)
        for mailbox in rights.refused:
            why = f"gives {mailbox} what a member decided"
            self.keeps.append(Keep(record.address, "access", record.place, why))
        for change in rights.changes:
            mailboxes = ", ".join(_mailboxes(change))
            if change.verb == "grant" and self.hold:
                self.held.append(f"{record.address} for {mailboxes}")
                continue
            self._add(record, change)
            if change.verb == "revoke":
                self.removals.append(
                    (f"rights of {record.address}", f"{record.address} for {mailboxes}")
                )

    def _count_dropped(self, address: str, now: str, value: str) -> None:
        old, new = _paragraphs(now), _paragraphs(value)
        kept = set(new)
        fresh = [p for p in new if p not in set(old)]
        self.sizes[address] = len(old)
        for paragraph in old:
            if paragraph not in kept and all(words_kept(paragraph, p) < 0.3 for p in fresh):
                self.removals.append((address, paragraph))

    def _active_notes(self, record: Record, remote: Remote) -> tuple[Note, ...]:
        raw = remote.fields.get(KINDS[record.kind].notes_in)
        if not record.notes or not isinstance(raw, str):
            return record.notes
        there = standing(raw, record.notes)
        return tuple(n for n in record.notes if n not in there or not settled(raw, n))

    def _notes_differ(self, record: Record, remote: Remote, active: tuple[Note, ...]) -> bool:
        raw = remote.fields.get(KINDS[record.kind].notes_in)
        if not isinstance(raw, str) or not record.notes:
            return False
        there = standing(raw, record.notes)
        return set(there) != set(active)

    def _needs_writing(self, record: Record, look: Look, name: str) -> bool:
        if name not in record.hub or name not in look.terms.manifest.kinds[record.kind]:
            return False
        seen = record.seen.get(record.place, {}).get(name)
        if seen is None or seen.hub != record.hub[name]:
            return True
        return look.matched.is_unsettled(record.address, name)

    def _rendered(self, record: Record, look: Look, name: str, urls: Mapping[str, str]) -> Value:
        if name not in record.hub:
            return None
        shown = self.links.get(record.address, {})
        if any(address not in urls for address in shown):
            urls = {**shown, **urls}
        names = Names(urls, {}, urls.get(record.address, ""))
        return look.terms.render(record.kind, name, record.hub[name], names)

    def _remote(self, record: Record, look: Look) -> Remote | None:
        if record.address in look.matched.unchanged:
            return as_last_seen(record)
        return look.matched.found.get(record.address)

    def _shown(self, record: Record, name: str, seen: Seen) -> Record:
        latest = self.records.get(record.address, record)
        at_place = {**latest.seen.get(record.place, {}), name: seen}
        return replace(latest, seen={**latest.seen, record.place: at_place})


def _mailboxes(change: Change) -> list[str]:
    access = change.fields["access"]
    return [str(mailbox) for mailbox in access] if isinstance(access, Mapping) else []


def _paragraphs(text: str) -> list[str]:
    return [p.strip() for p in re.split(r"\n\s*\n", text) if p.strip()]
