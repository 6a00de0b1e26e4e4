"""Calendar's calls that list calendars and events; each takes all pages."""

from collections.abc import Collection
from typing import Any

from smarketing.web import NoReply, Refused

from ..client import Client
from ..events import CALENDAR_MARK, CALENDAR_TITLE, CALENDAR_WORDS, Event, parts_of
from ..refusals import is_absent

_PAGE, _CALENDARS = 2500, 250
_BATCH = 50


class Calendars:
    """The calendars that this program keeps for one account: one, unless two runs raced."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def ours(self) -> tuple[str, ...]:
        """Return the ids of our calendars, the one to write to first."""
        found: list[str] = []
        token = None
        while True:
            more: dict[str, Any] = {"pageToken": token} if token else {}
            request = self._client.calendar.calendarList().list(maxResults=_CALENDARS, **more)
            reply = self._client.call(request)
            found += [
                str(each["id"])
                for each in reply.get("items", ())
                if CALENDAR_MARK in str(each.get("description", "")) and not each.get("deleted")
            ]
            token = reply.get("nextPageToken")
            if not token:
                return tuple(sorted(found))

    def make(self) -> str:
        """Make our calendar; return its id."""
        body = {"summary": CALENDAR_TITLE, "description": CALENDAR_WORDS}
        return str(self._client.call(self._client.calendar.calendars().insert(body=body))["id"])

    def events(self, calendar: str, sync: str = "") -> tuple[list[Event], str]:
        """Return all events, or those changed since `sync`, and where the feed stands now.

        Raise Refused with 410 where the feed has forgotten that place, 404 for no calendar.
        """
        found: list[Event] = []
        token = None
        while True:
            more: dict[str, Any] = {"syncToken": sync} if sync else {}
            if token:
                more["pageToken"] = token
            request = self._client.calendar.events().list(
                calendarId=calendar, maxResults=_PAGE, **more
            )
            reply = self._client.call(request)
            found += reply.get("items", ())
            token = reply.get("nextPageToken")
            if not token:
                return found, str(reply.get("nextSyncToken", ""))

    def fetched(self, ids: Collection[str]) -> list[tuple[str, Event]]:
        """Return the events with these ids, each with its calendar; what is gone is left out."""
        found: list[tuple[str, Event]] = []
        wanted = [parts_of(each) for each in sorted(ids)]
        for start in range(0, len(wanted), _BATCH):
            some = wanted[start : start + _BATCH]
            requests = [self.request(calendar, event) for calendar, event in some]
            answers = self._client.batch("calendar", requests, reads=True)
            for (calendar, _), answer in zip(some, answers, strict=True):
                if is_absent(answer):
                    continue
                if isinstance(answer, (Refused, NoReply)):
                    raise answer
                found.append((calendar, answer))
        return found

    def request(self, calendar: str, event: str) -> Any:
        """Return the request for one event."""
        return self._client.calendar.events().get(calendarId=calendar, eventId=event)
