"""Events of a calendar: entered, read, changed, deleted."""

import re
from copy import deepcopy
from datetime import datetime, timedelta, tzinfo
from typing import Any

from smarketing.standin import Mail

from ..call import Call, pairs
from ..errors import Said, invalid
from . import times as moments
from .json import event_json
from .store import Calendar, Event

_ID = re.compile(r"[0-9a-v]{5,1024}")
_INSTANCE = re.compile(r"([0-9a-v_]+?)_(\d{8}(?:T\d{6}Z)?)")
_READ_ONLY = frozenset(
    ("kind", "etag", "id", "htmlLink", "created", "updated", "creator", "organizer", "sequence",
     "iCalUID", "recurringEventId", "originalStartTime", "hangoutLink", "locked")
)  # fmt: skip
_STATES = ("confirmed", "tentative", "cancelled")
_DEEP = frozenset(("extendedProperties", "reminders", "source", "start", "end"))
REUSABLE = "google-cancelled-id-reusable"


def insert(call: Call) -> Any:
    """Enter an event, perhaps under an id that the client chose."""
    calendar = call.calendars.reached(call.ids[0], call.caller, "writer")
    said = call.body()
    event_id = _new_id(call, calendar, said)
    now, mail = call.world.now(), call.caller.person.mail
    event = Event(event_id, {}, mail, now)
    event.data = _written(call, said) | {"status": said.get("status", "confirmed")}
    _check(call, calendar, event.data)
    calendar.events[event_id] = event
    call.calendars.changed(calendar, event)
    _tell(call, event, set(), "Invitation")
    return event_json(call, calendar, event)


def get(call: Call) -> Any:
    """Return an event, deleted ones too."""
    calendar = call.calendars.reached(call.ids[0], call.caller)
    return event_json(call, calendar, _found(calendar, call.ids[1]))


def patch(call: Call) -> Any:
    """Change what is named and leave the rest; lists are replaced, null takes away."""
    return _changed(call, whole=False)


def update(call: Call) -> Any:
    """Replace all that can be written."""
    return _changed(call, whole=True)


def delete(call: Call) -> Any:
    """Delete an event; it stays as a cancelled one."""
    calendar = call.calendars.reached(call.ids[0], call.caller, "writer")
    event = _found(calendar, call.ids[1])
    _matches(call, event)
    if event.is_cancelled:
        raise Said(410, "deleted", "Resource has been deleted")
    calendar.events[event.id] = event
    event.data["status"] = "cancelled"
    call.calendars.changed(calendar, event)
    _forget_exceptions(calendar, event)
    _tell(call, event, set(), "Canceled event")
    return None


def _changed(call: Call, whole: bool) -> Any:
    calendar = call.calendars.reached(call.ids[0], call.caller, "writer")
    event = _found(calendar, call.ids[1])
    _matches(call, event)
    before, old = event.data, _mails(event)
    new = _written(call, call.body())
    if not call.flag("supportsAttachments") and "attachments" in before:
        new["attachments"] = before["attachments"]
    fixed = {n: before[n] for n in ("recurringEventId", "originalStartTime") if n in before}
    data = {"status": "confirmed"} | new | fixed if whole else _merged(before, new)
    _check(call, calendar, data)
    if data.get("status") == "cancelled":
        event.data = before
        return _cancelled(call, calendar, event)
    retimed = _timing(data) != _timing(before)
    event.data = data
    event.sequence += retimed
    calendar.events[event.id] = event
    if retimed and not event.series:
        _forget_exceptions(calendar, event)
    call.calendars.changed(calendar, event)
    _tell(call, event, old, "Updated invitation")
    return event_json(call, calendar, event)


def _timing(data: dict[str, Any]) -> tuple[Any, ...]:
    """Return when an event is, however its times are written."""
    start, end = moments.span(data)
    return start.compared(), end.compared(), start.is_day, data.get("recurrence") or []


def _cancelled(call: Call, calendar: Calendar, event: Event) -> Any:
    event.data = event.data | {"status": "cancelled"}
    calendar.events[event.id] = event
    call.calendars.changed(calendar, event)
    _tell(call, event, set(), "Canceled event")
    return event_json(call, calendar, event)


def _forget_exceptions(calendar: Calendar, event: Event) -> None:
    """Drop moved occurrences: a series whose time changes loses them."""
    for exception in list(calendar.exceptions(event.id)):
        del calendar.events[exception.id]


def _new_id(call: Call, calendar: Calendar, said: dict[str, Any]) -> str:
    event_id = said.get("id")
    if event_id is None:
        return call.store.new_id("e").lower()
    if not isinstance(event_id, str) or not _ID.fullmatch(event_id):
        raise invalid("Invalid resource id value.", "resource.id")
    there = calendar.events.get(event_id)
    if there and not (there.is_cancelled and REUSABLE in call.world.switches):
        raise Said(409, "duplicate", "The requested identifier already exists.")
    return event_id


def _found(calendar: Calendar, event_id: str) -> Event:
    """Return an event, or an occurrence of a series as it would be were it an exception."""
    if event_id in calendar.events:
        return calendar.events[event_id]
    parts = _INSTANCE.fullmatch(event_id)
    series = calendar.events.get(parts[1]) if parts else None
    if series is None or parts is None or series.is_cancelled:
        raise Said(404, "notFound", "Not Found")
    for made in occurrences(calendar, series):
        if made.id == event_id:
            return made
    raise Said(404, "notFound", "Not Found")


