"""The types of the values that playbook and config hold, and how a value of each is written."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, StringConstraints

Number = int | float | bool


def as_written(value: Any) -> Any:
    """Return a number as the text it was written as: `title: 2027` is a title."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else value


def one_or_more(value: Any) -> Any:
    """Return a list for a single value."""
    return [value] if isinstance(value, str | int | float) else value


def day(value: Any) -> Any:
    """Return the date of a text like 2026-12-07."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("A day is written like 2026-12-07.")
    if not value.startswith("20"):
        raise ValueError("Write a day from 2000-01-01 to 2099-12-31.")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"There is no day {value} in the calendar.") from None


_KEY = r"^[a-z0-9][a-z0-9-]{0,39}$"
_TITLE = r"^[^\r\n]*[^\s][^\r\n]*$"
_STEP = r"[a-z]+:[a-z0-9][a-z0-9-]{0,39}(?:\.[a-z0-9][a-z0-9-]{0,39})?"
_ADDRESS = rf"^{_STEP}(?:/{_STEP})*$"
_FORMER = rf"^(?:[a-z0-9][a-z0-9-]{{0,39}}|{_STEP}(?:/{_STEP})*)$"
_ROLE_OR_CHANNEL = r"^(?:channel:)?[a-z0-9][a-z0-9-]{0,39}$"
_MAIL = r"^[^\s@<>,;:\"]{1,64}@[^\s@<>,;:\"]{1,255}$"
_ID = r"^[a-z0-9][a-z0-9-]{5,39}$"

Key = Annotated[str, StringConstraints(pattern=_KEY)]
Title = Annotated[
    str,
    BeforeValidator(as_written, json_schema_input_type=str | Number),
    StringConstraints(min_length=1, max_length=500, pattern=_TITLE),
]
Text = Annotated[
    str,
    BeforeValidator(as_written, json_schema_input_type=str | Number),
    StringConstraints(max_length=1_000_000),
]
Address = Annotated[str, StringConstraints(pattern=_ADDRESS)]
RoleOrChannel = Annotated[str, StringConstraints(pattern=_ROLE_OR_CHANNEL)]
Mail = Annotated[str, StringConstraints(pattern=_MAIL)]
WorkspaceId = Annotated[str, StringConstraints(pattern=_ID)]
Day = Annotated[date, BeforeValidator(day, json_schema_input_type=str)]
Was = Annotated[
    tuple[Annotated[str, StringConstraints(pattern=_FORMER)], ...],
    BeforeValidator(one_or_more, json_schema_input_type=str | list[str]),
]

NOT_WRITTEN_SO = {
    _KEY: (
        "is not a key",
        "A key has small letters, digits and '-' only, at most 40: agree-on-lead.",
    ),
    _TITLE: ("has to be one line of text", ""),
    _ADDRESS: ("is not an address", "An address is written like board:work/card:agree-on-lead."),
    _ROLE_OR_CHANNEL: (
        "is neither a role nor a channel",
        "Write a role of the playbook, or a channel: channel:leads-today",
    ),
    _FORMER: ("is neither a key nor an address", "Write the former key, as in 'was: old-key'."),
    _MAIL: ("is not a mail address", "Write: Ana Silva <ana@acme.example>"),
    _ID: ("is not the id of a workspace", "Leave it out, and the first run writes one."),
}
