"""Running notes in one run: which section is a place now, and whose agenda is written. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta

from smarketing.address import kind_of
from smarketing.desired import Desired
from smarketing.meetings.agenda import (
    Filling,
    Material,
    Promise,
    agenda,
    promised,
)
from smarketing.meetings.altered import altered_in
from smarketing.meetings.framing import Frame
from smarketing.meetings.inviting import coming_guests, guests_in, mail_of
from smarketing.meetings.material import Holdings, Standing
from smarketing.meetings.minutes import section_of, sections, with_section
from smarketing.meetings.occurrences import (
    Altered,
    Occurrence,
    Series,
    occurrences,
    series_of,
    upcoming,
)
from smarketing.meetings.remembered import Remembered
from smarketing.record import Record
from smarketing.sync.action import Action
from smarketing.sync.page import Page
from smarketing.sync.statuses import Vocabulary
from smarketing.sync.words import Knowing, escaped
from smarketing.when import DAYS, say_date, say_span
from smarketing.wording import joined, one_line

_BACK, _AHEAD = timedelta(days=400), timedelta(days=15)
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Running:
    """What running notes go by: what is asked for, what is remembered of them, and the time."""

    desired: Desired
    now: datetime
    remembered: Mapping[str, Remembered] = field(default_factory=dict)
    standing: Standing = field(default_factory=Standing)

    def pages(
        self,
        documents: Collection[str],
        records: Mapping[str, Record],
        vocabulary: Vocabulary,
        taken: Collection[str],
    ) -> dict[str, Page]:
        """Return the sections of these documents that are places now."""
        found: dict[str, Page] = {}
        for meeting, frame in self.desired.agendas.items():
            if frame.document in documents:
                held = Held.of(self, meeting, frame, records)
                page = held.page(vocabulary, taken) if held else None
                if page is not None:
                    found[frame.document] = page
        return found


@dataclass(frozen=True)
class Held:
    """One meeting whose notes are there: its series, and what members made of it."""

    running: Running
    meeting: str
    frame: Frame
    records: Mapping[str, Record]
    series: Series
    altered: Mapping[date, Altered]

    @classmethod
    def of(
        cls, running: Running, meeting: str, frame: Frame, records: Mapping[str, Record]
    ) -> "Held | None":
        """Return the meeting, None where it or its notes are not there."""
        record, document = records.get(meeting), records.get(frame.document)
        if record is None or document is None or record.released or not record.stands:
            return None
        if (
            not document.stands
            or document.released
            or not isinstance(document.hub.get("body"), str)
        ):
            return None
        try:
            series = series_of(record.hub)
        except ValueError:
            return None
        altered = altered_in(records, meeting)
        return cls(running, meeting, frame, records, series, altered) if series else None

    @property
    def body(self) -> str:
        """The words of the notes."""
        return str(self.records[self.frame.document].hub["body"])

    @property
    def known(self) -> Remembered:
        """What is remembered of the notes."""
        return self.running.remembered.get(self.frame.document, Remembered())

    def newest(self) -> Occurrence | None:
        """Return the newest meeting that has a section in the notes."""
        days = {each.day for each in sections(self.body)}
        now = self.running.now
        try:
            there = occurrences(self.series, now - _BACK, now + _AHEAD, self.altered)
        except ValueError:
            return None  # a rule of a member's own that counts otherwise
        held = [one for one in there if days & {one.date, one.start.date()}]
        return max(held, key=lambda one: one.start, default=None)

    def page(self, vocabulary: Vocabulary, taken: Collection[str]) -> Page | None:
        """Return the section that is a place now, None if there is none."""
        one = self.newest()
        return self._page_of(one, vocabulary, taken) if one else None

    def _page_of(
        self, one: Occurrence, vocabulary: Vocabulary, taken: Collection[str]
    ) -> Page | None:
        section = section_of(self.body, {one.date, one.start.date()})
        if section is None:
            return None
        knowing = Knowing(self.running.desired.people, vocabulary, section.day)
        return Page(
            self.frame.document,
            self.body,
            section.start,
            section.end,
            one.date,
            one.end <= self.running.now,
            knowing,
            self.known.lines if self.known.day == one.date else {},
            frozenset(taken),
        )

    def due(self) -> Occurrence | None:
        """Return the next meeting if its agenda is to be written now."""
        try:
            ahead = upcoming(self.series, self.running.now, 1, self.altered)
        except ValueError:
            return None
        for one in ahead:
            days, filled = {one.date, one.start.date()}, self.known.filled
            if section_of(self.body, days) or (filled and one.date <= filled):
                return None
            first = one.start.date() - timedelta(days=31)
            off = self.running.desired.holidays.between(first, one.start.date())
            since = self.frame.ready.since(one, self.series.timezone, off.keys())
            return one if since <= self.running.now else None
        return None

    def written(
        self,
        one: Occurrence,
        vocabulary: Vocabulary,
        standing: Standing,
        mine: Mapping[str, Action] | None,
    ) -> "Written":
        """Return the notes with the agenda of this meeting on top.

        `mine` are the action items that the notes show, by their addresses there; None where the
        notes are not kept in step with anything: then the minutes before tell what is open.
        """
        before = self.newest()
        page = self._page_of(before, vocabulary, ()) if before else None
        day = one.start.date()
        knowing = Knowing(self.running.desired.people, vocabulary, day)
        shown = page.lines() if page else {}
        carried = {
            address: self.known.carried[address] + 1 if address in self.known.carried else 0
            for address in [*shown, *(mine or {})]
        }
        if mine is None:
            made = {
                a: _of_line(line.words, line.is_ticked, carried[a])
                for a, line in shown.items()
                if not line.words.is_struck
            }
        else:
            made = _of_actions(
                mine, shown.keys() | self.known.lines.keys(), vocabulary, carried, self.records
            )
        holdings = Holdings(self.records, vocabulary, standing)
        since = before.start.date() if before else None
        listed = {p.target for p in made.values()} - {""}
        material = Material(
            since,
            tuple(made.values()),
            [each for each in holdings.wins(since) if each.target not in listed],
            holdings.agreed(since),
            holdings.stuck(),
            [each for each in holdings.late(day) if each.target not in listed],
            holdings.campaigns(day),
            holdings.ideas(page.section if page else ""),
            holdings.numbers(self.known.numbers),
        )
        filling = Filling(knowing, self._said(one))
        body = with_section(self.body, agenda(self.frame.text, filling, material))
        lines = {
            address: promised(each, filling) for address, each in made.items() if not each.is_kept
        }
        kept = {address: carried[address] for address in lines}
        remembered = Remembered(one.date, one.date, lines, kept, holdings.numbers_now())
        document = self.records[self.frame.document]
        hub = {**document.hub, "body": body}
        held = replace(
            self,
            records={**self.records, document.address: replace(document, hub=hub)},
            running=replace(
                self.running, remembered={**self.running.remembered, document.address: remembered}
            ),
        )
        return Written(
            self.frame.document, body, remembered, held._page_of(one, vocabulary, ()), one
        )

    def _said(self, one: Occurrence) -> dict[str, str]:
        """Return what the frame says of the occurrence itself."""
        start = self.series.start.replace(tzinfo=UTC) - 2 * _DAY
        held = occurrences(self.series, start, one.end, self.altered)
        number = len([each for each in held if not each.cancelled and each.start <= one.start]) or 1
        local = self.running.now.astimezone(one.start.tzinfo)
        minutes = int((one.end - one.start).total_seconds() // 60)
        return {
            "date": say_date(one.start.date()),
            "time": say_span(one.start, minutes),
            "number": str(number),
            "chair": _named(self.frame.chair(number)),
            "notes": _named(self.frame.notes(number)),
            "guest": self._guest(one),
            "also": "".join(f" · {each}" for each in self._also(one)),
            "filled": f"{DAYS[local.weekday()][:3]} {local:%H:%M}",
        }

    def _also(self, one: Occurrence) -> list[str]:
        """Return who is away, whether it is a holiday, and who is a guest elsewhere this week."""
        day = one.start.date()
        found = []
        if away := self.frame.away_on(day):
            found.append(f"away: {joined([escaped(name) for name in away])}")
        if name := self.running.desired.holidays.between(day, day).get(day):
            found.append(f"this is {escaped(name)}: *do you meet at all?*")
        if one.moved:
            found.append(f"moved from {say_date(one.date)}")
        for meeting in self.running.desired.guests:
            if meeting != self.meeting:
                found += self._guests_of(meeting, one)
        return found

    def _guests_of(self, meeting: str, one: Occurrence) -> list[str]:
        record = self.records.get(meeting)
        title = one_line(str(record.hub.get("title") or "")) if record else ""
        return [
            f"{DAYS[each.start.weekday()]}'s “{title}”: {_person(who)} is the guest"
            for each, who in self._coming(meeting)
            if one.start.date() <= each.start.date() < one.start.date() + 7 * _DAY
        ]

    def _guest(self, one: Occurrence) -> str:
        for each, who in self._coming(self.meeting):
            if each.date == one.date:
                return _person(who)
        hosting = self.running.desired.guests.get(self.meeting)
        if hosting is None:
            return "nobody this time"
        there = guests_in(self.records, self.meeting, hosting.rota)
        return _person(there[one.date]) if one.date in there else "nobody this time"

    def _coming(self, meeting: str) -> list[tuple[Occurrence, str]]:
        desired, record = self.running.desired, self.records.get(meeting)
        hosting = desired.guests.get(meeting)
        if hosting is None or record is None or not record.stands or record.released:
            return []
        return coming_guests(desired, self.records, record, hosting, self.running.now)


@dataclass(frozen=True, slots=True)
class Written:
    """Notes with a new agenda: the whole body, what is remembered of it, and its page."""

    document: str
    body: str
    remembered: Remembered
    page: Page | None
    one: Occurrence


def _of_line(words: object, is_ticked: bool, carried: int) -> Promise:
    from smarketing.sync.words import Words

    assert isinstance(words, Words)
    due = date.fromisoformat(words.due) if words.due else None
    return Promise(
        words.title, words.owner or "", due, words.status, is_ticked, words.target, carried
    )


def _of_actions(
    mine: Mapping[str, Action],
    shown: Collection[str],
    vocabulary: Vocabulary,
    carried: Mapping[str, int],
    records: Mapping[str, Record],
) -> dict[str, Promise]:
    """Return the promises: what is open, and of what is done that which last time's notes show."""
    found: dict[str, Promise] = {}
    for address, action in mine.items():
        status = str(action.hub.get("status") or "")
        is_kept = vocabulary.is_ticked(status)
        if is_kept and address not in shown:
            continue
        due = action.hub.get("due")
        found[address] = Promise(
            action.title,
            str(action.hub.get("owner") or ""),
            date.fromisoformat(str(due)) if due else None,
            vocabulary.word_of(status),
            is_kept,
            next((at for at in action.at.values() if kind_of(at) == "card" and at in records), ""),
            carried.get(address, 0),
        )
    return found


def _named(name: str) -> str:
    return name if name.startswith("[") else escaped(name)


def _person(mailbox: str) -> str:
    return escaped(mailbox.partition("<")[0].strip() or mail_of(mailbox))
