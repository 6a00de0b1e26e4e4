"""What an undo took back at synced places: nobody said it there, so no other place follows. Pure.

What members wrote stays where they wrote it, and what a sync made of it is not made again: until
somebody changes one of the places, these show two things.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from smarketing.kinds import THERE, Value
from smarketing.record import Record, Seen
from smarketing.state import ActionKey
from smarketing.sync.action import Action, origin_of
from smarketing.sync.asread import block_as_read, without_documents
from smarketing.sync.block import Block
from smarketing.sync.instep import Going, pages_here

_EXISTENCE = "existence"
Views = Mapping[str, Mapping[str, Value]]
"""What things show, by address, `existence` among their fields."""


def as_taken_back(
    before: Mapping[str, Record], after: Mapping[str, Record], going: Going
) -> dict[ActionKey, Action]:
    """Return the action items that have to remember what was taken back at one of their places.

    `before` and `after` are the records before and after it was.
    """
    changed = {address for address, record in after.items() if before.get(address) != record}
    found: dict[ActionKey, Action] = {}
    for each in going.blocks if changed else ():
        known = {key: a for (name, key), a in going.actions.items() if name == each.key}
        was, now = (_views(each, known, records, going, changed) for records in (before, after))
        for key, action in known.items():
            taken = _without(action, was, now, going.today.isoformat())
            if taken != action:
                found[each.key, key] = taken
    return found


def _views(
    block: Block,
    actions: Mapping[str, Action],
    records: Mapping[str, Record],
    going: Going,
    changed: Collection[str],
) -> dict[str, Mapping[str, Value]]:
    """Return what the things that changed show, and the lines of the notes that did."""
    pages = pages_here(block, actions, records, going)
    read = block_as_read(without_documents(block), records)
    showing = going.showing(read, records)
    found: dict[str, Mapping[str, Value]] = {}
    for place in read.places.values():
        at = {a.at[place.address]: a for a in actions.values() if place.address in a.at}
        for said in showing.said(place, at, at.keys() & changed & records.keys()):
            found[said.address] = {**said.fields, _EXISTENCE: said.existence}
    for document, page in pages.items():
        if document in changed:
            found |= {a: {**line.fields, _EXISTENCE: THERE} for a, line in page.lines().items()}
    return found


def _without(action: Action, was: Views, now: Views, day: str) -> Action:
    for place, address in action.at.items():
        then, shown = was.get(address), now.get(address)
        if then is None or shown is None:
            continue
        seen = dict(action.seen.get(place, {}))
        for name, value in _changes(then, shown):
            # What another run wrote there counts as said there, and so does its undo.
            if name in seen and action.set_by.get(name) != place:
                seen[name] = Seen(value, seen[name].hub)
        action = replace(action, seen={**action.seen, place: seen})
        if origin_of(address) and then[_EXISTENCE] == THERE != shown[_EXISTENCE]:
            closed, kept = {**action.closed, place: day}, action.kept | {place}
            action = replace(action, closed=closed, kept=kept)
    return action


def _changes(was: Mapping[str, Value], now: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
    return ((name, value) for name, value in now.items() if was.get(name) != value)
