"""What a run asks for: playbook and config under the names that state has, or a run taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from smarketing.config.handover import ROSTER, Roster, former_roster
from smarketing.planning.given import Request, Workspace
from smarketing.planning.wanted import (
    held_kinds,
    refuse_a_place_that_keeps,
    with_heirs,
    with_messenger,
    with_own_items,
    with_settled_heirs,
    without_begun_notes,
)
from smarketing.reorganisation.homeward import HOMEWARD, Homeward, homeward_known
from smarketing.reorganisation.joining import Joins, joins_of, with_new_home
from smarketing.reorganisation.likeness import Proposal
from smarketing.reorganisation.moving import as_still_there, leaving
from smarketing.reorganisation.naming import (
    NAMES,
    Known,
    names_known,
    present_names,
    with_present_names,
)
from smarketing.reorganisation.present import Named, as_they_are, under_present_names
from smarketing.reorganisation.teamlikeness import team_proposals, undecided_teams
from smarketing.resolve.desired import Desired
from smarketing.state.record import Record, Snapshot
from smarketing.undo.backwards import as_known, touched


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run asks for, and what state knows of it, both under present addresses and names.

    `said` is what playbook and config say, `desired` what of it this run asks for, and `standing`
    the same with what moves to another tool still where it stands. `before` are the records
    before anything is merged into something else, `former` the roster of the last run. `moving`
    maps addresses to the places they leave, `instead` says what is done where a tool can't.
    `teams` may only have got another key: each goes on as it was until somebody decides.
    """

    named: Named
    known: Known
    said: Desired
    desired: Desired
    standing: Desired
    before: Mapping[str, Record]
    records: Mapping[str, Record]
    former: Roster
    joins: Joins
    moving: Mapping[str, str]
    instead: tuple[str, ...]
    teams: tuple[Proposal, ...]

    @property
    def homeward(self) -> tuple[Homeward, ...]:
        """Members' own things that an undo which was broken off has still to send back."""
        return homeward_known(self.snapshot.facts.get(HOMEWARD, ""))

    @property
    def snapshot(self) -> Snapshot:
        """State as it was loaded, with its intents under present addresses."""
        return self.named.snapshot


def asked_for(workspace: Workspace, request: Request) -> Asked:
    """Return what this run asks for; raise UserError where it can't be done at all."""
    said, instead = held_kinds(workspace)
    named = _named(workspace, request, said)
    facts = named.snapshot.facts
    known = names_known(facts.get(NAMES, ""), {} if request.sync else named.desired.names)
    former = former_roster(facts.get(ROSTER, ""))
    before = with_present_names(named.records, present_names(known))
    roster = named.desired.roster
    teams = team_proposals(former, roster) if _speaks(request) else ()
    if _speaks(request):
        desired = replace(named.desired, roster=undecided_teams(roster, former, teams))
        desired = with_heirs(desired, former, before)
        desired = without_begun_notes(desired, before)
        desired = with_own_items(workspace, desired, before)
    else:
        meant = touched(request.undo, before) if request.undo else frozenset[str]()
        inputs = facts.get("inputs", "{}")
        desired, instead = as_known(named.desired, before, meant, inputs), ()
        if request.sync:
            desired = with_settled_heirs(with_messenger(workspace, desired), former)
    joins = joins_of(before, desired)
    records = with_new_home(before, joins.now)
    moving = leaving(records, desired)
    refuse_a_place_that_keeps(workspace, records, moving, desired)
    standing = as_still_there(desired, records, moving) if moving else desired
    return Asked(
        named,
        known,
        said,
        desired,
        standing,
        before,
        records,
        former,
        joins,
        moving,
        instead,
        teams,
    )


def _speaks(request: Request) -> bool:
    """Say whether playbook and config have a say: what is new in them waits for `apply`."""
    return request.undo is None and not request.sync


def _named(workspace: Workspace, request: Request, said: Desired) -> Named:
    snapshot = workspace.state.load()
    if _speaks(request):
        return under_present_names(snapshot, said, workspace.integrations)
    return as_they_are(snapshot, replace(said, was={}, splits={}))
