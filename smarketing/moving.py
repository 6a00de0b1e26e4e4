"""From one tool to another: what `use:` now puts elsewhere comes along with members' words. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from smarketing.address import container_of
from smarketing.contract import FINISH, Change, Remote
from smarketing.desired import Desired, Item
from smarketing.kinds import KINDS, THERE, Value
from smarketing.look import Look
from smarketing.record import PLAYBOOK, Left, Record, Seen

MOVED = "~moved"
"""Stands after the address of an object that was left behind."""

_SIGNPOSTED = frozenset(("document", "board", "table", "meeting", "page", "channel"))
_OWN = "own"
START = "document:start-here"


def leaving(records: Mapping[str, Record], desired: Desired) -> dict[str, str]:
    """Return the place that each item leaves."""
    return {
        address: record.place
        for address, item in desired.items.items()
        if (record := records.get(address)) and record.binding and record.place != item.place
    }


def as_still_there(
    desired: Desired, records: Mapping[str, Record], moving: Mapping[str, str]
) -> Desired:
    """Return what is asked for as if everything stayed where it is, for one last look there."""
    items = {
        address: _still_there(item, records[address], moving[address])
        if address in moving
        else item
        for address, item in desired.items.items()
    }
    return replace(desired, items=items)


def _still_there(item: Item, record: Record, place: str) -> Item:
    seen = record.seen.get(PLAYBOOK, {}).get("parent")
    parent = str(seen.value) if seen else str(record.hub.get("parent", f"root:{place}"))
    return replace(item, place=place, parent=parent)


def rehomed(
    records: Mapping[str, Record],
    desired: Desired,
    moving: Mapping[str, str],
    looks: Mapping[str, Look],
) -> dict[str, Record]:
    """Give what moves its new place, with what members put into it; nothing is bound there yet."""
    # A single meeting is part of the series that stays behind, and no object of its own.
    result = {
        address: record
        for address, record in records.items()
        if record.kind != "occurrence" or container_of(address) not in moving
    }
    for address in moving:
        result[address] = _in_its_new_place(records[address], desired.items[address], desired)
    result |= _known_things(moving, result)
    for old in set(moving.values()):
        if look := looks.get(old):
            result |= _own_things(look, moving, result)
        if moving.get(START) == old:
            # A page shows the rest: where that went, the page sends its readers on.
            result |= {
                record.address: replace(record, left=Left(old, record.binding))
                for record in records.values()
                if record.kind == "page" and record.place == old and record.stands
                if record.binding and record.address not in moving
            }
    return result


def signposts(records: Mapping[str, Record], looks: Mapping[str, Look]) -> list[tuple[str, Change]]:
    """Return, with its place, what each object that was left behind shall say."""
    return [
        (record.left.place, _signpost(record, record.left))
        for record in records.values()
        if record.left is not None and record.left.place in looks
    ]


def told(record: Record) -> Record:
    """Return the record once the object left behind says where the work went."""
    return replace(record, left=None)


def _signpost(record: Record, left: Left) -> Change:
    title = str(record.hub.get("title") or "this")
    target = START if record.kind == "page" else record.address
    binding = left.binding
    before = Remote(binding.id, record.kind, {}, binding.parent, version=binding.version)
    return Change(
        "update",
        f"{record.address}{MOVED}",
        record.kind,
        before=before,
        stage=FINISH,
        note=f"This moved. Go on in [{title}](link:{target})",
    )


def _in_its_new_place(record: Record, item: Item, desired: Desired) -> Record:
    playbook = dict(record.seen.get(PLAYBOOK, {}))
    stood = playbook.get("parent")
    parent = record.hub.get("parent")
    holder = desired.items.get(str(parent))
    at_home = stood is None or parent == stood.value
    if at_home or holder is None or holder.place != item.place:
        parent = item.parent
    playbook["parent"] = Seen(item.parent, item.parent)
    return replace(
        record,
        place=item.place,
        hub={**record.hub, "parent": parent},
        seen={PLAYBOOK: playbook},
        binding=None,
        links={},
        notes=(),
        granted={},
        left=_left(record),
    )


def _left(record: Record) -> Left | None:
    binding = record.binding
    if binding is None or not record.stands or record.kind not in _SIGNPOSTED:
        return None
    return Left(record.place, binding)


def _known_things(moving: Mapping[str, str], records: Mapping[str, Record]) -> dict[str, Record]:
    """Return what the playbook does not ask for in the things that move, on its way.

    State knows it: members put it there, or the playbook once did.
    """
    return {
        address: replace(
            record,
            place=records[container].place,
            seen={},
            binding=None,
            released=False,
            links={},
            notes=(),
        )
        for address, record in records.items()
        if (container := address.partition("/")[0]) in moving and container != address
        if record.place == moving[container] and record.stands
        if PLAYBOOK not in record.seen or record.released
    }


def _own_things(
    look: Look, moving: Mapping[str, str], records: Mapping[str, Record]
) -> dict[str, Record]:
    """Return records for what members put into the things that move."""
    addresses = {remote.id: address for address, remote in look.matched.found.items()}
    found: dict[str, Record] = {}
    waiting = [each for each in look.matched.others if each.existence == THERE]
    while waiting:
        ready = [each for each in waiting if each.parent in addresses]
        if not ready:
            break
        waiting = [each for each in waiting if each.parent not in addresses]
        for remote in ready:
            above = addresses[remote.parent]
            if above in moving or above in found:
                address = _fresh_address(above, remote.kind, {*records, *found})
                addresses[remote.id] = address
                target = (records.get(above) or found[above]).place
                found[address] = _taken_along(address, remote, above, target, look)
    return found


def _fresh_address(above: str, kind: str, taken: Iterable[str]) -> str:
    """Return an address inside the board, card or table that holds the thing."""
    container = above.rpartition("/list:")[0] if "/list:" in above else above
    number = 1
    known = set(taken)
    while (address := f"{container}/{kind}:{_OWN}-{number}") in known:
        number += 1
    return address


def _taken_along(address: str, remote: Remote, above: str, place: str, look: Look) -> Record:
    names = replace(look.names, here=remote.url)
    hub: dict[str, Value] = {
        name: look.terms.as_hub(remote.kind, name, value, names)
        for name, value in remote.fields.items()
        if name in KINDS[remote.kind].fields and name != "access"
    }
    hub |= {"parent": above, "existence": THERE}
    return Record(address, remote.kind, place, hub)
