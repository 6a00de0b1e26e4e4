"""Plan and apply: one code path that reads, folds, draws changes and performs their steps."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from smarketing.changes import Drawn, draw
from smarketing.contract import (
    Change,
    Done,
    Failed,
    Integration,
    Listing,
    Lost,
    Names,
    Outcome,
    Scope,
    Stale,
    Step,
    Unreachable,
)
from smarketing.desired import Desired, Item
from smarketing.fold import Folded, Look, Values, Wishes, fold
from smarketing.invitations import invitations
from smarketing.kinds import THERE, Value
from smarketing.match import Matched, Wanted, match, with_known_versions
from smarketing.outcomes import after_done, settle
from smarketing.pace import Clock
from smarketing.plan import Failure, Plan, Recap, digest, mass_removal
from smarketing.problems import UserError
from smarketing.record import Entry, Intent, Record, Snapshot
from smarketing.run import Performer
from smarketing.state import State, renamed

PASSES = 4
"""How often one apply looks again: for links to what it just made, and for what moved meanwhile."""

Derive = Callable[[Values], Mapping[str, Mapping[str, Value]]]


@dataclass(frozen=True, slots=True)
class Request:
    """What a person asked for in this run."""

    restore: frozenset[str] = frozenset()
    archive: frozenset[str] = frozenset()
    approve: str = ""
    hold_invitations: bool = False


@dataclass(frozen=True, slots=True)
class Workspace:
    """Everything that a run needs, each from outside."""

    desired: Desired
    integrations: Mapping[str, Integration]
    state: State
    clock: Clock
    today: date
    derive: Derive | None = None
    workers: int = 4
    messages_in: str = ""
    folders: Mapping[str, str] = field(default_factory=dict)
    existing: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """One look at everything, and what follows from it."""

    plan: Plan
    before: Snapshot
    records: Mapping[str, Record]
    drawn: Drawn
    looks: Mapping[str, Look]
    closed: tuple[str, ...]
    facts: Mapping[str, str]


def make_plan(workspace: Workspace, request: Request = Request()) -> Plan:
    """Return what apply would do. Nothing is written anywhere."""
    return _prepare(workspace, request).plan


def apply(
    workspace: Workspace,
    request: Request = Request(),
    agree: Callable[[Plan], bool] = lambda plan: True,
) -> Recap:
    """Do what the plan says, after `agree` said yes to it. Safe to repeat after any end."""
    prepared = _prepare(workspace, request)
    first = prepared.plan
    if (first.needs_approval and first.needs_approval != request.approve) or not agree(first):
        return Recap(first, (), ())
    done: list[Change] = []
    failed: list[Failure] = []
    full: frozenset[str] = frozenset()
    for again in range(PASSES):
        if again:
            later = replace(request, restore=frozenset(), archive=frozenset())
            prepared = _prepare(workspace, later, full)
        run = _Run(workspace, prepared)
        run.perform()
        done += run.done
        failed += run.failed
        full = run.places_to_read_again
        if not run.wants_another_look:
            break
    return Recap(first, tuple(done), tuple(failed))


def _prepare(
    workspace: Workspace, request: Request, full: frozenset[str] = frozenset()
) -> _Prepared:
    snapshot = workspace.state.load()
    desired, instead = _held_kinds(workspace)
    records = renamed(snapshot.records, desired.was)
    _refuse_changed_places(records, desired)
    desired = _with_own_items(workspace, desired, records)
    matched, unreachable = _look_around(workspace, desired, records, snapshot, request, full)
    parents = {place: _parents(look) for place, look in matched.items()}
    terms = workspace.integrations
    records, closed = settle(records, snapshot.intents, matched, terms, parents)
    looks = {
        place: Look(terms[place], found, _names(records, found, place), parents[place])
        for place, found in matched.items()
    }
    lost = frozenset(place for place in looks if _is_lost(place, records, matched[place], request))
    folded = fold(
        records,
        desired,
        looks,
        today=workspace.today,
        inputs=_changed_inputs(snapshot.facts, desired.inputs),
        wishes=Wishes(request.restore, request.archive),
        lost=lost,
        derive=workspace.derive,
    )
    stages = {a: item.stage for a, item in desired.items.items() if item.stage}
    derived = frozenset(a for a, i in desired.items.items() if workspace.derive and not i.fields)
    drawn = draw(
        folded.records,
        looks,
        stages,
        hold=request.hold_invitations,
        order=desired.items,
        derived=derived,
    )
    plan = _plan(workspace, desired, snapshot, folded, drawn, looks, unreachable, instead)
    facts = {"inputs": json.dumps(dict(desired.inputs), sort_keys=True)}
    return _Prepared(plan, snapshot, drawn.records, drawn, looks, closed, facts)


# What is asked for


def _held_kinds(workspace: Workspace) -> tuple[Desired, tuple[str, ...]]:
    """Leave out what a tool has no place for, and say what is done instead."""
    desired = workspace.desired
    kept: dict[str, Item] = {}
    instead: dict[str, None] = {}
    for address, item in desired.items.items():
        manifest = workspace.integrations[item.place].manifest
        if item.kind not in manifest.kinds:
            if sentence := manifest.instead.get(item.kind):
                instead[sentence] = None
            continue
        for name, value in item.fields.items():
            held = not value or name in manifest.kinds[item.kind]
            if not held and (sentence := manifest.instead.get(f"{item.kind}.{name}")):
                instead[sentence] = None
        kept[address] = item
    return replace(desired, items=kept), tuple(instead)


def _with_own_items(
    workspace: Workspace, desired: Desired, records: Mapping[str, Record]
) -> Desired:
    """Put each tool's root first and the invitations last."""
    places = dict.fromkeys(
        [item.place for item in desired.items.values()]
        + [record.place for record in records.values() if not record.released]
    )
    roots = {
        f"root:{place}": Item(
            f"root:{place}", "root", place, "", {"title": desired.title, "done": True}
        )
        for place in places
    }
    items = {**roots, **desired.items}
    where = workspace.messages_in
    if where in places and "message" in workspace.integrations[where].manifest.kinds:
        told = {a for a, record in records.items() if record.binding or record.existence != THERE}
        items |= {item.address: item for item in invitations(desired, where, told)}
    return replace(desired, items=items)


