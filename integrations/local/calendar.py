"""The calendar file: our meetings as events; members' events and unknown properties stay. Pure.

Only an event of ours is rewritten, and of it only the properties that change.
"""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parseaddr
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from smarketing.kinds import Value

from .document import Mark, lines_of
from .zones import zone_text

if TYPE_CHECKING:
    from icalendar import Component

FILE = "Meetings.ics"
_PROPERTY = re.compile(r"[^\n]*(?:\n[ \t][^\n]*)*\n?")
_MARK, _NOTES, _STATE, _RULE = (
    "X-SMARKETING", "X-SMARKETING-NOTES", "X-SMARKETING-STATE", "X-SMARKETING-RULE",
)  # fmt: skip
EMPTY = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//smarketing//local//EN\r\nEND:VCALENDAR\r\n"


@dataclass(slots=True)
class Meeting:
    """One event of ours: its properties as they stand in the file."""

    lines: list[str]
    mark: Mark
    fields: Mapping[str, Value] = field(default_factory=dict)

    @property
    def uid(self) -> str:
        """The identifier that calendars know it by."""
        return self._raw("UID")

    @property
    def archived(self) -> bool:
        """Whether the series was ended."""
        return self._raw(_STATE) == "archived"

    def update(self, fields: Mapping[str, Value]) -> None:
        """Write the fields that differ, and raise the sequence."""
        changed = {name for name, value in fields.items() if self.fields.get(name) != value}
        if not changed:
            return
        self.fields = {**self.fields, **fields}
        if self.archived and "rule" in changed:
            self._put(_RULE, [f"{_RULE}:{fields['rule'] or ''}\r\n"])
            changed.discard("rule")
        fresh = _properties(self.fields)
        for name in changed:
            self._write(name, fresh)
        self._touch()

    def readdress(self, address: str) -> None:
        """Give the meeting another address."""
        self.mark = Mark(self.mark.workspace, address)
        self._put(_MARK, [f"{_MARK}:{self.mark.workspace} {address}\r\n"])

    def end(self, today: date) -> None:
        """End the series after today; what was before stays."""
        rule = str(self.fields.get("rule") or "")
        self._put(_STATE, [f"{_STATE}:archived\r\n"])
        if rule:
            self._put(_RULE, [f"{_RULE}:{rule}\r\n"])
            parts = [p for p in rule.split(";") if not p.upper().startswith(("UNTIL=", "COUNT="))]
            night = datetime.combine(today, time(23, 59, 59), _zone(self.fields))
            until = night.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
            self._put("RRULE", [f"RRULE:{';'.join([*parts, f'UNTIL={until}'])}\r\n"])
        self._touch()

    def resume(self) -> None:
        """Let an ended series go on."""
        self._put(_STATE, [])
        self._put(_RULE, [])
        self._put("RRULE", _properties(self.fields).get("RRULE", []))
        self._touch()

    def refresh(self) -> None:
        """Read the fields from the properties as they stand; raise ValueError if they are broken."""
        from icalendar import Event

        self.fields = _fields(Event.from_ical("".join(self.lines)), self)

    def _write(self, name: str, fresh: Mapping[str, list[str]]) -> None:
        if name == "attendees":
            kept = {_person_of(line): line for line in self._all("ATTENDEE")}
            lines = [kept.get(_person_of(line), line) for line in fresh.get("ATTENDEE", [])]
            self._put("ATTENDEE", lines)
            return
        for prop in _WRITES[name]:
            self._put(prop, fresh.get(prop, []))
        if name in ("start", "timezone", "minutes"):
            self._put("DTEND", [])
            self._put("DURATION", fresh.get("DURATION", []))

    def _touch(self) -> None:
        number = self._raw("SEQUENCE")
        sequence = int(number) + 1 if number.isdigit() else 1
        self._put("SEQUENCE", [f"SEQUENCE:{sequence}\r\n"])
        self.refresh()

    def _all(self, name: str) -> list[str]:
        return [line for line in self.lines if _name_of(line) == name]

    def _raw(self, name: str) -> str:
        lines = self._all(name)
        return _unfolded(lines[0]).partition(":")[2].strip() if lines else ""

    def _put(self, name: str, new: list[str]) -> None:
        at = next((i for i, line in enumerate(self.lines) if _name_of(line) == name), None)
        at = len(self.lines) - 1 if at is None else at
        kept = [(i, line) for i, line in enumerate(self.lines) if _name_of(line) != name]
        before = [line for i, line in kept if i < at]
        self.lines = before + new + [line for i, line in kept if i >= at]


