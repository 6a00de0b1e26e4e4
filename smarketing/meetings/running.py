"""Running notes in one run: which section is a place now, and whose agenda is written. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from smarketing.address import container_of
from smarketing.calendar.framing import Frame
from smarketing.calendar.occurrences import (
    Altered,
    Occurrence,
    Series,
    occurrences,
    series_of,
    upcoming,
)
from smarketing.calendar.readiness import usually_since
from smarketing.meetings.altered import altered_in
from smarketing.meetings.remembered import Remembered
from smarketing.meetings.standing import Standing
from smarketing.minutes.freezing import frozen
from smarketing.minutes.minutes import section_of, sections
from smarketing.minutes.page import Page
from smarketing.minutes.rewording import composed
from smarketing.minutes.words import Knowing
from smarketing.resolve.desired import Desired
from smarketing.state.action import Action, leads_to
from smarketing.state.record import PLAYBOOK, Record
from smarketing.sync.statuses import Vocabulary

NONE_OPEN: Mapping[str, Action] = {}
_BACK, _AHEAD = timedelta(days=400), timedelta(days=15)


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
        open_: Mapping[str, Action],
    ) -> dict[str, Page]:
        """Return the sections of these documents that are places now.

        Nothing new may have one of the addresses `taken`; `open_` is the open work of lines.
        """
        found: dict[str, Page] = {}
        for meeting, frame in self.desired.agendas.items():
            if frame.document in documents:
                held = Held.of(self, meeting, frame, records)
                one = held.place_now() if held else None
                page = held.page(one, vocabulary, taken, open_) if held and one else None
                if page is not None:
                    found[frame.document] = page
        return found

    def with_past(self, records: Mapping[str, Record]) -> dict[str, Record]:
        """Return the records with past minutes as members left them."""
        now = dict(records)
        for meeting, frame in self.desired.agendas.items():
            if held := Held.of(self, meeting, frame, now):
                now[frame.document] = frozen(now[frame.document], held.is_over)
        return now


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
    def begun_with(self) -> str:
        """What the notes held when they were made."""
        seen = self.records[self.frame.document].seen.get(PLAYBOOK, {}).get("body")
        return str(seen.value or "") if seen else ""

    @property
    def known(self) -> Remembered:
        """What is remembered of the notes."""
        return self.running.remembered.get(self.frame.document, Remembered())

    def newest(self, until: datetime | None = None) -> Occurrence | None:
        """Return the newest meeting that has a section in the notes, of those that begin by then."""
        days = {each.day for each in sections(self.body)}
        held = [
            one
            for one in self._around(self.running.now)
            if days & {one.date, one.start.date()} and (until is None or one.start <= until)
        ]
        return max(held, key=lambda one: one.start, default=None)

    def place_now(self) -> Occurrence | None:
        """Return the meeting whose section is a place now: never one before that which was last."""
        one, last = self.newest(), self.known.day
        return None if one and last and one.date < last else one

    def _around(self, now: datetime) -> tuple[Occurrence, ...]:
        try:
            return occurrences(self.series, now - _BACK, now + _AHEAD, self.altered)
        except ValueError:
            return ()  # a rule of a member's own that counts otherwise

    def page(
        self,
        one: Occurrence,
        vocabulary: Vocabulary,
        taken: Collection[str] = (),
        open_: Mapping[str, Action] = NONE_OPEN,
    ) -> Page | None:
        """Return the section of a meeting as a place, None if there is none."""
        section = section_of(self.body, {one.date, one.start.date()})
        if section is None:
            return None
        desired = self.running.desired
        # A line goes on naming who has left, until their work has another owner.
        people = {**desired.roster.left, **desired.people}
        knowing = Knowing(people, vocabulary, section.day, desired.names)
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
            self.known.left if self.known.day == one.date else {},
            self._said_elsewhere(one, open_, knowing),
        )

    def _said_elsewhere(
        self, one: Occurrence, open_: Mapping[str, Action], knowing: Knowing
    ) -> tuple[tuple[str, str], ...]:
        """Return the lines that another computer may have written of open work, if it wrote this.

        It may have known of another title than we do: of that which the card has by now.
        """
        if self.known.day is None or self.known.day >= one.date:
            return ()
        return tuple(
            (at, composed({**said, "title": title}, knowing, leads_to(action)))
            for at, action in open_.items()
            if container_of(at) == self.frame.document
            for said in ({name: action.hub.get(name) for name in ("owner", "due")},)
            for title in dict.fromkeys((action.title, self._title_now(action)))
        )

    def _title_now(self, action: Action) -> str:
        card = self.records.get(leads_to(action))
        return str(card.hub.get("title") or "") if card else action.title

    def begun(self) -> date | None:
        """Return the original date of the newest meeting with a section, up to the next one.

        Whoever wrote it, and whatever became of state since: taken away, it is not written again.
        """
        coming = max((one.start for one in self._ahead()), default=self.running.now)
        one = self.newest(until=coming)
        return one.date if one else None

    def _ahead(self) -> tuple[Occurrence, ...]:
        try:
            return upcoming(self.series, self.running.now, 1, self.altered)
        except ValueError:
            return ()  # a rule of a member's own that counts otherwise

    def due(self) -> Occurrence | None:
        """Return the next meeting if its agenda is to be written now."""
        for one in self._ahead():
            days, filled = {one.date, one.start.date()}, self.known.filled
            if section_of(self.body, days) or (filled and one.date <= filled):
                return None
            if section_of(self.begun_with, days):
                return None  # the first one, which a member took away
            return one if self.ready_at(one) <= self.running.now else None
        return None

    def ready_at(self, one: Occurrence) -> datetime:
        """Return from when on the agenda of a meeting is written."""
        day = one.start.date()
        off = self.running.desired.holidays.between(day - timedelta(days=31), day)
        when = self.frame.ready.since if self.frame.ready else usually_since
        return when(one, self.series.timezone, off.keys())

    def is_over(self, day: date) -> bool:
        """Say whether the meeting whose section bears this day has ended."""
        for one in self._around(self.running.now):
            if day in (one.date, one.start.date()):
                return one.end <= self.running.now
        return day < self.running.now.date()
