"""Records under the addresses that `was:` gives their items. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from smarketing.address import container_of, moved_under
from smarketing.kinds import Value
from smarketing.state.record import PLAYBOOK, Entry, Intent, Record, Seen

Moves = tuple[tuple[str, str], ...]
"""Former and present addresses, what holds others first."""

_LINK = re.compile(r"link:([a-z]+:[a-z0-9.-]+(?:/[a-z]+:[a-z0-9.-]+)*)")


def moves_of(records: Mapping[str, Record], was: Mapping[str, str]) -> Moves:
    """Return which records get another address.

    A former address is followed only where it has a record and the present one has none. Of
    several the first gives its object, one that is still there before one that is gone.
    """
    if not was:
        return ()
    taken = {address: record.stands for address, record in records.items()}
    moves: list[tuple[str, str]] = []
    by_depth = sorted(was.items(), key=lambda each: each[1].count("/"))
    for stands in (True, False):
        for old, new in by_depth:
            if new not in taken and taken.get(old) is stands:
                moves.append((old, new))
                taken = {moved_under(a, old, new): there for a, there in taken.items()}
    return tuple(sorted(moves, key=lambda each: each[1].count("/")))


def renamed(records: Mapping[str, Record], was: Mapping[str, str]) -> dict[str, Record]:
    """Return the records under the addresses that `was:` gives them."""
    moves = moves_of(records, was)
    if not moves:
        return dict(records)
    return {
        present(address, moves): _renamed_record(record, moves)
        for address, record in records.items()
    }


def renamed_intents(
    intents: Iterable[Intent], records: Mapping[str, Record], was: Mapping[str, str]
) -> tuple[Intent, ...]:
    """Return what is under way with the addresses that `was:` gives its items."""
    moves = moves_of(records, was)
    return tuple(
        replace(intent, entries=tuple(_renamed_entry(each, moves) for each in intent.entries))
        if moves
        else intent
        for intent in intents
    )


def redirected(record: Record, moves: Moves) -> Record:
    """Return the record with what it lies in, and links to, as they are called now.

    What its place was seen to hold stays: it still shows the former ones.
    """
    hub = {name: with_addresses(name, value, moves) for name, value in record.hub.items()}
    playbook = _seenwith_addresses(record.seen.get(PLAYBOOK, {}), moves)
    seen = {**record.seen, PLAYBOOK: playbook} if playbook else record.seen
    return replace(record, hub=hub, seen=seen)


def present(address: str, moves: Moves) -> str:
    """Return what an address is called now."""
    for old, new in moves:
        address = moved_under(address, old, new)
    return address


def _renamed_record(record: Record, moves: Moves) -> Record:
    result = redirected(record, moves)
    seen = {
        place: fields if place == PLAYBOOK else _hubswith_addresses(fields, moves)
        for place, fields in result.seen.items()
    }
    links = {present(to, moves): url for to, url in record.links.items()}
    return replace(result, address=present(record.address, moves), seen=seen, links=links)


def _seenwith_addresses(fields: Mapping[str, Seen], moves: Moves) -> dict[str, Seen]:
    return {
        name: Seen(with_addresses(name, seen.value, moves), with_addresses(name, seen.hub, moves))
        for name, seen in fields.items()
    }


def _hubswith_addresses(fields: Mapping[str, Seen], moves: Moves) -> dict[str, Seen]:
    """A place's own values are in its own terms, but for where a thing lies."""
    return {
        name: Seen(
            with_addresses(name, seen.value, moves) if name == "parent" else seen.value,
            with_addresses(name, seen.hub, moves),
        )
        for name, seen in fields.items()
    }


def with_addresses(name: str, value: Value, moves: Moves) -> Value:
    """Return the value of a field with what it names and links to as that is called now."""
    if not isinstance(value, str):
        return value
    if name == "parent":
        return present(value, moves)
    if "link:" not in value:
        return value
    return _LINK.sub(lambda link: f"link:{present(link[1], moves)}", value)


def _renamed_entry(entry: Entry, moves: Moves) -> Entry:
    hub = {name: with_addresses(name, value, moves) for name, value in entry.hub.items()}
    return replace(entry, address=present(entry.address, moves), hub=hub)


def fixed_moves(
    records: Mapping[str, Record], was: Mapping[str, str], fixed: Mapping[str, frozenset[str]]
) -> dict[str, str]:
    """Return, new to old, what its tool can't move to another holder. `fixed` are kinds by place."""
    moves = moves_of(records, was)
    return {
        new: old
        for old, new in was.items()
        if (record := records.get(old)) and record.stands and new not in records
        if record.kind in fixed.get(record.place, frozenset())
        and present(container_of(old), moves) != container_of(new)
    }
