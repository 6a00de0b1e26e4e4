"""What a member's calendar program does to the calendar file: it reads it and writes it whole."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar

LENGTH = timedelta(minutes=45)


def alter_in_a_calendar(file: Path, title: str, day: str, start: str) -> None:
    """Move one occurrence to a local time, or delete it where `start` is ""."""
    calendar: Any = icalendar.Calendar.from_ical(file.read_bytes())
    events = [each for each in calendar.walk("VEVENT") if each["summary"] == title]
    series = next(each for each in events if "recurrence-id" not in each)
    begins = series["dtstart"].dt
    original = datetime.combine(datetime.fromisoformat(day), begins.timetz())
    own = [e for e in events if "recurrence-id" in e and e["recurrence-id"].dt == original]
    if start:
        moved = own[0] if own else _copy(calendar, series, original)
        _put(moved, datetime.fromisoformat(start).replace(tzinfo=begins.tzinfo))
    else:
        for each in own:
            calendar.subcomponents.remove(each)
        series.add("exdate", original)
    file.write_bytes(calendar.to_ical())


def _copy(calendar: Any, series: Any, original: datetime) -> Any:
    made: Any = icalendar.Event.from_ical(series.to_ical())
    made.pop("rrule")
    made.add("recurrence-id", original)
    calendar.add_component(made)
    return made


def _put(event: Any, start: datetime) -> None:
    for name in ("dtstart", "dtend", "duration"):
        event.pop(name, None)
    event.add("dtstart", start)
    event.add("dtend", start + LENGTH)
