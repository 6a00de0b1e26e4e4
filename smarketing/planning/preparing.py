"""One look at everything, and the plan that follows from it. Nothing is written."""

import json
from collections.abc import Mapping
from dataclasses import replace

from smarketing.address import container_of, is_within, kind_of
from smarketing.changes.changes import Drawn, draw
from smarketing.changes.invitations import with_welcomes
from smarketing.changes.linking import after_arrivals
from smarketing.changes.narrowing import narrowed
from smarketing.changes.steps import steps_of
from smarketing.changes.writing import paragraphs
from smarketing.config.chosenparts import FACT as PARTS
from smarketing.config.chosenparts import fact_of
from smarketing.config.handover import ROSTER, roster_fact
from smarketing.digest.items import Digesting, since_fact
from smarketing.fold.fold import Folded, fold
from smarketing.fold.wishes import Wishes
from smarketing.instep.going import Going, containers_of
from smarketing.instep.instep import heard_meanwhile
from smarketing.instep.keeping import (
    Keeping,
    lost_fact,
)
from smarketing.instep.own import SEARCHED, own_among, shown_in
from smarketing.instep.pending import pending
from smarketing.instep.takenback import TakenBack, as_taken_back
from smarketing.meetings.coming import Comings
from smarketing.meetings.followed import told_of
from smarketing.meetings.inviting import told_earlier
from smarketing.planning.asking import Asked, asked_for
from smarketing.planning.given import Request, Workspace
from smarketing.planning.goingby import going_in, lines_of, running_in
from smarketing.planning.looking import cursor_fact
from smarketing.planning.planning import planned
from smarketing.planning.prepared import Prepared
from smarketing.planning.sighting import Sighted, sighted
from smarketing.planning.today import comings_in, digesting_in, inviting
from smarketing.planning.wanted import changed_inputs
from smarketing.reorganisation.homeward import HOMEWARD, Homeward, homeward_fact, still_away
from smarketing.reorganisation.moving import rehomed, signposts
from smarketing.reorganisation.naming import NAMES, names_fact, present_names
from smarketing.reorganisation.present import as_asked
from smarketing.state.action import Action
from smarketing.state.record import Record
from smarketing.state.state import ActionKey
from smarketing.sync.choices import in_playbook_order, with_choices
from smarketing.undo.backwards import Amending, around, touched, with_undoing


def prepare(workspace: Workspace, request: Request, full: frozenset[str] = frozenset()) -> Prepared:
    """Look at every tool, and return the plan with all that performing it needs.

    `full` are the places of which nothing is taken for known.
    """
    asked = asked_for(workspace, request)
    seen = sighted(workspace, request, asked, full)
    inputs = changed_inputs(asked.snapshot.facts, asked.desired.inputs)
    amending, going = _amending(request, asked, seen), going_in(workspace, request, asked, seen)
    keeping = Keeping(going, workspace.clock.now()) if request.sync else None
    digesting = digesting_in(workspace, request, asked)
    comings, amend = comings_in(workspace, request, asked, seen), amending or keeping
    folded = _folded(workspace, request, asked, seen, inputs, amend, digesting, comings)
    homeward = (*asked.homeward, *(amending.told.homeward if amending and amending.told else ()))
    homeward = () if keeping else still_away(homeward, seen.looks, folded.records)
    whole = _drawn(workspace, request, asked, seen, folded, homeward)
    carried = [(each.source, each.target) for each in folded.carried]
    drawn = narrowed(whole, request.only, carried)
    changes = with_welcomes(drawn, seen.looks, asked.desired)
    changes = with_choices(changes, asked.desired.sync, drawn.records)
    drawn = replace(drawn, changes=in_playbook_order(changes, asked.desired.orders))
    if request.undo:
        drawn = replace(drawn, removals=_with_contents(drawn))
    steps = after_arrivals(steps_of(drawn, seen.looks, asked.desired.workspace), carried)
    waiting = len(whole.changes) - len(drawn.changes)
    plan = planned(workspace, request, asked, seen, folded, drawn, steps, waiting)
    heard = {} if keeping else heard_meanwhile(folded.records, going)
    taken = _taken_back(amending, heard, going)
    if request.undo:
        plan = with_undoing(plan, request.undo, amending.told if amending else None, taken.told)
    if keeping and keeping.came:
        plan = replace(plan, synced=keeping.came.agreed, notices=keeping.came.told)
    facts = _facts(request, asked, seen, drawn, homeward)
    facts |= since_fact(asked.snapshot.facts, workspace.clock.now()) | digesting.facts
    facts |= comings.facts
    if seen.lost:
        facts |= told_earlier(asked.desired, drawn.records)
    return Prepared(
        plan,
        asked.snapshot,
        drawn.records,
        drawn,
        seen.looks,
        seen.closed,
        {**facts, **keeping.facts} if keeping else facts,
        seen.arrived,
        inputs,
        {a: item.source for a, item in asked.desired.items.items() if item.source},
        homeward,
        keeping.changed if keeping else {**heard, **taken.actions},
        keeping is not None and _leads_on(asked, drawn, keeping),
        going,
    )


