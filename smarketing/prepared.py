"""One look at everything, and what follows from it: what a pass of steps goes by."""

from collections.abc import Mapping
from dataclasses import dataclass

from smarketing.changes import Drawn
from smarketing.homeward import Homeward
from smarketing.look import Look
from smarketing.outcomes import Arrived
from smarketing.plan import Plan
from smarketing.record import Record, Snapshot


@dataclass(frozen=True, slots=True)
class Prepared:
    """One look at everything, and what follows from it.

    `arrived` are writes of a run that was broken off, or whose replies were lost. `inputs` maps
    the former words of inputs to those of now, `sources` addresses to lines of the playbook.
    `homeward` are members' own things on their way back.
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
