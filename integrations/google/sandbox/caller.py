"""Who asks: a person, the app that they use, and the scopes that they gave it."""

from dataclasses import dataclass

from smarketing.standin import Person

from .errors import no_scope

_AUTH = "https://www.googleapis.com/auth/"

EVERYTHING = frozenset(_AUTH + name for name in ("drive", "calendar"))
"""What a person's own programs may do: Google's own pages, used by hand."""

LEAST = frozenset(_AUTH + name for name in ("drive.file", "calendar.app.created")) | {
    "openid",
    _AUTH + "userinfo.email",
}
"""What an app asks for that handles only what it made."""

_DRIVE = ("drive", "drive.file")
_DRIVE_READ = (*_DRIVE, "drive.readonly")
_LOOK = (*_DRIVE_READ, "drive.metadata", "drive.metadata.readonly")
_CALENDAR = ("calendar", "calendar.app.created")
_EVENTS = (*_CALENDAR, "calendar.events", "calendar.events.owned")

ENOUGH = {
    "drive": _DRIVE,
    "drive.read": _DRIVE_READ,
    "drive.look": _LOOK,
    "docs": (*_DRIVE, "documents"),
    "docs.read": (*_DRIVE_READ, "documents", "documents.readonly"),
    "sheets": (*_DRIVE, "spreadsheets"),
    "sheets.read": (*_DRIVE_READ, "spreadsheets", "spreadsheets.readonly"),
    "calendars": _CALENDAR,
    "calendars.read": (*_CALENDAR, "calendar.readonly", "calendar.calendarlist.readonly"),
    "events": _EVENTS,
    "events.read": (*_EVENTS, "calendar.readonly", "calendar.events.readonly"),
}
"""For each kind of call, the scopes of which any one is enough."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A signed-in program."""

    person: Person
    client: str
    scopes: frozenset[str]

    def has(self, *names: str) -> bool:
        """Say whether one of these scopes was given."""
        return any(_AUTH + name in self.scopes for name in names)

    def needs(self, call: str) -> None:
        """Raise 403 unless a scope is there that is enough for this kind of call."""
        if not self.has(*ENOUGH[call]):
            raise no_scope()

    @property
    def sees_all_files(self) -> bool:
        """Say whether it may see files that it did not make."""
        return self.has("drive", "drive.readonly", "drive.metadata", "drive.metadata.readonly",
                        "documents", "documents.readonly", "spreadsheets",
                        "spreadsheets.readonly")  # fmt: skip

    @property
    def sees_all_calendars(self) -> bool:
        """Say whether it may see calendars that it did not make."""
        return self.has("calendar", "calendar.readonly", "calendar.events",
                        "calendar.events.owned", "calendar.events.readonly",
                        "calendar.calendarlist.readonly")  # fmt: skip
