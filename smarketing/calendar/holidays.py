"""Public holidays: days that a config lists, those of countries, and those of a calendar file."""

import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

COUNTRY = re.compile(r"(?P<country>[A-Z]{2})(?:-(?P<part>[A-Z0-9]{1,4}))?")
_LONGEST = 31
_YEARS_AHEAD = 12


@dataclass(frozen=True, slots=True)
class Holidays:
    """When nobody is asked to come: `days` by date with their names, and countries by code."""

    days: Mapping[date, str] = field(default_factory=dict)
    countries: tuple[str, ...] = ()

    def between(self, first: date, last: date) -> dict[date, str]:
        """Return the holidays from the first to the last day, both included, with their names."""
        found: dict[date, str] = {}
        for code in self.countries:
            found |= in_country(code, first.year, last.year)
        found |= self.days
        return {day: name for day, name in sorted(found.items()) if first <= day <= last}


NO_HOLIDAYS = Holidays()


def in_country(code: str, first: int, last: int) -> dict[date, str]:
    """Return the holidays of `GB`, or of a part of it as `GB-SCT`, in these years.

    Raise LookupError with what to write instead.
    """
    try:
        import holidays
    except ImportError:
        raise LookupError(
            f"'{code[:20]}' can't be checked: the holidays of countries come from a library that is "
            f"not installed. Install it with `{sys.executable} -m pip install holidays`, or list "
            "the days."
        ) from None
    found = COUNTRY.fullmatch(code)
    try:
        if found is None:
            raise NotImplementedError
        years = range(first, last + 1)
        known = holidays.country_holidays(found["country"], subdiv=found["part"], years=years)
    except NotImplementedError:
        words = (
            f"There are no holidays known of '{code[:20]}'. Write a code like GB, DE-BY or US-CA"
        )
        raise LookupError(f"{words}, or list the days.") from None
    return {day: str(name) for day, name in known.items()}


def in_calendar(data: bytes, start: int) -> dict[date, str]:
    """Return the whole days of a calendar file by date, with their names.

    Those that come back each year are counted from the year `start` on. Raise ValueError where it
    is no calendar.
    """
    import icalendar

    calendar = icalendar.Calendar.from_ical(data)
    found: dict[date, str] = {}
    for event in calendar.walk("VEVENT"):
        for day in _days_of(event, start):
            found[day] = str(event.get("summary") or "Holiday")
    return found


def _days_of(event: object, start: int) -> Iterator[date]:
    from icalendar import Event

    assert isinstance(event, Event)
    first, end = event.decoded("dtstart", None), event.decoded("dtend", None)
    if not isinstance(first, date) or isinstance(first, datetime):
        return
    length = (end - first).days if isinstance(end, date) and not isinstance(end, datetime) else 1
    for begins in _returns(event, first, start):
        for number in range(max(1, min(length, _LONGEST))):
            yield begins + timedelta(days=number)


def _returns(event: object, first: date, start: int) -> Iterator[date]:
    from dateutil.rrule import rrulestr
    from icalendar import Event

    assert isinstance(event, Event)
    rule = event.get("rrule")
    if rule is None:
        yield first
        return
    text = rule.to_ical().decode()
    if "FREQ=YEARLY" not in text:
        return
    each = rrulestr(text, dtstart=datetime.combine(first, datetime.min.time()))
    begin, end = datetime(start, 1, 1), datetime(start + _YEARS_AHEAD, 12, 31)
    yield from (moment.date() for moment in each.between(begin, end, inc=True))
