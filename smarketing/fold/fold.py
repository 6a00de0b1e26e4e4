"""The one rule: what every place now says becomes the hub value of each field. Pure.

For each item, place and field: a place that holds what it was last seen to hold says nothing;
else the hub becomes the merge of what that place stood for, the hub, and what it says now.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from smarketing.address import is_within
from smarketing.fold.folding import Folding
from smarketing.fold.playbookside import first_record, with_playbook
from smarketing.fold.toolside import with_tool
from smarketing.fold.wishes import Wishes, with_wishes
from smarketing.kinds import THERE, Derive, Values
from smarketing.plan import ConflictShown, Keep
from smarketing.recognising.look import Look
from smarketing.reorganisation.arriving import without, words_in
from smarketing.reorganisation.joining import put_away, with_words_of
from smarketing.reorganisation.sections import Moved, moved_sections
from smarketing.resolve.desired import Desired, Item
from smarketing.state.record import PLAYBOOK, Record, in_sight


@dataclass(frozen=True, slots=True)
class Folded:
    """The records after every place has spoken, and what there is to tell."""

    records: Mapping[str, Record]
    conflicts: tuple[ConflictShown, ...] = ()
    keeps: tuple[Keep, ...] = ()
    releases: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    joins: Mapping[str, str] = field(default_factory=dict)
    carried: tuple[Moved, ...] = ()
    invited: Mapping[str, Item] = field(default_factory=dict)


def fold(
    records: Mapping[str, Record],
    desired: Desired,
    looks: Mapping[str, Look],
    *,
    today: date,
    inputs: Mapping[str, str],
    wishes: Wishes,
    lost: frozenset[str] = frozenset(),
    derive: Derive | None = None,
    beside: Callable[[Mapping[str, Record]], Values] | None = None,
    amend: Callable[[Mapping[str, Record]], Mapping[str, Record]] | None = None,
    joins: Mapping[str, str] = {},
    waiting: Collection[str] = (),
    undoing: bool = False,
    own: frozenset[str] = frozenset(),
    later: frozenset[tuple[str, str]] = frozenset(),
    lines: Mapping[str, Collection[str]] = {},
    invite: Callable[[Mapping[str, Record]], Iterable[Item]] | None = None,
) -> Folded:
    """Fold every place that was reached, and the playbook, into the records.

    `inputs` maps the former words of inputs to their present ones. `lost` names the places
    that carry a finished workspace of which state knows nothing. `derive` gives the fields of
    items that are made from the other items' hub values; it is asked when those are known, and told
    what is known `beside` them. `amend` has the last word on them before. `joins` maps what is merged into something to what
    that is; what is `waiting` is not released: it may only have got another key. Where a run is
    taken back (`undoing`) the playbook asks for nothing anew. `own` are the addresses of what
    members made in a synced board or table. `later` names the fields (address, name) whose
    disagreements are told later: where several places show one thing, by what these agree on;
    so are those about `lines`, the words of a document's lines that show such things.
    `invite` gives the items that depend on what members made of single meetings; it is asked when
    that is known.
    """
    work = Folding(
        dict(records), desired, looks, today, inputs, wishes, lost, joins, waiting, undoing,
        own, later, lines=lines,
    )  # fmt: skip
    _fold_reorganised(work)
    _fold_wanted(work, but_silent=derive is not None)
    _fold_own(work)
    if invite:
        _hear_occurrences(work)
    if amend:
        work.records = dict(amend(work.records))
    if derive:
        _fold_derived(work, derive, beside(work.records) if beside else {})
    if invite:
        _fold_invitations(work, invite)
    _fold_the_rest(work)
    return _folded(work)


def _fold_reorganised(work: Folding) -> None:
    """Fold what goes on in something else, and the sections that stand in another document now."""
    for old, new in work.joins.items():
        _join(work, old, new)
    for moved in moved_sections(work.records, work.desired):
        _carry(work, moved)


def _fold_wanted(work: Folding, *, but_silent: bool) -> None:
    """Fold what the playbook asks for; `but_silent` leaves out what is made from all the others."""
    for item in work.desired.items.values():
        if not (item.is_silent and but_silent):
            _fold_item(work, item)


def _fold_own(work: Folding) -> None:
    """Fold what members made in a synced board or table."""
    for address in work.own & work.records.keys():
        record = work.records[address]
        if PLAYBOOK not in record.seen:
            record = replace(record, released=False)
        work.records[address] = with_wishes(_with_its_tool(work, record), work.wishes, work.records)


def _folded(work: Folding) -> Folded:
    return Folded(
        work.records,
        tuple(work.conflicts),
        tuple(work.keeps),
        tuple(work.releases),
        tuple(work.missing),
        work.joined,
        tuple(work.carried),
        work.invited,
    )


def _join(work: Folding, old: str, new: str) -> None:
    """Let one thing go on in another, with the words that stand in it by now."""
    record = work.records[old] = _with_its_tool(work, work.records[old])
    if record.place not in work.looks:
        return
    if record.existence == THERE:
        work.joined[old] = new
        if record.kind == "document":
            work.records[new] = with_words_of(work.records[new], record)
    work.records[old] = put_away(record)


def _carry(work: Folding, moved: Moved) -> None:
    """Let a section take along what members wrote in it, where both documents are in reach."""
    if not _can_arrive(work, work.desired.items[moved.target]):
        return
    record = work.records[moved.source] = _with_its_tool(work, work.records[moved.source])
    words = words_in(record, moved)
    if not record.stands or record.place not in work.looks or not words:
        return
    work.records[moved.source] = without(record, moved)
    work.arriving.setdefault(moved.target, []).append((moved, words))
    work.carried.append(moved)


def _can_arrive(work: Folding, item: Item) -> bool:
    record, above = work.records.get(item.address), work.records.get(item.parent)
    there = record is None or (record.stands and not record.released)
    return item.place in work.looks and there and (above is None or above.stands)


def _fold_item(work: Folding, item: Item) -> None:
    record = work.records.get(item.address)
    look = work.looks.get(item.place)
    remote = look.matched.found.get(item.address) if look else None
    if record is None and remote is None:
        if look is not None:
            work.records[item.address] = first_record(work, item)
        return
    record = record or Record(item.address, item.kind, item.place)
    if look is not None and item.address in look.matched.adopted:
        work.keep(record, "title", "is there already and is taken as it is, not made again")
    if record.released:
        record = replace(record, released=False)
    first_look: frozenset[str] = frozenset()
    if look is not None:
        record, first_look = with_tool(work, record, look, remote)
        record = _out_of_what_is_merged(work, record)
    record = with_playbook(work, record, item, first_look)
    work.records[item.address] = with_wishes(record, work.wishes, work.records)


def _fold_derived(work: Folding, derive: Derive, beside: Values) -> None:
    """Fold what is made from all the other items, now that their hub values are known."""
    seen = in_sight(work.records)
    hubs = {a: r.hub for a, r in work.records.items() if a in seen}
    fields = derive({a: {**hub, **beside.get(a, {})} for a, hub in hubs.items()})
    derived = [item for item in work.desired.items.values() if item.is_silent]
    work.derived = frozenset(item.address for item in derived)
    for item in derived:
        _fold_item(work, replace(item, fields={**item.fields, **fields.get(item.address, {})}))


def _hear_occurrences(work: Folding) -> None:
    """Hear what members made of single meetings: agendas and guests depend on it."""
    for record in list(work.records.values()):
        if record.kind == "occurrence":
            _hear_occurrence(work, record)


def _fold_invitations(
    work: Folding, invite: Callable[[Mapping[str, Record]], Iterable[Item]]
) -> None:
    """Ask for the guests of the coming meetings, now that all was heard of them."""
    for item in invite(work.records):
        work.invited[item.address] = item
        _fold_item(work, item)


def _fold_the_rest(work: Folding) -> None:
    """Fold what the playbook does not speak for: it is released, unless it has yet to arrive."""
    for address, record in list(work.records.items()):
        if address in work.desired.items or address in work.own or address in work.invited:
            continue
        if record.kind == "message":
            _keep_message(work, record)
        elif record.kind == "occurrence":
            _keep_occurrence(work, record)
        elif _is_on_its_way(work, record):
            work.records[address] = _with_its_tool(work, record)
        else:
            _release(work, record)


def _is_on_its_way(work: Folding, record: Record) -> bool:
    """Say whether it may only have got another key, or is a member's own from another tool."""
    waits = any(is_within(record.address, each) for each in work.waiting)
    return waits or (record.binding is None and PLAYBOOK not in record.seen)


