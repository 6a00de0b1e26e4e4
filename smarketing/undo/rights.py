"""Rights that a run gave are taken again, and those that it took given back. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from smarketing.kinds import Value
from smarketing.state.history import Write
from smarketing.state.record import Record
from smarketing.undo.undo import Undoing, title_in


def take_back_rights(work: Undoing, address: str, write: Write) -> None:
    """Give back what the write took, and take what it gave."""
    record = work.records[address]
    given, taken = _rights(write.after), _rights(write.before)
    names = _names(work, record, given)
    access = {
        who: role
        for who, role in _rights(record.hub).items()
        if not _names(work, record, (who,)) & names
    }
    for who, role in taken.items():
        if (known := spelled(work, record, who)) is None:
            why = "playbook and config no longer let them in anywhere"
            work.stays.append(f"{who} may not enter “{title_in(record)}” again: {why}.")
        elif not any(
            _names(work, record, (each,)) & _names(work, record, (who,)) for each in access
        ):
            access[known] = role
    work.records[address] = replace(record, hub={**record.hub, "access": access})
    work.let_in |= dict.fromkeys(who.partition("<")[0].strip() for who in given)


def spelled(work: Undoing, record: Record, who: str) -> str | None:
    """Return the mailbox as config spells it, None for somebody who is let in nowhere."""
    names = _names(work, record, (who,))
    here = sorted(work.around.here)
    return next((each for each in here if _names(work, record, (each,)) & names), None)


def _names(work: Undoing, record: Record, people: Iterable[str]) -> frozenset[str]:
    """Return the names under which the tool knows these mailboxes."""
    terms = work.around.looks[record.place].terms
    shown = terms.normalise(record.kind, "access", dict.fromkeys(people, "view"))
    return frozenset(shown) if isinstance(shown, Mapping) else frozenset()


def _rights(values: Mapping[str, Value]) -> Mapping[str, str]:
    access = values.get("access")
    return access if isinstance(access, Mapping) else {}
