"""Plan and apply: one code path that reads, folds, draws changes and performs their steps."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from smarketing.access import first_grants, known_mailboxes, with_groups
from smarketing.changes import Drawn, draw
from smarketing.contract import Calls, Change, Step
from smarketing.desired import Desired, Item
from smarketing.fold import Folded, Look, Wishes, fold
from smarketing.given import NOTHING_ASKED, Request, Workspace
from smarketing.invitations import invitations, welcome
from smarketing.kinds import THERE
from smarketing.linking import after_their_items, follow_ups, in_link_order
from smarketing.looking import (
    Sight,
    cursor_fact,
    is_lost,
    is_worldwide,
    look_around,
    names_at,
    parents_of,
)
from smarketing.moving import START, as_still_there, leaving, rehomed, signposts
from smarketing.outcomes import settle
from smarketing.passing import Pass, Prepared
from smarketing.plan import NOT_TRIED, Failure, Plan, Recap, digest, mass_removal
from smarketing.problems import UserError
from smarketing.record import Record, Snapshot
from smarketing.state import renamed

TYPICAL_CALL, TYPICAL_FILE = 0.5, 0.02
"""Seconds that a call over the network, and the writing of a file, usually take."""

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
    before = {place: terms.spent() for place, terms in workspace.integrations.items()}
    done: list[Change] = []
    failed: list[Failure] = []
    lost: list[Change] = []
    more: dict[str, None] = {}
    full: frozenset[str] = frozenset()
    for again in range(PASSES):
        if again:
            later = replace(request, restore=frozenset(), archive=frozenset())
            prepared = _prepare(workspace, later, full)
        run = Pass(workspace, prepared)
        run.perform()
        done += run.done
        failed = [*_still_failed(failed, run.done), *run.failed]
        lost += run.lost
        more |= dict.fromkeys(run.reasons_for_more)
        full = run.places_to_read_again
        if not run.wants_another_look:
            break
    else:
        failed += run.uncertain
    failed += _out_of_sight(first, prepared.plan, [*done, *failed])
    done += _found(lost, prepared.plan, [*done, *failed])
    spent = {
        place: terms.spent() - before[place] + first.reads.get(place, Calls())
        for place, terms in workspace.integrations.items()
    }
    start = run.records.get(START)
    url = start.binding.url if start and start.binding else ""
    page = url if is_worldwide(url) else ""
    return Recap(first, tuple(done), tuple(failed), spent, tuple(more), page)


def _still_failed(failed: Sequence[Failure], done: Sequence[Change]) -> list[Failure]:
    """Return what failed before and was not made since; what was only not tried is planned anew."""
    made = {(change.address, change.verb) for change in done}
    return [f for f in failed if f.error != NOT_TRIED and (f.address, f.verb) not in made]


def _out_of_sight(first: Plan, last: Plan, told: Sequence[Change | Failure]) -> Sequence[Failure]:
    """Return what nothing came of because its tool could not be looked at again."""
    known = {(each.address, each.verb) for each in told}
    return [
        Failure(change.address, change.verb, last.unreachable[place])
        for change in first.changes
        if (place := first.places.get(change.address, "")) in last.unreachable
        and (change.address, change.verb) not in known
    ]


def _found(
    lost: Sequence[Change], last: Plan, told: Sequence[Change | Failure]
) -> Sequence[Change]:
    """Return what no answer came to, and what the last look found made."""
    open_ = {(each.address, each.verb) for each in (*told, *last.changes)}
    found = {(each.address, each.verb): each for each in lost}
    return [change for key, change in found.items() if key not in open_]


def _prepare(
    workspace: Workspace, request: Request, full: frozenset[str] = frozenset()
) -> Prepared:
    snapshot = workspace.state.load()
    desired, instead = _held_kinds(workspace)
    records = renamed(snapshot.records, desired.was)
    desired = _without_begun_notes(desired, records)
    desired = _with_own_items(workspace, desired, records)
    moving = leaving(records, desired)
    _refuse_a_place_that_keeps(workspace, records, moving, desired)
    wanted = as_still_there(desired, records, moving) if moving else desired
    left = frozenset(moving.values())
    sight = look_around(workspace, wanted, records, snapshot, request, full, left)
    matched = sight.matched
    parents = {place: parents_of(look) for place, look in matched.items()}
    terms = workspace.integrations
    records, closed = settle(records, snapshot.intents, matched, terms, parents)
    looks = {
        place: Look(
            terms[place],
            found,
            names_at(records, matched, place),
            parents[place],
            sight.templates.get(place, {}),
        )
        for place, found in matched.items()
    }
    lost = frozenset(place for place in looks if is_lost(place, records, matched[place], request))
    ends = {place for a, was in moving.items() for place in (was, desired.items[a].place)}
    if blind := ends - matched.keys():
        why = sight.unreachable.get(min(blind), "it is not in use")
        raise UserError(f"Nothing moves, and nothing was changed: {why}")
    folded = fold(
        records,
        wanted,
        looks,
        today=workspace.today,
        inputs=_changed_inputs(snapshot.facts, desired.inputs),
        wishes=Wishes(request.restore, request.archive),
        lost=lost,
        derive=workspace.derive,
    )
    stages = {a: item.stage for a, item in desired.items.items() if item.stage}
    derived = frozenset(a for a, i in desired.items.items() if workspace.derive and i.is_silent)
    records = dict(folded.records)
    if moving:
        records = rehomed(records, desired, moving, looks)
    drawn = draw(
        records,
        looks,
        stages,
        hold=request.hold_invitations,
        order=desired.items,
        derived=derived,
        signposts=signposts(records, looks),
    )
    drawn = replace(drawn, changes=_with_welcomes(drawn, looks, desired))
    steps = _steps(drawn, looks, desired.workspace)
    plan = _plan(workspace, desired, snapshot, folded, drawn, looks, sight, instead, steps)
    facts = {"inputs": json.dumps(dict(desired.inputs), sort_keys=True)}
    facts |= {cursor_fact(place): cursor for place, cursor in sight.cursors.items()}
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
            f"root:{place}",
            "root",
            place,
            "",
            {
                "title": desired.title,
                "done": True,
                "template": desired.playbook if desired.is_template else None,
            },
        )
        for place in places
    }
    items = {**roots, **desired.items}
    items = {a: _by_groups(workspace, item, desired.groups) for a, item in items.items()}
    where = workspace.messages_in
    if where in places and "message" in workspace.integrations[where].manifest.kinds:
        told = {a for a, record in records.items() if record.binding or record.existence != THERE}
        items |= {item.address: item for item in invitations(desired, where, told)}
    return replace(desired, items=items)


def _by_groups(workspace: Workspace, item: Item, groups: Mapping[str, frozenset[str]]) -> Item:
    """Let whole groups stand for their members where the tool knows groups."""
    shared = {name: item.fields[name] for name in ("access", "attendees") if item.fields.get(name)}
    if not groups or not shared or not workspace.integrations[item.place].manifest.groups:
        return item
    named = {name: with_groups(value, groups) for name, value in shared.items()}
    return replace(item, fields={**item.fields, **named})


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


def _refuse_a_place_that_keeps(
    workspace: Workspace, records: Mapping[str, Record], moving: Mapping[str, str], desired: Desired
) -> None:
    """A tool whose objects can't say where the work went is not left."""
    kept = {
        (was, desired.items[address].place)
        for address, was in moving.items()
        if not workspace.integrations[was].manifest.signposts
    }
    if kept:
        was, now = min(kept)
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


