"""The calendar file: our meetings as events; members' events and unknown properties stay. Pure.

Only an event of ours is rewritten, and of it only the properties that change.
"""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from smarketing.kinds import Value

from ..document import Mark, lines_of
from .event import Event, properties, unfolded
from .meeting import MARK, ONE_OF_A_SERIES, Meeting, meeting_in, properties_of
from .occurrences import Cancelled, Occurrence, cancelled_in, follow, new_occurrence, occurrence_of
from .zones import zone_text

FILE = "Meetings.ics"
EMPTY = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//smarketing//local//EN\r\nEND:VCALENDAR\r\n"


Chunk = str | Meeting | Occurrence


@dataclass(slots=True)
class Calendar:
    """A calendar file: our meetings, and all that stands around them."""

    chunks: list[Chunk]

    @property
    def meetings(self) -> list[Meeting]:
        """Our meetings."""
        return [chunk for chunk in self.chunks if isinstance(chunk, Meeting)]

    def altered(self, series: Meeting) -> list[Occurrence | Cancelled]:
        """Return the occurrences of a meeting that differ from the series, one for each date."""
        found: dict[date, Occurrence | Cancelled] = {}
        for each in reversed(self._occurrences(series)):
            found[each.date] = each
        for day in cancelled_in(series, series.zone):
            found[day] = Cancelled(day)
        return [found[day] for day in sorted(found)]

    def _occurrences(self, series: Meeting) -> list[Occurrence]:
        uid = series.uid
        return [each for each in self.chunks if isinstance(each, Occurrence) and each.uid == uid]

    def update(self, series: Meeting, fields: Mapping[str, Value]) -> None:
        """Write the fields of a meeting that differ; what members made of single ones stays."""
        old, cancelled = Event(series.lines), cancelled_in(series, series.zone)
        own = self._occurrences(series)
        series.update(fields)
        follow(old, series, cancelled, own)

    def invite(self, series: Meeting, day: date, people: Value) -> Occurrence:
        """Add an event for one occurrence of a meeting, with those who come to it."""
        made = new_occurrence(series, day, series.fields["minutes"], people)
        self.chunks.insert(self.chunks.index(series) + 1, made)
        return made

    def text(self) -> str:
        """Return the whole file."""
        return "".join(
            chunk if isinstance(chunk, str) else "".join(chunk.lines) for chunk in self.chunks
        )

    def add(self, mark: Mark, fields: Mapping[str, Value]) -> Meeting:
        """Add a meeting at the end."""
        lines = ["BEGIN:VEVENT\r\n", f"UID:{uid_of(mark)}\r\n"]
        lines += [line for group in properties_of(fields).values() for line in group]
        lines += ["SEQUENCE:0\r\n", f"{MARK}:{mark.workspace} {mark.address}\r\n"]
        meeting = Meeting([*lines, "END:VEVENT\r\n"], mark)
        meeting.refresh()
        self._insert(meeting)
        return meeting

    def complete_zones(self) -> None:
        """Add the rules of each time zone that our meetings name and the file lacks."""
        have = set(re.findall(r"(?m)^TZID:([^\r\n]+)", unfolded(self.text())))
        for meeting in self.meetings:
            zone = str(meeting.fields.get("timezone") or "")
            if zone and meeting.fields.get("start") and zone != "UTC" and zone not in have:
                have.add(zone)
                rules = zone_text(zone, int(str(meeting.fields["start"])[:4]))
                first = next(i for i, c in enumerate(self.chunks) if isinstance(c, Meeting))
                self.chunks.insert(first, rules)

    def _insert(self, meeting: Meeting) -> None:
        for index in range(len(self.chunks) - 1, -1, -1):
            chunk = self.chunks[index]
            at = chunk.upper().rfind("END:VCALENDAR") if isinstance(chunk, str) else -1
            if isinstance(chunk, str) and at >= 0:
                self.chunks[index : index + 1] = [chunk[:at], meeting, chunk[at:]]
                return
        raise ValueError("there is no END:VCALENDAR")


def parse_calendar(text: str) -> Calendar:
    """Return the calendar in this file; raise ValueError where an event of ours is broken."""
    chunks: list[Chunk] = []
    around: list[str] = []
    begun = -1
    for line in lines_of(text or EMPTY):
        word = line.strip().upper()
        around.append(line)
        if word == "BEGIN:VEVENT":
            begun = len(around) - 1
        elif word == "END:VEVENT" and begun >= 0:
            event = "".join(around[begun:])
            chunks += ["".join(around[:begun]), meeting_in(event) or event]
            around, begun = [], -1
    return _with_occurrences([*chunks, "".join(around)])


def _with_occurrences(chunks: list[Chunk]) -> Calendar:
    """Take for occurrences the events that have the UID of a meeting, whoever wrote them."""
    zones = {each.uid: each.zone for each in chunks if isinstance(each, Meeting)}
    return Calendar([_occurrence(each, zones) or each for each in chunks])


def _occurrence(chunk: Chunk, zones: Mapping[str, ZoneInfo]) -> Occurrence | None:
    if not isinstance(chunk, str) or not ONE_OF_A_SERIES.search(chunk):
        return None
    lines = properties(chunk)
    zone = zones.get(Event(lines).uid)
    if zone is None or "BEGIN:VEVENT" not in lines[0].upper():
        return None
    try:
        return occurrence_of(lines, zone)
    except ValueError:
        return None  # a member's own, broken: it is left as it is


def uid_of(mark: Mark) -> str:
    """Return the identifier of a meeting, the same in every run."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"smarketing:{mark.workspace}/{mark.address}"))
