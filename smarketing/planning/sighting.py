"""What every tool shows in this run, and what became of the writes that were still open."""

from collections.abc import Mapping
from dataclasses import dataclass

from smarketing.changes.sending import forgetful, is_id_of_unknown, with_unknown
from smarketing.config.handover import leavers
from smarketing.contract import Integration
from smarketing.fold.outcomes import Arrived, settle
from smarketing.instep.going import containers_of
from smarketing.instep.own import searched_in, take_up
from smarketing.meetings.altered import with_altered
from smarketing.meetings.followed import told_of
from smarketing.planning.asking import Asked
from smarketing.planning.given import Request, Workspace
from smarketing.planning.looking import Sight, is_lost, look_around
from smarketing.problems import UserError
from smarketing.recognising.look import Look
from smarketing.recognising.matched import Matched
from smarketing.reorganisation.homeward import places_of
from smarketing.reorganisation.naming import Known, called_there, present_names, with_granted_names
from smarketing.resolve.desired import Desired
from smarketing.resolve.whereabouts import names_at, parents_of
from smarketing.state.record import Record, is_emptied
from smarketing.undo.backwards import places_with_own


@dataclass(frozen=True, slots=True)
class Sighted:
    """The tools that were reached, and the records once open intents are settled.

    What members put into a synced board or table is among both. `closed` are the keys of those intents, `arrived` the writes among them that reached the tool.
    `lost` are the places that carry a finished workspace of which state knows nothing.
    """

    sight: Sight
    looks: Mapping[str, Look]
    records: Mapping[str, Record]
    closed: tuple[str, ...]
    arrived: tuple[Arrived, ...]
    lost: frozenset[str]


def sighted(workspace: Workspace, request: Request, asked: Asked, full: frozenset[str]) -> Sighted:
    """Look at every place in use; of those in `full` nothing is taken for known.

    Raise UserError where something moves from or to a place that was not reached.
    """
    left = frozenset(asked.moving.values()) | _whole(asked) | places_of(asked.homeward)
    left |= places_with_own(request.undo) if request.undo else frozenset()
    left |= _unsearched(asked)
    snapshot, terms = asked.snapshot, workspace.integrations
    sight = look_around(workspace, asked.standing, asked.records, snapshot, request, full, left)
    lost = _lost(asked, sight, request)
    lost |= forgetful(lost, sight.matched, asked.records, terms)
    known = _with_own_things(asked, sight, terms)
    known, sight.matched = with_unknown(known, snapshot.intents, sight.matched, terms)
    matched = sight.matched
    parents = {place: parents_of(look) for place, look in matched.items()}
    settled, closed, arrived = settle(known, snapshot.intents, matched, terms, parents)
    arrived = tuple(each for each in arrived if not is_id_of_unknown(each.id))
    records = with_altered(_with_granted_names(settled, matched, asked.known), matched)
    looks = _looks(records, sight, terms, parents, asked.known)
    _refuse_to_move_unseen(asked.moving, asked.desired, sight)
    return Sighted(sight, looks, records, closed, arrived, lost)


def _whole(asked: Asked) -> frozenset[str]:
    """Return the places of which members' own things have to be seen, too, changed or not."""
    joins, records = asked.joins.now, asked.records
    emptied = {record.place for a, record in records.items() if a in joins or is_emptied(record)}
    boards = {item.place for item in asked.desired.items.values() if item.kind == "board"}
    return frozenset(emptied | (boards if leavers(asked.former, asked.desired.roster) else set()))


def _lost(asked: Asked, sight: Sight, request: Request) -> frozenset[str]:
    matched = sight.matched.items()
    return frozenset(p for p, each in matched if is_lost(p, asked.records, each, request))


def _unsearched(asked: Asked) -> frozenset[str]:
    """Return the places that have to be read in full once, because something there is now synced."""
    searched = searched_in(asked.snapshot.facts)
    return frozenset(
        record.place
        for container in _followed(asked) - searched
        if (record := asked.records.get(container))
    )


def _followed(asked: Asked) -> frozenset[str]:
    """Return the boards and tables of which we know what members put into them."""
    return containers_of(asked.desired.sync) | told_of(asked.desired)


def _with_own_things(
    asked: Asked, sight: Sight, terms: Mapping[str, Integration]
) -> Mapping[str, Record]:
    """Take up what members put into synced boards and tables; what moves away comes along anyway."""
    records: Mapping[str, Record] = asked.records
    containers = _followed(asked) - asked.moving.keys()
    for place, matched in sight.matched.items() if containers else ():
        keyed = terms[place].manifest.keyed
        records, sight.matched[place] = take_up(records, matched, place, containers, keyed)
    return records


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
