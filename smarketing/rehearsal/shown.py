"""What a rehearsal showed, week by week: as values, as lines for people, as data. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from smarketing.calendar.said import say_date
from smarketing.calendar.when import DAYS
from smarketing.text.wording import joined, one_line, plural

_MOST = 3


@dataclass(frozen=True, slots=True)
class Met:
    """One meeting of a week.

    `notes` is the title of the notes that hold its agenda, "" if it has none there; `guest` a
    name, `holiday` what is celebrated on its day, each "" for none.
    """

    title: str
    start: datetime
    notes: str = ""
    guest: str = ""
    holiday: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A card that falls due."""

    title: str
    day: date
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A message that the runs of a day would have sent to these people."""

    subject: str
    day: date
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Week:
    """What the week from `monday` on brought."""

    monday: date
    met: tuple[Met, ...]
    due: tuple[Due, ...]
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """A rehearsal: of which workspace, in which folder, and its weeks.

    `begins` is its first day, `moved` says that config begins on another. `late` counts the cards
    that were overdue at the end, as nobody worked; `notes` are the titles of what holds agendas.
    """

    title: str
    folder: str
    begins: date
    moved: bool
    weeks: tuple[Week, ...]
    late: int
    notes: tuple[str, ...]


def rehearsed_text(shown: Rehearsed) -> str:
    """Return a rehearsal in lines: what it is, a line for each week, where to look."""
    weeks, begins = plural(len(shown.weeks), "week", "weeks"), say_date(shown.begins)
    first = f"{one_line(shown.title)}, rehearsed in {shown.folder}: {weeks} from {begins} on"
    first += ", as if it began then." if shown.moved else "."
    notes = joined([f"“{one_line(title)}”" for title in shown.notes])
    read = f", then the agendas in {notes}" if notes else ""
    lines = [first, *(f"  {_line(week)}" for week in shown.weeks), ""]
    if shown.late:
        late = plural(shown.late, "card is", "cards are")
        lines.append(f"Nobody works in a rehearsal, so {late} late at its end.")
    lines.append(f"Open {shown.folder}/Start here.html{read}.")
    lines.append("Nobody was told anything. Delete the folder when you have seen enough.")
    return "\n".join(lines)


def _line(week: Week) -> str:
    said = [*map(_met, week.met), *_due(week.due), *_told(week.told)]
    return f"Week of {_short(week.monday)}: {'; '.join(said) or 'nothing'}"


def _met(met: Met) -> str:
    day = DAYS[met.start.weekday()][:3]
    what = "agenda of " if met.notes else ""
    guest = f", guest {one_line(met.guest)}" if met.guest else ""
    holiday = f" (on {one_line(met.holiday)})" if met.holiday else ""
    return f"{day} {what}“{one_line(met.title)}”{guest}{holiday}"


def _due(due: Sequence[Due]) -> Iterator[str]:
    if due:
        titles = [f"“{one_line(each.title)}”" for each in due]
        yield f"{plural(len(due), 'card', 'cards')} due: {joined(titles, most=_MOST)}"


def _told(told: Sequence[Told]) -> Iterator[str]:
    for day in sorted({each.day for each in told}):
        there = [each for each in told if each.day == day]
        who = list(dict.fromkeys(one_line(name) for each in there for name in each.to))
        subjects = {one_line(each.subject) for each in there}
        about = f" “{subjects.pop()}”" if len(subjects) == 1 else ""
        word = "message" if len(there) == 1 else f"{len(there)} messages"
        yield f"{DAYS[day.weekday()][:3]} {word}{about} to {joined(who, most=_MOST)}"


def _short(day: date) -> str:
    return say_date(day).removesuffix(f" {day.year}")


def rehearsed_json(shown: Rehearsed) -> dict[str, Any]:
    """Return a rehearsal as data."""
    return {
        "workspace": shown.title,
        "folder": shown.folder,
        "begins": shown.begins.isoformat(),
        "weeks": [_week_json(week) for week in shown.weeks],
        "late": shown.late,
        "notes": list(shown.notes),
    }


def _week_json(week: Week) -> dict[str, Any]:
    return {
        "monday": week.monday.isoformat(),
        "meetings": [
            {
                "title": met.title,
                "start": met.start.isoformat(),
                "agenda_in": met.notes,
                "guest": met.guest,
                "holiday": met.holiday,
            }
            for met in week.met
        ],
        "due": [
            {"title": due.title, "day": due.day.isoformat(), "owner": due.owner} for due in week.due
        ],
        "messages": [
            {"subject": told.subject, "day": told.day.isoformat(), "to": list(told.to)}
            for told in week.told
        ],
    }


def monday_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())
