"""What vanished from the playbook, and what appeared that looks like it: a person decides. Pure."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from smarketing.address import container_of, is_within, key_of
from smarketing.kinds import Value
from smarketing.reorganisation.renaming import Moves, with_addresses
from smarketing.resolve.desired import Desired, Item
from smarketing.state.record import PLAYBOOK, Record
from smarketing.text.samewords import SIMILAR, words_kept

_KEYED_BY_TEXT = ("check", "column")
"""Kinds whose key may come from their first text, so that a new wording is a new key."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An item that looks like a former one. `source` is file:line, `write` what says that it is."""

    address: str
    former: str
    title: str
    former_title: str
    source: str
    write: str
    write_if_new: str


def reworded(records: Mapping[str, Record], desired: Desired) -> dict[str, str]:
    """Return, former to present, the single line of each list of lines that was only reworded."""
    found: dict[str, str] = {}
    for (container, kind), (olds, news) in _by_container(records, desired).items():
        by_text = container and kind in _KEYED_BY_TEXT
        if by_text and len(olds) == len(news) == 1 and _title_kept(olds[0], news[0]) >= SIMILAR:
            found[olds[0].address] = news[0].address
    return found


def proposals(records: Mapping[str, Record], desired: Desired) -> tuple[Proposal, ...]:
    """Return what appeared and looks like something that vanished, each at most once."""
    found: list[Proposal] = []
    for olds, news in _by_container(records, desired).values():
        scored = sorted(
            (
                (-likeness, at, old.address, item)
                for at, item in enumerate(news)
                for old in olds
                if (likeness := _likeness(old, item, records, desired)) >= SIMILAR
            ),
            key=lambda each: each[:3],
        )
        taken: set[str] = set()
        for _, _, former, item in scored:
            if not {former, item.address} & taken:
                taken |= {former, item.address}
                found.append(_proposal(records[former], item))
    return tuple(found)


def held_back(desired: Desired, held: Mapping[str, str]) -> Desired:
    """Return what is asked for without what is still there under a former address (new to old).

    What goes into it goes, for the time being, into what is there.
    """
    back: Moves = tuple(held.items())
    if not back:
        return desired
    elsewhere = {new for new, old in back if container_of(new) != container_of(old)}
    items = {
        address: replace(
            item,
            parent=str(with_addresses("parent", item.parent, back)),
            fields={n: with_addresses(n, value, back) for n, value in item.fields.items()},
        )
        for address, item in desired.items.items()
        if not any(is_within(address, new) for new in held) and item.parent not in elsewhere
    }
    return replace(desired, items=items)


_Groups = dict[tuple[str, str], tuple[list[Record], list[Item]]]


def _by_container(records: Mapping[str, Record], desired: Desired) -> _Groups:
    """Return what vanished and what appeared, by what holds it and by kind, where both did."""
    groups: _Groups = defaultdict(lambda: ([], []))
    for address, record in records.items():
        if _has_vanished(record, desired):
            groups[container_of(address), record.kind][0].append(record)
    if not groups:
        return groups
    known = {*desired.was.values(), *desired.splits, *desired.fresh}
    for address, item in desired.items.items():
        above = container_of(address)
        is_new = address not in records and address not in known
        if is_new and (above in records or not above) and (above, item.kind) in groups:
            groups[above, item.kind][1].append(item)
    return {where: group for where, group in groups.items() if group[1]}


def _has_vanished(record: Record, desired: Desired) -> bool:
    address, above = record.address, container_of(record.address)
    if address in desired.items or record.released or not record.stands:
        return False
    if PLAYBOOK not in record.seen or address in desired.was:
        return False
    if above and above not in desired.items:
        return False
    return not any(is_within(address, asleep) for asleep in desired.asleep)


def _likeness(old: Record, item: Item, records: Mapping[str, Record], desired: Desired) -> float:
    shares = [_title_kept(old, item), _held_in_common(old, item, records, desired)]
    for name in ("body", "description", "cells"):
        if item.fields.get(name):
            shares.append(words_kept(_words(_said(old, name)), _words(item.fields[name])))
    if old.kind == "meeting":
        shares.append(float(_when(old) == {name: item.fields.get(name) for name in _WHEN}))
    return max(shares)


_WHEN = ("start", "minutes", "rule")


def _when(old: Record) -> dict[str, Value]:
    return {name: _said(old, name) for name in _WHEN}


def _title_kept(old: Record, item: Item) -> float:
    return words_kept(_words(_said(old, "title")), _words(item.fields.get("title")))


def _said(record: Record, name: str) -> Value:
    """Return what the playbook said last."""
    seen = record.seen.get(PLAYBOOK, {}).get(name)
    return seen.value if seen else record.hub.get(name)


def _words(value: Value) -> str:
    return " ".join(value.values()) if isinstance(value, Mapping) else str(value or "")


def _held_in_common(
    old: Record, item: Item, records: Mapping[str, Record], desired: Desired
) -> float:
    """Return the share of what lay in the one and lies in the other."""
    before = Counter(
        _inside(address, old.address)
        for address, record in records.items()
        if container_of(address) == old.address or _said(record, "parent") == old.address
    )
    now = Counter(
        _inside(address, item.address)
        for address, each in desired.items.items()
        if container_of(address) == item.address or each.parent == item.address
    )
    most = max(before.total(), now.total())
    return (before & now).total() / most if most else 0.0


def _inside(address: str, holder: str) -> str:
    return address[len(holder) :] if is_within(address, holder) else address


def _proposal(old: Record, item: Item) -> Proposal:
    key, former = key_of(item.address).partition(".")[0], key_of(old.address).partition(".")[0]
    title = str(item.fields.get("title") or "")
    said = str(_said(old, "title") or "")
    if item.is_plain:
        mine = f"{key}: {{title: {title}, was: %s}}"
        write, if_new = (f"write `{mine % what}`" for what in (former, "[]"))
    else:
        write, if_new = f"write `was: {former}` below it", "write `was: []` below it"
    return Proposal(item.address, old.address, title, said, item.source, write, if_new)