def _steps(drawn: Drawn, looks: Mapping[str, Look], workspace: str) -> tuple[Step, ...]:
    """Return the steps of all places, each after what its texts link to."""
    by_place: dict[str, list[Change]] = {place: [] for place in looks}
    for change in drawn.changes:
        by_place[drawn.places[change.address]].append(change)
    steps = [
        step
        for place, look in looks.items()
        for step in look.terms.steps(by_place[place], workspace)
    ]
    ordered = in_link_order(steps, _waits(drawn))
    if not ordered.later:
        return ordered.steps
    later: list[Step] = []
    for place, look in looks.items():
        changes = follow_ups(ordered, by_place[place], drawn.linking)
        later += look.terms.steps(changes, workspace) if changes else ()
    return (*ordered.steps, *after_their_items(later, ordered.steps, ordered.later))


def _waits(drawn: Drawn) -> dict[str, frozenset[str]]:
    """Return, by address, what is linked to and has no url before it is made in this run."""
    made = {change.address for change in drawn.changes if change.verb == "create"}
    waits = {
        address: frozenset(target for target, url in links.items() if not url and target in made)
        for address, links in drawn.links.items()
        if address in drawn.linking
    }
    return {address: targets for address, targets in waits.items() if targets}


def _with_welcomes(drawn: Drawn, looks: Mapping[str, Look], desired: Desired) -> tuple[Change, ...]:
    """Let the first right that somebody gets in a tool come with the words of welcome."""
    if not any(change.verb == "grant" for change in drawn.changes):
        return drawn.changes
    spoken_elsewhere = any(record.kind == "message" for record in drawn.records.values())
    if spoken_elsewhere:
        return drawn.changes
    changes = list(drawn.changes)
    for place, look in looks.items():
        known = known_mailboxes(drawn.records.values(), place)
        mine = [n for n, c in enumerate(changes) if drawn.places[c.address] == place]
        for number in first_grants([changes[n] for n in mine], known, look.terms):
            change = changes[mine[number]]
            changes[mine[number]] = replace(change, note=welcome(desired, change))
    return tuple(changes)


