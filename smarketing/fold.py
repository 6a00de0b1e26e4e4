"""The one rule: what every place now says becomes the hub value of each field. Pure.

For each item, place and field: a place that holds what it was last seen to hold says nothing;
else the hub becomes the merge of what that place stood for, the hub, and what it says now.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from smarketing.address import container_of, is_within
from smarketing.arriving import with_arrivals, without, words_in
from smarketing.contract import Integration, Names, Remote
from smarketing.desired import Desired, Item
from smarketing.handover import named_in
from smarketing.joining import put_away, with_words_of
from smarketing.kinds import ARCHIVED, GONE, KINDS, THERE, Merge, Value, empty, merge_kind
from smarketing.match import Matched
from smarketing.merge import Clash, merge
from smarketing.naming import PERSONAL, as_present, in_words_of
from smarketing.notes import Note, standing, suggestion, without_notes
from smarketing.outcomes import in_terms
from smarketing.plan import ConflictShown, Keep
from smarketing.record import PLAYBOOK, Binding, Record, Seen, in_sight, is_joined
from smarketing.sections import Moved, moved_sections

Values = Mapping[str, Mapping[str, Value]]


@dataclass(frozen=True, slots=True)
class Look:
    """One tool that was reached: what was found in it, and how to speak its terms."""

    terms: Integration
    matched: Matched
    names: Names
    parents: Mapping[str, str]  # remote id -> address, of what was found
    template: Mapping[str, Remote] = field(default_factory=dict)  # what could be copied
    present: Mapping[str, str] = field(default_factory=dict)  # former name -> present name
    called: Mapping[str, str] = field(default_factory=dict)  # present name -> name in this tool


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person asked for in this run beside the playbook."""

    restore: frozenset[str] = frozenset()
    archive: frozenset[str] = frozenset()


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


@dataclass(slots=True)
class _Telling:
    conflicts: list[ConflictShown] = field(default_factory=list)
    keeps: list[Keep] = field(default_factory=list)
    releases: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    joins: dict[str, str] = field(default_factory=dict)
    carried: list[Moved] = field(default_factory=list)


def fold(
    records: Mapping[str, Record],
    desired: Desired,
    looks: Mapping[str, Look],
    *,
    today: date,
    inputs: Mapping[str, str],
    wishes: Wishes = Wishes(),
    lost: frozenset[str] = frozenset(),
    derive: Callable[[Values], Mapping[str, Mapping[str, Value]]] | None = None,
    amend: Callable[[Mapping[str, Record]], Mapping[str, Record]] | None = None,
    joins: Mapping[str, str] = {},
    waiting: Collection[str] = (),
    undoing: bool = False,
) -> Folded:
    """Fold every place that was reached, and the playbook, into the records.

    `inputs` maps the former words of inputs to their present ones. `lost` names the places
    that carry a finished workspace of which state knows nothing. `derive` gives the fields of
    items that are made from the other items' hub values; it is asked when those are known.
    `amend` has the last word on them before. `joins` maps what is merged into something to what
    that is; what is `waiting` is not released: it may only have got another key. Where a run is
    taken back (`undoing`) the playbook asks for nothing anew.
    """
    work = _Fold(dict(records), desired, looks, today, inputs, wishes, lost, waiting)
    work.joins, work.undoing = joins, undoing
    for old, new in joins.items():
        work.join(old, new)
    for moved in moved_sections(work.records, desired):
        work.carry(moved)
    derived = [i for i in desired.items.values() if derive and i.is_silent]
    for item in desired.items.values():
        if not item.is_silent or not derive:
            work.fold_item(item)
    if amend:
        work.records = dict(amend(work.records))
    if derive:
        seen = in_sight(work.records)
        fields = derive({a: r.hub for a, r in work.records.items() if a in seen})
        work.derived = frozenset(item.address for item in derived)
        for item in derived:
            work.fold_item(replace(item, fields={**item.fields, **fields.get(item.address, {})}))
    work.release_the_rest()
    telling = work.telling
    return Folded(
        work.records,
        tuple(telling.conflicts),
        tuple(telling.keeps),
        tuple(telling.releases),
        tuple(telling.missing),
        telling.joins,
        tuple(telling.carried),
    )