def _amending(request: Request, asked: Asked, seen: Sighted) -> Amending | None:
    """Return what takes a run back in the midst of the fold, the first time it is looked at."""
    undo = request.undo
    if undo is None or undo.again:
        return None
    return Amending(undo, around(asked.said, asked.former, seen.looks))


def _folded(
    workspace: Workspace,
    request: Request,
    asked: Asked,
    seen: Sighted,
    inputs: Mapping[str, str],
    amend: Amending | Keeping | None,
    digesting: Digesting,
    comings: Comings,
) -> Folded:
    held, blocks = asked.named.held, asked.desired.sync
    containers = containers_of(blocks)
    own = own_among(seen.records, containers | told_of(asked.desired))
    later = shown_in(seen.records, containers)
    return fold(
        seen.records,
        asked.standing,
        seen.looks,
        today=workspace.today,
        inputs={**inputs, **present_names(asked.known)},
        wishes=Wishes(request.restore, request.archive),
        lost=seen.lost,
        derive=as_asked(workspace.derive, held) if workspace.derive else None,
        amend=amend or (None if request.undo else running_in(workspace, asked).with_past),
        joins=asked.joins.now,
        waiting=tuple(held.values()),
        undoing=request.undo is not None,
        own=own,
        later=pending(seen.records, later),
        lines=lines_of(blocks, asked.snapshot.facts),
        beside=comings,
        invite=inviting(workspace, asked, amend, digesting) if isinstance(amend, Keeping) else None,
    )


def _drawn(
    workspace: Workspace,
    request: Request,
    asked: Asked,
    seen: Sighted,
    folded: Folded,
    homeward: tuple[Homeward, ...],
) -> Drawn:
    desired, looks = asked.desired, seen.looks
    derived = frozenset(a for a, i in desired.items.items() if workspace.derive and i.is_silent)
    records = dict(folded.records)
    if asked.moving:
        records = rehomed(records, desired, asked.moving, looks)
    return draw(
        records,
        looks,
        {a: item.stage for a, item in {**desired.items, **folded.invited}.items() if item.stage},
        hold=request.hold_invitations,
        order=desired.items,
        derived=derived,
        signposts=signposts(records, looks),
        groups=desired.groups,
        only=_only(request, asked, derived | folded.invited.keys(), records),
        own=own_among(records, containers_of(desired.sync) | told_of(desired)),
        marking=request.sync,
        sharing=not request.sync,
        merged=desired.was,
        roster=desired.roster.mailboxes,
        carried=frozenset(p for each in folded.carried for p in paragraphs(each.text)),
        homeward=homeward,
    )


def _only(
    request: Request, asked: Asked, always: frozenset[str], records: Mapping[str, Record]
) -> frozenset[str] | None:
    """Return what may be written to: what a run wrote that is taken back, or what is in step."""
    if request.undo:
        return always | touched(request.undo, records)
    if not request.sync:
        return None
    synced = shown_in(records, containers_of(asked.desired.sync))
    return always | synced | {frame.document for frame in asked.desired.agendas.values()}


def _taken_back(
    amending: Amending | None, heard: Mapping[ActionKey, Action], going: Going
) -> TakenBack:
    """Return what the next sync has to know of what this run takes back."""
    if amending is None or amending.told is None:
        return TakenBack()
    now = replace(going, actions={**going.actions, **heard})
    return as_taken_back(amending.before, amending.told.records, now)


def _leads_on(asked: Asked, drawn: Drawn, keeping: Keeping) -> bool:
    """Say whether a synced place wants a link to a card that is made or gets its marker now."""
    if not any("link" in block.fields for block in asked.desired.sync):
        return False
    agreed = keeping.came.agreed.values() if keeping.came else ()
    linked = [b.address for each in agreed for b in each.births if kind_of(b.address) == "card"]
    if any(change.verb == "create" and change.address in linked for change in drawn.changes):
        return True
    return any(
        change.verb == "rename" and change.kind == "card" and not change.before.marker
        for change in drawn.changes
        if change.before is not None
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


def _facts(
    request: Request, asked: Asked, seen: Sighted, drawn: Drawn, homeward: tuple[Homeward, ...]
) -> dict[str, str]:
    """Return what the next run asks of this one."""
    desired = asked.desired
    containers = containers_of(desired.sync)
    searched = sorted(
        container
        for container in containers | told_of(desired)
        if (there := drawn.records.get(container)) and there.place in seen.looks
    )
    found = {SEARCHED: " ".join(searched)} if searched else {}
    # A feed tells of a twin once: it is asked again until the twin is put away.
    cursors = seen.sight.cursors.items()
    found |= {cursor_fact(p): said for p, said in cursors if p not in drawn.twins}
    if seen.lost and containers:
        found |= lost_fact(True)
    if request.sync:
        return found
    facts = found | {
        NAMES: names_fact(asked.known),
        "inputs": json.dumps(dict(desired.inputs), sort_keys=True),
        PARTS: fact_of(desired.parts, asked.snapshot.facts.get(PARTS, "")),
    }
    if request.undo is None:
        facts["edition"] = f"{desired.playbook} {desired.edition or 1}"
        if fact := roster_fact(desired.roster, asked.former):
            facts[ROSTER] = fact
    if homeward or asked.homeward:
        facts[HOMEWARD] = homeward_fact(homeward)
    return facts
