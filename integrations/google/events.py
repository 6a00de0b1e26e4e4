"""Events of a calendar as meetings, and meetings as events. Pure."""

import base64
import hashlib
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from smarketing.contract import Remote
from smarketing.kinds import ARCHIVED, THERE, Value

from .files import born

Event = Mapping[str, Any]

WORKSPACE, ADDRESS, NOTES, ENDED = "sm_ws", "sm_addr", "sm_notes", "sm_ended"
"""Our properties of an event. `ENDED` keeps the rule of a series that we ended, "-" for none."""

CALENDAR_TITLE = "Smarketing"
CALENDAR_MARK = "smarketing:calendar"
CALENDAR_WORDS = f"Meetings of all workspaces that smarketing keeps. [{CALENDAR_MARK}]"

_RULE = "RRULE:"
_ENDS = re.compile(r";?(?:UNTIL|COUNT)=[^;]*", re.IGNORECASE)
_FILE_ID = re.compile(r"/d/([A-Za-z0-9_-]+)")


def event_id(workspace: str, address: str) -> str:
    """Return the id that this meeting's event always gets: a second insert is refused."""
    digest = hashlib.sha256(f"{workspace}/{address}".encode()).digest()
    return base64.b32hexencode(digest).decode().lower().rstrip("=")


def remote_id(calendar: str, event: str) -> str:
    """Return the id of a meeting: its calendar's and its event's."""
    return f"{calendar}/{event}"


def parts_of(remote: str) -> tuple[str, str]:
    """Return calendar and event of a meeting's id."""
    calendar, _, event = remote.rpartition("/")
    return calendar, event


def is_meeting(event: Event) -> bool:
    """Say whether this is a meeting of its own, and no changed occurrence of a series."""
    return event.get("status") != "cancelled" and not event.get("recurringEventId")


def workspace_of(event: Event) -> str:
    """Return the workspace that an event bears."""
    return str(_private(event).get(WORKSPACE, ""))


def remote_of(event: Event, calendar: str, parent: str) -> Remote:
    """Return an event as an object below the root `parent`."""
    return Remote(
        id=remote_id(calendar, str(event["id"])),
        kind="meeting",
        fields=_fields(event),
        parent=parent,
        existence=ARCHIVED if ENDED in _private(event) else THERE,
        marker=str(_private(event).get(ADDRESS, "")),
        workspace=workspace_of(event),
        version=str(event.get("etag", "")),
        url=str(event.get("htmlLink", "")),
        born=born(str(event.get("created", ""))),
        ours=is_ours(event),
    )


def is_ours(event: Event) -> bool:
    """Say whether we made it: our ids nobody else gives, and `self` means the calendar."""
    mark = (workspace_of(event), str(_private(event).get(ADDRESS, "")))
    return event.get("id") == event_id(*mark) or bool((event.get("creator") or {}).get("self"))


def _fields(event: Event) -> dict[str, Value]:
    start, minutes, zone = times_of(event)
    return {
        "title": str(event.get("summary", "")),
        "description": str(event.get("description", "")),
        "start": start,
        "minutes": minutes,
        "timezone": zone,
        "rule": _rule_of(event),
        "attendees": attendees_of(event),
        "notes": _notes_of(event),
    }


def attendees_of(event: Event) -> frozenset[str]:
    """Return the addresses of those who are invited."""
    each = event.get("attendees", ())
    return frozenset(str(one["email"]).lower() for one in each if one.get("email"))


def times_of(event: Event) -> tuple[Value, Value, Value]:
    """Return start, minutes and time zone of an event."""
    start, end = event.get("start") or {}, event.get("end") or {}
    if "date" in start:
        first = date.fromisoformat(str(start["date"]))
        days = (date.fromisoformat(str(end.get("date", start["date"]))) - first).days
        return first.isoformat(), max(days, 1) * 24 * 60, None
    if "dateTime" not in start:
        return None, None, None
    zone = str(start.get("timeZone") or "") or None
    begins = datetime.fromisoformat(str(start["dateTime"]))
    ends = datetime.fromisoformat(str(end.get("dateTime", start["dateTime"])))
    minutes = int((_in_zone(ends, zone) - _in_zone(begins, zone)).total_seconds()) // 60
    return _in_zone(begins, zone).isoformat(timespec="minutes"), minutes, zone


def _in_zone(time: datetime, zone: str | None) -> datetime:
    """Return the time as a clock in the meeting's zone shows it."""
    if time.tzinfo is not None and zone:
        time = time.astimezone(ZoneInfo(zone))
    return time.replace(tzinfo=None)


def _rule_of(event: Event) -> str | None:
    ended = _private(event).get(ENDED)
    if ended:
        return None if ended == "-" else str(ended)
    lines = [str(line) for line in event.get("recurrence", ())]
    return next((line[len(_RULE) :] for line in lines if line.upper().startswith(_RULE)), None)


def _notes_of(event: Event) -> str | None:
    """Return the url of the notes as we wrote it, while its attachment is there."""
    url = str(_private(event).get(NOTES, ""))
    there = {_attached(str(each.get("fileUrl", ""))) for each in event.get("attachments", ())}
    return url if url and _attached(url) in there else None


