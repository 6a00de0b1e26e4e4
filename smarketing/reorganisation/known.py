"""What is known of a reorganisation: who was there and is, and what is to be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smarketing.config.handover import Roster
from smarketing.contract import Change
from smarketing.reorganisation.sections import Moved
from smarketing.resolve.desired import Desired
from smarketing.state.record import Record


@dataclass(frozen=True, slots=True)
class Reorganisation:
    """Who was there and is, what state knew and knows, and what is to be done.

    `joins` maps what is merged to what it goes into, `carried` are sections that move. `elsewhere`
    are the titles of open work that is not of the playbook, by the name of who has it, `following`
    how many promises of theirs the next sync hands over. `commented` are the places where people
    comment on passages of documents.
    """

    former: Roster
    desired: Desired
    before: Mapping[str, Record]
    after: Mapping[str, Record]
    changes: Sequence[Change]
    joins: Mapping[str, str]
    carried: Sequence[Moved]
    elsewhere: Mapping[str, Sequence[str]]
    following: Mapping[str, int]
    commented: frozenset[str] = frozenset()
