"""What a person has to say yes to by name: so many removals, or exactly one plan. Pure."""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256

from smarketing.contract import Change
from smarketing.kinds import Value
from smarketing.plan import Plan

MOST_REMOVALS = 10
"""More removals than this in one run need approval."""

SMALLEST_CONTAINER = 4
"""What holds fewer things than this may lose any share of them without approval."""

_PLAN = "plan-"
"""Tells the name of a whole plan from that of its removals."""


def digest(removals: Sequence[tuple[str, str]]) -> str:
    """Return the name of exactly these (container, object) pairs, in whatever order."""
    return _digest(sorted(set(removals)))


def mass_removal(removed: Mapping[str, Sequence[str]], sizes: Mapping[str, int]) -> bool:
    """Say whether so much would disappear, in all or of one container, that a person approves."""
    if sum(len(things) for things in removed.values()) > MOST_REMOVALS:
        return True
    return any(
        size >= SMALLEST_CONTAINER and 10 * len(things) > 3 * size
        for container, things in removed.items()
        if (size := sizes.get(container, 0))
    )


def name_of(plan: Plan) -> str:
    """Return the name of a plan: the same for the same changes, with all that they write."""
    return _PLAN + _digest([_written(plan, change) for change in plan.changes])


def _written(plan: Plan, change: Change) -> list[object]:
    place = plan.places.get(change.address, "")
    values = {name: _plain(value) for name, value in sorted(change.fields.items())}
    return [change.verb, change.address, place, change.parent, values]


def names_a_plan(approval: str) -> bool:
    """Say whether somebody approved a whole plan, and not removals alone."""
    return approval.startswith(_PLAN)


def lacks(plan: Plan, approval: str) -> bool:
    """Say whether the plan may not be carried out with this approval, "" for none."""
    if names_a_plan(approval):
        return approval != name_of(plan)
    return bool(plan.needs_approval) and approval != plan.needs_approval


def _plain(value: Value) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    return dict(sorted(value.items())) if isinstance(value, Mapping) else value


def _digest(data: object) -> str:
    exactly = json.dumps(data, ensure_ascii=True)
    return sha256(exactly.encode("ascii")).hexdigest()[:12]
