"""Starts, ends and repetitions of events."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from ..errors import Said, invalid

MOST = 730
"""Occurrences of a series without an end that are ever listed."""

_LINE = re.compile(r"(RRULE|EXRULE|RDATE|EXDATE)([;:].+)")


@dataclass(frozen=True, slots=True)
class Moment:
    """A start or an end: a day, or a time in a zone. `at` without a zone is a day."""

    at: datetime
    zone: str = ""

    @property
    def is_day(self) -> bool:
        """Say whether it is a whole day."""
        return self.at.tzinfo is None

    def compared(self) -> datetime:
        """Return it so that it can be compared with any other."""
        return self.at.replace(tzinfo=UTC) if self.is_day else self.at.astimezone(UTC)

    def json(self, shown_in: tzinfo) -> dict[str, str]:
        """Return it as Calendar writes it, in the zone of the calendar."""
        if self.is_day:
            return {"date": self.at.date().isoformat()}
        text = self.at.astimezone(shown_in).isoformat().replace("+00:00", "Z")
        return {"dateTime": text} | ({"timeZone": self.zone} if self.zone else {})

    def key(self) -> str:
        """Return the end of the id of an occurrence that starts then."""
        if self.is_day:
            return self.at.strftime("%Y%m%d")
        return self.at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def zone(name: str) -> ZoneInfo:
    """Return a time zone; raise 400 for one that there is not."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        raise invalid("Invalid time zone definition.", "timeZone") from None


def moment(said: Any, name: str) -> Moment:
    """Return a start or an end as it was written; raise 400 for a wrong one."""
    if not isinstance(said, Mapping) or not (said.get("date") or said.get("dateTime")):
        raise Said(400, "required", f"Missing {name} time.", location=name)
    if said.get("date") and said.get("dateTime"):
        raise invalid("Invalid start time.", name)
    try:
        if said.get("date"):
            return Moment(datetime.combine(date.fromisoformat(said["date"]), datetime.min.time()))
        at = datetime.fromisoformat(said["dateTime"])
    except (TypeError, ValueError):
        raise invalid(f"Invalid value for: {name}", name) from None
    named = str(said.get("timeZone") or "")
    if named:
        inside = zone(named)
        return Moment(at.astimezone(inside) if at.tzinfo else at.replace(tzinfo=inside), named)
    if at.tzinfo is None:
        raise invalid(f"Missing time zone definition for {name} time.", name, "required")
    return Moment(at)


def span(data: Mapping[str, Any]) -> tuple[Moment, Moment]:
    """Return start and end of an event; raise 400 where they do not fit together."""
    start, end = (
        moment(data.get("start"), "start"),
        moment(data.get("end"), "end"),
    )
    if start.is_day != end.is_day:
        raise invalid("Start and end times must either both be date or both be dateTime.")
    if end.compared() < start.compared():
        raise invalid("The specified time range is empty.", "timeRange", "timeRangeEmpty")
    return start, end


def check_repetition(lines: Any, start: Moment) -> None:
    """Raise 400 for repetitions that can't be read, or that have no zone to repeat in."""
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise invalid("Invalid recurrence rule.", "recurrence")
    if not start.is_day and not start.zone:
        words = "Missing time zone definition for start time."
        raise Said(400, "required", words, location="start.timeZone")
    for line in lines:
        if not _LINE.fullmatch(line):
            raise invalid("Invalid recurrence rule.", "recurrence")
    try:
        next(_starts(tuple(lines), start.at, start.zone), None)
    except (ValueError, TypeError, KeyError):
        raise invalid("Invalid recurrence rule.", "recurrence") from None


def starts(lines: list[str], start: Moment) -> Iterator[Moment]:
    """Yield the starts of a series, the first of them not before its own start."""
    for at in _listed(tuple(lines), start.at, start.zone):
        yield Moment(at, start.zone)


@lru_cache(maxsize=256)
def _listed(lines: tuple[str, ...], start: datetime, zone_name: str) -> tuple[datetime, ...]:
    return tuple(_starts(lines, start, zone_name))


def _starts(lines: tuple[str, ...], start: datetime, zone_name: str) -> Iterator[datetime]:
    # RDATE and EXDATE of whole days carry VALUE=DATE, which dateutil does not read.
    text = "\n".join(line.replace(";VALUE=DATE:", ":") for line in lines)
    rule = rrulestr(text, dtstart=start, forceset=True, tzids=ZoneInfo)
    for count, at in enumerate(rule):
        if count == MOST:
            return
        yield at


def later(moment_: Moment, by: timedelta) -> Moment:
    """Return the moment that is so much later by the clock on the wall."""
    return Moment(moment_.at + by, moment_.zone)
