"""Plan and apply: one code path that reads, folds, draws changes and performs their steps."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace

from smarketing.changes import Drawn, draw
from smarketing.contract import (
    Change,
    Step,
)
from smarketing.desired import Desired, Item
from smarketing.fold import Folded, Look, Wishes, fold
from smarketing.given import NOTHING_ASKED, Request, Workspace
from smarketing.invitations import invitations
from smarketing.kinds import THERE
from smarketing.looking import is_lost, look_around, names_at, parents_of
from smarketing.outcomes import settle
from smarketing.passing import Pass, Prepared
from smarketing.plan import Failure, Plan, Recap, digest, mass_removal
from smarketing.problems import UserError
from smarketing.record import Record, Snapshot
from smarketing.state import renamed

PASSES = 4
"""How often one apply looks again: for links to what it just made, and for what moved meanwhile."""


def make_plan(workspace: Workspace, request: Request = NOTHING_ASKED) -> Plan:
    """Return what apply would do. Nothing is written anywhere."""
    return _prepare(workspace, request).plan


def apply(
    workspace: Workspace,
    request: Request = NOTHING_ASKED,
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
        run = Pass(workspace, prepared)
        run.perform()
        done += run.done
        failed += run.failed
        full = run.places_to_read_again
        if not run.wants_another_look:
            break
    return Recap(first, tuple(done), tuple(failed))


def _prepare(
    workspace: Workspace, request: Request, full: frozenset[str] = frozenset()
) -> Prepared:
    snapshot = workspace.state.load()
    desired, instead = _held_kinds(workspace)
    records = renamed(snapshot.records, desired.was)
    _refuse_changed_places(records, desired)
    desired = _without_begun_notes(desired, records)
    desired = _with_own_items(workspace, desired, records)
    matched, unreachable = look_around(workspace, desired, records, snapshot, request, full)
    parents = {place: parents_of(look) for place, look in matched.items()}
    terms = workspace.integrations
    records, closed = settle(records, snapshot.intents, matched, terms, parents)
    looks = {
        place: Look(terms[place], found, names_at(records, found, place), parents[place])
        for place, found in matched.items()
    }
    lost = frozenset(place for place in looks if is_lost(place, records, matched[place], request))
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
    return Prepared(plan, snapshot, drawn.records, drawn, looks, closed, facts)


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


def _without_begun_notes(desired: Desired, records: Mapping[str, Record]) -> Desired:
    """Leave meeting notes to the members: a run writes the first agenda, and never again."""
    notes = {
        str(item.fields.get("notes", "")).removeprefix("link:")
        for item in desired.items.values()
        if item.kind == "meeting"
    }
    begun = {
        address: replace(item, fields={k: v for k, v in item.fields.items() if k != "body"})
        for address in notes
        if (item := desired.items.get(address))
        and (record := records.get(address))
        and record.binding
    }
    return replace(desired, items={**desired.items, **begun}) if begun else desired


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


# What follows


def _outbox(workspace: Workspace) -> str:
    """Return where messages wait for a person to send them, "" where nobody has to."""
    terms = workspace.integrations.get(workspace.messages_in)
    if terms is None or not terms.manifest.outbox:
        return ""
    folder = workspace.folders.get(workspace.messages_in, "")
    return f"{folder}/{terms.manifest.outbox}" if folder else terms.manifest.outbox


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
        outbox=_outbox(workspace),
        needs_approval=approval,
        removals=tuple(thing for _, thing in drawn.removals),
        first_run=not snapshot.records,
    )
