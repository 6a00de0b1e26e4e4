"""Values in the hub's terms and in Trello's: three pure functions, and days as Trello keeps them."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, tzinfo

from smarketing.contract import Names
from smarketing.kinds import Value

from .marker import without_lines

_LINK = re.compile(
    r"(?<=\]\()link:(?P<address>[a-z]+:[a-z0-9.-]+(?:/[a-z]+:[a-z0-9.-]+)*)(?=[)\s])"
)
_URL = re.compile(r"(?<=\]\()(?P<url>[^\s()<>]+)(?=[)\s])")
_SMART = re.compile(r"(?<=\S)[ \t]+\"(?:\u200c)?smartCard-[a-z]+\"(?=\))")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_STRUCK = re.compile(r"~~(?P<title>.+)~~", re.DOTALL)
_MAILBOX = re.compile(r"(?P<name>[^<>]*?)\s*<(?P<mail>[^<>]+)>")
_ROLES = {"edit": "normal", "comment": "normal", "view": "observer"}
_SHARES = {"admin": "edit", "normal": "edit", "observer": "view"}
COLORS = frozenset(
    "yellow purple blue red green orange black sky pink lime".split()  # noqa: SIM905 - one list
)
_NEAR = {
    "grey": "black", "gray": "black", "brown": "orange", "violet": "purple", "magenta": "pink",
    "cyan": "sky", "turquoise": "sky", "teal": "sky",
}  # fmt: skip
DUE_AT = time(17, 0)
"""The time of day at which what is due on a day is due in Trello."""


def as_hub(kind: str, name: str, value: Value, names: Names) -> Value:
    """Return a value of Trello's in the hub's terms."""
    if name == "description" and isinstance(value, str):
        text = _SMART.sub("", value)
        return _URL.sub(lambda found: _address(found["url"], names), text)
    if name == "access" and isinstance(value, Mapping):
        return {who: _SHARES.get(role, role) for who, role in value.items()}
    return value


def render(kind: str, name: str, value: Value, names: Names) -> Value:
    """Return a hub value as Trello would hold it.

    The mailboxes of `access` are kept whole: only they can be invited.
    """
    if name == "description" and isinstance(value, str):
        return _LINK.sub(
            lambda link: names.urls.get(link["address"]) or link[0], without_lines(_lf(value))
        )
    if name == "access" and isinstance(value, Mapping):
        return {who: _ROLES.get(role, role) for who, role in value.items()}
    return _held(kind, name, value)


def normalise(kind: str, name: str, value: Value) -> Value:
    """Return the value without what Trello changes by itself."""
    if name == "description" and isinstance(value, str):
        lines = without_lines(_SMART.sub("", _lf(value))).split("\n")
        return "\n".join(line.rstrip() for line in lines).strip()
    if name == "access" and isinstance(value, Mapping):
        # Who is an administrator may do all that a member may.
        roles = {who: "normal" if role == "admin" else role for who, role in value.items()}
        return {name_of(who): role for who, role in roles.items()}
    return _held(kind, name, value)


def _held(kind: str, name: str, value: Value) -> Value:
    if name == "title" and isinstance(value, str):
        title = one_line(value)
        return title_of(title) if kind == "check" else title
    if name == "owner" and isinstance(value, str):
        return one_line(value) or None
    if name == "labels" and isinstance(value, frozenset):
        return frozenset(filter(None, (one_line(title) for title in value)))
    if name == "due":
        day = _DAY.match(value) if isinstance(value, str) else None
        return day[0] if day else None
    if name == "color":
        color = _NEAR.get(str(value).lower(), str(value).lower())
        return color if color.split("_")[0] in COLORS else None
    if name == "done":
        return bool(value)
    return value or None if name == "template" else value


def one_line(text: str) -> str:
    """Return the text as Trello keeps a name."""
    return " ".join(text.split())


def name_of(mailbox: str) -> str:
    """Return the name in a mailbox such as `Ana Silva <ana@acme.example>`."""
    found = _MAILBOX.fullmatch(mailbox.strip())
    return one_line(found["name"] if found and found["name"] else mailbox)


def mail_of(mailbox: str) -> str:
    """Return the address in a mailbox."""
    found = _MAILBOX.fullmatch(mailbox.strip())
    return found["mail"].strip() if found else mailbox.strip()


def is_struck(title: str) -> bool:
    """Say whether a checklist item is struck through, which is how it is archived."""
    return _STRUCK.fullmatch(title.strip()) is not None


def title_of(title: str) -> str:
    """Return a checklist item's title without its strike."""
    found = _STRUCK.fullmatch(title.strip())
    return found["title"].strip() if found else title


def struck(title: str) -> str:
    """Return a checklist item's title struck through."""
    return f"~~{title_of(title)}~~"


def stamp_of(day: str, zone: tzinfo) -> str:
    """Return the moment at which Trello holds this day's work as due."""
    at = datetime.combine(date.fromisoformat(day), DUE_AT, zone).astimezone(UTC)
    return at.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def day_of(stamp: str | None, zone: tzinfo) -> str | None:
    """Return the day on which this moment falls."""
    if not stamp:
        return None
    return datetime.fromisoformat(stamp).astimezone(zone).date().isoformat()


def _address(url: str, names: Names) -> str:
    address = names.addresses.get(url)
    return url if address is None else f"link:{address}"


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
