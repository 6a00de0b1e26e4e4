"""What is merged into another thing: which, and with which words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from smarketing.address import kind_of
from smarketing.kinds import ARCHIVED, THERE, Value
from smarketing.reorganisation.renaming import Moves, redirected
from smarketing.resolve.desired import Desired
from smarketing.state.record import PLAYBOOK, Record, Seen, is_joined

JOINABLE = frozenset(("list", "folder", "document"))
"""Kinds whose things can be merged into one; others are left for a person."""


@dataclass(frozen=True, slots=True)
class Joins:
    """What is merged now, former to present address, and what can't be."""

    now: Mapping[str, str]
    refused: Mapping[str, str]


def joins_of(records: Mapping[str, Record], desired: Desired) -> Joins:
    """Return what `was:` merges into something that has an object of its own.

    The playbook says it once: what a member takes out of the archive again stays where it is.
    """
    now: dict[str, str] = {}
    refused: dict[str, str] = {}
    for old, new in desired.was.items():
        record, into = records.get(old), records.get(new)
        if record is None or into is None or old in desired.items or is_joined(record):
            continue
        if record.released or not record.stands or record.place != into.place:
            continue
        if kind_of(old) in JOINABLE and kind_of(old) == kind_of(new):
            if into.stands:
                now[old] = new
        else:
            refused[old] = new
    return Joins(now, refused)


def with_new_home(records: Mapping[str, Record], joins: Mapping[str, str]) -> dict[str, Record]:
    """Let what lies in something that is merged lie in what it is merged into."""
    moves: Moves = tuple(joins.items())
    if not moves:
        return dict(records)
    return {
        address: record if address in joins else redirected(record, moves)
        for address, record in records.items()
    }


def put_away(record: Record) -> Record:
    """Return a merged thing on its way to the archive."""
    playbook = {**record.seen.get(PLAYBOOK, {}), "existence": Seen(ARCHIVED, ARCHIVED)}
    hub = {**record.hub, "existence": ARCHIVED if record.existence == THERE else record.existence}
    return replace(record, released=True, hub=hub, seen={**record.seen, PLAYBOOK: playbook})


def with_words_of(record: Record, other: Record) -> Record:
    """Return a document that begins with its own text and goes on with the other's."""
    playbook = dict(record.seen.get(PLAYBOOK, {}))
    theirs = other.seen.get(PLAYBOOK, {}).get("body")
    if not other.hub.get("body") or "body" not in playbook:
        return record
    hub = {**record.hub, "body": _one_after_the_other(record.hub.get("body"), other.hub["body"])}
    ours = playbook["body"]
    playbook["body"] = Seen(
        _one_after_the_other(ours.value, theirs.value if theirs else ""),
        _one_after_the_other(ours.hub, theirs.hub if theirs else ""),
    )
    return replace(record, hub=hub, seen={**record.seen, PLAYBOOK: playbook})


def _one_after_the_other(one: Value, other: Value) -> str:
    parts = [str(text or "").strip("\n") for text in (one, other)]
    return "\n\n".join(part for part in parts if part) + "\n"
