"""What is noted of a change: in the journal before it is made, in the history after it."""

from collections.abc import Mapping
from dataclasses import replace

from smarketing.changes.emptying import is_own
from smarketing.contract import Change, Done
from smarketing.fold.outcomes import Arrived
from smarketing.planning.prepared import Prepared
from smarketing.state.history import Write, write_of
from smarketing.state.record import Entry, Record, own_record


def entry_of(change: Change, records: Mapping[str, Record], prepared: Prepared) -> Entry | None:
    """Return what the journal keeps of a change that is about to be made; None of a twin."""
    if is_own(change.address) and change.before is not None:
        hub = {"parent": change.parent, "title": prepared.plan.titles.get(change.address, "")}
        home = _home(change, prepared)
        return Entry(change.address, change.verb, change.kind, {}, hub, {}, change.before.id, home)
    record = records.get(change.address)
    if record is None:
        return None
    hub_of_these = {
        name: value
        for name, value in record.hub.items()
        if name in change.fields or name in ("parent", "existence")
    }
    like = change.like.fields if change.like else {}
    return Entry(change.address, change.verb, change.kind, change.fields, hub_of_these, like)


def write_done(
    change: Change,
    done: Done,
    before: Record | None,
    after: Record | None,
    prepared: Prepared,
    place: str,
    at: float,
) -> Write:
    """Return what the history keeps of a change that was made."""
    titles = prepared.plan.titles
    title = titles.get(change.address) or titles.get(change.address.partition("~")[0], "")
    if is_own(change.address):
        before, after = (
            own_record(change.address, change.kind, place, title, parent)
            for parent in (_home(change, prepared), change.parent)
        )
    terms = prepared.looks[place].terms
    write = write_of(change, place, done.remote.id, before, after, terms, at)
    return write if write.title else replace(write, title=title)


def write_found(each: Arrived, prepared: Prepared, at: float) -> Write:
    """Return what an earlier run wrote, and did not live to record."""
    terms = prepared.looks[each.place].terms
    return write_of(each.entry, each.place, each.id, each.before, each.after, terms, at)


def _home(change: Change, prepared: Prepared) -> str:
    """Return the address of what a member's own thing leaves."""
    place = prepared.drawn.places[change.address]
    above = change.before.parent if change.before else ""
    return prepared.looks[place].parents.get(above, "")