def _release(work: Folding, record: Record) -> None:
    address, newly = record.address, not record.released
    # A feed tells each change once, so it is taken in although nothing is written.
    released = _with_its_tool(work, replace(record, released=True))
    if newly or (address in work.wishes.archive and record.place in work.looks):
        released = with_wishes(released, work.wishes, work.records)
    work.records[address] = released
    if newly and record.existence == THERE and PLAYBOOK in record.seen:
        work.releases.append(address)


def _keep_message(work: Folding, record: Record) -> None:
    """A message that went out is never renewed; one that did not is no longer called for."""
    look = work.looks.get(record.place)
    found = look.matched.found.get(record.address) if look else None
    if record.binding is None and found is None and record.existence == THERE:
        del work.records[record.address]
    elif look:
        work.records[record.address], _ = with_tool(work, record, look, found)


def _keep_occurrence(work: Folding, record: Record) -> None:
    """Hear what members make of an occurrence; one that was not made is no longer called for."""
    look = work.looks.get(record.place)
    found = look.matched.found.get(record.address) if look else None
    if look and record.binding is None and found is None:
        del work.records[record.address]
    else:
        _hear_occurrence(work, replace(record, released=True))


def _hear_occurrence(work: Folding, record: Record) -> None:
    """Hear what members make of an occurrence; of one that is as by the rule nothing is kept."""
    heard = _with_its_tool(work, record)
    if heard.gone:
        del work.records[record.address]
    else:
        work.records[record.address] = heard


def _with_its_tool(work: Folding, record: Record) -> Record:
    look = work.looks.get(record.place)
    if look is None:
        return record
    record, _ = with_tool(work, record, look, look.matched.found.get(record.address))
    return _out_of_what_is_merged(work, record)


def _out_of_what_is_merged(work: Folding, record: Record) -> Record:
    """Let what a member put into something that is just being merged go along."""
    parent = work.joins.get(str(record.hub.get("parent")))
    return replace(record, hub={**record.hub, "parent": parent}) if parent else record
