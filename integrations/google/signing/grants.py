"""The scopes that we ask Google for, and why each is needed."""

from smarketing.contract import Setup

from ..manifest import NARROW, WIDER

AUDIENCE_PAGE = "https://console.cloud.google.com/auth/audience"
ACCOUNT_PAGE = "https://myaccount.google.com/connections"

WHY = {
    "drive.file": "to make the folders, documents and tables, and to see no other file",
    "calendar.app.created": "to make a calendar of its own with the meetings",
    "calendar.calendarlist.readonly": "to find that calendar again",
    "drive": "to bind files that are there already (`existing:`, `adopt`)",
}
_START = "https://www.googleapis.com/auth/"


def scopes_of(setup: Setup, wider: bool = False) -> tuple[str, ...]:
    """Return the scopes to ask for; the wider one only if somebody wants it."""
    return NARROW + WIDER if wider or setup.settings.get("scope") == "wider" else NARROW


def short(scope: str) -> str:
    """Return a scope as people read it."""
    return scope.removeprefix(_START)
