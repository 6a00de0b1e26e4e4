"""What playbook and config share: the types of their values, and pydantic's errors told as
problems with a place, what is wrong, and what to write instead.
"""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints

Number = int | float | bool


def as_written(value: Any) -> Any:
    """Return a number as the text it was written as: `title: 2027` is a title."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else value


def one_or_more(value: Any) -> Any:
    """Return a list for a single value."""
    return [value] if isinstance(value, str | int | float) else value


Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Title = Annotated[
    str,
    BeforeValidator(as_written, json_schema_input_type=str | Number),
    StringConstraints(min_length=1, max_length=500, pattern=r"^[^\r\n]*[^\s][^\r\n]*$"),
]
Text = Annotated[
    str,
    BeforeValidator(as_written, json_schema_input_type=str | Number),
    StringConstraints(max_length=1_000_000),
]
Address = Annotated[
    str,
    StringConstraints(
        pattern=r"^[a-z]+:[a-z0-9][a-z0-9.-]{0,80}(/[a-z]+:[a-z0-9][a-z0-9.-]{0,80})*$"
    ),
]


def day(value: Any) -> Any:
    """Return the date of a text like 2026-12-07."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"20[0-9]{2}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("A day is written like 2026-12-07.")
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"There is no day {value} in the calendar.") from None


Day = Annotated[date, BeforeValidator(day)]
Was = Annotated[
    tuple[Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9:/.-]{0,300}$")], ...],
    BeforeValidator(one_or_more, json_schema_input_type=str | list[str]),
]


def written(name: str) -> str:
    """Return a field's name as people write it: `for-each` for `for_each`, `in` for `in_`."""
    return name.rstrip("_").replace("_", "-")


class Shape(BaseModel):
    """A mapping with known names only; its values are never shown in an error."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, alias_generator=written
    )
