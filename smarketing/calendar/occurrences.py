"""A series of meetings and what members made of it in their calendar -> its occurrences. Pure.

An occurrence is known by its original date: the day that the rule gives it, in the time zone of
the series. It keeps that date wherever members move it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from smarketing.calendar.when import zone
from smarketing.kinds import ARCHIVED, Value
from smarketing.text.wording import one_line

if TYPE_CHECKING:
    from dateutil.rrule import rrule

_RHYTHM = re.compile(r"(?:^|;)FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;|$)")
_UNTIL = re.compile(r";?UNTIL=(?P<end>[0-9]{8}(?:T[0-9]{6})?)(?P<utc>Z?)", re.IGNORECASE)
_NEVER = re.compile(
    r"INTERVAL=0*(?:[^0-9]|$)|FREQ=(?:DAILY|WEEKLY)\b.*BY(?:MONTHDAY|YEARDAY|WEEKNO|SETPOS)"
)
"""Rules that nobody writes by hand, and that may be searched for a date for very long."""

_MOST = 100_000
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Series:
    """When a meeting is: `start` as the clocks of `timezone` show it, `rule` "" if it is once.

    Without a zone its clock is UTC's.
    """

    start: datetime
    minutes: int
    timezone: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Altered:
    """What members made of one occurrence; what is None or "" is as the series has it.

    `start` is what the clocks of `timezone` show.
    """

    start: datetime | None = None
    minutes: int | None = None
    timezone: str = ""
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One meeting: `date` is its original date, `start` and `end` are when it really is."""

    date: date
    start: datetime
    end: datetime
    moved: bool = False
    cancelled: bool = False


def series_of(fields: Mapping[str, Value]) -> Series | None:
    """Return the series in the fields of a meeting, or None where they say no start."""
    start = _clock(fields.get("start"))
    if start is None:
        return None
    timezone = one_line(str(fields.get("timezone") or ""))
    return Series(start, _minutes(fields) or 60, timezone, str(fields.get("rule") or ""))


def altered_of(fields: Mapping[str, Value]) -> Altered:
    """Return what the hub of an occurrence says."""
    cancelled = fields.get("existence") == ARCHIVED
    timezone = str(fields.get("timezone") or "")
    return Altered(_clock(fields.get("start")), _minutes(fields), timezone, cancelled)


def _clock(said: Value) -> datetime | None:
    try:
        return datetime.fromisoformat(str(said)).replace(tzinfo=None) if said else None
    except ValueError:
        return None


def _minutes(fields: Mapping[str, Value]) -> int | None:
    minutes = fields.get("minutes")
    return minutes if isinstance(minutes, int) and 0 < minutes < 10_000 else None


def occurrences(
    series: Series,
    since: datetime,
    until: datetime,
    altered: Mapping[date, Altered] = {},
) -> tuple[Occurrence, ...]:
    """Return the occurrences that end after `since` and start before `until`, in their order.

    Both are aware. `altered` is by original date; cancelled ones are returned as such. Raise
    ValueError for a rule or a zone that there is not, and OverflowError for one beyond all years.
    """
    # Zones lie up to 26 hours apart, and a meeting is a day long at most.
    first = since.astimezone(UTC).replace(tzinfo=None) - 3 * _DAY
    last = until.astimezone(UTC).replace(tzinfo=None) + 2 * _DAY
    days = [datetime.combine(day, time()) for day in altered]
    starts = _starts(series, min([first, *days]), max([last, *(day + _DAY for day in days)]))
    each = [
        _occurrence(series, start, altered.get(start.date()))
        for start in starts
        if first <= start <= last or start.date() in altered
    ]
    inside = [one for one in each if one.end > since and one.start < until]
    return tuple(sorted(inside, key=lambda one: (one.start, one.date)))


def upcoming(
    series: Series, now: datetime, count: int, altered: Mapping[date, Altered] = {}
) -> tuple[Occurrence, ...]:
    """Return the next occurrences that take place and have not ended, at most `count`."""
    for days in (35, 400, 4000):
        there = occurrences(series, now, now + days * _DAY, altered)
        taking_place = [one for one in there if not one.cancelled]
        if len(taking_place) >= count:
            break
    return tuple(taking_place[:count])


def upcoming_altered(series: Series, now: datetime, altered: Mapping[date, Altered]) -> int:
    """Return how many occurrences from now on members moved or cancelled."""
    there = occurrences(series, now, now + 1000 * _DAY, altered)
    return sum(one.moved or one.cancelled for one in there)


def _occurrence(series: Series, start: datetime, altered: Altered | None) -> Occurrence:
    altered = altered or Altered()
    planned = aware(start, series.timezone)
    begins = aware(altered.start, altered.timezone or series.timezone) if altered.start else planned
    minutes = altered.minutes or series.minutes
    # Minutes are real ones: a meeting over a change of the clocks is no shorter for it.
    moment = begins.astimezone(UTC)
    ends = (moment + timedelta(minutes=minutes)).astimezone(begins.tzinfo)
    moved = moment != planned.astimezone(UTC)
    return Occurrence(start.date(), begins, ends, moved, altered.cancelled)


def aware(local: datetime, timezone: str) -> datetime:
    """Return the moment at which the clocks of that zone show this time.

    A time that the clocks leave out is moved behind the gap; of one that they show twice, it is
    the first (RFC 5545).
    """
    known = zone(timezone or "UTC")
    return local.replace(tzinfo=known).astimezone(UTC).astimezone(known)


def _starts(series: Series, first: datetime, last: datetime) -> Iterator[datetime]:
    """Yield the starts by the rule in local time, one a day, from `first` to `last`."""
    if not series.rule:
        if first <= series.start <= last:
            yield series.start
        return
    day = None
    for start in islice(rule_of(series, last).xafter(first, inc=True), _MOST):
        if start > last:
            return
        if start.date() != day:
            yield start
        day = start.date()


def rule_of(series: Series, last: datetime) -> "rrule":
    """Return the dates that the rule gives in local time, none after `last`.

    Raise ValueError for what is no rule of meetings, or one that may be searched for ever.
    """
    from dateutil.rrule import rrule, rrulestr

    rule = series.rule.upper().removeprefix("RRULE:")
    if not _RHYTHM.search(rule) or _NEVER.search(rule) or len(rule.split()) != 1:
        raise ValueError("This is no rhythm of meetings.")
    end = _UNTIL.search(rule)
    until = min(until_of(series) or last, last) if end else last
    try:
        found = rrulestr(_UNTIL.sub("", rule).strip(";"), dtstart=series.start)
    except (TypeError, LookupError, AttributeError) as error:
        raise ValueError("This is no rule.") from error
    assert isinstance(found, rrule)
    return found if "COUNT=" in rule else found.replace(until=until)


def until_of(series: Series) -> datetime | None:
    """Return the last moment of a series in its local time; a mere day lasts to its end."""
    end = _UNTIL.search(series.rule)
    if end is None:
        return None
    moment = datetime.fromisoformat(end["end"])
    if "T" not in end["end"].upper():
        return datetime.combine(moment, time.max)
    if not end["utc"]:
        return moment
    own = zone(series.timezone) if series.timezone else UTC
    return moment.replace(tzinfo=UTC).astimezone(own).replace(tzinfo=None)
