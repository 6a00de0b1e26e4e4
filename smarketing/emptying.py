"""What still lies in something that was merged into another thing moves there. Pure."""

from collections.abc import Iterator, Mapping

from smarketing.address import container_of, key_of
from smarketing.contract import Change, Remote
from smarketing.drawing import Drawing
from smarketing.kinds import ARCHIVED, THERE
from smarketing.record import Record, is_joined


def move_in(work: Drawing, joined: Mapping[str, str]) -> None:
    """Move what is left in something merged: members' own things, and what was released."""
    for old, new in joined.items():
        record, into = work.records.get(old), work.records.get(new)
        if record is None or into is None or not into.stands or record.existence != ARCHIVED:
            continue
        look = work.looks.get(record.place)
        if look is None or not is_joined(record) or record.binding is None:
            continue
        for name, change in _strangers(work, record, old, new):
            work.changes.append(change)
            work.places[name] = record.place
        for address, inside in list(work.records.items()):
            if inside.released and inside.stands and _lies_in(inside, old):
                work.add(inside, _move(address, inside.kind, new, work.remote(inside, look)))


def _strangers(work: Drawing, record: Record, old: str, new: str) -> Iterator[tuple[str, Change]]:
    look = work.looks[record.place]
    holder = record.binding.id if record.binding else ""
    number = 0
    for remote in look.matched.others:
        if remote.parent == holder and remote.existence == THERE:
            number += 1
            name = _name(old, remote.kind, number)
            yield name, _move(name, remote.kind, new, remote)


def _name(holder: str, kind: str, number: int) -> str:
    """Return what to call a thing that has no address: `board:work/card:week~in~1`."""
    above = container_of(holder)
    own = f"{kind}:{key_of(holder)}~in~{number}"
    return f"{above}/{own}" if above else own


def _move(address: str, kind: str, parent: str, before: Remote | None) -> Change:
    return Change("move", address, kind, {}, parent, before)


def _lies_in(record: Record, holder: str) -> bool:
    seen = record.seen.get(record.place, {}).get("parent")
    return seen is not None and seen.value == holder
