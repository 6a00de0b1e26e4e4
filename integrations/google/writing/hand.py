"""What every write has at hand: the step, the ids of now, the account."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from smarketing.contract import Change, Failed, Outcome, Remote
from smarketing.kinds import Value
from smarketing.web import NoReply, Refused

from .. import files
from ..client import Client, Reply
from ..files import File
from ..manifest import NAME
from ..memory import Memory
from ..reading.calendars import Calendars
from ..reading.drive import Drive
from ..steps import GoogleStep

_IN_DOUBT = frozenset((408, 500, 502, 504))


@dataclass(frozen=True, slots=True)
class Hand:
    """One step in the doing."""

    client: Client
    drive: Drive
    calendars: Calendars
    memory: Memory
    step: GoogleStep
    ids: Mapping[str, str]
    now: Callable[[], float]

    def look(self, request: Any) -> Reply:
        """Make a call that writes nothing: whatever becomes of it, nothing was written."""
        try:
            return self.client.call(request)
        except NoReply as none:
            raise NoReply(str(none), may_have_arrived=False) from None
        except Refused as refused:
            if refused.status in _IN_DOUBT:
                words = f"it is in trouble ({refused.status})"
                raise NoReply(words, may_have_arrived=False) from None
            raise

    def target(self, change: Change) -> str:
        """Return the id of the object that a change is for."""
        former = change.before.id if change.before is not None else ""
        return self.ids.get(change.address) or former

    def place(self, change: Change) -> str:
        """Return the id of the new parent; raise NoPlace where it is not there."""
        place = self.ids.get(change.parent, "")
        if not place:
            raise NoPlace(
                f"{change.address} has no place: {change.parent} is not there. Run again."
            )
        return place

    def root(self) -> str:
        """Return the id of the workspace's root folder."""
        place = self.ids.get(f"root:{NAME}", "")
        if not place:
            raise NoPlace("The workspace's folder in Google Drive is not there. Run again.")
        return place

    def taken(self, file: File) -> Remote:
        """Return a file that a reply told, without what is inside, and keep it in mind."""
        self.memory.note_files((file,))
        remote = files.remote_of(file, self.memory.rights)
        self.memory.note((remote,))
        return remote

    def known(self, change: Change, now: str) -> Remote:
        """Return the object as it was last known, for a write whose reply does not tell it."""
        before = change.before
        if before is not None and before.id == now:
            return before
        seen = self.memory.seen.get(now)
        if seen is not None:
            return seen
        return self.taken(self.look(self.drive.request(now)))


class NoPlace(Exception):  # noqa: N818 - reads as what it is: there is no place
    """There is no place for an object where it should go."""


def refused_without_place(problem: NoPlace) -> Outcome:
    """Return what a change comes to that has no place."""
    return Failed(str(problem))


def after(remote: Remote, fields: Mapping[str, Value], address: str) -> Remote:
    """Return the object once these fields were written, in a version that nobody told."""
    merged = {**remote.fields, **fields}
    return replace(remote, fields=merged, version="", inside="", marker=remote.marker or address)
