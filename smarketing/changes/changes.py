"""What has to be written so that each tool shows the hub. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from smarketing.changes.drawing import Drawing
from smarketing.changes.emptying import move_in, send_back
from smarketing.changes.placing import count_item, place_item
from smarketing.changes.twins import list_doubles, put_twins_away
from smarketing.changes.writing import write_item
from smarketing.contract import Change
from smarketing.fold.access import GROUP, granting
from smarketing.kinds import ARCHIVED
from smarketing.merging.notes import Note
from smarketing.plan import RIGHT, Keep
from smarketing.recognising.look import Look
from smarketing.reorganisation.homeward import Homeward
from smarketing.state.record import Record, put_away


@dataclass(frozen=True, slots=True)
class Drawn:
    """The changes, and the records as they are where no write was needed.

    `urls` are, by place, where items will be; `links` the urls that each item's texts will
    show. `removals` are (container, object) for what disappears from sight, `sizes` how much
    each container holds. `notes` are those that an item's text will show, `rights` those that
    each item gives without us. `linking` are the fields of each item that hold links, `twins`
    the places where a twin is still to be put away.
    """

    changes: tuple[Change, ...]
    places: Mapping[str, str]
    records: Mapping[str, Record]
    links: Mapping[str, Mapping[str, str]]
    keeps: tuple[Keep, ...] = ()
    held: tuple[str, ...] = ()
    removals: tuple[tuple[str, str], ...] = ()
    sizes: Mapping[str, int] = field(default_factory=dict)
    notes: Mapping[str, tuple[Note, ...]] = field(default_factory=dict)
    rights: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    linking: Mapping[str, frozenset[str]] = field(default_factory=dict)
    twins: frozenset[str] = frozenset()


def draw(
    records: Mapping[str, Record],
    looks: Mapping[str, Look],
    stages: Mapping[str, int],
    *,
    hold: bool = False,
    order: Iterable[str] = (),
    derived: frozenset[str] = frozenset(),
    signposts: Iterable[tuple[str, Change]] = (),
    groups: Mapping[str, frozenset[str]] | None = None,
    only: frozenset[str] | None = None,
    merged: Mapping[str, str] | None = None,
    roster: frozenset[str] = frozenset(),
    carried: frozenset[str] = frozenset(),
    own: frozenset[str] = frozenset(),
    marking: bool = True,
    sharing: bool = True,
    homeward: tuple[Homeward, ...] = (),
) -> Drawn:
    """Return the changes that make every reached tool show the hub.

    `stages` gives the stage of items that are not built in the first; `hold` leaves the last
    stage out. `order` are the addresses, parents first. What goes from `derived` items is no
    removal: it went where they are derived from. `signposts` are changes to what was left behind.
    `groups` are the members of each group. `only` are the addresses of what may be written to,
    None for all. `merged` maps what was merged into something to what that is; `roster` are the
    mailboxes of those who are there, `carried` the paragraphs that stand in another document now.
    `own` are members' things in synced boards and tables: they are written to although the
    playbook does not speak of them, and get a marker, where they need one, if we are `marking`.
    Rights are given and taken if we are `sharing`. `homeward` are members' own things that go back
    to where they were.
    """
    order = tuple(order)
    asked = frozenset(order) if order else frozenset(records)
    work = Drawing(
        dict(records), looks, stages, hold, derived, groups or {}, roster, asked, carried,
        own, marking, sharing,
    )  # fmt: skip
    return _drawn(work, order, signposts, only, merged or {}, homeward)


def _drawn(
    work: Drawing,
    order: tuple[str, ...],
    signposts: Iterable[tuple[str, Change]],
    only: frozenset[str] | None,
    merged: Mapping[str, str],
    homeward: tuple[Homeward, ...],
) -> Drawn:
    work.urls = {place: dict(look.names.urls) for place, look in work.looks.items()}
    listed = set(order)
    addresses = [a for a in order if a in work.records]
    addresses += _holders_first([a for a in work.records if a not in listed], work.records)
    for address in addresses:
        count_item(work, work.records[address])
    work.put_away = put_away(work.records, now=True)
    meant = [a for a in addresses if only is None or a in only]
    for address in meant:
        if only is None or _is_held_in_sight(work, address):
            place_item(work, work.records[address])
    if only is None:
        move_in(work, merged)
    send_back(work, homeward)
    for address in meant:
        if _is_held_in_sight(work, address):
            write_item(work, work.records[address])
    going = {change.address for change in work.changes if change.verb == "archive"}
    for address in meant if work.sharing else ():
        share_item(work, work.records[address], address in going)
    for place, signpost in signposts if only is None else ():
        address = signpost.address.partition("~")[0]
        if address in work.creates or work.records[address].binding:
            work.changes.append(signpost)
            work.places[signpost.address] = place
    if only is None:
        put_twins_away(work)
        list_doubles(work)
    return Drawn(
        tuple(_in_order(work, addresses)),
        work.places,
        work.records,
        work.links,
        tuple(work.keeps),
        tuple(work.held),
        tuple(work.removals),
        work.sizes,
        work.notes,
        work.rights,
        work.linking,
        frozenset(work.twins),
    )


def _holders_first(addresses: list[str], records: Mapping[str, Record]) -> list[str]:
    """Return what holds something before that, as a list that a member made before its cards."""
    rest, ordered = set(addresses), dict[str, None]()
    for address in addresses:
        chain: dict[str, None] = {}
        while address in rest and address not in ordered and address not in chain:
            chain[address] = None
            address = str(records[address].hub.get("parent", ""))
        ordered |= dict.fromkeys(reversed(chain))
    return list(ordered)


def _is_held_in_sight(work: Drawing, address: str) -> bool:
    """Say whether what holds the item stays: what goes to the archive with it is left alone.

    It is held by what it stands in, which may be other than what it is wanted in; what is
    wanted elsewhere moves out.
    """
    if address not in work.put_away:
        return True
    record = work.records[address]
    stands_in = record.seen.get(record.place, {}).get("parent")
    parent = str(stands_in.value if stands_in else record.hub.get("parent", ""))
    return parent not in work.put_away


def _in_order(work: Drawing, addresses: list[str]) -> list[Change]:
    by_address: dict[str, list[Change]] = {}
    for change in work.changes:
        by_address.setdefault(change.address, []).append(change)
    ordered = [change for a in addresses for change in by_address.pop(a, ())]
    return ordered + [change for changes in by_address.values() for change in changes]


def share_item(work: Drawing, record: Record, goes: bool) -> None:
    """Give and take rights. Of what goes to the archive in this run they are only taken."""
    look = work.looks.get(record.place)
    if look is None or "access" not in look.terms.manifest.kinds.get(record.kind, ()):
        return
    made = record.address in work.creates
    put_away = record.existence == ARCHIVED and not goes
    if record.released or put_away or record.address not in work.asked:
        _take_from_who_left(work, record, look)
        return
    if not (made or ((record.stands or goes) and "access" in record.hub)):
        return
    rights = granting(record, work.remote(record, look), look.terms, work.groups, look.called)
    work.rights[record.address] = rights.strangers
    if rights.granted != record.granted:
        work.records[record.address] = replace(record, granted=rights.granted)
    for mailbox in rights.refused:
        why = f"gives {mailbox} what a member decided"
        work.keeps.append(Keep(record.address, "access", record.place, why))
    for change in rights.changes:
        if goes and change.verb == "grant":
            continue
        if change.verb == "grant" and work.hold:
            work.held += _mailboxes(change)
            continue
        _add_right(work, record, change)


def _take_from_who_left(work: Drawing, record: Record, look: Look) -> None:
    """Of what was released or archived nothing is shared anew, and nobody keeps it who left."""
    remote = work.remote(record, look)
    access = record.hub.get("access")
    if remote is None or record.gone or not isinstance(access, Mapping) or not record.granted:
        return
    staying = {
        who: right for who, right in access.items() if who.removeprefix(GROUP) in work.roster
    }
    wanted = replace(record, hub={**record.hub, "access": staying})
    for change in granting(wanted, remote, look.terms, work.groups, look.called).changes:
        if change.verb == "revoke":
            _add_right(work, record, change)


def _add_right(work: Drawing, record: Record, change: Change) -> None:
    work.add(record, change)
    if change.verb == "revoke":
        mailboxes = ", ".join(_mailboxes(change))
        work.removals.append((f"rights of {record.address}", f"{record.address}{RIGHT}{mailboxes}"))


def _mailboxes(change: Change) -> list[str]:
    access = change.fields["access"]
    return [str(mailbox) for mailbox in access] if isinstance(access, Mapping) else []
