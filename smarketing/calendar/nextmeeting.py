"""When a meeting is next: as its notes say, or by a clock; and in words as people say it. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from smarketing.calendar.holidays import NO_HOLIDAYS, Holidays
from smarketing.calendar.occurrences import Altered, Series, rule_of, until_of, upcoming
from smarketing.calendar.said import say_rhythm
from smarketing.calendar.when import DAYS, MONTHS, When
from smarketing.text.wording import one_line

_NAMES = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_WEEKDAY = re.compile(rf"[# \t]*(?:(?:{'|'.join(day[:3] for day in DAYS)})[a-z]*,? +)?")
_DATED = re.compile(
    rf"^#(?P<before>.*?)\b(?P<day>[0-9]{{1,2}}) (?P<month>{'|'.join(MONTHS)})[a-z]* "
    r"(?P<year>[0-9]{4})\b",
    re.MULTILINE,
)
_LOOK_AHEAD = timedelta(days=5 * 366)
"""No meeting is further apart; a rule that has no further date is not searched for ever."""


@dataclass(frozen=True, slots=True)
class InWords:
    """One date of a meeting, in words: `Monday 7 December 2026`, `10:00 to 10:45`, and `then
    every Monday`, "" where it is held once. `start` is in the time of `timezone`.

    `original` is the date that its rule gave it, `moved` whether members moved it, `holiday` the name of one that
    it falls on.
    """

    start: datetime
    day: str
    clock: str
    then: str
    timezone: str
    original: date | None = None
    moved: bool = False
    holiday: str = ""

    @property
    def words(self) -> str:
        """Return `Monday 7 December 2026, 10:00 to 10:45; then every Monday`."""
        moved = f", moved from {day_in_full(self.original)}" if self.moved and self.original else ""
        holiday = f", a holiday ({self.holiday})" if self.holiday else ""
        return f"{self.day}, {self.clock}{moved}{holiday}{f'; {self.then}' if self.then else ''}"

    @property
    def hours(self) -> str:
        """Return `10:00 to 10:45; then every Monday`."""
        return f"{self.clock}; {self.then}" if self.then else self.clock


def next_by_notes(meeting: Series, notes: str) -> InWords:
    """Return the date of the newest day that the notes have an agenda for, else the first date.

    Today has no part in it. A day counts where a heading begins with it, as that of a
    meeting that was moved does, or where it is a date of the meeting.
    """
    first = meeting.start.date()
    known = _agenda_days(notes) if meeting.rule else {}
    later = sorted((day for day in known if day > first), reverse=True)
    # A rule without any date is searched once, not for each heading.
    has_dates = not all(known.values()) and _is_date_of(meeting, None)
    fits = (day for day in later if known[day] or (has_dates and _is_date_of(meeting, day)))
    start = datetime.combine(next(fits, first), meeting.start.time())
    return told(meeting, start, timedelta(minutes=meeting.minutes))


def next_by_clock(
    meeting: Series,
    now: datetime,
    altered: Mapping[date, Altered] = {},
    holidays: Holidays = NO_HOLIDAYS,
) -> InWords | None:
    """Return the date that begins at this moment or later, told in the time zone of `now`.

    `altered` is what members made of single dates. None where there is no further one, or where
    nobody can say.
    """
    try:
        own = meeting if meeting.timezone else replace(meeting, timezone=str(now.tzinfo or ""))
        ahead = upcoming(own, now, 3, altered)
        one = next((each for each in ahead if each.start >= now), None)
        if one is None:
            return None
        there = one.start.astimezone(now.tzinfo)
    except (ValueError, OverflowError):
        return None
    said = told(meeting, there.replace(tzinfo=None), one.end - one.start)
    # "Every Tuesday" is wrong for who has Monday night when a Tuesday begins elsewhere.
    usual = there.date() == one.date and not one.moved
    day = there.date()
    return replace(
        said,
        then=said.then if usual else "",
        timezone=str(now.tzinfo or ""),
        original=one.date,
        moved=one.moved,
        holiday=one_line(holidays.between(day, day).get(day, "")),
    )


def day_in_full(day: date) -> str:
    """Return `Monday 7 December 2026`, in any locale."""
    return f"{DAYS[day.weekday()]} {day.day} {_NAMES[day.month - 1]} {day.year}"


def _agenda_days(notes: str) -> dict[date, bool]:
    """Return the days that headings name, and whether one of these begins with it."""
    found: dict[date, bool] = {}
    for heading in _DATED.finditer(notes):
        month = MONTHS.index(heading["month"]) + 1
        try:
            day = date(int(heading["year"]), month, int(heading["day"]))
        except ValueError:  # 31 Feb: a heading says what it likes
            continue
        begins = _WEEKDAY.fullmatch(heading["before"]) is not None
        found[day] = found.get(day, False) or begins
    return found


def _is_date_of(meeting: Series, day: date | None) -> bool:
    """Say whether the meeting is on that day; on any at all, where none is given."""
    moment = datetime.combine(day, time.min) if day else meeting.start
    try:
        found = date_from(meeting, moment)
    except (ValueError, OverflowError):
        return False
    return found is not None and day in (None, found.date())


def date_from(meeting: Series, moment: datetime) -> datetime | None:
    """Return the first date at the moment or later, in the meeting's own local time."""
    if not meeting.rule:
        return meeting.start if meeting.start >= moment else None
    found: datetime | None = rule_of(meeting, moment + _LOOK_AHEAD).after(moment, inc=True)
    return found


def told(meeting: Series, start: datetime, length: timedelta) -> InWords:
    """Return one date of a meeting in words; `start` is in its own local time."""
    end = start + length
    clock = f"{start:%H:%M} to {end:%H:%M}"
    return InWords(start, day_in_full(start.date()), clock, _then(meeting), meeting.timezone)


def _then(meeting: Series) -> str:
    if not meeting.rule:
        return ""
    own = "then in a rhythm of its own"  # a member may set any rule in a calendar
    if "COUNT=" in meeting.rule.upper():
        return own
    try:
        when = When(meeting.rule, meeting.start.time(), meeting.minutes, meeting.timezone)
        last = until_of(meeting)
        until = f" until {day_in_full(last.date())}" if last else ""
        return f"then {say_rhythm(when)}{until}"
    except (ValueError, OverflowError, LookupError):
        return own
