"""Which meeting comes next, with its true time: moved where members moved it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from smarketing.desired import Desired
from smarketing.meetings.altered import altered_in
from smarketing.meetings.occurrences import Occurrence, series_of, upcoming
from smarketing.record import Record
from smarketing.when import say_date
from smarketing.wording import one_line


@dataclass(frozen=True, slots=True)
class Coming:
    """The next time that a meeting takes place; `holiday` is the name of one that it falls on."""

    title: str
    occurrence: Occurrence
    holiday: str = ""

    @property
    def sentence(self) -> str:
        """Return `Weekly, Wed 16 Dec 2026, 15:00-15:45, moved from Mon 14 Dec 2026`."""
        one = self.occurrence
        said = f"{one_line(self.title)}, {say_date(one.start.date())}, {one.start:%H:%M}-{one.end:%H:%M}"
        if one.moved:
            said += f", moved from {say_date(one.date)}"
        return f"{said}, a holiday ({one_line(self.holiday)})" if self.holiday else said

    def as_data(self) -> dict[str, Any]:
        """Return it as data, with times in ISO 8601."""
        one = self.occurrence
        return {
            "title": self.title,
            "date": one.date.isoformat(),
            "start": one.start.isoformat(),
            "end": one.end.isoformat(),
            "moved": one.moved,
            "holiday": self.holiday,
        }


def next_meeting(desired: Desired, records: Mapping[str, Record], now: datetime) -> Coming | None:
    """Return the meeting that comes next, or is being held."""
    coming: list[Coming] = []
    for address, record in records.items():
        if record.kind != "meeting" or not record.stands or record.released:
            continue
        try:
            series = series_of(record.hub)
            ahead = upcoming(series, now, 1, altered_in(records, address)) if series else ()
        except ValueError:
            continue  # a rule of a member's own that counts otherwise
        for one in ahead:
            day = one.start.date()
            holiday = desired.holidays.between(day, day).get(day, "")
            coming.append(Coming(str(record.hub.get("title") or ""), one, holiday))
    return min(coming, key=lambda each: each.occurrence.start, default=None)
