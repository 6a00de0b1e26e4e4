"""Looking at every tool in use: what is there, and which item each thing is."""

from collections.abc import Mapping, Sequence

from smarketing.contract import (
    Integration,
    Listing,
    Names,
    Scope,
    Unreachable,
)
from smarketing.desired import Desired, Item
from smarketing.given import Request, Workspace
from smarketing.kinds import THERE
from smarketing.match import Matched, Wanted, match, with_known_versions
from smarketing.record import Record, Snapshot


def look_around(
    workspace: Workspace,
    desired: Desired,
    records: Mapping[str, Record],
    snapshot: Snapshot,
    request: Request,
    full: frozenset[str],
) -> tuple[dict[str, Matched], dict[str, str]]:
    matched: dict[str, Matched] = {}
    unreachable: dict[str, str] = {}
    by_place: dict[str, list[Record]] = {}
    for record in records.values():
        by_place.setdefault(record.place, []).append(record)
    items_by_place: dict[str, list[Item]] = {}
    for item in desired.items.values():
        items_by_place.setdefault(item.place, []).append(item)
    searched = frozenset(e.address for intent in snapshot.intents for e in intent.entries)
    for place, items in items_by_place.items():
        own = by_place.get(place, [])
        listing = _listing(workspace, place, own, searched, request, full, unreachable)
        if listing is None:
            continue
        terms = workspace.integrations[place]
        matched[place] = match(
            listing,
            {record.address: record for record in own},
            _wanted(items, own, terms),
            workspace=desired.workspace,
            manifest=terms.manifest,
            searched=searched,
        )
    return matched, unreachable


def _listing(
    workspace: Workspace,
    place: str,
    own: Sequence[Record],
    searched: frozenset[str],
    request: Request,
    full: frozenset[str],
    unreachable: dict[str, str],
) -> Listing | None:
    anew = f"root:{place}" in request.restore
    whole = anew or place in full or any(record.address in searched for record in own)
    roots = () if anew else tuple(r.binding.id for r in own if r.kind == "root" and r.binding)
    known = {} if whole else with_known_versions(own)
    existing = workspace.existing.get(place, {})
    try:
        scope = Scope(workspace.desired.workspace, roots, known, existing)
        return workspace.integrations[place].read(scope)
    except Unreachable as error:
        unreachable[place] = str(error)
        return None


def _wanted(items: Sequence[Item], own: Sequence[Record], terms: Integration) -> list[Wanted]:
    by_address = {record.address: record for record in own}
    no_names = Names()
    wanted: list[Wanted] = []
    for item in items:
        record = by_address.pop(item.address, None)
        wanted.append(_wanted_one(item.address, item.kind, item, record, terms, no_names))
    for record in by_address.values():
        wanted.append(_wanted_one(record.address, record.kind, None, record, terms, no_names))
    return wanted


def _wanted_one(
    address: str,
    kind: str,
    item: Item | None,
    record: Record | None,
    terms: Integration,
    names: Names,
) -> Wanted:
    hub = record.hub if record else (item.fields if item else {})
    parent = hub.get("parent") or (item.parent if item else "")
    title = hub.get("title")
    if kind in terms.manifest.unmarked and title is not None:
        title = terms.render(kind, "title", title, names)
    return Wanted(address, kind, str(parent), str(title or ""))


def parents_of(matched: Matched) -> dict[str, str]:
    return {"": "", **{remote.id: address for address, remote in matched.found.items()}}


def names_at(records: Mapping[str, Record], matched: Matched, place: str) -> Names:
    urls: dict[str, str] = {}
    addresses: dict[str, str] = {}
    for record in records.values():
        for address, url in record.links.items():
            if url:
                addresses.setdefault(url, address)
        if record.place == place and record.binding and record.existence == THERE:
            urls[record.address] = record.binding.url
    for address, remote in matched.found.items():
        urls[address] = remote.url
    # Where parts share the url of their container, a link means the container.
    for address, url in sorted(urls.items(), key=lambda pair: -pair[0].count("/")):
        if url:
            addresses[url] = address
    return Names(urls, addresses)


def is_lost(place: str, records: Mapping[str, Record], matched: Matched, request: Request) -> bool:
    """Whether a finished workspace is there of which state knows nothing."""
    root = matched.found.get(f"root:{place}")
    known = any(record.place == place for record in records.values())
    return root is not None and bool(root.fields.get("done")) and not known