def occurrences(
    calendar: Calendar, series: Event, low: datetime | None = None, high: datetime | None = None
) -> list[Event]:
    """Return the occurrences of a series, exceptions in their places.

    With bounds, those that end after `low` and start before `high`, and all exceptions.
    """
    start, end = moments.span(series.data)
    length, shown_in = end.at - start.at, moments.zone(calendar.zone)
    found: list[Event] = []
    exceptions = {one.id: one for one in calendar.exceptions(series.id)}
    for at in moments.starts(series.data["recurrence"], start):
        begins = at.compared()
        if high is not None and begins >= high and not exceptions:
            break
        meant = (low is None or begins + length > low) and (high is None or begins < high)
        if not meant and not exceptions:
            continue
        occurrence_id = f"{series.id}_{at.key()}"
        if occurrence_id in exceptions:
            found.append(exceptions[occurrence_id])
        elif meant:
            found.append(_occurrence(series, occurrence_id, at, length, shown_in))
    return found


def _occurrence(
    series: Event, occurrence_id: str, at: moments.Moment, length: timedelta, shown_in: tzinfo
) -> Event:
    """Return one occurrence as its series makes it."""
    data = {name: value for name, value in series.data.items() if name != "recurrence"}
    starts = at.json(shown_in)
    data |= {
        "start": starts,
        "end": moments.later(at, length).json(shown_in),
        "recurringEventId": series.id,
        "originalStartTime": starts,
    }
    made = Event(occurrence_id, data, series.creator, series.created)
    made.updated, made.number, made.sequence = series.updated, series.number, series.sequence
    return made


def _matches(call: Call, event: Event) -> None:
    """Raise 412 where the client changes another state than it has seen."""
    wanted = call.asked.headers.get("if-match", "*")
    if wanted not in ("*", event.etag):
        raise Said(412, "conditionNotMet", "Precondition Failed", location="If-Match")


def _written(call: Call, said: dict[str, Any]) -> dict[str, Any]:
    """Return what a client may write of what it said."""
    data = {name: deepcopy(value) for name, value in said.items() if name not in _READ_ONLY}
    if "attachments" in data and not call.flag("supportsAttachments"):
        del data["attachments"]
    return data


def _merged(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    found = dict(old)
    for name, value in new.items():
        if value is None:
            found.pop(name, None)
        elif isinstance(value, dict) and isinstance(found.get(name), dict):
            found[name] = _merged(found[name], value)
        else:
            found[name] = value
    return found


def _check(call: Call, calendar: Calendar, data: dict[str, Any]) -> None:
    """Raise 400 for an event that can't be; write its attendees and attachments in full."""
    start, _ = moments.span(data)
    if data.get("recurrence"):
        moments.check_repetition(data["recurrence"], start)
    if data.get("status", "confirmed") not in _STATES:
        raise invalid("Invalid status value.", "status")
    extended = data.get("extendedProperties", {})
    for side in ("private", "shared"):
        for key, value in pairs(extended.get(side, {}), "extendedProperties").items():
            if len(key) > 44 or len(value or "") > 1024:
                raise invalid("Extended property is too large.", "extendedProperties")
    attendees = data.get("attendees", [])
    if attendees and call.caller.person.mail.endswith(".gserviceaccount.com"):
        words = "Service accounts cannot invite attendees without Domain-Wide Delegation."
        raise Said(403, "forbiddenForServiceAccounts", words, domain="calendar")
    for one in attendees:
        if "@" not in str(one.get("email", "")):
            raise invalid("Invalid attendee email.", "attendees")
        one.setdefault("responseStatus", "needsAction")
    _check_attachments(data.get("attachments", []))


def _check_attachments(attachments: list[Any]) -> None:
    if len(attachments) > 25:
        raise invalid("There can be at most 25 attachments per event.", "attachments")
    for one in attachments:
        if not one.get("fileUrl"):
            raise Said(400, "required", "Missing file URL.", location="attachments.fileUrl")
        on_drive = re.search(r"/d/([\w-]+)|[?&]id=([\w-]+)|/folders/([\w-]+)", one["fileUrl"])
        if on_drive:
            one["fileId"] = next(found for found in on_drive.groups() if found)


def _mails(event: Event) -> set[str]:
    return {str(one["email"]).lower() for one in event.data.get("attendees", [])}


def _tell(call: Call, event: Event, before: set[str], what: str) -> None:
    """Mail whom `sendUpdates` names; who has joined gets an invitation in any case."""
    how = call.one_of("sendUpdates", ("none", "all", "externalOnly"))
    if call.flag("sendNotifications"):
        how = "all"
    me = call.caller.person.mail
    for mail in sorted(_mails(event) - {me}):
        outside = mail.partition("@")[2] != me.partition("@")[2]
        if how == "all" or (how == "externalOnly" and outside):
            joined = what.startswith("Updated") and mail not in before
            subject = f"{'Invitation' if joined else what}: {event.data.get('summary', '')}"
            call.world.mails.append(Mail(mail, subject, me, call.world.now()))
    if how == "all" and what.startswith("Updated"):
        for mail in sorted(before - _mails(event) - {me}):
            subject = f"Canceled event: {event.data.get('summary', '')}"
            call.world.mails.append(Mail(mail, subject, me, call.world.now()))