_WRITES = {
    "title": ("SUMMARY",),
    "description": ("DESCRIPTION",),
    "notes": ("DESCRIPTION", _NOTES),
    "start": ("DTSTART", "DTSTAMP"),
    "timezone": ("DTSTART", "DTSTAMP"),
    "minutes": ("DURATION",),
    "rule": ("RRULE",),
}


@dataclass(slots=True)
class Calendar:
    """A calendar file: our meetings, and all that stands around them."""

    chunks: list[str | Meeting]

    @property
    def meetings(self) -> list[Meeting]:
        """Our meetings."""
        return [chunk for chunk in self.chunks if isinstance(chunk, Meeting)]

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
        have = set(re.findall(r"(?m)^TZID:([^\r\n]+)", _unfolded(self.text())))
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
    chunks: list[str | Meeting] = []
    around: list[str] = []
    begun = -1
    for line in lines_of(text or EMPTY):
        word = line.strip().upper()
        around.append(line)
        if word == "BEGIN:VEVENT":
            begun = len(around) - 1
        elif word == "END:VEVENT" and begun >= 0:
            meeting = _meeting("".join(around[begun:]))
            if meeting:
                chunks += ["".join(around[:begun]), meeting]
                around = []
            begun = -1
    return Calendar([*chunks, "".join(around)])


def uid_of(mark: Mark) -> str:
    """Return the identifier of a meeting, the same in every run."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"smarketing:{mark.workspace}/{mark.address}"))


def _meeting(raw: str) -> Meeting | None:
    if _MARK not in raw or re.search(r"(?m)^RECURRENCE-ID", raw):
        return None
    lines = [line for line in _PROPERTY.findall(raw) if line]
    meeting = Meeting(lines, Mark("", ""))
    workspace, _, address = meeting._raw(_MARK).partition(" ")
    if not address:
        return None
    meeting.mark = Mark(workspace, address.strip())
    meeting.refresh()
    return meeting


def _fields(event: "Component", meeting: Meeting) -> dict[str, Value]:
    start = event.decoded("dtstart", None)
    if start is not None and not isinstance(start, date):
        raise ValueError(f"the start of a meeting is no date: {start}")
    # The library leaves a name that it does not know escaped.
    notes = re.sub(r"\\([;,\\])", r"\1", str(event.get(_NOTES) or ""))
    text = str(event.get("description") or "")
    rule = str(event.get(_RULE) or "") if meeting.archived else meeting._raw("RRULE")
    return {
        "title": str(event.get("summary") or ""),
        "description": _without_notes(text, notes) if notes else text,
        "start": start.strftime("%Y-%m-%dT%H:%M") if start else None,
        "minutes": _minutes(event, start),
        "timezone": _timezone(event, start),
        "rule": rule or None,
        "attendees": frozenset(_person_of(line) for line in meeting._all("ATTENDEE")),
        "notes": notes or None,
    }


def _minutes(event: "Component", start: date | None) -> int | None:
    length = event.decoded("duration", None)
    end = event.decoded("dtend", None)
    if length is None and start and end:
        length = end - start
    return int(length.total_seconds() // 60) if length is not None else None


def _timezone(event: "Component", start: date | None) -> str | None:
    if not isinstance(start, datetime):
        return None
    named = event["dtstart"].params.get("TZID")
    return str(named) if named else "UTC" if start.tzinfo else None


def _properties(fields: Mapping[str, Value]) -> dict[str, list[str]]:
    """Return the property lines, folded, by name."""
    from icalendar import Event, vCalAddress, vRecur, vText

    event = Event()
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
    people = fields.get("attendees")
    for person in sorted(people) if isinstance(people, frozenset) else ():
        name, mail = parseaddr(person)
        address = vCalAddress(f"mailto:{mail}" if "@" in mail else f"urn:person:{person}")
        address.params["CN"] = name or mail
        event.add("attendee", address)
    return _grouped(event.to_ical().decode("utf-8"))


def _grouped(text: str) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for line in _PROPERTY.findall(text):
        name = _name_of(line)
        if name and name not in ("BEGIN", "END"):
            groups.setdefault(name, []).append(line)
    return groups


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


def _person_of(line: str) -> str:
    from icalendar import Event

    event = Event.from_ical(f"BEGIN:VEVENT\r\n{line.rstrip()}\r\nEND:VEVENT\r\n")
    person = event["attendee"]
    name = str(person.params.get("CN", ""))
    if str(person).lower().startswith("urn:person:"):
        return str(person)[len("urn:person:") :]
    mail = re.sub(r"(?i)^mailto:", "", str(person))
    return f"{name} <{mail}>" if name and name != mail else mail


def _name_of(line: str) -> str:
    return re.split(r"[;:]", line, maxsplit=1)[0].strip().upper()


def _unfolded(text: str) -> str:
    return re.sub(r"\r?\n[ \t]", "", text)
