"""When a meeting is: a rule as calendars know it (RFC 5545), a time of day and a length."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKDAYS = "MO,TU,WE,TH,FR"
QUARTERS = {False: "1,4,7,10", True: "3,6,9,12"}
"""The months in which a quarter begins (False) and ends (True)."""

MOST_DAYS = 3660
EXAMPLE = "Write a sentence like 'every Monday at 10:00 for 45 minutes'."
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}


@dataclass(frozen=True, slots=True)
class When:
    """When a meeting is: its rule ("" if it is once, on day number `day`), time and length."""

    rule: str
    time: time
    minutes: int
    timezone: str
    day: int = 0


class NotUnderstood(ValueError):  # noqa: N818 - it is told to people
    """The sentence is none that we know."""

    def __init__(self, words: str, instead: str = EXAMPLE) -> None:
        super().__init__(f"{words} {instead}")


def zone(name: str) -> ZoneInfo:
    """Return the time zone of that name; raise ValueError with what to write instead."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError, TypeError):
        words = f"There is no time zone '{name[:60]}'."
        raise NotUnderstood(words, "Write one like Europe/London or America/New_York.") from None


def on_day(number: int, start: date) -> date:
    """Return the date of day `number`, where day 1 is the start."""
    return start + timedelta(days=number - 1)


def first(when: When, start: date) -> datetime:
    """Return the first occurrence on or after the start, in local time.

    A time that the clocks leave out on that very day is moved behind the gap.
    """
    if not when.rule:
        return _existing(datetime.combine(on_day(when.day, start), when.time), when.timezone)
    from dateutil.rrule import rrulestr

    # The rhythm begins with its first date: every second Tuesday begins with the next Tuesday.
    every = re.sub(r";INTERVAL=\d+", "", when.rule)
    found = rrulestr(every, dtstart=datetime.combine(start, when.time))[0]
    assert isinstance(found, datetime)
    return _existing(found, when.timezone)


def _existing(local: datetime, timezone: str) -> datetime:
    known = zone(timezone)
    there_and_back = local.replace(tzinfo=known).astimezone(UTC).astimezone(known)
    return there_and_back.replace(tzinfo=None)
