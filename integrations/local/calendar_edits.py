"""Changes made in the calendar: each edits the properties of its own meeting. Pure."""

from collections.abc import Mapping

from smarketing.contract import Change, Outcome, Stale
from smarketing.kinds import ARCHIVED, Value

from .calendar import Calendar, Meeting
from .contents import Part
from .document import Mark
from .edits import Editing, differing, elsewhere, holds, is_stale, wants_back


def edit_calendar(
    calendar: Calendar, change: Change, editing: Editing, workspace: str
) -> Part | Outcome:
    """Make one change; return the meeting, or why it was not made."""
    if change.verb == "create":
        there = editing.bearing(change.address)
        if there:
            return there.part if holds(change, there.remote) else Stale()
        return calendar.add(Mark(workspace, change.address), change.fields)
    target = editing.target(change)
    if target is None:
        return elsewhere(change, editing)
    if is_stale(change, target.remote) or not isinstance(target.part, Meeting):
        return Stale()
    return _alter(target.part, change, editing, differing(change, target.remote))


def _alter(meeting: Meeting, change: Change, editing: Editing, fields: Mapping[str, Value]) -> Part:
    meeting.update(fields)
    if change.verb == "rename":
        meeting.readdress(change.address)
    if change.verb == "archive" and not meeting.archived:
        meeting.end(editing.today)
    elif meeting.archived and change.fields.get("existence") != ARCHIVED and wants_back(change):
        meeting.resume()
    return meeting
