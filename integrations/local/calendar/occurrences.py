"""Single occurrences of a meeting: moved, cancelled, or with a guest of their own. Pure.

Members' calendars write a cancelled one as an EXDATE of the series or as an event of the same UID
that is CANCELLED, a moved one as an event of the same UID with a RECURRENCE-ID.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from smarketing.kinds import Value

from .event import Event, attendee_lines, name_of, times_of, unfolded

_TIME = re.compile(r"(?P<day>\d{8})(?P<clock>T\d{6}Z?)?\s*\Z")
_NOT_OF_ONE = ("RRULE", "RDATE", "EXRULE", "EXDATE", "RECURRENCE-ID", "DTEND")


@dataclass(slots=True)
class Occurrence(Event):
    """An event that stands for one occurrence of a series. `date` is its original date."""

    date: date = date.min
    fields: Mapping[str, Value] = field(default_factory=dict)

    @property
    def cancelled(self) -> bool:
        """Whether it was called off."""
        return self.raw("STATUS").upper() == "CANCELLED"

    def invite(self, people: Value) -> None:
        """Invite these people, and raise the sequence."""
        self.put_attendees(attendee_lines(people))
        self.raise_sequence()
        self.refresh()

    def refresh(self) -> None:
        """Read the fields from the properties as they stand; raise ValueError if they are broken."""
        event = self.parsed()
        self.fields = {
            "date": self.date.isoformat(),
            **times_of(event),
            "attendees": self.attendees(),
        }

    def follow(self, old: Event, new: Event) -> None:
        """Stay the occurrence of its date when the series gets another time of day.

        Where no member moved it, it goes along.
        """
        if self.raw("DTSTART") == _at(old, self.date):
            self.put("DTSTART", [_line("DTSTART", new, self.date)])
        self.put("RECURRENCE-ID", [_line("RECURRENCE-ID", new, self.date)])
        self.refresh()


@dataclass(frozen=True, slots=True)
class Cancelled:
    """An occurrence that the series itself leaves out."""

    date: date


def occurrence_of(lines: list[str], zone: ZoneInfo) -> Occurrence:
    """Return the event as an occurrence; raise ValueError if it is broken.

    `zone` is that of its series.
    """
    made = Occurrence(lines)
    made.date = _original(made.raw("RECURRENCE-ID"), made.all("RECURRENCE-ID")[0], zone)
    made.refresh()
    return made


def new_occurrence(series: Event, day: date, minutes: Value, people: Value) -> Occurrence:
    """Return the event that stands for the occurrence of this date, just as the series has it."""
    lines = [line for line in series.lines if not _is_of_the_series(line)]
    made = Occurrence(lines, day)
    made.put("DTSTART", [_line("DTSTART", series, day)])
    made.put("RECURRENCE-ID", [_line("RECURRENCE-ID", series, day)])
    if series.all("DTEND"):
        made.put("DURATION", [f"DURATION:PT{minutes}M\r\n"])
    made.put("SEQUENCE", ["SEQUENCE:0\r\n"])
    made.put_attendees(attendee_lines(people))
    made.refresh()
    return made


def cancelled_in(series: Event, zone: ZoneInfo) -> list[date]:
    """Return the dates that the series leaves out."""
    return sorted({day for line in series.all("EXDATE") for day in _dates(line, zone)})


def follow(old: Event, new: Event, cancelled: Iterable[date], own: Iterable[Occurrence]) -> None:
    """Let what members cancelled and moved stay so when the series gets another time of day.

    Calendars know an occurrence by its former start; where no member moved it, it goes along.
    """
    if _line("", old, date.min) == _line("", new, date.min):
        return
    if days := sorted(cancelled):
        values = ",".join(_at(new, day) for day in days)
        new.put("EXDATE", [f"EXDATE{_params(new)}:{values}\r\n"])
    for each in own:
        each.follow(old, new)


def _is_of_the_series(line: str) -> bool:
    name = name_of(line)
    return name in _NOT_OF_ONE or name.startswith("X-SMARKETING")


def _dates(line: str, zone: ZoneInfo) -> Iterator[date]:
    for value in unfolded(line).partition(":")[2].split(","):
        yield _original(value, line, zone)


def _original(value: str, line: str, zone: ZoneInfo) -> date:
    """Return the day that a time falls on in the zone of the series."""
    found = _TIME.search(value)
    if not found:
        raise ValueError(f"'{value.strip()[:40]}' is no time of an occurrence")
    clock = found["clock"] or ""
    day = datetime.strptime(found["day"], "%Y%m%d")
    if not clock.endswith("Z"):
        return day.date()
    moment = datetime.strptime(f"{found['day']}{clock}", "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return moment.astimezone(zone).date()


def _line(name: str, series: Event, day: date) -> str:
    return f"{name}{_params(series)}:{_at(series, day)}\r\n"


def _params(series: Event) -> str:
    starts = series.all("DTSTART")
    return unfolded(starts[0]).partition(":")[0].strip()[len("DTSTART") :] if starts else ""


def _at(series: Event, day: date) -> str:
    """Return this day at the time of day that the series has, as it writes its start."""
    found = _TIME.search(series.raw("DTSTART"))
    clock = found["clock"] or "" if found else ""
    return f"{day:%Y%m%d}{clock}"
