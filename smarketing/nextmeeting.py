"""When a meeting is next: as its notes say, or by a clock; and in words as people say it. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from smarketing.kinds import Value
from smarketing.when import DAYS, MONTHS, When, say_rhythm, zone
from smarketing.wording import one_line

if TYPE_CHECKING:
    from dateutil.rrule import rrule

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
_UNTIL = re.compile(r";?UNTIL=(?P<end>[0-9]{8}(?:T[0-9]{6})?)(?P<utc>Z?)", re.IGNORECASE)
_RHYTHM = re.compile(r"(?:^|;)FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;|$)")
_NEVER = re.compile(
    r"INTERVAL=0*(?:[^0-9]|$)|FREQ=(?:DAILY|WEEKLY)\b.*BY(?:MONTHDAY|YEARDAY|WEEKNO|SETPOS)"
)
"""Rules that nobody writes by hand, and that may be searched for a date for very long."""

_LOOK_AHEAD = timedelta(days=5 * 366)
"""No meeting is further apart; a rule that has no further date is not searched for ever."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as a tool holds it: its first start in local time, its length, its rule."""

    start: datetime
    minutes: int
    timezone: str
    rule: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One date of a meeting, in words: `Monday 7 December 2026`, `10:00 to 10:45`, and `then
    every Monday`, "" where it is held once. `start` is in the time of `timezone`."""

    start: datetime
    day: str
    clock: str
    then: str
    timezone: str

    @property
    def words(self) -> str:
        """Return `Monday 7 December 2026, 10:00 to 10:45; then every Monday`."""
        return f"{self.day}, {self.hours}"

    @property
    def hours(self) -> str:
        """Return `10:00 to 10:45; then every Monday`."""
        return f"{self.clock}; {self.then}" if self.then else self.clock


def meeting_of(values: Mapping[str, Value]) -> Meeting | None:
    """Return the meeting that these values of the hub say, None where they say no start."""
    said, minutes = values.get("start"), values.get("minutes")
    try:
        start = datetime.fromisoformat(str(said)).replace(tzinfo=None) if said else None
    except ValueError:
        start = None
    if start is None:
        return None
    length = minutes if isinstance(minutes, int) and 0 < minutes < 10_000 else 60
    rule = str(values.get("rule") or "")
    return Meeting(start, length, one_line(str(values.get("timezone") or "")), rule)


def next_by_notes(meeting: Meeting, notes: str) -> Occurrence:
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
    return _told(meeting, datetime.combine(next(fits, first), meeting.start.time()))


def next_by_clock(meeting: Meeting, now: datetime) -> Occurrence | None:
    """Return the date that begins at this moment or later, told in the time zone of `now`.

    None where there is no further one, or where nobody can say.
    """
    try:
        own = zone(meeting.timezone) if meeting.timezone else now.tzinfo
        local = now.astimezone(own).replace(tzinfo=None)
        found = _date_from(meeting, local)
        if found is None:
            return None
        there = found.replace(tzinfo=own).astimezone(now.tzinfo)
    except (ValueError, OverflowError):
        return None
    told = _told(meeting, there.replace(tzinfo=None))
    # "Every Tuesday" is wrong for who has Monday night when a Tuesday begins elsewhere.
    then = told.then if there.date() == found.date() else ""
    return replace(told, then=then, timezone=str(now.tzinfo or ""))


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


def _is_date_of(meeting: Meeting, day: date | None) -> bool:
    """Say whether the meeting is on that day; on any at all, where none is given."""
    moment = datetime.combine(day, time.min) if day else meeting.start
    try:
        found = _date_from(meeting, moment)
    except (ValueError, OverflowError):
        return False
    return found is not None and day in (None, found.date())


def _date_from(meeting: Meeting, moment: datetime) -> datetime | None:
    """Return the first date at the moment or later, in the meeting's own local time."""
    if not meeting.rule:
        return meeting.start if meeting.start >= moment else None
    found: datetime | None = _dates(meeting, moment + _LOOK_AHEAD).after(moment, inc=True)
    return found


def _dates(meeting: Meeting, end: datetime) -> "rrule":
    """Return the dates of the meeting up to an end; raise ValueError for no rule of meetings."""
    from dateutil.rrule import rrule, rrulestr

    rule = meeting.rule.upper().removeprefix("RRULE:")
    if not _RHYTHM.search(rule) or _NEVER.search(rule) or len(rule.split()) != 1:
        raise ValueError("This is no rhythm of meetings.")
    last = _UNTIL.search(rule)
    until = min(_local(last, meeting), end) if last else end
    try:
        found = rrulestr(_UNTIL.sub("", rule).strip(";"), dtstart=meeting.start)
    except (TypeError, LookupError, AttributeError) as error:
        raise ValueError("This is no rule.") from error
    assert isinstance(found, rrule)
    return found if "COUNT=" in rule else found.replace(until=until)


def _local(last: re.Match[str], meeting: Meeting) -> datetime:
    """Return the last moment of a series in the meeting's local time; a day lasts to its end."""
    moment = datetime.fromisoformat(last["end"])
    if "T" not in last["end"]:
        return datetime.combine(moment, time.max)
    if not last["utc"]:
        return moment
    own = zone(meeting.timezone) if meeting.timezone else UTC
    return moment.replace(tzinfo=UTC).astimezone(own).replace(tzinfo=None)


def _told(meeting: Meeting, start: datetime) -> Occurrence:
    end = start + timedelta(minutes=meeting.minutes)
    clock = f"{start:%H:%M} to {end:%H:%M}"
    return Occurrence(start, day_in_full(start.date()), clock, _then(meeting), meeting.timezone)


def _then(meeting: Meeting) -> str:
    if not meeting.rule:
        return ""
    own = "then in a rhythm of its own"  # a member may set any rule in a calendar
    if "COUNT=" in meeting.rule.upper():
        return own
    try:
        when = When(meeting.rule, meeting.start.time(), meeting.minutes, meeting.timezone)
        last = _UNTIL.search(meeting.rule)
        until = f" until {day_in_full(_local(last, meeting).date())}" if last else ""
        return f"then {say_rhythm(when)}{until}"
    except (ValueError, OverflowError, LookupError):
        return own
