"""One look at everything, and what follows from it: what a pass of steps goes by."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from smarketing.changes.changes import Drawn
from smarketing.fold.outcomes import Arrived
from smarketing.instep.going import Going
from smarketing.plan import Plan
from smarketing.recognising.look import Look
from smarketing.reorganisation.homeward import Homeward
from smarketing.state.action import Action
from smarketing.state.record import Record, Snapshot
from smarketing.state.state import ActionKey


@dataclass(frozen=True, slots=True)
class Prepared:
    """One look at everything, and what follows from it.

    `arrived` are writes of a run that was broken off, or whose replies were lost. `inputs` maps
    the former words of inputs to those of now, `sources` addresses to lines of the playbook.
    `homeward` are members' own things on their way back. `actions` are the action items that are
    stored with the records, None for one that goes; `leads_on` says that what gets a place of its
    own now is linked to from elsewhere, `going` is what synced places are brought in step by.
    """

    plan: Plan
    before: Snapshot
    records: Mapping[str, Record]
    drawn: Drawn
    looks: Mapping[str, Look]
    closed: tuple[str, ...]
    facts: Mapping[str, str]
    arrived: tuple[Arrived, ...]
    inputs: Mapping[str, str]
    sources: Mapping[str, str]
    homeward: tuple[Homeward, ...] = ()
    actions: Mapping[ActionKey, Action | None] = field(default_factory=dict)
    leads_on: bool = False
    going: Going | None = None
