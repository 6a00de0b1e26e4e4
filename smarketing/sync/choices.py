"""The words that people choose among, in their order: in lines of running notes, in columns. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from smarketing.contract import Change
from smarketing.state.record import Record
from smarketing.sync.asread import block_as_read
from smarketing.sync.block import Block
from smarketing.sync.statuses import Vocabulary


def with_choices(
    changes: Iterable[Change], blocks: Iterable[Block], records: Mapping[str, Record]
) -> tuple[Change, ...]:
    """Return the changes, those of the texts of synced notes with the statuses of their block."""
    changes, found = tuple(changes), dict[str, tuple[tuple[str, ...], ...]]()
    texts = {change.address for change in changes if _writes_text(change)}
    for block in blocks:
        notes = [a for a, place in block.places.items() if a in texts and "status" in place.fields]
        if notes:
            found |= dict.fromkeys(notes, choices_of(block_as_read(block, records).vocabulary))
    return tuple(
        replace(change, choices=found[change.address])
        if change.address in found and _writes_text(change)
        else change
        for change in changes
    )


def in_playbook_order(
    changes: Iterable[Change], orders: Mapping[str, tuple[str, ...]]
) -> tuple[Change, ...]:
    """Return the changes, those of what a column offers with the playbook's order."""
    return tuple(
        replace(change, choices=tuple((word,) for word in orders[change.address]))
        if "choices" in change.fields and change.address in orders
        else change
        for change in changes
    )


def choices_of(vocabulary: Vocabulary) -> tuple[tuple[str, ...], ...]:
    """Return the words of each status, that which people see first."""
    return tuple(
        tuple(dict.fromkeys((status.title, *status.words))) for status in vocabulary.statuses
    )


def _writes_text(change: Change) -> bool:
    return change.kind == "document" and "body" in change.fields
