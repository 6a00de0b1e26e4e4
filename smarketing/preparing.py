"""One look at everything, and the plan that follows from it. Nothing is written."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from smarketing.access import first_grants, known_mailboxes
from smarketing.address import container_of, is_within
from smarketing.approval import digest, mass_removal
from smarketing.backwards import (
    Amending,
    around,
    as_known,
    places_with_own,
    touched,
    with_undoing,
)
from smarketing.changes import Drawn, draw
from smarketing.contract import Change, Integration, Step
from smarketing.desired import Desired
from smarketing.emptying import own_titles
from smarketing.fold import Folded, Look, Wishes, fold
from smarketing.given import Request, Workspace
from smarketing.handover import ROSTER, Roster, former_roster, leavers, roster_fact
from smarketing.homeward import HOMEWARD, homeward_fact, homeward_known, places_of, still_away
from smarketing.invitations import welcome
from smarketing.joining import joins_of, with_new_home
from smarketing.linking import after_arrivals, after_their_items, follow_ups, in_link_order
from smarketing.looking import (
    Sight,
    cursor_fact,
    is_lost,
    look_around,
    names_at,
    parents_of,
)
from smarketing.match import Matched
from smarketing.moving import START, as_still_there, leaving, rehomed, signposts
from smarketing.naming import (
    NAMES,
    Known,
    called_there,
    names_fact,
    names_known,
    present_names,
    with_granted_names,
    with_present_names,
)
from smarketing.narrowing import narrowed
from smarketing.outcomes import settle
from smarketing.plan import Plan
from smarketing.prepared import Prepared
from smarketing.present import as_asked, as_they_are, under_present_names
from smarketing.problems import UserError
from smarketing.record import Record, Snapshot, is_emptied
from smarketing.reorganised import Reorganisation, not_merged, not_moved, open_elsewhere, told
from smarketing.teamlikeness import team_proposals, undecided_teams
from smarketing.wanted import (
    changed_inputs,
    held_kinds,
    refuse_a_place_that_keeps,
    with_heirs,
    with_own_items,
    without_begun_notes,
)
from smarketing.writing import paragraphs

TYPICAL_CALL, TYPICAL_FILE = 0.5, 0.02
"""Seconds that a call over the network, and the writing of a file, usually take."""


def prepare(workspace: Workspace, request: Request, full: frozenset[str] = frozenset()) -> Prepared:
    snapshot = workspace.state.load()
    desired, instead = held_kinds(workspace)
    asked, undo = desired, request.undo
    former = former_roster(snapshot.facts.get(ROSTER, ""))
    if undo is None:
        named = under_present_names(snapshot, desired, workspace.integrations)
    else:
        named = as_they_are(snapshot, replace(desired, was={}, splits={}))
    snapshot, desired, records, held = named.snapshot, named.desired, named.records, named.held
    known = names_known(snapshot.facts.get(NAMES, ""), desired.names)
    present = present_names(known)
    records = with_present_names(records, present)
    teams = team_proposals(former, desired.roster) if undo is None else ()
    desired = replace(desired, roster=undecided_teams(desired.roster, former, teams))
    if undo is None:
        desired = with_heirs(desired, former, records)
        desired = without_begun_notes(desired, records)
        desired = with_own_items(workspace, desired, records)
    else:
        inputs = snapshot.facts.get("inputs", "{}")
        desired, instead = as_known(desired, records, undo, inputs), ()
    joins = joins_of(records, desired)
    before = records
    records = with_new_home(records, joins.now)
    moving = leaving(records, desired)
    refuse_a_place_that_keeps(workspace, records, moving, desired)
    wanted = as_still_there(desired, records, moving) if moving else desired
    homeward = homeward_known(snapshot.facts.get(HOMEWARD, ""))
    left = frozenset(moving.values()) | _whole(records, desired, former, joins.now)
    left |= places_of(homeward) | (places_with_own(undo) if undo else frozenset())
    sight = look_around(workspace, wanted, records, snapshot, request, full, left)
    matched = sight.matched
    parents = {place: parents_of(look) for place, look in matched.items()}
    terms = workspace.integrations
    records, closed, arrived = settle(records, snapshot.intents, matched, terms, parents)
    records = _with_granted_names(records, matched, known)
    looks = _looks(records, sight, terms, parents, known)
    lost = frozenset(place for place in looks if is_lost(place, records, matched[place], request))
    _refuse_to_move_unseen(moving, desired, sight)
    changed = changed_inputs(snapshot.facts, desired.inputs)
    amending = Amending(undo, around(asked, former, looks)) if undo and not undo.again else None
    folded = fold(
        records,
        wanted,
        looks,
        today=workspace.today,
        inputs={**changed, **present},
        wishes=Wishes(request.restore, request.archive),
        lost=lost,
        derive=as_asked(workspace.derive, held) if workspace.derive else None,
        amend=amending,
        joins=joins.now,
        waiting=tuple(held.values()),
        undoing=undo is not None,
    )
    stages = {a: item.stage for a, item in desired.items.items() if item.stage}
    derived = frozenset(a for a, i in desired.items.items() if workspace.derive and i.is_silent)
    records = dict(folded.records)
    if moving:
        records = rehomed(records, desired, moving, looks)
    if amending and amending.told:
        homeward += amending.told.homeward
    homeward = still_away(homeward, looks, records)
    drawn = draw(
        records,
        looks,
        stages,
        hold=request.hold_invitations,
        order=desired.items,
        derived=derived,
        signposts=signposts(records, looks),
        groups=desired.groups,
        only=derived | touched(undo, records) if undo else None,
        merged=desired.was,
        roster=desired.roster.mailboxes,
        carried=frozenset(p for each in folded.carried for p in paragraphs(each.text)),
        homeward=homeward,
    )
    carried = [(each.source, each.target) for each in folded.carried]
    whole, drawn = drawn, narrowed(drawn, request.only, carried)
    drawn = replace(drawn, changes=_with_welcomes(drawn, looks, desired))
    if undo:
        drawn = replace(drawn, removals=_with_contents(drawn))
    steps = _steps(drawn, looks, desired.workspace)
    steps = after_arrivals(steps, carried)
    plan = _plan(workspace, desired, snapshot, folded, drawn, looks, sight, instead, steps)
    plan = replace(
        plan,
        waiting=len(whole.changes) - len(drawn.changes),
        proposals=(*teams, *named.undecided),
        foreseen=(
            *plan.foreseen,
            *not_merged(joins.refused, drawn.records),
            *not_moved(named.stuck, drawn.records, plan.tools),
        ),
        reorganised=()
        if undo or request.only
        else _reorganised(former, desired, before, drawn, looks, folded),
    )
    if undo:
        plan = with_undoing(plan, undo, amending.told if amending else None)
    facts = {NAMES: names_fact(known), **_facts(desired, None if undo else former)}
    if homeward or snapshot.facts.get(HOMEWARD):
        facts[HOMEWARD] = homeward_fact(homeward)
    # A feed tells of a twin once: it is asked again until the twin is put away.
    facts |= {cursor_fact(p): said for p, said in sight.cursors.items() if p not in drawn.twins}
    sources = {a: item.source for a, item in desired.items.items() if item.source}
    return Prepared(
        plan,
        snapshot,
        drawn.records,
        drawn,
        looks,
        closed,
        facts,
        arrived,
        changed,
        sources,
        homeward,
    )


def _with_contents(drawn: Drawn) -> tuple[tuple[str, str], ...]:
    """Count what is in a thing that is put away: nobody named it, as `archive` has it named."""
    away = {change.address for change in drawn.changes if change.verb == "archive"}
    inside = [
        (container_of(address), address)
        for address, record in drawn.records.items()
        if record.stands and address not in away
        if any(is_within(address, each) for each in away)
    ]
    return (*drawn.removals, *inside)


def _facts(desired: Desired, former: Roster | None) -> dict[str, str]:
    """Return what the next run asks of this one; `former` is None where a run is taken back."""
    facts = {"inputs": json.dumps(dict(desired.inputs), sort_keys=True)}
    if former is not None:
        facts["edition"] = f"{desired.playbook} {desired.edition or 1}"
        if fact := roster_fact(desired.roster, former):
            facts[ROSTER] = fact
    return facts


def _with_granted_names(
    records: Mapping[str, Record], matched: Mapping[str, Matched], known: Known
) -> dict[str, Record]:
    return {
        address: with_granted_names(record, matched[record.place].found.get(address), known)
        if record.place in matched
        else record
        for address, record in records.items()
    }


def _refuse_to_move_unseen(moving: Mapping[str, str], desired: Desired, sight: Sight) -> None:
    """Raise UserError where a place that something leaves or enters was not reached."""
    ends = {place for a, was in moving.items() for place in (was, desired.items[a].place)}
    if blind := ends - sight.matched.keys():
        why = sight.unreachable.get(min(blind), "it is not in use")
        raise UserError(f"Nothing moves, and nothing was changed: {why}")


def _looks(
    records: Mapping[str, Record],
    sight: Sight,
    terms: Mapping[str, Integration],
    parents: Mapping[str, Mapping[str, str]],
    known: Known,
) -> dict[str, Look]:
    present = present_names(known)
    return {
        place: Look(
            terms[place],
            found,
            names_at(records, sight.matched, place),
            parents[place],
            sight.templates.get(place, {}),
            present,
            called_there(found.found.values(), known),
        )
        for place, found in sight.matched.items()
    }


def _reorganised(
    former: Roster,
    desired: Desired,
    before: Mapping[str, Record],
    drawn: Drawn,
    looks: Mapping[str, Look],
    folded: Folded,
) -> tuple[str, ...]:
    elsewhere = open_elsewhere(former, desired, drawn.records, looks)
    what = Reorganisation(
        former,
        desired,
        before,
        drawn.records,
        drawn.changes,
        folded.joins,
        folded.carried,
        elsewhere,
    )
    return told(what)


def _whole(
    records: Mapping[str, Record], desired: Desired, former: Roster, joins: Mapping[str, str]
) -> frozenset[str]:
    """Return the places of which members' own things have to be seen, too, changed or not."""
    emptied = {record.place for a, record in records.items() if a in joins or is_emptied(record)}
    boards = {item.place for item in desired.items.values() if item.kind == "board"}
    return frozenset(emptied | (boards if leavers(former, desired.roster) else set()))


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
        start = drawn.records.get(START)
        if start and start.place == place and start.hub.get("access"):
            # The one message leads to the page that leads to all the rest, and goes with its right.
            mine = [n for n in mine if changes[n].address == START]
            known = frozenset()
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


def _told(steps: Sequence[Step]) -> dict[str, tuple[str, ...]]:
    """Return whom the tools tell by themselves that something is theirs now."""
    found: dict[str, dict[str, None]] = {}
    for step in steps:
        if step.told:
            found.setdefault(step.integration, {}).update(dict.fromkeys(step.told))
    return {place: tuple(names) for place, names in found.items()}


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
        keeps=tuple(dict.fromkeys(folded.keeps + drawn.keeps)),
        releases=folded.releases,
        missing=folded.missing,
        left_out=desired.left_out,
        instead=instead,
        held=drawn.held,
        unreachable=sight.unreachable,
        reads={place: sight.reads[place] for place in looks},
        titles={a: str(r.hub.get("title") or "") for a, r in folded.records.items()}
        | own_titles(drawn.changes),
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
        told=_told(steps),
    )
