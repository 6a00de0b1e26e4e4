"""What a run made goes to the archive with its undo, unless somebody has worked in it since. Pure."""

from collections.abc import Mapping
from dataclasses import replace

from smarketing.kinds import ARCHIVED, THERE
from smarketing.state.record import PLAYBOOK, Record
from smarketing.text.wording import NOUNS
from smarketing.undo.undo import Undoing, title_in
from smarketing.undo.values import as_called_now

_WORDLESS = ("label", "column")
"""Kinds of things that nobody writes in: one that is added is no reason to keep what holds it."""


def put_away(work: Undoing) -> None:
    """Archive what the run made, each as a whole, if nobody has worked in it since."""
    inside: dict[str, list[str]] = {}
    for address, record in work.records.items():
        if record.stands:
            inside.setdefault(str(record.hub.get("parent")), []).append(address)
    going = {address for address in work.made if _is_untouched(work, address, inside)}
    for address in work.made:
        record = work.records[address]
        if address not in going:
            _tell_worked_in(work, record)
        elif str(record.hub.get("parent")) not in going:
            _archive(work, record)


def _archive(work: Undoing, record: Record) -> None:
    manifest = work.around.looks[record.place].terms.manifest
    if record.existence != THERE:
        return
    if record.kind in manifest.archives:
        hub = {**record.hub, "existence": ARCHIVED}
        work.records[record.address] = replace(record, hub=hub)
    else:
        why = f"{manifest.title} has no archive for a {NOUNS[record.kind][0]}"
        work.stays.append(f"“{title_in(record)}” stays: {why}.")


def _tell_worked_in(work: Undoing, record: Record) -> None:
    if record.stands and (_is_edited(work, record.address) or _holds_foreign(work, record)):
        work.stays.append(
            f"“{title_in(record)}” stays, because your team has worked in it. "
            f"To put it away all the same: smarketing archive {record.address}"
        )


def _is_untouched(work: Undoing, address: str, inside: Mapping[str, list[str]]) -> bool:
    if address not in work.made or _is_edited(work, address):
        return False
    if _holds_foreign(work, work.records[address]):
        return False
    return all(_is_untouched(work, child, inside) for child in inside.get(address, ()))


def _is_edited(work: Undoing, address: str) -> bool:
    """Say whether an item that the run made holds other words than it and the playbook say."""
    if address in work.around.silent:
        return False
    record, write = work.records[address], work.made[address]
    playbook = record.seen.get(PLAYBOOK, {})
    return any(
        value != as_called_now(work, record, name, write.after[name])
        and not (name in playbook and playbook[name].hub == value)
        for name, value in record.hub.items()
        if name in write.after and name != "existence"
    )


def _holds_foreign(work: Undoing, record: Record) -> bool:
    """Say whether something of a member's is in it that does not go back to where it was."""
    look = work.around.looks[record.place]
    leaving = {(each.place, each.id) for each in work.homeward}
    return any(
        other.parent == record.binding.id and other.existence == THERE
        for other in look.matched.others
        if record.binding and other.kind not in _WORDLESS
        if (record.place, other.id) not in leaving
    )
