"""The day that people mean when they write 'by Friday' or 'by 11 Dec', and back. Pure."""

import re
from datetime import date, timedelta

from smarketing.calendar.when import DAYS, MONTHS

_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_WEEKDAY = re.compile(r"(?:(next|this)\s+)?([a-z]{3,9})\.?")
_DATE = re.compile(
    r"(?:[a-z]{3,9}\.?,?\s+)?(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?([a-z]{3,9})\.?,?"
    r"(?:\s+(\d{4}))?"
)
_AMERICAN = re.compile(
    r"(?:[a-z]{3,9}\.?,?\s+)?([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?"
)
_NUMBERS = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{4}))?")
_END = re.compile(r"(?:the\s+)?end\s+of\s+(?:(?:the|this)\s+|(next)\s+)?week")
_FRIDAY = 4
_RELATIVE = {"today": 0, "tonight": 0, "tomorrow": 1}
_BEHIND = 120
"""A day without a year that lies further back than this is one of the next year."""


def day_said(text: str, said_on: date) -> date | None:
    """Return the day that these words mean when they are said on a day, None if they mean none.

    A weekday is the next one after that day, `next Friday` the one in the week after; the end of
    the week is its Friday. `24/12` is a day where it can mean only one.
    """
    words = " ".join(text.casefold().split())
    if found := _ISO.fullmatch(words):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if words in _RELATIVE:
        return said_on + timedelta(days=_RELATIVE[words])
    if (found := _WEEKDAY.fullmatch(words)) and (number := _weekday(found[2])) is not None:
        return _next(number, said_on, is_later=found[1] == "next")
    if found := _DATE.fullmatch(words):
        return _dated(found[1], found[2], found[3], said_on)
    if found := _AMERICAN.fullmatch(words):
        return _dated(found[2], found[1], found[3], said_on)
    if found := _NUMBERS.fullmatch(words):
        return _in_numbers(found[1], found[2], found[3], said_on)
    if found := _END.fullmatch(words):
        return _end_of_week(said_on, is_later=bool(found[1]))
    return None


def in_words(day: date, said_on: date) -> str:
    """Return a day as a line shows it: `Fri 11 Dec`, with its year where that is not plain."""
    short = f"{DAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1]}"
    return short if day_said(short, said_on) == day else f"{short} {day.year}"


def _weekday(word: str) -> int | None:
    for number, name in enumerate(DAYS):
        if word == name.casefold() or (3 <= len(word) < 6 and name.casefold().startswith(word)):
            return number
    return None


def _next(number: int, said_on: date, *, is_later: bool) -> date:
    if is_later:
        monday = said_on + timedelta(days=7 - said_on.weekday())
        return monday + timedelta(days=number)
    return said_on + timedelta(days=(number - said_on.weekday() - 1) % 7 + 1)


def _end_of_week(said_on: date, *, is_later: bool) -> date | None:
    if is_later:
        return _next(_FRIDAY, said_on, is_later=True)
    if said_on.weekday() > _FRIDAY:
        return None  # of the week that ends, or of the one that comes?
    return said_on + timedelta(days=_FRIDAY - said_on.weekday())


def _in_numbers(one: str, other: str, year: str | None, said_on: date) -> date | None:
    """Return the day, whichever of the two numbers is the month, if it is the same both ways."""
    found = {
        _dated(day, MONTHS[int(month) - 1].casefold(), year, said_on)
        for day, month in ((one, other), (other, one))
        if 1 <= int(month) <= len(MONTHS)
    } - {None}
    return found.pop() if len(found) == 1 else None


def _dated(day: str, month: str, year: str | None, said_on: date) -> date | None:
    number = next((n for n, name in enumerate(MONTHS, 1) if month[:3] == name.casefold()), None)
    if number is None:
        return None
    if year:
        return _day(int(year), number, int(day))
    for each in (said_on.year - 1, said_on.year, said_on.year + 1):
        found = _day(each, number, int(day))
        if found and found >= said_on - timedelta(days=_BEHIND):
            return found
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