def _seconds(steps: Sequence[Step], looks: Mapping[str, Look]) -> float:
    """Return how long these steps take: the tools work side by side, each within its limits."""
    longest = 0.0
    for place, look in looks.items():
        mine = [step for step in steps if step.integration == place]
        manifest = look.terms.manifest
        calls = sum(step.calls.read + step.calls.write for step in mine)
        a_call = TYPICAL_CALL if manifest.limits else TYPICAL_FILE
        seconds = calls * a_call / manifest.workers
        for limit in manifest.limits:
            drawn = sum(step.draws.get(limit.name, 0) for step in mine)
            seconds = max(seconds, (max(0, drawn - 1) // limit.calls) * limit.seconds)
        longest = max(longest, seconds)
    return longest


def _plan(
    workspace: Workspace,
    desired: Desired,
    snapshot: Snapshot,
    folded: Folded,
    drawn: Drawn,
    looks: Mapping[str, Look],
    sight: Sight,
    instead: tuple[str, ...],
    steps: tuple[Step, ...],
) -> Plan:
    foreseen: dict[str, None] = {}
    for place, look in looks.items():
        changes = [change for change in drawn.changes if drawn.places[change.address] == place]
        foreseen |= dict.fromkeys(look.terms.foreseen(changes, sight.room.get(place, {})))
    removed: dict[str, tuple[str, ...]] = {}
    for container, thing in drawn.removals:
        removed[container] = (*removed.get(container, ()), thing)
    approval = digest(drawn.removals) if mass_removal(removed, drawn.sizes) else ""
    return Plan(
        workspace=desired.title,
        workspace_id=desired.workspace,
        changes=drawn.changes,
        places=drawn.places,
        steps=steps,
        conflicts=folded.conflicts,
        keeps=folded.keeps + drawn.keeps,
        releases=folded.releases,
        missing=folded.missing,
        left_out=desired.left_out,
        instead=instead,
        held=drawn.held,
        unreachable=sight.unreachable,
        reads={place: sight.reads[place] for place in looks},
        titles={a: str(r.hub.get("title") or "") for a, r in folded.records.items()},
        folders=workspace.folders,
        outbox=_outbox(workspace),
        needs_approval=approval,
        removals=tuple(thing for _, thing in drawn.removals),
        first_run=not snapshot.records,
        foreseen=tuple(foreseen),
        rights=drawn.rights,
        tools={place: terms.manifest.title for place, terms in workspace.integrations.items()},
        seconds=_seconds(steps, looks),
        people=desired.names,
    )
