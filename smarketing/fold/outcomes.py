"""What a step's outcome, or the traces of one that never told, mean for a record. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from smarketing.contract import Change, Done, Integration, Names, Remote
from smarketing.fold.access import holds, recorded
from smarketing.kinds import ARCHIVED, KINDS, THERE, Merge, Value, merge_kind
from smarketing.merging.merge import distance, merge
from smarketing.merging.notes import Note, standing, suggestion
from smarketing.recognising.lastseen import binding_to
from smarketing.recognising.matched import Matched
from smarketing.state.record import Entry, Intent, Record, Seen, own_record

_UNMADE = re.compile(r"\[([^\]]*)\]\(link:[^)]*\)")


def after_done(
    record: Record,
    change: Change,
    done: Done,
    terms: Integration,
    names: Names,
    links: Mapping[str, str],
    today: date,
) -> Record:
    """Return the record after the tool confirmed a change. `today` dates what is suggested."""
    remote = done.remote
    seen = dict(record.seen.get(record.place, {}))
    hub = dict(record.hub)
    if change.verb in ("grant", "revoke"):
        return _after_right(record, change, remote, terms)
    for name, value in change.fields.items():
        seen[name] = _confirmed(record, name, value, remote, terms)
    if change.verb == "create":
        _take_up_the_rest(record.kind, change, remote, terms, names, hub, seen)
    if change.verb in ("create", "move"):
        seen["parent"] = Seen(change.parent, change.parent)
        seen["existence"] = Seen(THERE, THERE)
    if change.verb == "archive":
        seen["existence"] = Seen(ARCHIVED, ARCHIVED)
    marker = record.binding.marker if record.binding else record.address
    if change.verb in ("create", "rename"):
        marker = record.address
    unread = any(
        name in seen and seen[name].value != value for name, value in remote.fields.items()
    )
    version = "" if unread else remote.version
    result = replace(
        record,
        hub=hub,
        seen={**record.seen, record.place: seen},
        binding=replace(binding_to(remote, marker), version=version),
        links=links if change.verb in ("create", "update") else record.links,
        notes=_notes_left(record, change.fields),
    )
    return _take_back(result, change, done.displaced, terms, names, record, today)


def _after_right(record: Record, change: Change, remote: Remote, terms: Integration) -> Record:
    granted = recorded(record, change.verb, change.fields["access"], terms)
    seen = dict(record.seen.get(record.place, {}))
    if "access" in remote.fields:
        seen["access"] = Seen(remote.fields["access"], remote.fields["access"])
    binding = record.binding and replace(record.binding, version=remote.version)
    return replace(
        record, granted=granted, binding=binding, seen={**record.seen, record.place: seen}
    )


def _notes_left(record: Record, written: Mapping[str, Value]) -> tuple[Note, ...]:
    """Return the notes that are still shown once these values are written."""
    text = written.get(KINDS[record.kind].notes_in)
    return standing(text, record.notes) if isinstance(text, str) else record.notes


def _confirmed(
    record: Record, name: str, written: Value, remote: Remote, terms: Integration
) -> Seen:
    """A tool may have tidied what we wrote; anything more is a member's edit, to be read next."""
    holds = remote.fields.get(name, written)
    normal = terms.normalise
    tidied = normal(record.kind, name, holds) == normal(record.kind, name, written)
    if record.kind == "root":  # it is created unfinished, whatever the hub wants in the end
        return Seen(holds, holds)
    return Seen(holds if tidied else written, record.hub.get(name))


def _take_up_the_rest(
    kind: str,
    change: Change,
    remote: Remote,
    terms: Integration,
    names: Names,
    hub: dict[str, Value],
    seen: dict[str, Seen],
) -> None:
    for name, value in remote.fields.items():
        if name not in change.fields:
            if name == "access":
                seen[name] = Seen(value, value)
                continue
            says = terms.as_hub(kind, name, value, names)
            hub.setdefault(name, says)
            seen[name] = Seen(value, says)


def _take_back(
    record: Record,
    change: Change,
    displaced: Remote | None,
    terms: Integration,
    names: Names,
    before: Record,
    today: date,
) -> Record:
    """Merge what a write replaced unseen: a member's edit that came between."""
    if displaced is None:
        return record
    hub = dict(record.hub)
    notes = list(record.notes)
    for name in change.fields:
        if name not in displaced.fields:
            continue
        last = before.seen.get(record.place, {}).get(name)
        value = displaced.fields[name]
        if last is not None and last.value == value:
            continue
        says = terms.as_hub(record.kind, name, value, names)
        base = last.hub if last is not None else hub.get(name)
        kind = merge_kind(record.kind, name)
        merged = merge(kind, base, hub.get(name), says, stands="now")
        hub[name] = merged.value
        if name == KINDS[record.kind].notes_in:
            notes += [
                in_terms(Note(c.anchor, suggestion(c.yields, today)), record.kind, terms, names)
                for c in merged.clashes
                if c.yields.strip()
            ]
    return replace(record, hub=hub, notes=tuple(dict.fromkeys(notes)))


