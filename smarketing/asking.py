"""What a run asks for: playbook and config under the names that state has, or a run taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from smarketing.backwards import as_known, touched
from smarketing.desired import Desired
from smarketing.given import Request, Workspace
from smarketing.handover import ROSTER, Roster, former_roster
from smarketing.joining import Joins, joins_of, with_new_home
from smarketing.moving import as_still_there, leaving
from smarketing.naming import NAMES, Known, names_known, present_names, with_present_names
from smarketing.present import Named, as_they_are, under_present_names
from smarketing.record import Record, Snapshot
from smarketing.wanted import (
    held_kinds,
    refuse_a_place_that_keeps,
    with_heirs,
    with_own_items,
    without_begun_notes,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run asks for, and what state knows of it, both under present addresses and names.

    `said` is what playbook and config say, `desired` what of it this run asks for, and `standing`
    the same with what moves to another tool still where it stands. `before` are the records
    before anything is merged into something else, `former` the roster of the last run. `moving`
    maps addresses to the places they leave, `instead` says what is done where a tool can't.
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
    if _speaks(request):
        desired = with_heirs(named.desired, former, before)
        desired = without_begun_notes(desired, before)
        desired = with_own_items(workspace, desired, before)
    else:
        meant = touched(request.undo, before) if request.undo else frozenset[str]()
        inputs = facts.get("inputs", "{}")
        desired, instead = as_known(named.desired, before, meant, inputs), ()
    joins = joins_of(before, desired)
    records = with_new_home(before, joins.now)
    moving = leaving(records, desired)
    refuse_a_place_that_keeps(workspace, records, moving, desired)
    standing = as_still_there(desired, records, moving) if moving else desired
    return Asked(
        named, known, said, desired, standing, before, records, former, joins, moving, instead
    )


def _speaks(request: Request) -> bool:
    """Say whether playbook and config have a say: what is new in them waits for `apply`."""
    return request.undo is None and not request.sync


def _named(workspace: Workspace, request: Request, said: Desired) -> Named:
    snapshot = workspace.state.load()
    if _speaks(request):
        return under_present_names(snapshot, said, workspace.integrations)
    return as_they_are(snapshot, replace(said, was={}, splits={}))
