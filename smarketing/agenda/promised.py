"""What an agenda says of last time: promises kept, promises open, and what was decided. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from smarketing.agenda.phrases import at_most, linked, with_owner
from smarketing.agenda.told import Decision, Promise
from smarketing.calendar.days import in_words
from smarketing.minutes.rewording import composed
from smarketing.minutes.words import Knowing
from smarketing.text.wording import joined, plural

THIRD = 3
_MOST = 5


@dataclass(frozen=True, slots=True)
class Filling:
    """What an agenda is written with: whom it may name, the statuses, and its day."""

    knowing: Knowing
    said: Mapping[str, str] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The day of the meeting."""
        return self.knowing.said_on


def promises(made: Sequence[Promise], filling: Filling) -> str:
    """Return the heading that counts the promises, those that were kept, and those still open."""
    if not made:
        return "### Promises from last time: none"
    heading = f"### Promises from last time: {_counted(made, filling.day)}"
    kept = [each for each in made if each.is_kept and not each.was_late]
    late = [each for each in made if each.is_kept and each.was_late]
    said = " ".join([*_named("Kept", kept), *_named("Kept late", late)])
    lines = [f"- [ ] {promised(each, filling)}" for each in made if not each.is_kept]
    return "\n\n".join(filter(None, (heading, said, "\n".join(lines))))


def _named(word: str, found: Sequence[Promise]) -> list[str]:
    return [f"{word}: {joined([with_owner(linked(p), p.owner) for p in found])}."] if found else []


def _counted(made: Sequence[Promise], day: date) -> str:
    """Return how many were kept of those that were due; the others are neither kept nor broken."""
    late = len([each for each in made if each.is_kept and each.was_late])
    kept = len([each for each in made if each.is_kept]) - late
    due = kept + late + len([each for each in made if is_overdue(each, day)])
    today = len([each for each in made if not each.is_kept and each.due == day])
    running = len(made) - due - today
    said = [f"{kept} of {due} kept"] if due else []
    said += [f"{late} kept late"] if late else []
    said += [f"{today} due today"] if today else []
    return ", ".join([*said, f"{running} not due yet"] if running else said)


def is_overdue(one: Promise, day: date) -> bool:
    """Say whether a promise should be kept by now; without a day, that is by the next meeting."""
    return not one.is_kept and (one.due is None or one.due < day)


def carried_on(one: Promise, before: int, day: date) -> Promise:
    """Return a promise with how often it was carried over: each time that it was overdue."""
    return replace(one, carried=before + is_overdue(one, day))


def promised(one: Promise, filling: Filling) -> str:
    """Return the words of the line of a promise that is still open."""
    late = (filling.day - one.due).days if one.due else 0
    about = {
        "late": f"{plural(late, 'day', 'days')} late" if late > 0 else "",
        # How late it is says as much as that it was carried once.
        "carried": "" if late > 0 and one.carried == 1 else carried(one, filling.day),
    }
    said = {"title": one.title, "owner": one.owner, "status": one.status}
    due = {"due": one.due.isoformat()} if one.due else {}
    return composed({**said, **due}, filling.knowing, one.target, about)


def carried(one: Promise, day: date) -> str:
    """Return how often a promise was carried over; the third time asks what becomes of it."""
    if one.carried < 1:
        return ""
    times = ("once", "twice")[one.carried - 1] if one.carried < THIRD else f"{one.carried} times"
    asks = one.carried >= THIRD and is_overdue(one, day)
    return f"carried {times}" + (": finish it, drop it or hand it over" if asks else "")


def decided(found: Sequence[Decision], day: date) -> str:
    """Return what was decided last time, a line each, and older decisions whose day has come."""
    lines = [f"- {_decided(each, day)}" for each in found]
    return "\n".join(at_most(lines, "- Decided, too: {} more, in the notes", _MOST))


def _decided(one: Decision, day: date) -> str:
    # A line that began with a name would be a promise of that person.
    if not one.has_come:
        return f"Decided: {one.words}"
    return f"Decided {in_words(one.on, day)}: {one.words} · *the day has come: is it so?*"
