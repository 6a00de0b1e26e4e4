"""What has to be known anew of other things once one thing has moved in its tool. Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from smarketing.address import container_of
from smarketing.contract import Change
from smarketing.kinds import Value
from smarketing.state.record import Record, Seen


def without_owners(
    records: Mapping[str, Record], change: Change, place: str, parents: Mapping[str, str]
) -> dict[str, Record]:
    """Forget who was seen to have the cards that went to another board.

    A tool may take them from those who were not let in there yet: that is no member's wish.
    `parents` are the addresses of what is in that place, by id.
    """
    old = parents.get(change.before.parent if change.before else "")
    if old is None or change.kind not in ("list", "card"):
        return {}
    board = old if change.kind == "list" else container_of(old)
    if board == (change.parent if change.kind == "list" else container_of(change.parent)):
        return {}
    return {
        address: _owned_by_nobody_seen(record, place)
        for address, record in records.items()
        if change.address in (address, record.hub.get("parent"))
        and record.kind == "card"
        and record.hub.get("owner")
    }


def without_shut_out(
    records: Mapping[str, Record],
    change: Change,
    place: str,
    names: Collection[str],
    leavers: Collection[Value],
) -> dict[str, Record]:
    """Forget that those who may no longer enter a board were seen to have its cards.

    A tool may take these from them: that is no member's wish, and who stays the owner is named
    there anew. `names` are theirs in the tool; the cards of `leavers` go to who takes over.
    """
    return {
        address: _owned_by_nobody_seen(record, place)
        for address, record in records.items()
        if change.kind == "board" and address.startswith(f"{change.address}/")
        if record.kind == "card" and record.hub.get("owner") not in (None, "", *leavers)
        if (seen := record.seen.get(place, {}).get("owner")) is not None and seen.value in names
        if seen.hub == record.hub["owner"]
    }


def moved_along(
    records: Mapping[str, Record], place: str, old: str, new: str
) -> Iterator[tuple[str, Record]]:
    """Yield what is bound to an id that began with `old` ("Personas/") and begins with `new` now."""
    for address, record in records.items():
        binding = record.binding
        if record.place != place or binding is None:
            continue
        moved = replace(
            binding,
            id=_shifted(binding.id, old, new),
            url=_shifted(binding.url, old, new),
            parent=_shifted(binding.parent, old, new),
        )
        if moved != binding:
            yield address, replace(record, binding=moved)


def _owned_by_nobody_seen(record: Record, place: str) -> Record:
    seen = {**record.seen.get(place, {}), "owner": Seen(None, None)}
    return replace(record, seen={**record.seen, place: seen})


def _shifted(text: str, old: str, new: str) -> str:
    """Return an id or url after what began with `old` ("Personas/") begins with `new`."""
    if text.startswith(old):
        return new + text[len(old) :]
    return new[:-1] if text == old[:-1] else text
