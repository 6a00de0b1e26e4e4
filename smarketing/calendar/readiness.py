"""When the agenda of a meeting is written: `the same day at 8:00`. Pure."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from smarketing.calendar.occurrences import Occurrence, aware
from smarketing.calendar.read import parse_time

_HOURS = re.compile(r"(\d{1,3}) (hours?|days?) before")
_BEFORE = re.compile(
    r"(?:the (?P<kind>working )?day|(?P<days>\d{1,2}) (?P<kinds>working )?days) before at (?P<time>.+)"
)
_SAME = re.compile(r"(?:on )?(?:the same day|the day|the day itself) at (?P<time>.+)")
_INSTEAD = "Write 'the same day at 8:00', 'the working day before at 15:00' or '24 hours before'."
_HOUR = timedelta(hours=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Ready:
    """`hours` before the meeting, or at a `clock` so many `days` before, `working` ones if so."""

    hours: int = 0
    days: int = 0
    working: bool = False
    clock: time | None = None

    def since(self, one: Occurrence, timezone: str, off: Collection[date] = ()) -> datetime:
        """Return from when on the agenda of an occurrence is written; `off` are holidays."""
        if self.clock is None:
            return one.start - timedelta(hours=self.hours)
        day = one.start.date()
        for _ in range(self.days):
            day -= timedelta(days=1)
            while self.working and (day.weekday() >= _SATURDAY or day in off):
                day -= timedelta(days=1)
        return min(aware(datetime.combine(day, self.clock), timezone), one.start)


USUAL = Ready(clock=time(8))
EARLY = Ready(days=1, working=True, clock=time(15))
"""For a meeting that begins before nine: nobody reads its agenda on the way there."""


def usually_since(one: Occurrence, timezone: str, off: Collection[date] = ()) -> datetime:
    """Return from when on an agenda is written where the playbook does not say it."""
    since = USUAL.since(one, timezone, off)
    return since if since <= one.start - _HOUR else EARLY.since(one, timezone, off)


def parse_ready(sentence: str) -> Ready:
    """Return what the sentence says; raise ValueError with what to write instead."""
    words = " ".join(sentence.lower().split()).rstrip(".")
    if found := _HOURS.fullmatch(words):
        number = int(found[1]) * (24 if found[2].startswith("day") else 1)
        if number <= 14 * 24:
            return Ready(hours=number)
    elif found := _SAME.fullmatch(words):
        return Ready(clock=parse_time(found["time"]))
    elif (found := _BEFORE.fullmatch(words)) and 1 <= int(found["days"] or 1) <= 14:
        is_working = bool(found["kind"] or found["kinds"])
        return Ready(0, int(found["days"] or 1), is_working, parse_time(found["time"]))
    raise ValueError(f"'{sentence[:60]}' does not say when the agenda is written. {_INSTEAD}")
