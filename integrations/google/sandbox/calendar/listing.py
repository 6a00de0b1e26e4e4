"""Lists of events: all, those that changed since, and the occurrences of series."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime
from typing import Any

from .. import times
from ..call import Call
from ..errors import Said, invalid
from . import times as moments
from .events import occurrences
from .json import event_json
from .store import Calendar, Event

_KEPT = 30 * 86400.0
"""Seconds after which a sync token is too old."""

_NOT_WITH_TOKEN = (
    "iCalUID", "orderBy", "privateExtendedProperty", "q", "sharedExtendedProperty", "timeMin",
    "timeMax", "updatedMin",
)  # fmt: skip
_THE_SAME = ("singleEvents", "timeZone", "maxAttendees", "eventTypes", "alwaysIncludeEmail")


def list_events(call: Call) -> Any:
    """Return a page of events, and with the last page a token for what comes next."""
    calendar = call.calendars.reached(call.ids[0], call.caller)
    since = _since(call, calendar)
    if since is not None:
        events = _changed_since(call, calendar, since)
    else:
        events = _matching(call, calendar)
    whole = not any(call.asked.one(name) for name in _NOT_WITH_TOKEN)
    return _page(call, calendar, events, whole)


def instances(call: Call) -> Any:
    """Return a page of the occurrences of one series."""
    calendar = call.calendars.reached(call.ids[0], call.caller)
    series = calendar.events.get(call.ids[1])
    if series is None or not series.data.get("recurrence"):
        raise Said(404, "notFound", "Not Found")
    gone_too = call.flag("showDeleted")
    found = [one for one in occurrences(calendar, series) if gone_too or not one.is_cancelled]
    if series.is_cancelled and not gone_too:
        found = []
    low, high = _bounds(call)
    found = [one for one in found if _is_within(calendar, one, low, high)]
    return _page(call, calendar, found, whole=False)


def _matching(call: Call, calendar: Calendar) -> list[Event]:
    single, gone_too = call.flag("singleEvents"), call.flag("showDeleted")
    order = call.one_of("orderBy", ("", "startTime", "updated"))
    if order == "startTime" and not single:
        words = "The requested ordering is not available for the particular query."
        raise invalid(words, "orderBy")
    low, high = _bounds(call)
    listed = _listed(calendar, single, gone_too, low, high)
    events = [one for one in listed if _is_meant(call, one)]
    if low or high:
        events = [one for one in events if _is_within(calendar, one, low, high)]
    if order == "startTime":
        events.sort(key=lambda one: moments.span(one.data)[0].compared())
    if order == "updated":
        events.sort(key=lambda one: one.updated)
    return events


def _listed(
    calendar: Calendar, single: bool, gone_too: bool, low: datetime | None, high: datetime | None
) -> list[Event]:
    found: list[Event] = []
    for event in calendar.events.values():
        if single and event.data.get("recurrence"):
            if gone_too or not event.is_cancelled:
                told = occurrences(calendar, event, low, high)
                found += (one for one in told if gone_too or not one.is_cancelled)
        elif single and event.series:
            continue  # it is among the occurrences of its series
        # Deleted occurrences of a series that is there are always told, else they would be seen.
        elif not event.is_cancelled or gone_too or event.series:
            found.append(event)
    return found


def _is_meant(call: Call, event: Event) -> bool:
    words = call.asked.one("q").lower()
    told = (str(event.data.get(name, "")) for name in ("summary", "description", "location"))
    if words and not any(words in text.lower() for text in told):
        return False
    uid = call.asked.one("iCalUID")
    if uid and uid != f"{event.series or event.id}@google.com":
        return False
    updated = call.asked.one("updatedMin")
    if updated and event.updated < _time(updated, "updatedMin").timestamp():
        return False
    return all(
        _has(event, side, pair)
        for side in ("private", "shared")
        for pair in call.asked.query.get(f"{side}ExtendedProperty", ())
    )


def _has(event: Event, side: str, pair: str) -> bool:
    name, equals, value = pair.partition("=")
    if not equals:
        raise invalid("Invalid extended property constraint.", f"{side}ExtendedProperty")
    held = event.data.get("extendedProperties", {}).get(side, {})
    return bool(held.get(name) == value)


def _bounds(call: Call) -> tuple[datetime | None, datetime | None]:
    low, high = call.asked.one("timeMin"), call.asked.one("timeMax")
    return (
        _time(low, "timeMin") if low else None,
        _time(high, "timeMax") if high else None,
    )


def _time(text: str, name: str) -> datetime:
    # An offset is required, and times.read takes one without as UTC.
    if not (text.endswith("Z") or "+" in text[10:] or "-" in text[10:]):
        raise Said(400, "badRequest", "Bad Request", location=name)
    try:
        times.read(text)
        return datetime.fromisoformat(text)
    except ValueError:
        raise Said(400, "badRequest", "Bad Request", location=name) from None


def _is_within(
    calendar: Calendar, event: Event, low: datetime | None, high: datetime | None
) -> bool:
    if event.data.get("recurrence"):
        inside = occurrences(calendar, event, low, high)
        return any(_is_within(calendar, one, low, high) for one in inside)
    start, end = moments.span(event.data)
    return (low is None or end.compared() > low) and (high is None or start.compared() < high)


def _changed_since(call: Call, calendar: Calendar, since: int) -> list[Event]:
    changed = [one for one in calendar.events.values() if one.number > since]
    if not call.flag("singleEvents"):
        return changed
    found: list[Event] = []
    for event in changed:
        repeats = event.data.get("recurrence")
        found += occurrences(calendar, event) if repeats else [event]
    return found


def _page(call: Call, calendar: Calendar, events: list[Event], whole: bool) -> dict[str, Any]:
    size, start = call.number("maxResults", 250, 2500), _start(call)
    reply: dict[str, Any] = {
        "kind": "calendar#events",
        "etag": f'"{calendar.number}"',
        "summary": calendar.summary,
        "updated": times.written(call.world.now()),
        "timeZone": calendar.zone,
        "accessRole": call.calendars.role(calendar, call.caller),
        "defaultReminders": [],
        "items": [event_json(call, calendar, one) for one in events[start : start + size]],
    }
    if start + size < len(events):
        reply["nextPageToken"] = _token(start + size)
    elif whole:
        # What changes between two pages is told again with the next token, not left out.
        now = call.world.now()
        reply["nextSyncToken"] = _token(calendar.id, calendar.number, _the_same(call), now)
    return reply


def _since(call: Call, calendar: Calendar) -> int | None:
    """Return the number of a sync token; raise 400 or 410 for one that does not fit."""
    token = call.asked.one("syncToken")
    if not token:
        return None
    for name in _NOT_WITH_TOKEN:
        if call.asked.one(name):
            raise invalid("Sync token cannot be used with this parameter.", name)
    if call.asked.one("showDeleted") == "false":
        raise invalid("Sync token cannot be used without deleted events.", "showDeleted")
    said = _read(token)
    if len(said) != 4 or said[0] != calendar.id:
        raise invalid("Invalid sync token value.", "syncToken")
    if said[2] != _the_same(call):
        raise invalid("The parameters are not those of the first request.", "syncToken")
    if said[1] <= calendar.forgotten or call.world.now() - said[3] > _KEPT:
        words = "Sync token is no longer valid, a full sync is required."
        raise Said(410, "fullSyncRequired", words, domain="calendar", location="syncToken")
    return int(said[1])


def _the_same(call: Call) -> str:
    return "&".join(call.asked.one(name) for name in _THE_SAME)


def _token(*said: Any) -> str:
    return urlsafe_b64encode(json.dumps(said).encode()).decode()


def _read(token: str) -> list[Any]:
    try:
        said = json.loads(urlsafe_b64decode(token))
    except ValueError:
        return []
    return said if isinstance(said, list) else []


def _start(call: Call) -> int:
    token = call.asked.one("pageToken")
    if not token:
        return 0
    said = _read(token)
    if len(said) != 1 or not isinstance(said[0], int):
        raise invalid("Invalid page token value.", "pageToken")
    return said[0]
