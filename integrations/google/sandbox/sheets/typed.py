"""What a cell holds once somebody typed into it: a number, a day, a formula, or the text itself."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from ..docs.errors import Declined
from .cells import Cell, Entered, Formula, check_length, serial_of

_NUMBER = re.compile(r"([-+]?)(\$?)(\d{1,3}(?:,\d{3})+|\d+|(?=\.\d))(\.\d+)?(%?)")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_SLASHED = re.compile(r"(\d{1,2})([/-])(\d{1,2})(?:\2(\d{4}|\d{2}))?")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_DATE, _CLOCK = (
    {"numberFormat": {"type": "DATE", "pattern": pattern}} for pattern in ("yyyy-mm-dd", "m/d/yyyy")
)
_HOURS = {"numberFormat": {"type": "TIME", "pattern": "h:mm"}}
_PERCENT = {"numberFormat": {"type": "PERCENT", "pattern": "0%"}}
_MONEY = {"numberFormat": {"type": "CURRENCY", "pattern": '"$"#,##0'}}


def entry(cell: Cell, value: Any, option: str, today: date) -> Cell:
    """Return the cell after a value was put in; null leaves it as it is."""
    if value is None:
        return cell
    if isinstance(value, bool):
        return replace(cell, entered=value)
    if isinstance(value, int | float):
        return replace(cell, entered=float(value))
    if not isinstance(value, str):
        raise Declined(f"Invalid values: {value!r} is no value of a cell.")
    check_length(value)
    if not value:
        return replace(cell, entered=None)
    if option != "USER_ENTERED" or _is_text(cell):
        return replace(cell, entered=value)
    read, form = _typed(value, today)
    return replace(cell, entered=read, format={**form, **cell.format} if form else cell.format)


def _is_text(cell: Cell) -> bool:
    return bool(cell.format.get("numberFormat", {}).get("type") == "TEXT")


def _typed(text: str, today: date) -> tuple[Entered, Mapping[str, Any]]:
    """Return what Sheets makes of typed text, and the format that it gives the cell."""
    if text.startswith("'"):
        return text[1:], {}
    if text.startswith("=") and len(text) > 1:
        return Formula(text), {}
    plain = text.strip()
    if plain.upper() in ("TRUE", "FALSE"):
        return plain.upper() == "TRUE", {}
    number = _NUMBER.fullmatch(plain)
    if number:
        return _typed_number(number)
    clock = _TIME.fullmatch(plain)
    if clock and int(clock[1]) < 24 and int(clock[2]) < 60:
        seconds = int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3] or 0)
        return seconds / 86400, _HOURS
    return _typed_day(plain, today) or (text, {})


def _typed_number(number: "re.Match[str]") -> tuple[Entered, Mapping[str, Any]]:
    sign, money, whole, part, percent = number.groups()
    value = float((whole or "0").replace(",", "") + (part or ""))
    value = -value if sign == "-" else value
    if percent:
        return value / 100, _PERCENT
    return value, _MONEY if money else {}


def _typed_day(text: str, today: date) -> tuple[Entered, Mapping[str, Any]] | None:
    iso, slashed = _ISO.fullmatch(text), _SLASHED.fullmatch(text)
    try:
        if iso:
            return serial_of(date(int(iso[1]), int(iso[2]), int(iso[3]))), _DATE
        if slashed:
            year = int(slashed[4]) if slashed[4] else today.year
            year += 2000 if year < 100 else 0
            return serial_of(date(year, int(slashed[1]), int(slashed[3]))), _CLOCK
        for form in ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y"):
            if re.search("[A-Za-z]{3}", text):
                day = _by_form(text, form)
                if day:
                    return serial_of(day), _DATE
    except ValueError:
        return None
    return None


def _by_form(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()
    except ValueError:
        return None
