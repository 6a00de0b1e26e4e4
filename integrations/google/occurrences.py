"""Single occurrences of a series, as Calendar tells and takes them. Pure.

Calendar lists those that somebody altered as events of their own, which name their series and when
they would have been; a cancelled one says no more than that.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from smarketing.contract import Remote
from smarketing.kinds import ARCHIVED, THERE, Value

from .events import Event, attendees_of, is_ours, remote_id, times_of, workspace_of
from .files import born

_FURTHEST = timedelta(hours=27)
"""No clock anywhere is further from UTC than this, with a day's meeting around it."""


def is_occurrence(event: Event) -> bool:
    """Say whether this is an altered occurrence of a series."""
    return bool(event.get("recurringEventId")) and bool(event.get("originalStartTime"))


def series_of(event: Event, calendar: str) -> str:
    """Return the id of the meeting that this is an occurrence of."""
    return remote_id(calendar, str(event["recurringEventId"]))


def series_in(occurrence: str) -> str:
    """Return the id of the series that the id of an occurrence begins with, "" if it is none."""
    series, between, when = occurrence.rpartition("_")
    return series if between and when[:8].isdigit() else ""


def remote_of(event: Event, calendar: str, zone: str = "") -> Remote:
    """Return an event as an occurrence below its series; `zone` is that of the series."""
    cancelled = event.get("status") == "cancelled"
    fields: dict[str, Value] = {"date": original_date(event, zone)}
    if not cancelled:
        start, minutes, own = times_of(event)
        fields |= {"start": start, "minutes": minutes, "timezone": own}
        fields["attendees"] = attendees_of(event)
    return Remote(
        id=remote_id(calendar, str(event["id"])),
        kind="occurrence",
        fields=fields,
        parent=series_of(event, calendar),
        existence=ARCHIVED if cancelled else THERE,
        workspace=workspace_of(event),
        version=str(event.get("etag", "")),
        url=str(event.get("htmlLink", "")),
        born=born(str(event.get("created", ""))),
        ours=is_ours({**event, "id": event["recurringEventId"]}),
    )


def original_date(event: Event, zone: str = "") -> str:
    """Return the day that the rule gave an occurrence, in the zone of its series."""
    said: Mapping[str, Any] = event["originalStartTime"]
    if "date" in said:
        return str(said["date"])
    moment = datetime.fromisoformat(str(said["dateTime"]))
    named = str(said.get("timeZone") or zone)
    if named and moment.tzinfo is not None:
        moment = moment.astimezone(ZoneInfo(named))
    return moment.date().isoformat()


def around(day: str) -> dict[str, str]:
    """Return bounds that hold the occurrence of this date, wherever on earth it is."""
    noon = datetime.fromisoformat(f"{date.fromisoformat(day)}T12:00:00").replace(tzinfo=UTC)
    return {
        "timeMin": (noon - _FURTHEST).isoformat(),
        "timeMax": (noon + _FURTHEST).isoformat(),
    }


def unaltered(instances: Iterable[Event], day: str) -> Event | None:
    """Return the occurrence of this date, if it is still when the series has it."""
    for event in instances:
        if original_date(event) == day and event.get("status") != "cancelled":
            return event if _moment(event, "start") == _moment(event, "originalStartTime") else None
    return None


def _moment(event: Event, name: str) -> tuple[str, datetime | None]:
    said = event.get(name) or {}
    at = str(said.get("dateTime") or "")
    return str(said.get("date") or ""), datetime.fromisoformat(at).astimezone(UTC) if at else None


def invited(event: Event, people: Value) -> frozenset[str]:
    """Return who comes once these are invited: nobody whom a member just invited is left out."""
    return attendees_of(event) | (people if isinstance(people, frozenset) else frozenset())
