"""One meeting of ours in the calendar file: of its properties only those are rewritten that change. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from smarketing.kinds import Value

from ..document import Mark
from .event import Event, attendee_lines, grouped, properties, times_of

if TYPE_CHECKING:
    from icalendar import Component

MARK, _NOTES, _STATE, _RULE = (
    "X-SMARKETING", "X-SMARKETING-NOTES", "X-SMARKETING-STATE", "X-SMARKETING-RULE",
)  # fmt: skip
ONE_OF_A_SERIES = re.compile(r"(?mi)^RECURRENCE-ID[;:]")
_UNMARKED = Mark("", "")


@dataclass(slots=True)
class Meeting(Event):
    """One event of ours: its properties as they stand in the file."""

    mark: Mark = _UNMARKED
    fields: Mapping[str, Value] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which its dates count; UTC where a calendar names it in its own way."""
        try:
            return zone_of(self.fields)
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
        fresh = properties_of(self.fields)
        for name in changed:
            self._write(name, fresh)
        self._touch()

    def readdress(self, address: str) -> None:
        """Give the meeting another address."""
        self.mark = Mark(self.mark.workspace, address)
        self.put(MARK, [f"{MARK}:{self.mark.workspace} {address}\r\n"])

    def end(self, today: date) -> None:
        """End the series after today; what was before stays."""
        rule = str(self.fields.get("rule") or "")
        self.put(_STATE, [f"{_STATE}:archived\r\n"])
        if rule:
            self.put(_RULE, [f"{_RULE}:{rule}\r\n"])
            parts = [p for p in rule.split(";") if not p.upper().startswith(("UNTIL=", "COUNT="))]
            night = datetime.combine(today, time(23, 59, 59), zone_of(self.fields))
            until = night.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
            self.put("RRULE", [f"RRULE:{';'.join([*parts, f'UNTIL={until}'])}\r\n"])
        self._touch()

    def resume(self) -> None:
        """Let an ended series go on."""
        self.put(_STATE, [])
        self.put(_RULE, [])
        self.put("RRULE", properties_of(self.fields).get("RRULE", []))
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


def meeting_in(raw: str) -> Meeting | None:
    """Return the meeting that an event holds, None if it is not ours."""
    if MARK not in raw or ONE_OF_A_SERIES.search(raw):
        return None
    meeting = Meeting(properties(raw))
    workspace, _, address = meeting.raw(MARK).partition(" ")
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


def properties_of(fields: Mapping[str, Value]) -> dict[str, list[str]]:
    """Return the property lines, folded, by name."""
    from icalendar import Event as Fresh
    from icalendar import vRecur, vText

    event = Fresh()
    event.add("summary", str(fields.get("title") or ""))
    start = fields.get("start")
    if start:
        when = datetime.fromisoformat(str(start)).replace(tzinfo=zone_of(fields))
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


def zone_of(fields: Mapping[str, Value]) -> ZoneInfo:
    """Return the zone of a meeting's fields; raise ValueError for one that there is not."""
    name = str(fields.get("timezone") or "UTC")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(f"there is no time zone {name}") from error
