"""Links to what is only made in this run: filled in as soon as it is there."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from smarketing.changes.invitations import with_urls
from smarketing.changes.linking import without_dead_links
from smarketing.contract import Change, Integration, Names, Remote
from smarketing.kinds import KINDS
from smarketing.merging.notes import with_notes
from smarketing.planning.prepared import Prepared
from smarketing.resolve.whereabouts import is_worldwide
from smarketing.state.record import Record


@dataclass(slots=True)
class LateLinks:
    """The urls that each item's texts show, by the address that they link to; "" is not known yet.

    `records` are those of the pass, which change while it goes on; `made` is what it wrote so far.
    """

    prepared: Prepared
    integrations: Mapping[str, Integration]
    records: Mapping[str, Record]
    shown: dict[str, Mapping[str, str]]
    made: dict[str, Remote] = field(default_factory=dict)

    def as_known_now(self, change: Change) -> Change:
        """Return the change with what earlier steps of this run made known."""
        before = change.before
        if before is not None and not before.id and change.address in self.made:
            change = replace(change, before=self.made[change.address])
        if change.note:
            return replace(change, note=with_urls(change.note, self._urls(change.address)))
        links = self.shown.get(change.address, {})
        if change.verb in ("create", "update") and not all(links.values()):
            return self._linked(change)
        return change

    def wait(self) -> bool:
        """Say whether a text was written before the address of what it links to was known."""
        return any(self._waits(address, links) for address, links in self.shown.items())

    def _waits(self, address: str, links: Mapping[str, str]) -> bool:
        record = self.records[address]
        if not record.stands or record.released or record.is_sent:
            return False
        for target, shown in links.items():
            other = self.records.get(target)
            url = other.binding.url if other and other.binding else ""
            if other is None or url == shown:
                continue
            if other.place == record.place or is_worldwide(url):
                return True
        return False

    def _urls(self, address: str) -> dict[str, str]:
        """Return where everything is now, as texts of this item's place name it."""
        place = self.prepared.drawn.places.get(address, "")
        urls = dict(self.prepared.looks[place].names.urls) if place in self.prepared.looks else {}
        for other, record in self.records.items():
            url = record.binding.url if record.binding else ""
            if url and (record.place == place or is_worldwide(url)):
                urls[other] = url
        return urls

    def _linked(self, change: Change) -> Change:
        record, drawn = self.records[change.address], self.prepared.drawn
        terms = self.integrations[record.place]
        known = self.shown[change.address]
        # What is not made yet may have a url all the same, where the tool gives none out.
        urls = {to: url for to, url in known.items() if url} | self._urls(change.address)
        names = Names(urls, {}, urls.get(change.address, ""))
        self.shown[change.address] = {to: urls.get(to, "") for to in known}
        fields = dict(change.fields)
        for name in drawn.linking.get(change.address, frozenset()) & fields.keys():
            value = without_dead_links(record.hub[name], urls)
            value = terms.render(change.kind, name, value, names)
            notes = drawn.notes.get(change.address, ())
            if notes and name == KINDS[change.kind].notes_in and isinstance(value, str):
                value = with_notes(value, notes)
            fields[name] = value
        return replace(change, fields=fields)
