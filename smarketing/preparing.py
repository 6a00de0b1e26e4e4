"""One look at everything, and the plan that follows from it. Nothing is written."""

import json
from collections.abc import Mapping
from dataclasses import replace

from smarketing.address import container_of, is_within
from smarketing.asking import Asked, asked_for
from smarketing.backwards import Amending, around, touched, with_undoing
from smarketing.changes import Drawn, draw
from smarketing.chosenparts import FACT as PARTS
from smarketing.chosenparts import fact_of
from smarketing.fold import Folded, fold
from smarketing.given import Request, Workspace
from smarketing.handover import ROSTER, roster_fact
from smarketing.homeward import HOMEWARD, Homeward, homeward_fact, still_away
from smarketing.invitations import with_welcomes
from smarketing.linking import after_arrivals
from smarketing.looking import cursor_fact
from smarketing.moving import rehomed, signposts
from smarketing.naming import NAMES, names_fact, present_names
from smarketing.narrowing import narrowed
from smarketing.planning import planned
from smarketing.prepared import Prepared
from smarketing.present import as_asked
from smarketing.sighting import Sighted, sighted
from smarketing.steps import steps_of
from smarketing.wanted import changed_inputs
from smarketing.wishes import Wishes
from smarketing.writing import paragraphs


def prepare(workspace: Workspace, request: Request, full: frozenset[str] = frozenset()) -> Prepared:
    """Look at every tool, and return the plan with all that performing it needs.

    `full` are the places of which nothing is taken for known.
    """
    asked = asked_for(workspace, request)
    seen = sighted(workspace, request, asked, full)
    inputs = changed_inputs(asked.snapshot.facts, asked.desired.inputs)
    amending = _amending(request, asked, seen)
    folded = _folded(workspace, request, asked, seen, inputs, amending)
    homeward = (*asked.homeward, *(amending.told.homeward if amending and amending.told else ()))
    homeward = still_away(homeward, seen.looks, folded.records)
    whole = _drawn(workspace, request, asked, seen, folded, homeward)
    carried = [(each.source, each.target) for each in folded.carried]
    drawn = narrowed(whole, request.only, carried)
    drawn = replace(drawn, changes=with_welcomes(drawn, seen.looks, asked.desired))
    if request.undo:
        drawn = replace(drawn, removals=_with_contents(drawn))
    steps = after_arrivals(steps_of(drawn, seen.looks, asked.desired.workspace), carried)
    waiting = len(whole.changes) - len(drawn.changes)
    plan = planned(workspace, request, asked, seen, folded, drawn, steps, waiting)
    if request.undo:
        plan = with_undoing(plan, request.undo, amending.told if amending else None)
    return Prepared(
        plan,
        asked.snapshot,
        drawn.records,
        drawn,
        seen.looks,
        seen.closed,
        _facts(request, asked, seen, drawn, homeward),
        seen.arrived,
        inputs,
        {a: item.source for a, item in asked.desired.items.items() if item.source},
        homeward,
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
    amending: Amending | None,
) -> Folded:
    held = asked.named.held
    return fold(
        seen.records,
        asked.standing,
        seen.looks,
        today=workspace.today,
        inputs={**inputs, **present_names(asked.known)},
        wishes=Wishes(request.restore, request.archive),
        lost=seen.lost,
        derive=as_asked(workspace.derive, held) if workspace.derive else None,
        amend=amending,
        joins=asked.joins.now,
        waiting=tuple(held.values()),
        undoing=request.undo is not None,
    )


def _drawn(
    workspace: Workspace,
    request: Request,
    asked: Asked,
    seen: Sighted,
    folded: Folded,
    homeward: tuple[Homeward, ...],
) -> Drawn:
    desired, looks, undo = asked.desired, seen.looks, request.undo
    derived = frozenset(a for a, i in desired.items.items() if workspace.derive and i.is_silent)
    records = dict(folded.records)
    if asked.moving:
        records = rehomed(records, desired, asked.moving, looks)
    return draw(
        records,
        looks,
        {a: item.stage for a, item in desired.items.items() if item.stage},
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
    facts = {
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
    # A feed tells of a twin once: it is asked again until the twin is put away.
    cursors = seen.sight.cursors.items()
    return facts | {cursor_fact(p): said for p, said in cursors if p not in drawn.twins}
