"""The calendar file: our meetings as events; members' events and unknown properties stay. Pure.

Only an event of ours is rewritten, and of it only the properties that change.
"""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from smarketing.kinds import Value

from .document import Mark, lines_of
from .event import Event, attendee_lines, grouped, properties, times_of, unfolded
from .occurrences import Cancelled, Occurrence, cancelled_in, follow, new_occurrence, occurrence_of
from .zones import zone_text

if TYPE_CHECKING:
    from icalendar import Component

FILE = "Meetings.ics"
_MARK, _NOTES, _STATE, _RULE = (
    "X-SMARKETING", "X-SMARKETING-NOTES", "X-SMARKETING-STATE", "X-SMARKETING-RULE",
)  # fmt: skip
_ONE_OF_A_SERIES = re.compile(r"(?mi)^RECURRENCE-ID[;:]")
_UNMARKED = Mark("", "")
EMPTY = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//smarketing//local//EN\r\nEND:VCALENDAR\r\n"


@dataclass(slots=True)
class Meeting(Event):
    """One event of ours: its properties as they stand in the file."""

    mark: Mark = _UNMARKED
    fields: Mapping[str, Value] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which its dates count; UTC where a calendar names it in its own way."""
        try:
            return _zone(self.fields)
        except ValueError:
            return ZoneInfo("UTC")

    @property
    def archived(self) -> bool:
        """Whether the series was ended."""
        return self.raw(_STATE) == "archived"

    def update(self, fields: Mapping[str, Value]) -> None:
        """Write the fields that differ, and raise the sequence."""
        changed = {name for name, value in fields.items() if self.fields.get(name) != value}
        if not changed:
            return
        self.fields = {**self.fields, **fields}
        if self.archived and "rule" in changed:
            self.put(_RULE, [f"{_RULE}:{fields['rule'] or ''}\r\n"])
            changed.discard("rule")
        fresh = _properties(self.fields)
        for name in changed:
            self._write(name, fresh)
        self._touch()

    def readdress(self, address: str) -> None:
        """Give the meeting another address."""
        self.mark = Mark(self.mark.workspace, address)
        self.put(_MARK, [f"{_MARK}:{self.mark.workspace} {address}\r\n"])

    def end(self, today: date) -> None:
        """End the series after today; what was before stays."""
        rule = str(self.fields.get("rule") or "")
        self.put(_STATE, [f"{_STATE}:archived\r\n"])
        if rule:
            self.put(_RULE, [f"{_RULE}:{rule}\r\n"])
            parts = [p for p in rule.split(";") if not p.upper().startswith(("UNTIL=", "COUNT="))]
            night = datetime.combine(today, time(23, 59, 59), _zone(self.fields))
            until = night.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
            self.put("RRULE", [f"RRULE:{';'.join([*parts, f'UNTIL={until}'])}\r\n"])
        self._touch()

    def resume(self) -> None:
        """Let an ended series go on."""
        self.put(_STATE, [])
        self.put(_RULE, [])
        self.put("RRULE", _properties(self.fields).get("RRULE", []))
        self._touch()

    def refresh(self) -> None:
        """Read the fields from the properties as they stand; raise ValueError if they are broken."""
        self.fields = _fields(self.parsed(), self)

    def _write(self, name: str, fresh: Mapping[str, list[str]]) -> None:
        if name == "attendees":
            self.put_attendees(fresh.get("ATTENDEE", []))
            return
        for prop in _WRITES[name]:
            self.put(prop, fresh.get(prop, []))
        if name in ("start", "timezone", "minutes"):
            self.put("DTEND", [])
            self.put("DURATION", fresh.get("DURATION", []))

    def _touch(self) -> None:
        self.raise_sequence()
        self.refresh()


_WRITES = {
    "title": ("SUMMARY",),
    "description": ("DESCRIPTION",),
    "notes": ("DESCRIPTION", _NOTES),
    "start": ("DTSTART", "DTSTAMP"),
    "timezone": ("DTSTART", "DTSTAMP"),
    "minutes": ("DURATION",),
    "rule": ("RRULE",),
}


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
        lines += [line for group in _properties(fields).values() for line in group]
        lines += ["SEQUENCE:0\r\n", f"{_MARK}:{mark.workspace} {mark.address}\r\n"]
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
            chunks += ["".join(around[:begun]), _meeting(event) or event]
            around, begun = [], -1
    return _with_occurrences([*chunks, "".join(around)])


def _with_occurrences(chunks: list[Chunk]) -> Calendar:
    """Take for occurrences the events that have the UID of a meeting, whoever wrote them."""
    zones = {each.uid: each.zone for each in chunks if isinstance(each, Meeting)}
    return Calendar([_occurrence(each, zones) or each for each in chunks])


def _occurrence(chunk: Chunk, zones: Mapping[str, ZoneInfo]) -> Occurrence | None:
    if not isinstance(chunk, str) or not _ONE_OF_A_SERIES.search(chunk):
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


def _meeting(raw: str) -> Meeting | None:
    if _MARK not in raw or _ONE_OF_A_SERIES.search(raw):
        return None
    meeting = Meeting(properties(raw))
    workspace, _, address = meeting.raw(_MARK).partition(" ")
    if not address:
        return None
    meeting.mark = Mark(workspace, address.strip())
    meeting.refresh()
    return meeting


def _fields(event: "Component", meeting: Meeting) -> dict[str, Value]:
    # The library leaves a name that it does not know escaped.
    notes = re.sub(r"\\([;,\\])", r"\1", str(event.get(_NOTES) or ""))
    text = str(event.get("description") or "")
    rule = str(event.get(_RULE) or "") if meeting.archived else meeting.raw("RRULE")
    return {
        "title": str(event.get("summary") or ""),
        "description": _without_notes(text, notes) if notes else text,
        **times_of(event),
        "rule": rule or None,
        "attendees": meeting.attendees(),
        "notes": notes or None,
    }


def _properties(fields: Mapping[str, Value]) -> dict[str, list[str]]:
    """Return the property lines, folded, by name."""
    from icalendar import Event as Fresh
    from icalendar import vRecur, vText

    event = Fresh()
    event.add("summary", str(fields.get("title") or ""))
    start = fields.get("start")
    if start:
        when = datetime.fromisoformat(str(start)).replace(tzinfo=_zone(fields))
        event.add("dtstart", when)
        event.add("dtstamp", when.astimezone(UTC))
    if fields.get("minutes") is not None:
        event.add("duration", timedelta(minutes=int(str(fields["minutes"]))))
    if fields.get("rule"):
        event.add("rrule", vRecur.from_ical(str(fields["rule"])))
    notes = str(fields.get("notes") or "")
    text = str(fields.get("description") or "")
    text = f"{text}{_notes_line(notes)}".lstrip("\n") if notes else text
    if text:
        event.add("description", text)
    if notes:
        event.add(_NOTES, vText(notes))
    attendees = attendee_lines(fields.get("attendees"))
    invited = {"ATTENDEE": attendees} if attendees else {}
    return grouped(event.to_ical().decode("utf-8")) | invited


def _notes_line(notes: str) -> str:
    return f"\n\nNotes: {notes}"


def _without_notes(text: str, notes: str) -> str:
    line = _notes_line(notes)
    return "" if text == line.lstrip("\n") else text.removesuffix(line).rstrip("\n")


def _zone(fields: Mapping[str, Value]) -> ZoneInfo:
    name = str(fields.get("timezone") or "UTC")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(f"there is no time zone {name}") from error
