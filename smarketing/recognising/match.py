"""Which object in a tool is which item: by binding, by marker, by its words, by where it stands.

The id in state decides; a marker only recovers. Of two bearers of one marker the bound one is
ours, and the other is a member's copy; of two lines of one file see copies.py.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence

from smarketing.contract import Listing, Manifest, Remote
from smarketing.recognising.copies import told_apart
from smarketing.recognising.lastseen import as_last_seen
from smarketing.recognising.lostmarks import by_last_words, without_mark
from smarketing.recognising.matched import Matched, Wanted
from smarketing.recognising.searching import Search
from smarketing.recognising.unmarked import by_place, by_rewording, by_standing
from smarketing.state.record import Record


def match(
    listing: Listing,
    records: Mapping[str, Record],
    wanted: Iterable[Wanted],
    *,
    workspace: str,
    manifest: Manifest,
    searched: frozenset[str] = frozenset(),
    existing: Collection[str] = (),
    restored: Collection[str] = (),
) -> Matched:
    """Say which remote each item of one place is.

    `records` are those of this place, parents first; `searched` the addresses of open intents,
    `existing` those that a person bound to what is there already, `restored` those that shall
    come back, with all that lies in them.
    """
    listing, copies = told_apart(listing, records, manifest)
    search = Search(listing, records, workspace, manifest, searched, existing, restored, copies)
    items = tuple(wanted)
    for record in records.values():
        _by_binding(search, record)
    twins = {item.address: _twins(search, item) for item in items}
    _leave(search, {*copies, *(twin.id for each in twins.values() for twin in each)})
    for item in items:
        if item.address not in search.found:
            _by_marker(search, item)
    if lost := without_mark(search, items):
        by_standing(search, items)  # what is in its list is told from what is in another
        by_last_words(search, lost)
    by_place(search, items)
    by_rewording(search, items)
    for address, remote in search.stranded.items():
        if address not in search.found:
            search.claim(address, remote)
    return _matched(search, twins)


def _matched(search: Search, twins: Mapping[str, Sequence[Remote]]) -> Matched:
    found = search.found
    return Matched(
        found,
        unchanged=frozenset(search.unchanged),
        gone=frozenset(a for a, r in search.records.items() if r.binding and a not in found),
        twins={address: tuple(each) for address, each in twins.items() if each},
        recovered=frozenset(search.recovered),
        others=tuple(r for each, r in search.remotes.items() if each not in search.claimed),
        adopted=frozenset(search.adopted),
        doubtful=search.doubtful,
    )


def _by_binding(search: Search, record: Record) -> None:
    binding = record.binding
    if binding is None:
        return
    if binding.id in search.listing.unchanged:
        search.unchanged.add(record.address)
        search.claim(record.address, as_last_seen(record))
    elif remote := search.remotes.get(binding.id):
        # Where ids are paths, another of our things may now stand at this one.
        expected = ("", binding.marker, record.address)
        strayed = not search.manifest.stable_ids and remote.marker not in expected
        if remote.kind == record.kind and not strayed and remote.id not in search.copies:
            search.claim(record.address, remote)


def _leave(search: Search, twins: Collection[str]) -> None:
    """Look anew for what has no marker and is bound to something inside a twin or a copy."""
    for address, remote in list(search.found.items()):
        if remote.parent not in twins:
            continue
        search.unchanged.discard(address)
        if remote.kind in search.manifest.unmarked:
            search.stranded[address] = remote
            del search.found[address], search.claimed[remote.id]


def _by_marker(search: Search, item: Wanted) -> None:
    record = search.records.get(item.address)
    binding = record.binding if record else None
    if binding and search.manifest.stable_ids and item.kind not in search.manifest.keyed:
        return
    names = {item.address, *item.formerly}
    if binding and binding.marker:
        names.add(binding.marker)
    free = [
        remote
        for name in names
        for remote in search.bearers.get(name, ())
        if remote.id not in search.claimed
        and remote.kind == item.kind
        and not _is_in_a_copy(search, remote)
    ]
    if free:
        search.recover(item.address, min(free, key=lambda r: _rank(search, item, r)))


def _rank(search: Search, item: Wanted, remote: Remote) -> tuple[bool, bool, bool, float, str]:
    """Return what is lowest for the bearer that is ours rather than a member's copy."""
    return (
        # Of several that were merged, the one that goes on bears the present address.
        remote.marker in item.formerly,
        not _is_as_written(search, item, remote),
        not remote.ours,
        remote.born,
        remote.id,
    )


def _is_as_written(search: Search, item: Wanted, remote: Remote) -> bool:
    """Say whether a write of ours, of which we know no end, would have left it like this."""
    home = search.found.get(item.parent)
    in_place = home is not None and remote.parent == home.id
    return item.address in search.searched and in_place and remote.fields.get("title") == item.title


def _is_in_a_copy(search: Search, remote: Remote) -> bool:
    """Whether it came along when a member copied what holds it, as a board's file."""
    above = search.remotes.get(remote.parent)
    while above is not None:
        if above.marker and remote.marker.startswith(f"{above.marker}/"):
            return above.id not in search.claimed
        above = search.remotes.get(above.parent)
    return False


def _bearers_of(search: Search, address: str) -> list[Remote]:
    bearers = list(search.bearers.get(address, ()))
    if bearers and address in search.unchanged:  # it was not listed again
        bearers.append(search.found[address])
    return bearers


def _twins(search: Search, item: Wanted) -> tuple[Remote, ...]:
    """Return what we made twice. The oldest is ours, even against a binding.

    Where ids are paths nothing is made twice: a second bearer is a member's copy.
    """
    if not search.manifest.stable_ids:
        return ()
    ours = sorted(
        (r for r in _bearers_of(search, item.address) if r.ours and r.kind == item.kind),
        key=lambda r: (r.born, r.id),
    )
    if len(ours) < 2:
        return ()
    bound = search.found.get(item.address)
    if bound is not None and bound in ours and bound is not ours[0]:
        del search.claimed[bound.id]
        search.unchanged.discard(item.address)
        search.claim(item.address, ours[0])
    return tuple(ours[1:])
