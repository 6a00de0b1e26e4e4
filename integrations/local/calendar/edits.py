"""Changes made in the calendar: each edits the properties of its own event. Pure."""

from collections.abc import Mapping
from datetime import date

from smarketing.contract import Change, Outcome, Stale
from smarketing.kinds import ARCHIVED, Value

from ..document import Mark
from ..edits import Editing, differing, elsewhere, holds, is_stale, wants_back
from ..found import Part
from .calendar import Calendar
from .meeting import Meeting
from .occurrences import Occurrence


def edit_calendar(
    calendar: Calendar, change: Change, editing: Editing, workspace: str
) -> Part | Outcome:
    """Make one change; return the meeting or occurrence, or why it was not made."""
    if change.verb == "create":
        part = _make(calendar, change, editing, workspace)
        editing.made[change.address] = part
        return part
    target = editing.target(change)
    if target is None:
        return elsewhere(change, editing)
    if is_stale(change, target.remote):
        return Stale()
    fields = differing(change, target.remote)
    if isinstance(target.part, Meeting):
        return _alter(calendar, target.part, change, editing, fields)
    return _invite(target.part, change, fields)


def _make(calendar: Calendar, change: Change, editing: Editing, workspace: str) -> Part | Outcome:
    if change.kind == "occurrence":
        return _make_occurrence(calendar, change, editing)
    there = editing.bearing(change.address)
    if there:
        return there.part if holds(change, there.remote) else Stale()
    return calendar.add(Mark(workspace, change.address), change.fields)


def _make_occurrence(calendar: Calendar, change: Change, editing: Editing) -> Part | Outcome:
    series = editing.part(change.parent)
    day = date.fromisoformat(str(change.fields["date"]))
    if not isinstance(series, Meeting) or day in [e.date for e in calendar.altered(series)]:
        return Stale()
    return calendar.invite(series, day, change.fields.get("attendees"))


def _alter(
    calendar: Calendar,
    meeting: Meeting,
    change: Change,
    editing: Editing,
    fields: Mapping[str, Value],
) -> Part:
    calendar.update(meeting, fields)
    if change.verb == "rename":
        meeting.readdress(change.address)
    if change.verb == "archive" and not meeting.archived:
        meeting.end(editing.today)
    elif meeting.archived and change.fields.get("existence") != ARCHIVED and wants_back(change):
        meeting.resume()
    return meeting


def _invite(part: Part, change: Change, fields: Mapping[str, Value]) -> Part | Outcome:
    """Only who comes is ever written: when an occurrence is, is the members'."""
    if not isinstance(part, Occurrence) or fields.keys() - {"attendees"}:
        return Stale()
    if "attendees" in fields:
        part.invite(fields["attendees"])
    return part
