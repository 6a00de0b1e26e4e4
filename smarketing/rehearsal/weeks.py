"""What the records of a rehearsal say of a week: its meetings, cards due, messages. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import PurePosixPath

from smarketing.calendar.occurrences import Occurrence, aware, occurrences, series_of
from smarketing.contract import Change
from smarketing.meetings.altered import altered_in
from smarketing.meetings.inviting import GUEST, guests_in
from smarketing.minutes.minutes import section_of
from smarketing.rehearsal.shown import Due, Met, Told, Week
from smarketing.resolve.desired import Desired
from smarketing.state.record import Record

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Weeks:
    """The weeks of a rehearsal, read from what its runs left behind."""

    desired: Desired
    timezone: str
    records: Mapping[str, Record]
    told: tuple[Told, ...]

    def week(self, monday: date) -> Week:
        """Return what the week from a Monday on brought."""
        sunday = monday + timedelta(days=6)
        return Week(
            monday,
            tuple(self._met(monday)),
            tuple(each for each in self._due() if monday <= each.day <= sunday),
            tuple(each for each in self.told if monday <= each.day <= sunday),
        )

    def late(self, day: date) -> int:
        """Return how many cards were due before a day."""
        return sum(each.day < day for each in self._due())

    def notes(self) -> list[str]:
        """Return the titles of the notes in which agendas stand."""
        documents = [frame.document for frame in self.desired.agendas.values()]
        return [_title(self.records[each]) for each in documents if each in self.records]

    def _met(self, monday: date) -> list[Met]:
        since = aware(datetime.combine(monday, time()), self.timezone)
        until = aware(datetime.combine(monday + _WEEK, time()), self.timezone)
        found: list[Met] = []
        for address, record in self.records.items():
            series = series_of(record.hub) if record.kind == "meeting" else None
            if series and record.stands:
                there = occurrences(series, since, until, altered_in(self.records, address))
                found += [self._one(record, one) for one in there if one.start >= since]
        return sorted(found, key=lambda met: (met.start, met.title))

    def _one(self, record: Record, one: Occurrence) -> Met:
        day, frame = one.start.date(), self.desired.agendas.get(record.address)
        notes = self.records.get(frame.document) if frame else None
        is_there = notes and section_of(str(notes.hub.get("body") or ""), {one.date, day})
        hosting = self.desired.guests.get(record.address)
        guests = guests_in(self.records, record.address, hosting.rota) if hosting else {}
        return Met(
            _title(record),
            one.start,
            _title(notes) if notes and is_there else "",
            _name(guests.get(one.date, "")),
            self.desired.holidays.between(day, day).get(day, ""),
        )

    def _due(self) -> Iterator[Due]:
        for record in self.records.values():
            if record.kind == "card" and record.stands and not record.released:
                try:
                    day = date.fromisoformat(str(record.hub.get("due") or "")[:10])
                except ValueError:
                    continue
                yield Due(_title(record), day, str(record.hub.get("owner") or ""))


def told_by(done: Iterable[Change], day: date) -> Iterator[Told]:
    """Yield the messages that a run wrote, those to guests apart: each guest is told with a meeting."""
    to: dict[str, list[str]] = {}
    for change in done:
        if change.kind == "message" and not change.address.startswith(GUEST):
            people = to.setdefault(str(change.fields.get("subject") or ""), [])
            people.append(_reader(change))
    for subject, people in to.items():
        yield Told(subject, day, tuple(dict.fromkeys(people)))


def _reader(change: Change) -> str:
    """Return the name of the person or channel that a message is for: its page has the name."""
    if to := str(change.fields.get("to") or ""):
        return _name(to)
    return PurePosixPath(str(change.fields.get("channel") or "")).stem


def _title(record: Record) -> str:
    return str(record.hub.get("title") or "")


def _name(mailbox: str) -> str:
    return mailbox.partition("<")[0].strip() or mailbox