def _attached(url: str) -> str:
    found = _FILE_ID.search(url)
    return found[1] if found else url


def body_of(
    fields: Mapping[str, Value], workspace: str, address: str, ident: str = ""
) -> dict[str, Any]:
    """Return the event for a new meeting."""
    marks = {"extendedProperties": {"private": {WORKSPACE: workspace, ADDRESS: address}}}
    body = together(patch_of({}, fields), marks)
    return ({"id": ident} if ident else {}) | body


def patch_of(event: Event, fields: Mapping[str, Value]) -> dict[str, Any]:
    """Return what to patch in an event so that it has these fields.

    Lists are replaced as a whole by a patch, so they carry along what members put there.
    """
    patch: dict[str, Any] = {}
    if "title" in fields:
        patch["summary"] = str(fields["title"] or "")
    if "description" in fields:
        patch["description"] = str(fields["description"] or "")
    if fields.keys() & {"start", "minutes", "timezone"}:
        patch |= _when(_fields(event) | dict(fields))
    if "attendees" in fields:
        patch["attendees"] = _attendees(event, fields["attendees"])
    if "rule" in fields:
        patch = together(patch, _ruled(event, fields["rule"]))
    if "notes" in fields:
        patch = together(patch, _noted(event, fields["notes"]))
    return patch


def together(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """Return two patches as one, with the properties of both."""
    private = {**_private(one), **_private(other)}
    extended = {"extendedProperties": {"private": private}} if private else {}
    return {**one, **other, **extended}


def _when(fields: Mapping[str, Value]) -> dict[str, Any]:
    begins = datetime.fromisoformat(str(fields["start"]))
    minutes = fields.get("minutes")
    ends = begins + timedelta(minutes=minutes if isinstance(minutes, int) else 60)
    zone = str(fields.get("timezone") or "UTC")
    return {
        "start": {"dateTime": begins.isoformat(timespec="seconds"), "timeZone": zone},
        "end": {"dateTime": ends.isoformat(timespec="seconds"), "timeZone": zone},
    }


def _ruled(event: Event, rule: Value) -> dict[str, Any]:
    if ENDED in _private(event):
        return {"extendedProperties": {"private": {ENDED: str(rule or "-")}}}
    return {"recurrence": _recurrence(event, str(rule or ""))}


def _recurrence(event: Event, rule: str) -> list[str]:
    others = [str(line) for line in event.get("recurrence", ())]
    kept = [line for line in others if not line.upper().startswith(_RULE)]
    return [f"{_RULE}{rule}", *kept] if rule else []


def _attendees(event: Event, wanted: Value) -> list[dict[str, Any]]:
    there = {str(each.get("email", "")).lower(): dict(each) for each in event.get("attendees", ())}
    mails = sorted(wanted) if isinstance(wanted, frozenset) else []
    return [there.get(mail, {"email": mail}) for mail in mails if "@" in mail]


def _noted(event: Event, url: Value) -> dict[str, Any]:
    former = _attached(str(_private(event).get(NOTES, "")))
    kept = [
        dict(each)
        for each in event.get("attachments", ())
        if _attached(str(each.get("fileUrl", ""))) != former
    ]
    private = {"extendedProperties": {"private": {NOTES: str(url or "")}}}
    if not str(url or "").startswith("https://"):
        return {"attachments": kept, **private}
    mime = "application/vnd.google-apps.document"
    return {"attachments": [*kept, {"fileUrl": url, "title": "Notes", "mimeType": mime}], **private}


def ending(event: Event, today: date) -> dict[str, Any]:
    """Return the patch that ends a series after today; what has been stays."""
    rule = _rule_of(event) or ""
    patch: dict[str, Any] = {"extendedProperties": {"private": {ENDED: rule or "-"}}}
    if rule:
        stop = f"{_ENDS.sub('', rule)};UNTIL={_until(event, today)}"
        patch["recurrence"] = _recurrence(event, stop)
    return patch


def _until(event: Event, today: date) -> str:
    start = event.get("start") or {}
    if "date" in start:
        return max(today, date.fromisoformat(str(start["date"]))).strftime("%Y%m%d")
    begins = datetime.fromisoformat(str(start["dateTime"]))
    if begins.tzinfo is None:
        begins = begins.replace(tzinfo=ZoneInfo(str(start.get("timeZone") or "UTC")))
    night = datetime(today.year, today.month, today.day, 23, 59, 59, tzinfo=begins.tzinfo)
    # A rule that ends before its first meeting is no rule.
    return max(night, begins).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def resuming(event: Event) -> dict[str, Any]:
    """Return the patch that lets an ended series go on."""
    rule = _rule_of(event) or ""
    patch: dict[str, Any] = {"extendedProperties": {"private": {ENDED: None}}}
    if rule:
        patch["recurrence"] = _recurrence(event, rule)
    return patch


def _private(event: Event) -> Mapping[str, Any]:
    found = (event.get("extendedProperties") or {}).get("private")
    return found if isinstance(found, Mapping) else {}
