"""Where two people disagree: the value that did not stand is noted on the card, until it is settled. Pure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from smarketing.address import kind_of
from smarketing.kinds import THERE
from smarketing.merging.notes import Note, suggestion
from smarketing.state.action import Action
from smarketing.state.record import Record
from smarketing.sync.agreed import Agreed, Conflict
from smarketing.sync.block import Block
from smarketing.text.wording import called

_NOWHERE = "(settled)"
"""An anchor that no text has: a note below it is taken out, if nobody edited it."""


def noted(
    block: Block, agreed: Agreed, records: Mapping[str, Record], today: date
) -> dict[str, Record]:
    """Show what did not stand where people work: on the card, if there is one."""
    changed: dict[str, Record] = {}
    for conflict in agreed.conflicts:
        for address in _cards(block, agreed.actions[conflict.key], records)[:1]:
            record = changed.get(address, records[address])
            text = suggestion(in_words(conflict, records), today, conflict.field)
            note = Note("", text)
            if record.existence == THERE and note not in record.notes:
                changed[address] = replace(record, notes=(*record.notes, note))
    return changed


def settled(
    block: Block, before: Mapping[str, Action], agreed: Agreed, records: Mapping[str, Record]
) -> dict[str, Record]:
    """Take the notes off the cards of what was in conflict, and is no more."""
    changed: dict[str, Record] = {}
    for key, action in before.items():
        now = agreed.actions.get(key)
        over = [name for name in action.yielded if now and name not in now.yielded]
        for address in _cards(block, action, records) if over else ():
            record = changed.get(address, records[address])
            notes = tuple(_over(note, over) for note in record.notes)
            if notes != record.notes:
                changed[address] = replace(record, notes=notes)
    return changed


def _over(note: Note, names: list[str]) -> Note:
    is_over = any(note.text.startswith(f"> **Suggested {name},") for name in names)
    return Note(_NOWHERE, note.text) if is_over and not note.anchor else note


def _cards(block: Block, action: Action, records: Mapping[str, Record]) -> list[str]:
    places = [place for place in block.places if kind_of(place) == "board"]
    return [action.at[p] for p in places if p in action.at and action.at[p] in records]


def in_words(conflict: Conflict, records: Mapping[str, Record]) -> str:
    """Return what did not stand, with who said it where, as far as anybody knows."""
    yielded = conflict.yielded
    place = records.get(yielded.place)
    title = str(place.hub.get("title") or "") if place else ""
    by = f"by {yielded.by}" if yielded.by else ""
    told = (by, f"in “{called(yielded.place, title)}”", yielded.when)
    return f"{conflict.yields} ({' '.join(filter(None, told))})"