@dataclass(slots=True)
class _Fold:
    records: dict[str, Record]
    desired: Desired
    looks: Mapping[str, Look]
    today: date
    inputs: Mapping[str, str]
    wishes: Wishes
    lost: frozenset[str]
    waiting: Collection[str]
    derived: frozenset[str] = frozenset()
    telling: _Telling = field(default_factory=_Telling)
    joins: Mapping[str, str] = field(default_factory=dict)
    undoing: bool = False
    arriving: dict[str, list[tuple[Moved, str]]] = field(default_factory=dict)

    def fold_item(self, item: Item) -> None:
        record = self.records.get(item.address)
        look = self.looks.get(item.place)
        remote = look.matched.found.get(item.address) if look else None
        if record is None and remote is None:
            if look is not None:
                self.records[item.address] = self._first_record(item)
            return
        record = record or Record(item.address, item.kind, item.place)
        if look is not None and item.address in look.matched.adopted:
            self._keep(record, "title", "is there already and is taken as it is, not made again")
        if record.released:
            record = replace(record, released=False)
        first_look: frozenset[str] = frozenset()
        if look is not None:
            record, first_look = self._fold_tool(record, look, remote)
            record = self._out_of_what_is_merged(record)
        record = self._fold_playbook(record, item, first_look)
        self.records[item.address] = self._fold_wishes(record)

    def join(self, old: str, new: str) -> None:
        """Let one thing go on in another, with the words that stand in it by now."""
        record = self.records[old] = self._with_its_tool(self.records[old])
        if record.place not in self.looks:
            return
        if record.existence == THERE:
            self.telling.joins[old] = new
            if record.kind == "document":
                self.records[new] = with_words_of(self.records[new], record)
        self.records[old] = put_away(record)

    def carry(self, moved: Moved) -> None:
        """Let a section take along what members wrote in it, where both documents are in reach."""
        if not self._can_arrive(self.desired.items[moved.target]):
            return
        record = self.records[moved.source] = self._with_its_tool(self.records[moved.source])
        words = words_in(record, moved)
        if not record.stands or record.place not in self.looks or not words:
            return
        self.records[moved.source] = without(record, moved)
        self.arriving.setdefault(moved.target, []).append((moved, words))
        self.telling.carried.append(moved)

    def _can_arrive(self, item: Item) -> bool:
        record, above = self.records.get(item.address), self.records.get(item.parent)
        there = record is None or (record.stands and not record.released)
        return item.place in self.looks and there and (above is None or above.stands)

    def release_the_rest(self) -> None:
        for address, record in list(self.records.items()):
            if address in self.desired.items:
                continue
            if record.kind == "message":
                self._keep_message(record)
                continue
            if any(is_within(address, each) for each in self.waiting):
                self.records[address] = self._with_its_tool(record)
                continue
            if record.binding is None and PLAYBOOK not in record.seen:
                # A member's own thing on its way from another tool: it is still to be made.
                self.records[address] = self._with_its_tool(record)
                continue
            newly = not record.released
            # A feed tells each change once, so it is taken in although nothing is written.
            released = self._with_its_tool(replace(record, released=True))
            if newly or (address in self.wishes.archive and record.place in self.looks):
                released = self._fold_wishes(released)
            self.records[address] = released
            if newly and record.existence == THERE and PLAYBOOK in record.seen:
                self.telling.releases.append(address)

    def _with_its_tool(self, record: Record) -> Record:
        look = self.looks.get(record.place)
        if look is None:
            return record
        record = self._fold_tool(record, look, look.matched.found.get(record.address))[0]
        return self._out_of_what_is_merged(record)

    def _out_of_what_is_merged(self, record: Record) -> Record:
        """Let what a member put into something that is just being merged go along."""
        parent = self.joins.get(str(record.hub.get("parent")))
        return replace(record, hub={**record.hub, "parent": parent}) if parent else record

    def _keep_message(self, record: Record) -> None:
        """A message that went out is never renewed; one that did not is no longer called for."""
        if record.binding is None and record.existence == THERE:
            del self.records[record.address]
        elif look := self.looks.get(record.place):
            found = look.matched.found.get(record.address)
            self.records[record.address] = self._fold_tool(record, look, found)[0]

    def _first_record(self, item: Item) -> Record:
        hub: dict[str, Value] = {**item.fields, "parent": item.parent, "existence": THERE}
        restored = self._is_restored(item.address, item.place)
        if item.place in self.lost and item.kind != "root" and not restored:
            hub["existence"] = GONE
            if item.kind != "message":
                self.telling.missing.append(item.address)
        seen = {name: Seen(value, value) for name, value in hub.items()}
        if arrivals := self.arriving.get(item.address):
            hub["body"], _ = with_arrivals(hub["body"], arrivals, self.inputs)
        return Record(item.address, item.kind, item.place, hub, {PLAYBOOK: seen})

    # The tool's side

    def _fold_tool(
        self, record: Record, look: Look, remote: Remote | None
    ) -> tuple[Record, frozenset[str]]:
        if remote is None:
            return self._note_absence(record, look), frozenset()
        if record.address in look.matched.unchanged:
            return record, frozenset()
        known = record.hub
        record = replace(record, binding=bound_to(remote, record, look.terms))
        hub, seen = dict(record.hub), dict(record.seen.get(record.place, {}))
        record, now_fields = self._take_notes(record, remote)
        notes = list(record.notes)
        for name, value in now_fields.items():
            if name in KINDS[record.kind].fields:
                self._fold_field(record, look, remote, name, value, hub, seen, notes)
        self._fold_standing(record, look, remote, hub, seen)
        record = replace(
            record, hub=hub, seen={**record.seen, record.place: seen}, notes=tuple(notes)
        )
        return record, frozenset(hub) - frozenset(known)

    def _note_absence(self, record: Record, look: Look) -> Record:
        if record.binding is None or record.gone:
            return record
        above = self.records.get(container_of(record.address))
        wanted = record.address in self.desired.items and not record.released
        if wanted and record.kind != "message" and not (above and above.gone):
            self._keep(record, "existence", "was deleted here and stays so")
        seen = {**record.seen.get(record.place, {}), "existence": Seen(GONE, GONE)}
        return replace(
            record,
            hub={**record.hub, "existence": GONE},
            seen={**record.seen, record.place: seen},
        )

    def _take_notes(self, record: Record, remote: Remote) -> tuple[Record, Mapping[str, Value]]:
        """Forget the notes that members answered; the rest stays out of what the tool says."""
        name = KINDS[record.kind].notes_in
        raw = remote.fields.get(name)
        if not record.notes or not isinstance(raw, str):
            return record, remote.fields
        last = record.seen.get(record.place, {}).get(name)
        shown = standing(str(last.value), record.notes) if last else ()
        there = standing(raw, record.notes)
        left = tuple(n for n in record.notes if n in there or n not in shown)
        return replace(record, notes=left), remote.fields

    def _fold_field(
        self,
        record: Record,
        look: Look,
        remote: Remote,
        name: str,
        value: Value,
        hub: dict[str, Value],
        seen: dict[str, Seen],
        notes: list[Note],
    ) -> None:
        last = seen.get(name)
        if last is not None and last.value == value:
            return
        if name == "access":  # rights are no content: see access.py
            seen[name] = Seen(value, value)
            return
        terms, kind = look.terms, record.kind
        names = replace(look.names, here=remote.url)
        plain = value
        if name == KINDS[kind].notes_in and record.notes and isinstance(value, str):
            plain = without_notes(value, record.notes)
        says = terms.as_hub(kind, name, plain, names)
        if name in PERSONAL:
            says = as_present(says, look.present)
        if merge_kind(kind, name) is Merge.SET:
            says = spelled_as(says, hub.get(name), lambda v: terms.normalise(kind, name, v))
        if (
            name == "owner"
            and last is not None
            and not says
            and (self._left_with_right(record, look) or hub.get(name) not in (None, "", last.hub))
        ):
            seen[name] = Seen(value, last.hub)
            return
        if name not in hub:
            hub[name] = says
        elif last is None:
            shown = terms.render(kind, name, in_words_of(hub[name], look.called), names)
            if terms.normalise(kind, name, plain) != terms.normalise(kind, name, shown):
                hub[name] = says
            else:
                says = hub[name]
        else:
            before = hub[name]
            merged = merge(
                merge_kind(kind, name), last.hub, before, says, stands="now", inputs=self.inputs
            )
            hub[name] = merged.value
            if record.address in self.desired.items:
                for clash in merged.clashes:
                    self._show(record, name, clash, notes)
        seen[name] = Seen(value, says)

    def _left_with_right(self, record: Record, look: Look) -> bool:
        """Say whether a tool took off who left, with their right to enter: no member decided it."""
        last = record.seen[record.place]["owner"]
        if last.hub not in self.desired.successors:
            return False
        board = look.matched.found.get(record.address.partition("/")[0])
        access = board.fields.get("access") if board else None
        return isinstance(access, Mapping) and str(last.value) not in access

    def _fold_standing(
        self,
        record: Record,
        look: Look,
        remote: Remote,
        hub: dict[str, Value],
        seen: dict[str, Seen],
    ) -> None:
        if record.kind != "root":
            last = seen.get("existence")
            if last is None or last.value != remote.existence:
                hub["existence"] = remote.existence
            seen["existence"] = Seen(remote.existence, remote.existence)
        else:
            hub["existence"] = THERE
            seen["existence"] = Seen(THERE, THERE)
        if remote.existence == ARCHIVED:
            return
        parent = look.parents.get(remote.parent, f"@{remote.parent}")
        if (was := seen.get("parent")) is None or was.value != parent:
            # What stands in a twin of its home was put there by us: it goes home.
            if was is None or look.matched.twin_of(remote.parent) != was.value:
                hub["parent"] = parent
            seen["parent"] = Seen(parent, parent)

    # The playbook's side

    def _fold_playbook(self, record: Record, item: Item, first_look: frozenset[str]) -> Record:
        hub, seen = dict(record.hub), dict(record.seen.get(PLAYBOOK, {}))
        notes = list(record.notes)
        changed = False
        if (
            is_joined(record) and not self.undoing
        ):  # it was merged into another thing, and is asked for again
            seen["existence"] = Seen(THERE, THERE)
            hub["existence"] = THERE if record.existence == ARCHIVED else record.existence
            changed = True
        wanted: dict[str, Value] = {**item.fields, "parent": item.parent}
        if "access" in seen or hub.get("access"):
            wanted.setdefault("access", {})  # no longer shared with anybody
        for name, value in wanted.items():
            last = seen.get(name)
            if last and last.value == value and not self._speaks_again(last, hub.get(name)):
                continue
            seen[name] = Seen(value, value)
            changed = True
            kind = merge_kind(record.kind, name)
            if name == "access":
                hub[name] = value
            elif name in first_look and _is_ours_alone(record.kind, name):
                hub[name] = value  # what is there is only what an older run of ours wrote
            elif name in first_look and record.address in self.derived and kind is Merge.BLOCKS:
                ours = as_once_derived(str(hub[name]), str(value))
                hub[name] = merge(kind, ours, hub[name], value, stands="hub").value
            elif name in first_look:
                self._keep_if_different(record, name, hub[name], value)
            elif name not in hub:
                hub[name] = value
            elif name == "owner" and hub.get("done"):
                continue  # what is done keeps the name of who did it
            else:
                base = last.hub if last is not None else empty(kind)
                if name == "body" and (arrivals := self.arriving.get(record.address)):
                    value, clashes = with_arrivals(value, arrivals, self.inputs)
                    for clash in clashes:
                        self._show(record, name, clash, notes)
                merged = merge(kind, base, hub[name], value, stands="hub", inputs=self.inputs)
                hub[name] = merged.value
                for clash in merged.clashes:
                    self._show(record, name, clash, notes)
        existence = hub.get("existence", THERE)
        if changed and record.seen.get(PLAYBOOK) and existence != THERE:
            gone = existence == GONE
            why = "was deleted here and stays so" if gone else "was archived and stays so"
            self._keep(record, "existence", why)
        self._hand_over(record, hub, seen)
        if not changed and hub == record.hub:
            return record
        return replace(record, hub=hub, seen={**record.seen, PLAYBOOK: seen}, notes=tuple(notes))

    def _speaks_again(self, last: Seen, now: Value) -> bool:
        """Say whether what was taken back names somebody who has left since, and the playbook not."""
        if last.value == last.hub or not self.desired.leavers:
            return False
        stood = named_in(last.hub, self.desired.leavers) & named_in(now, self.desired.leavers)
        return bool(stood - named_in(last.value, self.desired.leavers))

    def _hand_over(self, record: Record, hub: dict[str, Value], seen: dict[str, Seen]) -> None:
        owner = hub.get("owner")
        if not isinstance(owner, str) or hub.get("done"):
            return
        lead = self.desired.items[record.address].fields.get("owner")
        if owner in self.desired.successors:
            hub["owner"] = self.desired.successors[owner] or lead or None
        elif lead and owner in self.desired.unseated.get(record.address.split("/")[0], ()):
            hub["owner"] = lead
        last = seen.get("owner")
        if last is not None and last.hub == owner != last.value:
            # What was taken back stood for this owner, and no member chose the next.
            seen["owner"] = Seen(last.value, hub["owner"])

    def _keep_if_different(self, record: Record, name: str, stands: Value, wanted: Value) -> None:
        look = self.looks.get(record.place)
        if look is None or record.kind == "message":  # what went out says what it said
            return
        terms, kind, names = look.terms, record.kind, look.names
        one = terms.normalise(kind, name, terms.render(kind, name, stands, names))
        two = terms.normalise(kind, name, terms.render(kind, name, wanted, names))
        if one != two:
            self._keep(record, name, "differs from the playbook and stays as it is")

    def _keep(self, record: Record, name: str, why: str) -> None:
        self.telling.keeps.append(Keep(record.address, name, record.place, why))

    def _show(self, record: Record, name: str, clash: Clash, notes: list[Note]) -> None:
        self._keep(record, name, "was changed by a member and stays as it is")
        if record.kind == "page" or record.address in self.derived:
            return  # it has nothing new to suggest, and would do so in every run
        self.telling.conflicts.append(
            ConflictShown(record.address, name, record.place, clash.stands, clash.yields)
        )
        shown_in = KINDS[record.kind].notes_in
        if shown_in and clash.yields.strip():
            inside = name == shown_in
            text = suggestion(clash.yields, self.today, "text" if inside else name)
            note = Note(clash.anchor if inside else "", text)
            if look := self.looks.get(record.place):
                note = in_terms(note, record.kind, look.terms, look.names)
            if note not in notes:
                notes.append(note)

    # What a person asked for

    def _is_restored(self, address: str, place: str, gone: bool = True) -> bool:
        """Say whether a person asked for it, or for what held it, or for all that is gone."""
        if address in self.wishes.restore:
            return True
        if gone and f"root:{place}" in self.wishes.restore:
            return True
        above = container_of(address)
        return bool(above) and self._is_restored(above, place, gone)

    def _fold_wishes(self, record: Record) -> Record:
        if record.address in self.wishes.archive and record.existence == THERE:
            return replace(record, hub={**record.hub, "existence": ARCHIVED})
        asked = self._is_restored(record.address, record.place, record.gone)
        if record.existence != THERE and asked:
            hub = {**record.hub, "existence": THERE}
            if not record.gone:
                return replace(record, hub=hub)
            seen = {PLAYBOOK: record.seen.get(PLAYBOOK, {})}
            if PLAYBOOK in seen and "parent" in seen[PLAYBOOK]:
                hub["parent"] = seen[PLAYBOOK]["parent"].value
            return replace(record, hub=hub, seen=seen, binding=None, notes=(), links={}, granted={})
        return record


