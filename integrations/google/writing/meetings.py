"""Meetings: made in one batch with ids of our own, altered under the version that was read."""

from datetime import date
from typing import Any

from smarketing.contract import Change, Done, Outcome, Remote, Stale
from smarketing.kinds import THERE
from smarketing.web import NoReply, Refused

from .. import events, occurrences
from ..client import Answer
from ..events import Event
from ..manifest import NAME
from ..mapping import normalise
from ..refusals import is_absent, outcome
from .hand import Hand


def make_meetings(hand: Hand) -> list[Outcome]:
    """Enter meetings without telling anybody."""
    calendar = _calendar(hand)
    requests = [_insert(hand, calendar, change) for change in hand.step.changes]
    answers = hand.client.batch("calendar", requests)
    return [
        _made(hand, calendar, change, answer)
        for change, answer in zip(hand.step.changes, answers, strict=True)
    ]


def _calendar(hand: Hand) -> str:
    """Return our calendar; it is made when first needed."""
    memory = hand.memory
    with memory.lock:
        if memory.calendars is None:
            memory.calendars = hand.calendars.ours()
        if not memory.calendars:
            memory.calendars = (hand.calendars.make(),)
        return memory.calendars[0]


def _insert(hand: Hand, calendar: str, change: Change) -> Any:
    return hand.client.calendar.events().insert(
        calendarId=calendar,
        body=_body(hand, change),
        sendUpdates="none",
        supportsAttachments=True,
    )


def _body(hand: Hand, change: Change) -> dict[str, Any]:
    workspace = hand.step.workspace
    ident = events.event_id(workspace, change.address)
    return events.body_of(change.fields, workspace, change.address, ident)


def _made(hand: Hand, calendar: str, change: Change, answer: Answer) -> Outcome:
    parent = hand.ids.get(change.parent, "")
    if isinstance(answer, NoReply):
        return outcome(answer)
    if not isinstance(answer, Refused):
        return Done(_kept(hand, events.remote_of(answer, calendar, parent)))
    if answer.status != 409:
        return outcome(answer)
    try:
        return _made_before(hand, calendar, change, parent)
    except (Refused, NoReply) as error:
        return outcome(error)


def _made_before(hand: Hand, calendar: str, change: Change, parent: str) -> Outcome:
    """Take the event that has our id already; one that a member deleted comes back."""
    ident = events.event_id(hand.step.workspace, change.address)
    there = hand.look(hand.calendars.request(calendar, ident))
    if there.get("status") == "cancelled":
        there = hand.client.call(
            hand.client.calendar.events().update(
                calendarId=calendar,
                eventId=ident,
                body=_body(hand, change) | {"status": "confirmed"},
                sendUpdates="none",
                supportsAttachments=True,
            )
        )
    return Done(_kept(hand, events.remote_of(there, calendar, parent)))


def _kept(hand: Hand, remote: Remote) -> Remote:
    hand.memory.note((remote,))
    return remote


def edit_meeting(hand: Hand) -> list[Outcome]:
    """Alter one meeting, if it still is as the plan saw it."""
    changes = hand.step.changes
    calendar, event = events.parts_of(hand.target(changes[0]))
    try:
        there = hand.look(hand.calendars.request(calendar, event))
    except Refused as refused:
        if is_absent(refused):
            return [Stale()] * len(changes)
        raise
    parent = next((change.before.parent for change in changes if change.before), "")
    parent = hand.ids.get(f"root:{NAME}") or parent
    present = _remote_of(there, calendar, parent)
    if there.get("status") == "cancelled" or any(_is_stale(each, present) for each in changes):
        return [Stale()] * len(changes)
    patch: dict[str, Any] = {}
    for change in changes:
        patch = events.together(patch, _patch(hand, change, there, present))
    if patch:
        request = hand.client.calendar.events().patch(
            calendarId=calendar,
            eventId=event,
            body=patch,
            sendUpdates="none",
            supportsAttachments=True,
        )
        request.headers["If-Match"] = str(there.get("etag", ""))
        try:
            present = _remote_of(hand.client.call(request), calendar, parent)
        except Refused as refused:
            if refused.status == 412:
                return [Stale()] * len(changes)
            raise
    return [Done(_kept(hand, present)) for _ in changes]


def _remote_of(event: Event, calendar: str, parent: str) -> Remote:
    if occurrences.is_occurrence(event):
        return occurrences.remote_of(event, calendar)
    return events.remote_of(event, calendar, parent)


def make_occurrence(hand: Hand) -> list[Outcome]:
    """Give one occurrence guests of its own, if it is still as its series has it; tell nobody."""
    (change,) = hand.step.changes
    calendar, series = events.parts_of(hand.place(change))
    day = str(change.fields["date"])
    resource = hand.client.calendar.events()
    reply = hand.look(
        resource.instances(calendarId=calendar, eventId=series, **occurrences.around(day))
    )
    there = occurrences.unaltered(reply.get("items", ()), day)
    if there is None:
        return [Stale()]
    people = occurrences.invited(there, change.fields.get("attendees"))
    request = resource.patch(
        calendarId=calendar,
        eventId=str(there["id"]),
        body=events.patch_of(there, {"attendees": people}),
        sendUpdates="none",
        supportsAttachments=True,
    )
    request.headers["If-Match"] = str(there.get("etag", ""))
    try:
        made = occurrences.remote_of(hand.client.call(request), calendar)
    except Refused as refused:
        if refused.status == 412:
            return [Stale()]
        raise
    return [Done(_kept(hand, made))]


def _is_stale(change: Change, present: Remote) -> bool:
    if change.before is None:
        return False
    return any(
        normalise("meeting", name, present.fields.get(name))
        not in (
            normalise("meeting", name, change.before.fields[name]),
            normalise("meeting", name, value),
        )
        for name, value in change.fields.items()
        if name in change.before.fields
    )


def _patch(hand: Hand, change: Change, there: Event, present: Remote) -> dict[str, Any]:
    fields = {
        name: value
        for name, value in change.fields.items()
        if present.fields.get(name) != value or name not in present.fields
    }
    patch = events.patch_of(there, {k: v for k, v in fields.items() if k != "existence"})
    if change.verb == "rename":
        patch = events.together(patch, _marked(change.address))
    if change.verb == "archive" and present.existence == THERE:
        patch = events.together(patch, events.ending(there, date.fromtimestamp(hand.now())))
    if change.verb == "move" and present.existence != THERE:
        patch = events.together(patch, events.resuming(there))
    return patch


def _marked(address: str) -> dict[str, Any]:
    return {"extendedProperties": {"private": {events.ADDRESS: address}}}
