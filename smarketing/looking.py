"""Looking at every tool in use: what is there, and which item each thing is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from smarketing.address import is_within, key_of, moved_under
from smarketing.contract import (
    Busy,
    Calls,
    Integration,
    Listing,
    Names,
    Remote,
    Scope,
    Unreachable,
)
from smarketing.desired import Desired, Item
from smarketing.given import Request, Workspace
from smarketing.kinds import THERE
from smarketing.lastseen import with_known_versions
from smarketing.match import match
from smarketing.matched import Matched, Wanted
from smarketing.meetings.altered import by_their_dates
from smarketing.record import Record, Snapshot

PATIENCE = 600.0
"""Seconds that a tool may ask us to wait before it counts as unreachable."""


@dataclass(slots=True)
class Sight:
    """What one look at all tools showed, by place.

    `unreachable` says why a place could not be read, `reads` what the looking cost. `cursors`
    are to be kept for the next look, `room` is for `foreseen`, `templates` the objects of a
    template by address.
    """

    matched: dict[str, Matched] = field(default_factory=dict)
    unreachable: dict[str, str] = field(default_factory=dict)
    reads: dict[str, Calls] = field(default_factory=dict)
    cursors: dict[str, str] = field(default_factory=dict)
    room: dict[str, Mapping[str, int]] = field(default_factory=dict)
    templates: dict[str, Mapping[str, Remote]] = field(default_factory=dict)


def look_around(
    workspace: Workspace,
    desired: Desired,
    records: Mapping[str, Record],
    snapshot: Snapshot,
    request: Request,
    full: frozenset[str],
    left: frozenset[str] = frozenset(),
) -> Sight:
    """Read every place in use, and say which item each thing is.

    `full` are the places of which nothing is taken for known, `left` those that are read for
    the last time, with all that members put there.
    """
    sight = Sight()
    by_place: dict[str, list[Record]] = {}
    for record in records.values():
        by_place.setdefault(record.place, []).append(record)
    items_by_place: dict[str, list[Item]] = {}
    for item in desired.items.values():
        items_by_place.setdefault(item.place, []).append(item)
    searched = frozenset(e.address for intent in snapshot.intents for e in intent.entries)
    for place, items in items_by_place.items():
        terms = workspace.integrations[place]
        own = by_place.get(place, [])
        scope = _scope(workspace, snapshot, place, own)
        if f"root:{place}" in request.restore:
            scope = replace(scope, roots=(), known={}, bound={}, cursor="")
        elif place in left:
            scope = replace(scope, known={}, cursor="")
        elif place in full or any(record.address in searched for record in own):
            scope = replace(scope, known={}, searching=True)
        elif any(_may_be_there(record, terms, request) for record in own):
            scope = replace(scope, known={}, cursor="")
        before = terms.spent()
        try:
            listing = _read(terms, scope, workspace)
        except Unreachable as error:
            sight.unreachable[place] = str(error)
            continue
        finally:
            sight.reads[place] = terms.spent() - before
        wanted = _with_former(_wanted(items, own, terms), desired.was)
        matched = match(
            listing,
            {record.address: record for record in own},
            wanted,
            workspace=desired.workspace,
            manifest=terms.manifest,
            searched=searched,
            existing=workspace.existing.get(place, {}),
            restored=request.restore,
        )
        matched = by_their_dates(matched)
        if f"root:{place}" not in request.restore and _is_all_gone(own, matched):
            sight.unreachable[place] = _all_gone(place, terms)
            continue
        sight.matched[place] = matched
        # A listing in full may come from an index that lags: the feed goes on where it stood.
        if listing.cursor and (scope.cursor or cursor_fact(place) not in snapshot.facts):
            sight.cursors[place] = listing.cursor
        sight.room[place] = listing.room
        if listing.template:
            sight.templates[place] = _template(listing, wanted, desired.workspace, terms)
    return sight


def _may_be_there(record: Record, terms: Integration, request: Request) -> bool:
    """Say whether this is to come back, and may stand without its marker in what did not change."""
    keyed = record.gone and record.kind in terms.manifest.keyed
    return keyed and any(is_within(record.address, each) for each in request.restore)


def _is_all_gone(own: Sequence[Record], matched: Matched) -> bool:
    """Say whether a workspace that was here is not to be seen at all: no member deletes so much.

    What holds it is gone, or all that stood in it; of one thing alone a member may be rid.
    """
    stood = [r for r in own if r.binding and not r.gone and r.existence == THERE]
    if any(r.kind == "root" and r.address in matched.gone for r in stood):
        return True
    things = [r for r in stood if r.kind not in ("root", "message") and "/" not in r.address]
    return len(things) > 1 and all(r.address in matched.gone for r in things)


def _all_gone(place: str, terms: Integration) -> str:
    return (
        f"Nothing of this workspace is to be seen in {terms.manifest.title} any more. Sign in with "
        "the account that made it, or put it back; to build it anew, run "
        f"`smarketing apply --restore root:{place}`."
    )


def _scope(workspace: Workspace, snapshot: Snapshot, place: str, own: Sequence[Record]) -> Scope:
    copies = not workspace.desired.is_template and not _is_begun(own)
    return Scope(
        workspace.desired.workspace,
        roots=tuple(r.binding.id for r in own if r.kind == "root" and r.binding),
        known=with_known_versions(own),
        existing=workspace.existing.get(place, {}),
        bound={r.binding.id: r.kind for r in own if r.binding and not r.gone},
        cursor=snapshot.facts.get(cursor_fact(place), ""),
        template=workspace.desired.playbook if copies else "",
    )


def _is_begun(own: Sequence[Record]) -> bool:
    """Say whether something stands here already beside the root: nothing is copied any more."""
    return any(record.binding and record.kind != "root" for record in own)


def cursor_fact(place: str) -> str:
    """Return the name under which state keeps where a place's change feed stood."""
    return f"cursor:{place}"


