"""Calendars and events as Calendar writes them."""

from typing import Any

from ..call import Call
from ..drive.json import display_name
from ..times import written
from . import times as moments
from .store import Calendar, Event, Rule


def event_json(call: Call, calendar: Calendar, event: Event) -> dict[str, Any]:
    """Return an event; of a deleted occurrence only what tells which it was."""
    if event.is_cancelled and event.series:
        return {
            "kind": "calendar#event",
            "etag": event.etag,
            "id": event.id,
            "status": "cancelled",
            "recurringEventId": event.series,
            "originalStartTime": event.data["originalStartTime"],
        }
    start, end = moments.span(event.data)
    shown_in = moments.zone(calendar.zone)
    mail = call.caller.person.mail
    found: dict[str, Any] = {
        "kind": "calendar#event",
        "etag": event.etag,
        "id": event.id,
        "htmlLink": f"https://www.google.com/calendar/event?eid={event.id}",
        "created": written(event.created),
        "updated": written(event.updated),
        "creator": _who(call, event.creator) | {"self": event.creator == calendar.id},
        "organizer": _organizer(call, calendar),
        "iCalUID": f"{event.series or event.id}@google.com",
        "sequence": event.sequence,
        "eventType": "default",
        "reminders": {"useDefault": True},
    }
    found |= event.data
    found |= {"start": start.json(shown_in), "end": end.json(shown_in)}
    if event.data.get("attendees"):
        found["attendees"] = [
            one | ({"self": True} if one["email"] == mail else {})
            for one in event.data["attendees"]
        ]
    return found


def calendar_json(calendar: Calendar) -> dict[str, Any]:
    """Return a calendar."""
    found: dict[str, Any] = {
        "kind": "calendar#calendar",
        "etag": f'"{calendar.number}"',
        "id": calendar.id,
        "summary": calendar.summary,
        "timeZone": calendar.zone,
    }
    if not calendar.primary:
        found["dataOwner"] = calendar.owner
    for name in ("description", "location"):
        if getattr(calendar, name):
            found[name] = getattr(calendar, name)
    return found


def entry_json(calendar: Calendar, role: str) -> dict[str, Any]:
    """Return a calendar as an entry of somebody's list."""
    more: dict[str, Any] = {"kind": "calendar#calendarListEntry", "accessRole": role}
    if calendar.primary:
        more["primary"] = True
    return calendar_json(calendar) | more | {"selected": True, "defaultReminders": []}


def rule_json(rule: Rule) -> dict[str, Any]:
    """Return a rule of who may do what."""
    scope = {"type": rule.type} | ({"value": rule.who} if rule.who else {})
    etag = f'"{rule.id}-{rule.role}"'
    return {"kind": "calendar#aclRule", "etag": etag, "id": rule.id, "scope": scope,
            "role": rule.role}  # fmt: skip


def _who(call: Call, mail: str) -> dict[str, Any]:
    return {"email": mail, "displayName": display_name(call.world, mail)}


def _organizer(call: Call, calendar: Calendar) -> dict[str, Any]:
    if calendar.primary:
        return _who(call, calendar.id) | {"self": calendar.id == call.caller.person.mail}
    return {"email": calendar.id, "displayName": calendar.summary, "self": True}