def _refuse_changed_places(records: Mapping[str, Record], desired: Desired) -> None:
    changed = {
        (record.place, item.place)
        for address, item in desired.items.items()
        if (record := records.get(address)) and record.binding and record.place != item.place
    }
    if changed:
        was, now = min(changed)
        raise UserError(
            f"`use:` now says {now} for what is in {was}. Moving a workspace from {was} to {now} "
            f"is not possible yet: set it back to {was}. Nothing was changed."
        )


def _changed_inputs(facts: Mapping[str, str], inputs: Mapping[str, str]) -> dict[str, str]:
    former = json.loads(facts.get("inputs", "{}"))
    return {
        old: inputs[name]
        for name, old in former.items()
        if old and inputs.get(name) and inputs[name] != old
    }


# What is there


def _look_around(
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


def _parents(matched: Matched) -> dict[str, str]:
    return {"": "", **{remote.id: address for address, remote in matched.found.items()}}


def _names(records: Mapping[str, Record], matched: Matched, place: str) -> Names:
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
    addresses.update({url: address for address, url in urls.items() if url})
    return Names(urls, addresses)


def _is_lost(place: str, records: Mapping[str, Record], matched: Matched, request: Request) -> bool:
    """Whether a finished workspace is there of which state knows nothing."""
    root = matched.found.get(f"root:{place}")
    known = any(record.place == place for record in records.values())
    return root is not None and bool(root.fields.get("done")) and not known


# What follows


def _plan(
    workspace: Workspace,
    desired: Desired,
    snapshot: Snapshot,
    folded: Folded,
    drawn: Drawn,
    looks: Mapping[str, Look],
    unreachable: Mapping[str, str],
    instead: tuple[str, ...],
) -> Plan:
    steps: list[Step] = []
    for place, look in looks.items():
        changes = [change for change in drawn.changes if drawn.places[change.address] == place]
        steps += look.terms.steps(changes, desired.workspace)
    removed: dict[str, tuple[str, ...]] = {}
    for container, thing in drawn.removals:
        removed[container] = (*removed.get(container, ()), thing)
    approval = digest(drawn.removals) if mass_removal(removed, drawn.sizes) else ""
    return Plan(
        workspace=desired.title,
        workspace_id=desired.workspace,
        changes=drawn.changes,
        places=drawn.places,
        steps=tuple(steps),
        conflicts=folded.conflicts,
        keeps=folded.keeps + drawn.keeps,
        releases=folded.releases,
        missing=folded.missing,
        left_out=desired.left_out,
        instead=instead,
        held=drawn.held,
        unreachable=dict(unreachable),
        reads=dict.fromkeys(looks, 1),
        titles={a: str(r.hub.get("title") or "") for a, r in folded.records.items()},
        folders=workspace.folders,
        needs_approval=approval,
        removals=tuple(thing for _, thing in drawn.removals),
        first_run=not snapshot.records,
    )


class _Run:
    """One pass of steps: the coordinating thread's side."""

    def __init__(self, workspace: Workspace, prepared: _Prepared) -> None:
        self.workspace = workspace
        self.prepared = prepared
        self.records = dict(prepared.records)
        self.ids = {a: r.binding.id for a, r in self.records.items() if r.binding}
        self.done: list[Change] = []
        self.failed: list[Failure] = []
        self.places_to_read_again: frozenset[str] = frozenset()
        self.displaced = False

    @property
    def wants_another_look(self) -> bool:
        return bool(self.places_to_read_again) or self.displaced or self._links_wait()

    def perform(self) -> None:
        """Store what was folded, then run the steps."""
        before = self.prepared.before.records
        changed: dict[str, Record | None] = {
            address: record
            for address, record in self.records.items()
            if before.get(address) is not record and before.get(address) != record
        }
        changed.update({address: None for address in before if address not in self.records})
        facts = {
            k: v for k, v in self.prepared.facts.items() if self.prepared.before.facts.get(k) != v
        }
        if changed or facts or self.prepared.closed:
            self.workspace.state.commit(changed, facts, self.prepared.closed)
        for change in self.prepared.plan.changes:
            if change.parent.startswith("@"):
                self.ids[change.parent] = change.parent[1:]
        Performer(
            self.workspace.integrations,
            self.ids,
            self.workspace.clock,
            self._begin,
            self._end,
            self.workspace.workers,
        ).run(self.prepared.plan.steps)

    def _begin(self, step: Step) -> None:
        entries = tuple(
            Entry(
                change.address,
                change.verb,
                change.kind,
                change.fields,
                {
                    name: value
                    for name, value in self.records[change.address].hub.items()
                    if name in change.fields or name in ("parent", "existence")
                },
            )
            for change in step.changes
            if change.address in self.records
        )
        self.workspace.state.open(Intent(step.key, step.integration, entries))

    def _end(self, step: Step, outcomes: Sequence[Outcome]) -> bool:
        changed: dict[str, Record | None] = {}
        for change, outcome in zip(step.changes, outcomes, strict=True):
            if isinstance(outcome, Done):
                changed.update(self._record(step.integration, change, outcome))
                self.done.append(change)
            elif isinstance(outcome, Failed):
                self.failed.append(Failure(change.address, change.verb, outcome.error))
            elif isinstance(outcome, Stale | Lost):
                self.places_to_read_again |= {step.integration}
        if any(isinstance(outcome, Lost) for outcome in outcomes):
            self.workspace.state.commit(changed, {})
        else:
            self.workspace.state.commit(changed, {}, (step.key,))
        return all(isinstance(outcome, Done) for outcome in outcomes)

    def _record(self, place: str, change: Change, done: Done) -> dict[str, Record | None]:
        if change.address not in self.records:  # a twin put away
            return {}
        look = self.prepared.looks[place]
        links = self.prepared.drawn.links.get(change.address, {})
        names = replace(look.names, here=done.remote.url)
        record = after_done(self.records[change.address], change, done, look.terms, names, links)
        self.records[change.address] = record
        self.ids[change.address] = done.remote.id
        changed: dict[str, Record | None] = {change.address: record}
        self.displaced = self.displaced or done.displaced is not None
        if done.moved:
            changed.update(self._moved(place, *done.moved))
        return changed

    def _moved(self, place: str, old: str, new: str) -> dict[str, Record | None]:
        changed: dict[str, Record | None] = {}
        for address, record in self.records.items():
            binding = record.binding
            if record.place != place or binding is None:
                continue
            moved = replace(
                binding,
                id=_shifted(binding.id, old, new),
                url=_shifted(binding.url, old, new),
                parent=_shifted(binding.parent, old, new),
            )
            if moved != binding:
                self.records[address] = replace(record, binding=moved)
                self.ids[address] = moved.id
                changed[address] = self.records[address]
        return changed

    def _links_wait(self) -> bool:
        """Whether a text was written before the address of what it links to was known."""
        for address, links in self.prepared.drawn.links.items():
            record = self.records[address]
            if not record.stands or record.released:
                continue
            for target, shown in links.items():
                other = self.records.get(target)
                url = other.binding.url if other and other.binding else ""
                if url != shown and other is not None and other.place == record.place:
                    return True
        return False


def _shifted(text: str, old: str, new: str) -> str:
    """Return an id or url after what began with `old` ("Personas/") begins with `new`."""
    if text.startswith(old):
        return new + text[len(old) :]
    return new[:-1] if text == old[:-1] else text
