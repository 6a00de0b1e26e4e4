"""What was wanted at a place that could not be written to, and what members did there meanwhile. Pure.

Its tool had its say and stands in the record. For the action item to hear that as an edit of
what the place really held, and not of what was wanted there, it is taken back to that.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from smarketing.record import Record, Seen
from smarketing.sync.action import Action, Said
from smarketing.sync.block import Block, Place
from smarketing.sync.page import Page
from smarketing.sync.showing import Showing

_SHOWN = ("title", "owner", "due", "labels", "parent", "done", "cells")


def pending(records: Mapping[str, Record], addresses: Iterable[str]) -> frozenset[tuple[str, str]]:
    """Return the fields (address, name) of these records that are still to be written."""
    return frozenset(
        (address, name)
        for address in addresses
        if (record := records.get(address)) is not None and record.binding is not None
        for name in _SHOWN
        if name in record.hub
        and (seen := record.seen.get(record.place, {}).get(name)) is not None
        and seen.hub != record.hub[name]
    )


def as_really_held(
    actions: Mapping[str, Action], block: Block, before: Mapping[str, Record], now: Showing
) -> dict[str, Action]:
    """Return the action items as seen at what each place held when it was last read or written.

    `before` are the records before their tools had their say, `now` shows them after it.
    """
    at = {address: key for key, action in actions.items() for address in action.at.values()}
    waiting = {address for address, _ in pending(before, at)}
    if not waiting:
        return dict(actions)
    held = {address: _as_held(before[address]) for address in waiting}
    then = replace(now, records={**before, **held})
    result = dict(actions)
    for place in block.places.values():
        here = {a: result[at[a]] for a in waiting if a.startswith(f"{place.address}/")}
        said = {one.address: one for one in now.said(place, here, here.keys() & now.records.keys())}
        for one in then.said(place, here, here.keys()):
            if one.address in said:
                key = at[one.address]
                result[key] = _moved_back(result[key], place, one, said[one.address])
    return result


def lines_as_really_held(
    actions: Mapping[str, Action], block: Block, pages: Mapping[str, Page], held: Mapping[str, Page]
) -> dict[str, Action]:
    """Return the action items as seen at the lines that running notes really held.

    `pages` are their sections now, `held` those of the notes that a run could not write to.
    A drop-down of a member's own may lack the option that was wanted. What it shows stands for
    what was wanted, as everywhere where a tool can't express a value: else nobody could ever
    choose in it. One in which nobody chose says nothing, whatever else was written in its line.
    """
    result = dict(actions)
    for document, then in held.items():
        now = pages.get(document)
        if now is None or now.is_over or now.day != then.day:
            continue
        at = {a.at[document]: key for key, a in actions.items() if a.is_open(document)}
        said, shown = {one.address: one for one in now.said(actions)}, then.lines
        for one in then.said(actions):
            if one.address in at and one.address in shown and one.address in said:
                key, fields, says = at[one.address], dict(one.fields), said[one.address]
                is_other = says.fields.get("status") != fields.get("status")
                if is_other and shown[one.address].words.is_chosen:
                    fields.pop("status", None)
                held_then = replace(one, fields=fields)
                result[key] = _moved_back(result[key], block.places[document], held_then, says)
    return result


def notes_as_held(records: Mapping[str, Record], documents: Iterable[str]) -> dict[str, Record]:
    """Return those of these documents whose words are still to be written, as the tool holds them."""
    return {
        document: _as_held(record)
        for document in documents
        if (record := records.get(document)) is not None
        if (seen := record.seen.get(record.place, {}).get("body")) is not None
        if seen.hub != record.hub.get("body")
    }


def _as_held(record: Record) -> Record:
    seen = record.seen.get(record.place, {})
    return replace(record, hub={**record.hub, **{name: each.hub for name, each in seen.items()}})


def _moved_back(action: Action, place: Place, held: Said, now: Said) -> Action:
    seen = dict(action.seen.get(place.address, {}))
    for name, value in held.fields.items():
        last = seen.get(name)
        if last is None or now.fields.get(name, last.value) == last.value:
            continue  # nobody did anything there
        lines = action.lines.get(place.address, {})
        means = place.as_hub(name, value, None, action.unticked, lines)
        seen[name] = Seen(value, means)
    return replace(action, seen={**action.seen, place.address: seen})