def in_terms(note: Note, kind: str, terms: Integration, names: Names) -> Note:
    """Return the note as its place will show it: it is found again by its very words."""
    if "link:" not in note.anchor + note.text:
        return note
    anchor, text = (
        str(terms.render(kind, KINDS[kind].notes_in, words, names) or "").rstrip("\n")
        for words in (note.anchor, note.text)
    )
    return Note(anchor if "link:" in note.anchor else note.anchor, _UNMADE.sub(r"\1", text))


@dataclass(frozen=True, slots=True)
class Arrived:
    """A write whose outcome was not recorded, and that arrived: the record before and after it."""

    entry: Entry
    place: str
    id: str
    before: Record
    after: Record


def settle(
    records: Mapping[str, Record],
    intents: Iterable[Intent],
    matched: Mapping[str, Matched],
    terms: Mapping[str, Integration],
    parents: Mapping[str, Mapping[str, str]],
) -> tuple[dict[str, Record], tuple[str, ...], tuple[Arrived, ...]]:
    """Decide which interrupted writes arrived; return the records, the settled keys, and these.

    A write arrived when the tool holds it, or holds something nearer to it than to what was
    there before; then what we wrote is what was seen, and a later edit counts as a member's.
    """
    result = dict(records)
    closed: list[str] = []
    arrived: list[Arrived] = []
    for intent in intents:
        look = matched.get(intent.place)
        if look is None:
            continue
        closed.append(intent.key)
        for entry in intent.entries:
            if entry.id:
                arrived += _own_arrived(entry, intent.place, look, parents[intent.place])
                continue
            remote = look.found.get(entry.address)
            record = result.get(entry.address)
            if remote is not None and record is not None:
                after = _settled(record, entry, remote, terms[intent.place], parents[intent.place])
                result[entry.address] = after
                if entry.verb == "create" or after != record:
                    arrived.append(Arrived(entry, intent.place, remote.id, record, after))
    return result, tuple(closed), tuple(arrived)


def _own_arrived(
    entry: Entry, place: str, look: Matched, parents: Mapping[str, str]
) -> Iterator[Arrived]:
    """Yield the move of a member's own thing if it arrived."""
    into, title = str(entry.hub["parent"]), str(entry.hub["title"])
    for remote in look.others:
        if remote.id == entry.id and parents.get(remote.parent) == into:
            was, now = (
                own_record(entry.address, entry.kind, place, title, each)
                for each in (entry.home, into)
            )
            yield Arrived(entry, place, remote.id, was, now)


def _settled(
    record: Record, entry: Entry, remote: Remote, terms: Integration, parents: Mapping[str, str]
) -> Record:
    if entry.verb in ("grant", "revoke"):
        return _settled_right(record, entry, remote, terms)
    seen = dict(record.seen.get(record.place, {}))
    for name, written in entry.written.items():
        if name not in remote.fields:
            continue
        now, last = remote.fields[name], seen.get(name)
        normal = terms.normalise
        if name in entry.like and last is None:
            copied = normal(record.kind, name, entry.like[name])
            if normal(record.kind, name, now) == copied != normal(record.kind, name, written):
                # The copy was made, and what differs from it was not written any more.
                seen[name] = Seen(now, terms.as_hub(record.kind, name, now, Names()))
                continue
        if _arrived(record.kind, name, now, written, last, terms):
            same = normal(record.kind, name, now) == normal(record.kind, name, written)
            # A root is created unfinished, whatever the hub wants in the end.
            stood_for = now if record.kind == "root" else entry.hub.get(name)
            seen[name] = Seen(now if same else written, stood_for)
            record = replace(record, notes=_notes_left(record, {name: written}))
    parent = entry.hub.get("parent")
    if entry.verb in ("create", "move") and parents.get(remote.parent) == parent:
        seen["parent"] = Seen(parent, parent)
    if entry.verb == "archive" and remote.existence == ARCHIVED:
        seen["existence"] = Seen(ARCHIVED, ARCHIVED)
    if entry.verb in ("create", "move") and remote.existence == THERE:
        seen["existence"] = Seen(THERE, THERE)
    return replace(record, seen={**record.seen, record.place: seen})


def _settled_right(record: Record, entry: Entry, remote: Remote, terms: Integration) -> Record:
    written = entry.written["access"]
    there = holds(record.kind, remote.fields.get("access"), written, terms)
    if there == (entry.verb == "grant"):
        return replace(record, granted=recorded(record, entry.verb, written, terms))
    return record


def _arrived(
    kind: str, name: str, now: Value, written: Value, last: Seen | None, terms: Integration
) -> bool:
    normal = terms.normalise
    if normal(kind, name, now) == normal(kind, name, written):
        return True
    if last is None:
        return True  # a create: the object is there, so what we sent was in it
    if now == last.value:
        return False
    merge_as: Merge = merge_kind(kind, name)
    return distance(merge_as, now, written) < distance(merge_as, now, last.value)
