"""Find again what lost its marker, where an object's id is made of it and is lost as well.

A member who takes the code off a card's line still means that card. What bears no marker is
it, if it says what was last seen of just one item that is nowhere, and nothing else says so.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from smarketing.address import is_within
from smarketing.contract import Remote
from smarketing.kinds import KINDS, Value
from smarketing.recognising.matched import Wanted
from smarketing.recognising.searching import Search
from smarketing.state.record import Record
from smarketing.text.samewords import plain

Words = tuple[object, ...]
"""All that a thing says, to be compared."""


@dataclass(frozen=True, slots=True)
class _Trace:
    """What tells a thing from others: its board or table, its list, all it says, and its name."""

    board: str
    home: str
    kind: str
    whole: Words
    name: str


def without_mark(search: Search, wanted: Iterable[Wanted]) -> list[Wanted]:
    """Return the items whose object is nowhere, and may only have lost its marker."""
    return [
        item
        for item in wanted
        if item.kind in search.manifest.keyed
        and item.address not in search.found
        and _is_looked_for(search, search.records.get(item.address))
    ]


def by_last_words(search: Search, lost: Iterable[Wanted]) -> None:
    """Take what says all that was last seen of an item, else what has just its name."""
    left = {item.address: _last_seen(search, item) for item in lost}
    for says in (_whole, _name):
        there = {
            remote.id: _now(search, remote)
            for remote in search.remotes.values()
            if remote.kind in search.manifest.keyed and search.is_free(remote, remote.kind)
        }
        for address, remote_id in _pairs(_grouped(left, says), _grouped(there, says)):
            search.claim(address, search.remotes[remote_id])
            del left[address]


def _is_looked_for(search: Search, record: Record | None) -> bool:
    """Whether it was there until now; of what was deleted before, only what shall come back."""
    if record is None or record.binding is None:
        return False
    return not record.gone or any(is_within(record.address, each) for each in search.restored)


def _last_seen(search: Search, item: Wanted) -> _Trace:
    record = search.records[item.address]
    seen = {name: each.value for name, each in record.seen.get(record.place, {}).items()}
    above, home = item.address.split("/")[0], str(seen.get("parent") or "")
    return _Trace(
        search.found[above].id if above in search.found else above,
        search.found[home].id if home in search.found else home,
        item.kind,
        all_said(item.kind, seen),
        plain(seen.get("title") or item.title),
    )


def _now(search: Search, remote: Remote) -> _Trace:
    above = remote
    while above.parent in search.remotes and above.kind not in ("board", "table"):
        above = search.remotes[above.parent]
    name = plain(remote.fields.get("title") or remote.called)
    return _Trace(above.id, remote.parent, remote.kind, all_said(remote.kind, remote.fields), name)


def all_said(kind: str, fields: Mapping[str, Value]) -> Words:
    """Return all that a thing says; what is empty may as well be missing."""
    return tuple(
        (name, _comparable(value))
        for name in sorted(KINDS[kind].fields)
        if (value := fields.get(name))
    )


def _comparable(value: Value) -> object:
    if isinstance(value, frozenset):
        return tuple(sorted(value))
    if isinstance(value, Mapping):
        return tuple(sorted((name, cell) for name, cell in value.items() if cell))
    return value


def _whole(trace: _Trace) -> object:
    return (trace.board, trace.kind, trace.whole) if trace.whole else None


def _name(trace: _Trace) -> object:
    return (trace.board, trace.kind, trace.name) if trace.name else None


_Group = Mapping[object, Sequence[tuple[str, str]]]
"""What says the same: for each (key, home)."""


def _grouped(traces: Mapping[str, _Trace], says: Callable[[_Trace], object]) -> _Group:
    groups: dict[object, list[tuple[str, str]]] = defaultdict(list)
    for key, trace in traces.items():
        if (said := says(trace)) is not None:
            groups[said].append((key, trace.home))
    return groups


def _pairs(lost: _Group, there: _Group) -> Iterator[tuple[str, str]]:
    """Yield (address, id) of those that can be no other: as many of them as of the lost ones.

    Where several say the same, each is known by the list that it stands in.
    """
    for said, items in lost.items():
        remotes = there.get(said, ())
        if len(items) != len(remotes):
            continue
        if len(items) == 1:
            yield items[0][0], remotes[0][0]
            continue
        ours, theirs = _by_home(items), _by_home(remotes)
        yield from ((ours[home], theirs[home]) for home in ours if home in theirs)


def _by_home(group: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    counts = Counter(home for _, home in group)
    return {home: key for key, home in group if counts[home] == 1}
