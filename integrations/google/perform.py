"""Doing one step: each kind of work is a module of its own."""

from collections.abc import Callable, Mapping, Sequence

from smarketing.contract import Done, Failed, Outcome, Stale, Unreachable
from smarketing.web import NoReply, Refused

from .refusals import outcome
from .steps import Work
from .writing.files import edit_file, make_files, upload
from .writing.hand import Hand, NoPlace
from .writing.meetings import edit_meeting, make_meetings, make_occurrence
from .writing.sharing import share
from .writing.table import edit_table


def perform_step(hand: Hand) -> Sequence[Outcome]:
    """Do the step; return an outcome per change, in order."""
    many = len(hand.step.changes)
    try:
        return _WORKS[hand.step.work](hand)
    except (Refused, NoReply) as error:
        return [outcome(error)] * many
    except NoPlace as problem:
        return [Failed(str(problem))] * many
    except Unreachable as problem:
        return [Failed(str(problem))] * many


def _nothing(hand: Hand) -> list[Outcome]:
    return [Done(each.before) if each.before else Stale() for each in hand.step.changes]


_WORKS: Mapping[Work, Callable[[Hand], list[Outcome]]] = {
    "files": make_files,
    "upload": upload,
    "file": edit_file,
    "grid": edit_table,
    "meetings": make_meetings,
    "meeting": edit_meeting,
    "occurrence": make_occurrence,
    "share": share,
    "nothing": _nothing,
}
