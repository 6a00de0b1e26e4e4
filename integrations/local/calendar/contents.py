"""What the calendar file holds: our meetings, and the occurrences that differ. Pure."""

from smarketing.contract import Remote
from smarketing.kinds import ARCHIVED, THERE

from ..found import Found, Twins
from . import calendar
from .occurrences import Cancelled, Occurrence


def calendar_contents(path: str, diary: calendar.Calendar, version: str) -> list[Found]:
    """Return our meetings, each before the occurrences that differ from it."""
    ids, series = Twins(), set[str]()
    found: list[Found] = []
    for meeting in diary.meetings:
        remote = Remote(
            id=ids.take(f"{path}#{meeting.uid}"), kind="meeting", fields=meeting.fields,
            parent=".", existence=ARCHIVED if meeting.archived else THERE,
            marker=meeting.mark.address, workspace=meeting.mark.workspace, version=version,
            url=path,
        )  # fmt: skip
        found.append(Found(remote, meeting))
        if meeting.uid not in series:
            found += [_occurrence(remote, each) for each in diary.altered(meeting)]
        series.add(meeting.uid)
    return found


def _occurrence(series: Remote, each: Occurrence | Cancelled) -> Found:
    day = each.date.isoformat()
    off = isinstance(each, Cancelled) or each.cancelled
    # Of one that does not take place it is not said when, or who comes.
    fields = {"date": day} if isinstance(each, Cancelled) or off else each.fields
    remote = Remote(
        id=f"{series.id}/{day}", kind="occurrence", fields=fields, parent=series.id,
        existence=ARCHIVED if off else THERE, workspace=series.workspace,
        version=series.version, url=series.url,
    )  # fmt: skip
    return Found(remote, each)
