"""What happened in a Google account: the feed of its files, and that of each of our calendars."""

import json
from collections.abc import Iterator, Mapping

from smarketing.contract import Changes
from smarketing.web import Refused

from ..events import Event, remote_id
from .calendars import Calendars
from .drive import Drive

_FORGOTTEN = (400, 404, 410)
"""How the feeds answer a place that they no longer know, or a calendar that is gone."""


class Feed:
    """The feeds of one account. Its methods raise Refused or NoReply where Google fails."""

    def __init__(self, drive: Drive, calendars: Calendars) -> None:
        self._drive, self._calendars = drive, calendars

    def since(self, cursor: str) -> Changes:
        """Return the files and meetings that changed, with the folders and series they are in."""
        state = _state(cursor)
        if state is None:
            return self._begun()
        try:
            touched, token = self._drive.touched(state[0])
            told, feeds = self._told(state[1])
        except Refused as refused:
            if refused.status in _FORGOTTEN:
                return self._begun()
            raise
        return Changes(_cursor(token, feeds), frozenset(touched | told))

    def _begun(self) -> Changes:
        token = self._drive.start_token()
        return Changes(_cursor(token, self._told({})[1]))

    def _told(self, feeds: Mapping[str, str]) -> tuple[set[str], dict[str, str]]:
        """Return the ids of changed meetings, and where the feeds stand now.

        Where no calendar of ours was known, it is asked whether there is one by now.
        """
        touched, now = set[str](), dict[str, str]()
        for calendar in sorted(feeds) or self._calendars.ours():
            listed, now[calendar] = self._calendars.events(calendar, feeds.get(calendar, ""))
            touched |= {each for event in listed for each in _ids(calendar, event)}
        return touched, now


def _ids(calendar: str, event: Event) -> Iterator[str]:
    """Yield the id of a meeting; one occurrence that was changed is its series, too."""
    for name in ("id", "recurringEventId"):
        if event.get(name):
            yield remote_id(calendar, str(event[name]))


def _cursor(drive: str, calendars: Mapping[str, str]) -> str:
    return json.dumps({"drive": drive, "calendars": calendars}, sort_keys=True)


def _state(cursor: str) -> tuple[str, dict[str, str]] | None:
    try:
        state = json.loads(cursor)
        return str(state["drive"]), {str(k): str(v) for k, v in state["calendars"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