def _is_ours_alone(kind: str, name: str) -> bool:
    """Say whether no member has a word in this: our rendering of the rest, our notes on a root."""
    return kind == "page" or (kind == "root" and name != "title")


def as_once_derived(text: str, now: str) -> str:
    """Return the lines of a derived text that an older run of ours wrote, going by today's.

    Such lines differ in their figures and in what is struck through. All others are a member's.
    """
    ours = {_without_figures(line) for line in now.splitlines()}
    return "\n".join(line for line in text.splitlines() if _without_figures(line) in ours)


def _without_figures(line: str) -> str:
    return re.sub(r"\d+|~~|\b(cards?|lines?)\b", "", line)


def bound_to(remote: Remote, record: Record, terms: Integration) -> Binding:
    """Return the tie to this object. A marker that a member took away is not put back."""
    marker = remote.marker or (record.binding.marker if record.binding else "")
    return Binding(
        remote.id,
        remote.version,
        remote.url,
        remote.parent,
        marker or record.address,
        remote.born,
        remote.ours,
    )


def spelled_as(said: Value, hub: Value, normalise: Callable[[Value], Value]) -> Value:
    """Return the set with each element spelled as the hub spells it, if the tool can't tell."""
    if not isinstance(said, frozenset) or not isinstance(hub, frozenset):
        return said
    known = {_key(normalise(frozenset((one,)))): one for one in hub}
    return frozenset(known.get(_key(normalise(frozenset((one,)))), one) for one in said)


def _key(value: Value) -> str:
    return "\0".join(sorted(value)) if isinstance(value, frozenset) else str(value)
