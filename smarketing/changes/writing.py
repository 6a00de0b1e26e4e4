"""What things hold: the fields of new ones, and what differs in those that are there. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from smarketing.changes.drawing import Drawing
from smarketing.contract import Change, Remote
from smarketing.kinds import KINDS, Merge, Value, merge_kind
from smarketing.merging.notes import Note, settled, standing, with_notes
from smarketing.recognising.look import Look
from smarketing.state.record import Record, Seen
from smarketing.text.samewords import words_kept

_LINK = re.compile(r"link:([a-z]+:[a-z0-9.-]+(?:/[a-z]+:[a-z0-9.-]+)*)")


def linked(values: Iterable[Value]) -> frozenset[str]:
    """Return the addresses that these values link to."""
    return frozenset(
        address
        for value in values
        if isinstance(value, str) and "link:" in value
        for address in _LINK.findall(value)
    )


def write_item(work: Drawing, record: Record) -> None:
    look = work.looks.get(record.place)
    if look is None or record.kind not in look.terms.manifest.kinds:
        return
    urls = work.urls[record.place]
    targets = linked(record.hub.values())
    if targets:
        held = {name for name, value in record.hub.items() if linked((value,))}
        work.linking[record.address] = frozenset(held)
    # A link to what is gone keeps the url it had.
    shown = {
        address: urls.get(address) or record.links.get(address, "") for address in sorted(targets)
    }
    work.links[record.address] = shown
    if record.address in work.creates:
        _write_new(work, record, look)
    elif record.stands and not work.is_left_alone(record) and work.can_change(record, look):
        _write_changed(work, record, look, shown)


def _write_new(work: Drawing, record: Record, look: Look) -> None:
    urls = work.urls[record.place]
    fields = {
        name: work.rendered(record, look, name, urls)
        for name in record.hub
        if name in look.terms.manifest.kinds[record.kind]
        and name != "access"
        and not work.holds_back(record, look, name)
    }
    parent = str(record.hub.get("parent", ""))
    finished: dict[str, Value] = {n: fields[n] for n in ("done", "template") if n in fields}
    if record.kind == "root":
        fields |= {name: False if name == "done" else None for name in finished}
    like = look.template.get(record.address)
    above = work.records.get(parent)
    holder = above.binding.id if above and above.binding else ""
    change = Change("create", record.address, record.kind, fields, parent, like=like, holder=holder)
    work.add(record, change)
    if record.kind == "root":
        begun = {name: fields[name] for name in finished}
        made = Remote("", "root", begun, marker=record.address)
        work.add(record, Change("update", record.address, "root", finished, before=made))


def _write_changed(work: Drawing, record: Record, look: Look, shown: Mapping[str, str]) -> None:
    remote = work.remote(record, look)
    if remote is None:
        return
    relinked = shown != record.links
    active = _active_notes(work, record, remote)
    fields: dict[str, Value] = {}
    for name in look.terms.manifest.kinds[record.kind]:
        if name in ("title", "access") or name not in record.hub:
            continue
        noted = name == KINDS[record.kind].notes_in and _notes_differ(work, record, remote, active)
        links = relinked and bool(linked((record.hub[name],)))
        if work.needs_writing(record, look, name) or noted or links:
            _write_field(work, record, look, remote, name, active, fields)
    record = work.records[record.address]
    if fields:
        work.add(record, Change("update", record.address, record.kind, fields, before=remote))
    elif relinked:
        record = replace(record, links=shown)
    work.records[record.address] = record


def _write_field(
    work: Drawing,
    record: Record,
    look: Look,
    remote: Remote,
    name: str,
    active: tuple[Note, ...],
    fields: dict[str, Value],
) -> None:
    kind, normal = record.kind, look.terms.normalise
    value = work.rendered(record, look, name, work.urls[record.place])
    if name == KINDS[kind].notes_in and active and isinstance(value, str):
        value = with_notes(value, active)
        work.notes[record.address] = active
    now = remote.fields.get(name)
    same = now == value or normal(kind, name, now) == normal(kind, name, value)
    if same and not look.matched.is_unsettled(record.address, name):
        latest = work.records[record.address]
        seen = Seen(now, record.hub[name])
        work.records[record.address] = work.shown(latest, name, seen)
        return
    if work.holds_back(record, look, name):
        return
    fields[name] = value
    if merge_kind(kind, name) is Merge.BLOCKS and record.address not in work.derived:
        _count_dropped(work, record.address, str(now or ""), str(value or ""))


def _count_dropped(work: Drawing, address: str, now: str, value: str) -> None:
    old, new = paragraphs(now), paragraphs(value)
    kept = set(new)
    fresh = [p for p in new if p not in set(old)]
    work.sizes[address] = len(old)
    for paragraph in old:
        moved = paragraph in kept or paragraph in work.carried
        if not moved and all(words_kept(paragraph, p) < 0.3 for p in fresh):
            work.removals.append((address, paragraph))


def _active_notes(work: Drawing, record: Record, remote: Remote) -> tuple[Note, ...]:
    raw = remote.fields.get(KINDS[record.kind].notes_in)
    if not record.notes or not isinstance(raw, str):
        return record.notes
    there = standing(raw, record.notes)
    return tuple(n for n in record.notes if n not in there or not settled(raw, n))


def _notes_differ(work: Drawing, record: Record, remote: Remote, active: tuple[Note, ...]) -> bool:
    raw = remote.fields.get(KINDS[record.kind].notes_in)
    if not isinstance(raw, str) or not record.notes:
        return False
    there = standing(raw, record.notes)
    return set(there) != set(active)


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text."""
    return [p.strip() for p in re.split(r"\n\s*\n", text) if p.strip()]
