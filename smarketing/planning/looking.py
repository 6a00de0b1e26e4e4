"""Looking at every tool in use: what is there, and which item each thing is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeVar

from smarketing.address import is_within, key_of, moved_under
from smarketing.contract import Calls, Integration, Listing, Names, Remote, Scope, Unreachable
from smarketing.kinds import THERE
from smarketing.meetings.altered import by_their_dates
from smarketing.planning.given import Request, Workspace
from smarketing.recognising.lastseen import with_known_versions
from smarketing.recognising.match import match
from smarketing.recognising.matched import Matched, Wanted
from smarketing.resolve.desired import Desired, Item
from smarketing.state.pace import patiently
from smarketing.state.record import Record, Snapshot

T = TypeVar("T", Item, Record)


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
    searched = frozenset(e.address for intent in snapshot.intents for e in intent.entries)
    look = _Look(workspace, desired, snapshot, request, full, left, searched)
    ours = _by_place(records.values())
    for place, items in _by_place(desired.items.values()).items():
        look.at(place, items, ours.get(place, []))
    return look.sight


def _by_place(things: Iterable[T]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for each in things:
        found.setdefault(each.place, []).append(each)
    return found


@dataclass(frozen=True, slots=True)
class _Look:
    """What a look at all tools is asked for, and what it has seen so far.

    `searched` are the addresses of writes of which it is not known whether they arrived.
    """

    workspace: Workspace
    desired: Desired
    snapshot: Snapshot
    request: Request
    full: frozenset[str]
    left: frozenset[str]
    searched: frozenset[str]
    sight: Sight = field(default_factory=Sight)

    def at(self, place: str, items: Sequence[Item], own: Sequence[Record]) -> None:
        """Look at one place: these items shall be there, these records were."""
        sight, terms = self.sight, self.workspace.integrations[place]
        scope = self._scope(place, own, terms)
        listing = self._listing(place, scope, terms)
        if listing is None:
            return
        wanted = _with_former(_wanted(items, own, terms), self.desired.was)
        matched = self._matched(place, listing, own, wanted)
        if f"root:{place}" not in self.request.restore and _is_all_gone(own, matched):
            sight.unreachable[place] = _all_gone(place, terms)
            return
        sight.matched[place] = matched
        # A listing in full may come from an index that lags: the feed goes on where it stood.
        if listing.cursor and (scope.cursor or cursor_fact(place) not in self.snapshot.facts):
            sight.cursors[place] = listing.cursor
        sight.room[place] = listing.room
        if listing.template:
            sight.templates[place] = _template(listing, wanted, self.desired.workspace, terms)

    def _scope(self, place: str, own: Sequence[Record], terms: Integration) -> Scope:
        """Return what to read: all, or only what is not known."""
        scope = _scope(self.workspace, self.snapshot, place, own)
        if f"root:{place}" in self.request.restore:
            return replace(scope, roots=(), known={}, bound={}, cursor="")
        if place in self.left:
            return replace(scope, known={}, cursor="")
        if place in self.full or any(record.address in self.searched for record in own):
            return replace(scope, known={}, searching=True)
        if any(_may_be_there(record, terms, self.request) for record in own):
            return replace(scope, known={}, cursor="")
        return replace(scope, cursor="") if self.request.anew else scope

    def _listing(self, place: str, scope: Scope, terms: Integration) -> Listing | None:
        """Read the place; None where it can't be reached, and the sight says why."""
        before = terms.spent()
        try:
            return patiently(partial(terms.read, scope), self.workspace.clock)
        except Unreachable as error:
            self.sight.unreachable[place] = str(error)
            return None
        finally:
            self.sight.reads[place] = terms.spent() - before

    def _matched(
        self, place: str, listing: Listing, own: Sequence[Record], wanted: Sequence[Wanted]
    ) -> Matched:
        matched = match(
            listing,
            {record.address: record for record in own},
            wanted,
            workspace=self.desired.workspace,
            manifest=self.workspace.integrations[place].manifest,
            searched=self.searched,
            existing=self.workspace.existing.get(place, {}),
            restored=self.request.restore,
        )
        return by_their_dates(matched)


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


def is_lost(place: str, records: Mapping[str, Record], matched: Matched, request: Request) -> bool:
    """Whether a finished workspace is there of which state knows nothing."""
    root = matched.found.get(f"root:{place}")
    known = any(record.place == place for record in records.values())
    return root is not None and bool(root.fields.get("done")) and not known
