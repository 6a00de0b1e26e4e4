"""Of several lines of one file with one mark, the one that still says what was last seen is ours.

A line of a board file and a row of a table go by their mark: a member who copies one copies that
along, and may put the copy above. Pure.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from smarketing.contract import Listing, Manifest, Remote
from smarketing.kinds import Value
from smarketing.state.record import Record


def told_apart(
    listing: Listing, records: Mapping[str, Record], manifest: Manifest
) -> tuple[Listing, frozenset[str]]:
    """Return the listing with each mark on one line of a file only, and the ids of the copies.

    What a mark leads to is the line that keeps it: a copy is found where its file is.
    """
    copies = _copies(listing, records, manifest)
    if not copies:
        return listing, copies
    above = {remote.id: remote for remote in listing.remotes}
    remotes = (
        replace(r, marker="", url=above[_whole(r, above)].url) if r.id in copies else r
        for r in listing.remotes
    )
    return replace(listing, remotes=tuple(remotes)), copies


def _copies(listing: Listing, records: Mapping[str, Record], manifest: Manifest) -> frozenset[str]:
    above = {remote.id: remote for remote in listing.remotes}
    bearers: dict[tuple[str, str], list[Remote]] = defaultdict(list)
    for remote in listing.remotes:
        if remote.marker and remote.kind in manifest.keyed:
            bearers[_whole(remote, above), remote.marker].append(remote)
    repeated = {key: each for key, each in bearers.items() if len(each) > 1}
    if not repeated:
        return frozenset()
    by_marker = {r.binding.marker: r for r in records.values() if r.binding and r.binding.marker}
    found: set[str] = set()
    for (_, marker), each in repeated.items():
        record = records.get(marker) or by_marker.get(marker)
        # `max` takes the first of those that are alike.
        ours = max(each, key=lambda remote: _still_said(remote, record))
        found |= {remote.id for remote in each if remote is not ours}
    return frozenset(found)


def _whole(remote: Remote, above: Mapping[str, Remote]) -> str:
    """Return the id of the outermost thing that was read around it."""
    while remote.parent in above and above[remote.parent].kind in ("list", "board", "table"):
        remote = above[remote.parent]
    return remote.id


def _still_said(remote: Remote, record: Record | None) -> tuple[bool, int]:
    """Return whether it has the title that was last seen, and how many fields are as they were."""
    seen = record.seen.get(record.place, {}) if record else {}
    said = _flat({name: each.value for name, each in seen.items()})
    same = [name for name, value in _flat(remote.fields).items() if said.get(name) == value]
    return "title" in same, len(same)


def _flat(fields: Mapping[str, Value]) -> dict[str, Value]:
    """Return the fields with the cells of a row, which are one field, each by itself."""
    cells = fields.get("cells")
    return {**fields, **cells} if isinstance(cells, Mapping) else dict(fields)
