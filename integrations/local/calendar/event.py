"""One event of a calendar file, as the property lines that stand in it. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parseaddr
from typing import TYPE_CHECKING

from smarketing.kinds import Value

if TYPE_CHECKING:
    from icalendar import Component

_PROPERTY = re.compile(r"[^\n]*(?:\n[ \t][^\n]*)*\n?")


@dataclass(slots=True)
class Event:
    """The properties of an event, each folded as it stands in the file."""

    lines: list[str]

    @property
    def uid(self) -> str:
        """The identifier that calendars know it by."""
        return self.raw("UID")

    def all(self, name: str) -> list[str]:
        """Return the lines of all properties of this name."""
        return [line for line in self.lines if name_of(line) == name]

    def raw(self, name: str) -> str:
        """Return the value of the first such property as it is written, "" for none."""
        lines = self.all(name)
        return unfolded(lines[0]).partition(":")[2].strip() if lines else ""

    def put(self, name: str, new: list[str]) -> None:
        """Let these lines stand where the properties of this name stood, else at the end."""
        at = next((i for i, line in enumerate(self.lines) if name_of(line) == name), None)
        at = len(self.lines) - 1 if at is None else at
        kept = [(i, line) for i, line in enumerate(self.lines) if name_of(line) != name]
        before = [line for i, line in kept if i < at]
        self.lines = before + new + [line for i, line in kept if i >= at]

    def put_attendees(self, fresh: list[str]) -> None:
        """Invite whom these lines name; who is invited already keeps their line and answer."""
        kept = {person_of(line): line for line in self.all("ATTENDEE")}
        self.put("ATTENDEE", [kept.get(person_of(line), line) for line in fresh])

    def raise_sequence(self) -> None:
        """Let calendars know that this is newer than what they have."""
        number = self.raw("SEQUENCE")
        sequence = int(number) + 1 if number.isdigit() else 1
        self.put("SEQUENCE", [f"SEQUENCE:{sequence}\r\n"])

    def attendees(self) -> frozenset[str]:
        """Return whom it invites."""
        return frozenset(person_of(line) for line in self.all("ATTENDEE"))

    def parsed(self) -> "Component":
        """Return the event as the library reads it; raise ValueError if it is broken."""
        from icalendar import Event as Parsed

        return Parsed.from_ical("".join(self.lines))


def properties(raw: str) -> list[str]:
    """Return the properties of an event, each with the lines it is folded into."""
    return [line for line in _PROPERTY.findall(raw) if line]


def grouped(text: str) -> dict[str, list[str]]:
    """Return the property lines by name."""
    groups: dict[str, list[str]] = {}
    for line in _PROPERTY.findall(text):
        name = name_of(line)
        if name and name not in ("BEGIN", "END"):
            groups.setdefault(name, []).append(line)
    return groups


def name_of(line: str) -> str:
    """Return the name of the property on this line."""
    return re.split(r"[;:]", line, maxsplit=1)[0].strip().upper()


def unfolded(text: str) -> str:
    """Return the text with each property on one line."""
    return re.sub(r"\r?\n[ \t]", "", text)


def times_of(event: "Component") -> dict[str, Value]:
    """Return start, length and time zone; raise ValueError for a start that is no date."""
    start = event.decoded("dtstart", None)
    if start is not None and not isinstance(start, date):
        raise ValueError(f"the start of a meeting is no date: {start}")
    return {
        "start": start.strftime("%Y-%m-%dT%H:%M") if start else None,
        "minutes": _minutes(event, start),
        "timezone": _timezone(event, start),
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


def person_of(line: str) -> str:
    """Return whom an attendee's line names: `Ana Silva <ana@acme.example>`."""
    from icalendar import Event as Parsed

    event = Parsed.from_ical(f"BEGIN:VEVENT\r\n{line.rstrip()}\r\nEND:VEVENT\r\n")
    person = event["attendee"]
    name = str(person.params.get("CN", ""))
    if str(person).lower().startswith("urn:person:"):
        return str(person)[len("urn:person:") :]
    mail = re.sub(r"(?i)^mailto:", "", str(person))
    return f"{name} <{mail}>" if name and name != mail else mail


def attendee_lines(people: Value) -> list[str]:
    """Return a line for each who is invited."""
    from icalendar import Event as Fresh
    from icalendar import vCalAddress

    event = Fresh()
    for person in sorted(people) if isinstance(people, frozenset) else ():
        name, mail = parseaddr(person)
        address = vCalAddress(f"mailto:{mail}" if "@" in mail else f"urn:person:{person}")
        address.params["CN"] = name or mail
        event.add("attendee", address)
    return grouped(event.to_ical().decode("utf-8")).get("ATTENDEE", [])
