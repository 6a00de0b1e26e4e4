"""The plan of a run: what is to be done, and all there is to tell of it. Pure."""

from collections.abc import Mapping
from datetime import date

from smarketing.changes.changes import Drawn
from smarketing.changes.emptying import own_titles
from smarketing.changes.sending import newly_unknown
from smarketing.changes.steps import seconds_of, told_by
from smarketing.config.handover import leavers
from smarketing.contract import Change, Step
from smarketing.fold.fold import Folded
from smarketing.fold.stillin import StillIn, gone_people, still_in
from smarketing.instep.going import places_away
from smarketing.instep.promised import promised_of
from smarketing.meetings.telling import left_behind, put_back
from smarketing.plan import Plan
from smarketing.planning.approval import digest, mass_removal
from smarketing.planning.asking import Asked
from smarketing.planning.given import Request, Workspace
from smarketing.planning.sighting import Sighted
from smarketing.recognising.look import Look
from smarketing.reorganisation.known import Reorganisation
from smarketing.reorganisation.things import not_merged, not_moved
from smarketing.reorganisation.told import told
from smarketing.reorganisation.work import open_elsewhere
from smarketing.state.history import title_of
from smarketing.sync.heirs import waiting_for_heirs


def planned(
    workspace: Workspace,
    request: Request,
    asked: Asked,
    seen: Sighted,
    folded: Folded,
    drawn: Drawn,
    steps: tuple[Step, ...],
    waiting: int,
) -> Plan:
    """Return the plan; `waiting` is how many changes were left to another run."""
    desired, looks, sight = asked.desired, seen.looks, seen.sight
    tools = {place: terms.manifest.title for place, terms in workspace.integrations.items()}
    partial = request.undo is not None or bool(request.only)
    unknown = newly_unknown(asked.records, folded.records)
    return Plan(
        workspace=desired.title,
        workspace_id=desired.workspace,
        changes=drawn.changes,
        places=drawn.places,
        steps=steps,
        conflicts=folded.conflicts,
        keeps=tuple(dict.fromkeys((*folded.keeps, *drawn.keeps, *unknown))),
        releases=folded.releases,
        missing=folded.missing if partial else _missing(asked, folded, looks),
        left_out=desired.left_out,
        promised=() if partial else promised_of(desired),
        instead=asked.instead,
        held=drawn.held,
        unreachable=sight.unreachable,
        reads={place: sight.reads[place] for place in looks},
        titles={a: title_of(r) for a, r in folded.records.items()} | own_titles(drawn.changes),
        folders=workspace.folders,
        outbox=_outbox(workspace),
        needs_approval="" if request.sync else _approval(drawn),
        removals=tuple(thing for _, thing in drawn.removals),
        first_run=not asked.snapshot.records,
        foreseen=_foreseen(asked, seen, drawn, tools, workspace.today),
        rights=drawn.rights,
        still_in={} if partial or request.sync else _still_in(asked, looks, drawn),
        tools=tools,
        seconds=seconds_of(steps, looks),
        people=desired.names,
        told=told_by(steps),
        waiting=waiting,
        proposals=(*asked.teams, *asked.named.undecided),
        reorganised=() if partial else _reorganised(workspace, asked, looks, folded, drawn),
    )


def _still_in(asked: Asked, looks: Mapping[str, Look], drawn: Drawn) -> StillIn:
    roster = asked.desired.roster
    return still_in(drawn.records, looks, gone_people(asked.known, asked.former, roster), roster)


def _missing(asked: Asked, folded: Folded, looks: Mapping[str, Look]) -> tuple[str, ...]:
    """Return what is not there, synced places among it: without them others are not in step."""
    away = places_away(asked.desired.sync, folded.records, looks)
    offered = {keep.address for keep in folded.keeps if keep.field == "existence"}
    return tuple(dict.fromkeys((*folded.missing, *(a for a in away if a not in offered))))


def _approval(drawn: Drawn) -> str:
    """Return the digest that stands for the removals, "" where nobody has to say yes to them."""
    removed: dict[str, tuple[str, ...]] = {}
    for container, thing in drawn.removals:
        removed[container] = (*removed.get(container, ()), thing)
    return digest(drawn.removals) if mass_removal(removed, drawn.sizes) else ""


def _foreseen(
    asked: Asked, seen: Sighted, drawn: Drawn, tools: Mapping[str, str], today: date
) -> tuple[str, ...]:
    """Return what can be said before the first write: of the tools, and of what stays as it is."""
    foreseen: dict[str, None] = {}
    for place, look in seen.looks.items():
        changes = [change for change in drawn.changes if drawn.places[change.address] == place]
        foreseen |= dict.fromkeys(look.terms.foreseen(changes, seen.sight.room.get(place, {})))
    return (
        *asked.desired.begins,
        *foreseen,
        *left_behind(asked.moving, asked.records, today),
        *put_back(_where_moved_ones_go(seen, drawn), asked.records, drawn.records, today),
        *not_merged(asked.joins.refused, drawn.records),
        *not_moved(asked.named.stuck, drawn.records, tools),
    )


def _where_moved_ones_go(seen: Sighted, drawn: Drawn) -> tuple[Change, ...]:
    """Return the changes in calendars that keep no moved meeting of a series that changes."""
    looks = seen.looks
    drops = {place for place, look in looks.items() if look.terms.manifest.drops_moved}
    return tuple(change for change in drawn.changes if drawn.places[change.address] in drops)


def _outbox(workspace: Workspace) -> str:
    """Return where messages wait for a person to send them, "" where nobody has to."""
    terms = workspace.integrations.get(workspace.messages_in)
    if terms is None or not terms.manifest.outbox:
        return ""
    folder = workspace.folders.get(workspace.messages_in, "")
    return f"{folder}/{terms.manifest.outbox}" if folder else terms.manifest.outbox


def _reorganised(
    workspace: Workspace, asked: Asked, looks: Mapping[str, Look], folded: Folded, drawn: Drawn
) -> tuple[str, ...]:
    desired = asked.desired
    leaving = {n for n in leavers(asked.former, desired.roster) if desired.successors.get(n)}
    actions = workspace.state.actions() if leaving else {}
    waiting = waiting_for_heirs(desired.sync, actions, drawn.records, leaving, desired.items)
    kept = {address for each in waiting.values() for at in each for address in at}
    elsewhere = open_elsewhere(asked.former, desired, drawn.records, looks, kept)
    what = Reorganisation(
        asked.former,
        asked.desired,
        asked.before,
        drawn.records,
        drawn.changes,
        folded.joins,
        folded.carried,
        elsewhere,
        {name: len(each) for name, each in waiting.items()},
        frozenset(place for place, look in looks.items() if look.terms.manifest.comments),
    )
    return told(what)
