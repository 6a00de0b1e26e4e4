"""What still lies in something that was merged into another thing moves there, and back. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from smarketing.address import container_of, key_of
from smarketing.changes.drawing import Drawing
from smarketing.contract import Change, Remote
from smarketing.kinds import ARCHIVED, THERE
from smarketing.reorganisation.homeward import Homeward, remote_of
from smarketing.state.record import Record, is_joined

_OWN = "~in~"


def is_own(address: str) -> bool:
    """Say whether this is what we call a member's own thing, which has no address."""
    return _OWN in address


def own_titles(changes: Iterable[Change]) -> dict[str, str]:
    """Return what members call their own things that are moved."""
    return {
        change.address: str(change.before.fields.get("title") or change.before.called)
        for change in changes
        if change.before and is_own(change.address)
    }


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


def send_back(work: Drawing, homeward: Iterable[Homeward]) -> None:
    """Move members' own things back to where they stood before a merge took them along."""
    numbers: Counter[tuple[str, str]] = Counter()
    for thing in homeward:
        look = work.looks.get(thing.place)
        remote = remote_of(thing, look) if look else None
        if remote is None:
            continue
        numbers[thing.into, thing.kind] += 1
        name = _name(thing.into, thing.kind, numbers[thing.into, thing.kind])
        work.changes.append(_move(name, thing.kind, thing.home, remote))
        work.places[name] = thing.place


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
    own = f"{kind}:{key_of(holder)}{_OWN}{number}"
    return f"{above}/{own}" if above else own


def _move(address: str, kind: str, parent: str, before: Remote | None) -> Change:
    return Change("move", address, kind, {}, parent, before)


def _lies_in(record: Record, holder: str) -> bool:
    seen = record.seen.get(record.place, {}).get("parent")
    return seen is not None and seen.value == holder