def _read(terms: Integration, scope: Scope, workspace: Workspace) -> Listing:
    """Read, as often and as late as the tool asks for."""
    waited = 0.0
    while True:
        try:
            return terms.read(scope)
        except Busy as busy:
            waited += max(busy.after, 0.1)
            if waited > PATIENCE:
                raise
            workspace.clock.sleep(busy.after)


def _template(
    listing: Listing, wanted: Sequence[Wanted], workspace: str, terms: Integration
) -> Mapping[str, Remote]:
    """Return the objects of a template by the addresses they have there and shall have here."""
    as_ours = tuple(
        replace(each, workspace=workspace, marker=f"root:{terms.manifest.name}")
        if each.kind == "root"
        else replace(each, workspace=workspace if each.workspace else "")
        for each in listing.template
    )
    found = match(Listing(as_ours), {}, wanted, workspace=workspace, manifest=terms.manifest).found
    return {address: remote for address, remote in found.items() if remote.kind != "root"}


def _wanted(items: Sequence[Item], own: Sequence[Record], terms: Integration) -> list[Wanted]:
    by_address = {record.address: record for record in own}
    no_names = Names()
    wanted: list[Wanted] = []
    leading: dict[str, str] = {}
    for item in items:
        if item.kind == "column":
            leading.setdefault(item.parent, key_of(item.address))
        record = by_address.pop(item.address, None)
        one = _wanted_one(item.address, item.kind, item, record, terms, no_names)
        wanted.append(_called(one, item, leading, record))
    for record in by_address.values():
        wanted.append(_wanted_one(record.address, record.kind, None, record, terms, no_names))
    return wanted


def _called(one: Wanted, item: Item, leading: Mapping[str, str], record: Record | None) -> Wanted:
    """Call a row by its cell in the first column, as last seen: it has no title."""
    seen = record.seen.get(record.place, {}).get("cells") if record else None
    cells = seen.value if seen else item.fields.get("cells")
    if not isinstance(cells, Mapping):
        return one
    return replace(one, title=str(cells.get(leading.get(item.parent, ""), "")))


def _with_former(wanted: Sequence[Wanted], was: Mapping[str, str]) -> list[Wanted]:
    """Say what each item was called before, where nothing else is called so now."""
    now = {item.address for item in wanted}
    return [
        replace(item, formerly=frozenset(_former(item.address, was)) - now) if was else item
        for item in wanted
    ]


def _former(address: str, was: Mapping[str, str]) -> list[str]:
    return [moved_under(address, new, old) for old, new in was.items() if is_within(address, new)]


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


def names_at(records: Mapping[str, Record], matched: Mapping[str, Matched], place: str) -> Names:
    """Return where items live, as a text of this place names them."""
    urls: dict[str, str] = {}
    addresses: dict[str, str] = {}
    for record in records.values():
        for address, url in record.links.items():
            if url:
                addresses.setdefault(url, address)
        if record.binding and record.existence == THERE:
            url = record.binding.url
            if record.place == place or is_worldwide(url):
                urls[record.address] = url
    for where, look in matched.items():
        for address, remote in look.found.items():
            if where == place or is_worldwide(remote.url):
                urls[address] = remote.url
    # Where parts share the url of their container, a link means the container.
    for address, url in sorted(urls.items(), key=lambda pair: -pair[0].count("/")):
        if url:
            addresses[url] = address
    return Names(urls, addresses)


def is_worldwide(url: str) -> bool:
    """Say whether a url means the same from every place."""
    return url.startswith(("https://", "http://"))


def is_lost(place: str, records: Mapping[str, Record], matched: Matched, request: Request) -> bool:
    """Whether a finished workspace is there of which state knows nothing."""
    root = matched.found.get(f"root:{place}")
    known = any(record.place == place for record in records.values())
    return root is not None and bool(root.fields.get("done")) and not known
