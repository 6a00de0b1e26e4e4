"""Which date of a meeting the page for everybody names: by notes, and by what a sync saw. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from smarketing.calendar.nextmeeting import InWords, date_from, next_by_notes, told
from smarketing.calendar.occurrences import (
    Altered,
    Occurrence,
    Series,
    aware,
    occurrences,
    upcoming,
)
from smarketing.calendar.when import zone
from smarketing.kinds import Value

FIELD = "coming"
"""Under this name the page is told of a meeting what is remembered of it."""

_DAY = timedelta(days=1)
_AROUND = 40 * _DAY


@dataclass(frozen=True, slots=True)
class Coming:
    """The date of a meeting that a sync saw coming, `day` as the rule gives it.

    `start` (in the time of the meeting) and `minutes` are set where members moved it. `is_over`
    says that this was the last one.
    """

    day: date
    start: datetime | None = None
    minutes: int = 0
    is_over: bool = False

    @property
    def latest(self) -> date:
        """The last day on which an agenda in the notes is this one's."""
        return max(self.day, self.start.date()) if self.start else self.day

    def as_value(self) -> str:
        """Return it as `2026-12-14`, or `2026-12-14 2026-12-15T14:00 45`, with `over` behind."""
        moved = [self.start.isoformat(), str(self.minutes)] if self.start else []
        return " ".join([self.day.isoformat(), *moved, *(["over"] if self.is_over else [])])

    @classmethod
    def of(cls, said: Value) -> "Coming | None":
        """Read what `as_value` wrote; None where nothing is remembered."""
        words = said.split() if isinstance(said, str) else []
        if not words:
            return None
        is_over = words[-1] == "over"
        day, *moved = words[:-1] if is_over else words
        if not moved:
            return cls(date.fromisoformat(day), is_over=is_over)
        start, minutes = moved
        return cls(date.fromisoformat(day), datetime.fromisoformat(start), int(minutes), is_over)


@dataclass(frozen=True, slots=True)
class Named:
    """The date that the page names, in words, and how: `First`, `Newest agenda`, `Next`, `Last`.

    Only `Next` says that it comes, and only a sync says so: nobody else knows what day it is.
    """

    how: str
    words: InWords

    @property
    def is_over(self) -> bool:
        """Whether a sync saw that no further one comes."""
        return self.how == "Last"

    @property
    def label(self) -> str:
        """Return `Next meeting`, `First meeting` or `Newest agenda`."""
        return self.how if self.how == "Newest agenda" else f"{self.how} meeting"

    @property
    def sentence(self) -> str:
        """Return `Next: Monday 7 December 2026, 10:00 to 10:45; then every Monday`."""
        if self.is_over:
            return f"Was last on {replace(self.words, then='').words}"
        return f"{self.how}: {self.words.words}" if self.words.then else f"On {self.words.words}"


def named(meeting: Series, notes: str, known: Coming | None) -> Named:
    """Return the date that the page names: that of the newest agenda, or the one remembered."""
    noted = next_by_notes(meeting, notes)
    day = noted.start.date()
    if known and day <= known.latest and (found := _remembered(meeting, known)):
        return Named("Last" if known.is_over else "Next", found)
    return Named("First" if day == meeting.start.date() else "Newest agenda", noted)


def _remembered(meeting: Series, known: Coming) -> InWords | None:
    """Return the date remembered, or the first after it where the meeting has other days now."""
    try:
        start = date_from(meeting, datetime.combine(known.day, datetime.min.time()))
    except (ValueError, OverflowError):
        return None
    if start is None:
        return None
    if start.date() != known.day or known.start is None:
        return replace(told(meeting, start, _length(meeting)), original=start.date())
    found = told(meeting, known.start, timedelta(minutes=known.minutes))
    return replace(found, original=known.day, moved=known.start != start)


def _length(meeting: Series) -> timedelta:
    return timedelta(minutes=meeting.minutes)


def seen_by(
    now: datetime,
    meeting: Series,
    notes: str,
    known: Coming | None,
    altered: Mapping[date, Altered],
) -> Coming | None:
    """Return what a sync remembers at this moment: what it knew, while that still is to come.

    So the page changes once a meeting is over, and where members moved or cancelled it.
    """
    said = named(meeting, notes, known)
    try:
        one = _of(meeting, said.words, altered)
        if one is None and _begins(meeting, said.words) + _length(meeting) > now:
            return known  # a day that members met on, beside the rule
        if one is None or one.cancelled or one.end <= now:
            return _after(meeting, said.words, now, altered) or known
    except (ValueError, OverflowError):
        return known  # a rule of a member's own that counts otherwise
    seen = _coming(meeting, one)
    return known if said.how == "First" and seen.start is None else seen


def _of(meeting: Series, said: InWords, altered: Mapping[date, Altered]) -> Occurrence | None:
    """Return the occurrence that is meant: by its original date, else by the day it is on."""
    begins = _begins(meeting, said)
    there = occurrences(meeting, begins - _AROUND, begins + _AROUND, altered)
    day = said.original or said.start.date()
    same = (one for one in there if one.date == day)
    moved = (one for one in there if not said.original and one.start.date() == day)
    return next(same, None) or next(moved, None)


def _after(
    meeting: Series, said: InWords, now: datetime, altered: Mapping[date, Altered]
) -> Coming | None:
    """Return the next one that takes place, else the last one that did."""
    if ahead := upcoming(meeting, now, 1, altered):
        return _coming(meeting, ahead[0])
    there = occurrences(meeting, _begins(meeting, said) - _DAY, now, altered)
    held = [one for one in there if not one.cancelled]
    return replace(_coming(meeting, held[-1]), is_over=True) if held else None


def _begins(meeting: Series, said: InWords) -> datetime:
    return aware(said.start, meeting.timezone)


def _coming(meeting: Series, one: Occurrence) -> Coming:
    minutes = int((one.end - one.start).total_seconds() // 60)
    if not one.moved and minutes == meeting.minutes:
        return Coming(one.date)
    return Coming(
        one.date,
        one.start.astimezone(zone(meeting.timezone or "UTC")).replace(tzinfo=None),
        minutes,
    )
