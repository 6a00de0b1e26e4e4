"""Who asks: a person, the app that they use, and the scopes that they gave it."""

from dataclasses import dataclass, replace

from smarketing.standin import Person

from .errors import no_scope

_AUTH = "https://www.googleapis.com/auth/"
_OWN_FILES, _OWN_CALENDARS = _AUTH + "drive.file", _AUTH + "calendar.app.created"

EVERYTHING = frozenset((_AUTH + "drive", _AUTH + "calendar"))
"""What a person's own programs may do: Google's own pages, used by hand."""

LEAST = frozenset(
    (
        _OWN_FILES,
        _OWN_CALENDARS,
        _AUTH + "calendar.calendarlist.readonly",
        _AUTH + "userinfo.email",
        _AUTH + "userinfo.profile",
        "openid",
    )
)
"""What is given to an app that handles only what it made. It may ask for less of it."""


@dataclass(frozen=True, slots=True)
class Caller:
    """A signed-in program."""

    person: Person
    client: str
    scopes: frozenset[str]

    def by(self, enough: frozenset[str]) -> "Caller":
        """Return the caller with the scopes that count for a call; raise 403 if none does."""
        counting = self.scopes & enough
        if not counting:
            raise no_scope()
        return replace(self, scopes=counting)

    @property
    def sees_all_files(self) -> bool:
        """Say whether it may see files that it did not make."""
        return bool(self.scopes - {_OWN_FILES})

    @property
    def sees_all_calendars(self) -> bool:
        """Say whether it may see calendars that it did not make."""
        return bool(self.scopes - {_OWN_CALENDARS})
