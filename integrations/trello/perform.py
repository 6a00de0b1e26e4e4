"""Doing one step: who does it, and what an error comes to."""

from collections.abc import Sequence

from smarketing.contract import Change, Done, Failed, Outcome, Remote, Stale, Unreachable
from smarketing.web import NoReply, Refused

from .account import came_to, is_gone
from .steps import QUIET
from .writing.altering import alter
from .writing.copying import copy
from .writing.creating import create
from .writing.desk import Desk, NoPlace
from .writing.rooting import update_root
from .writing.sharing import share


def perform_step(desk: Desk) -> Sequence[Outcome]:
    """Do the step; return an outcome per change, in order."""
    changes = desk.step.changes
    try:
        return _done(desk, changes)
    except (Refused, NoReply) as error:
        altering = changes[0].before is not None and changes[0].before.id
        if altering and isinstance(error, Refused) and is_gone(error):
            return [Stale() for _ in changes]
        return [came_to(error) for _ in changes]
    except (NoPlace, Unreachable) as error:
        return [Failed(str(error)) for _ in changes]


def _done(desk: Desk, changes: Sequence[Change]) -> Sequence[Outcome]:
    first = changes[0]
    if first.verb in QUIET:
        return [Done(each.before or Remote("", each.kind, {})) for each in changes]
    if first.verb == "create" and first.like is not None and first.kind == "board":
        return copy(desk, changes)
    if first.verb == "create":
        return [create(desk, first)]
    if first.verb in ("grant", "revoke"):
        return [share(desk, first)]
    if first.kind == "root":
        return update_root(desk, changes)
    return alter(desk, changes)
