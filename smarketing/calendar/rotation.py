"""Who is the guest of which occurrence: a rotation that follows from the turns taken so far. Pure.

Whose last turn is longest ago goes next, and who never went goes before all others. So everybody
has gone once before anybody goes again, whoever joins or leaves, and nothing has to be remembered
but who went when, which the calendar shows.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody is not there from the first day to the last, both included."""

    first: date
    last: date

    def covers(self, day: date) -> bool:
        """Say whether this day is one of them."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Rota:
    """Who takes turns, in the order in which newcomers go first, and who is away when."""

    people: Sequence[str]
    away: Mapping[str, Collection[Away]] = field(default_factory=dict)

    def is_there(self, who: str, day: date) -> bool:
        """Say whether somebody takes turns and can come on this day."""
        return who in self.people and not any(each.covers(day) for each in self.away.get(who, ()))


def guests(
    days: Mapping[date, date],
    rota: Rota,
    turns: Mapping[date, str],
    asked: Mapping[date, str] = {},
    off: Collection[date] = (),
) -> dict[date, str]:
    """Return the guest of each occurrence, by original date; nobody where nobody can come.

    `days` are the days on which the coming occurrences really are, by original date, `turns` who
    has been a guest before, `asked` who is asked already: they stay, unless they can't come.
    On the days that are `off` nobody is asked.
    """
    coming = {at: day for at, day in days.items() if day not in off}
    staying = {
        at: asked[at] for at, day in coming.items() if at in asked and rota.is_there(asked[at], day)
    }
    taken = dict(turns) | staying
    for at, day in sorted(coming.items()):
        if at not in staying and (who := _next(rota, at, day, taken)):
            taken[at] = who
    return {at: taken[at] for at in sorted(coming) if at in taken}


def _next(rota: Rota, at: date, day: date, taken: Mapping[date, str]) -> str | None:
    """Return who goes at this date: whose turn is longest ago, and who does not go next as well."""
    last: dict[str, date] = {}
    for when in sorted(taken):
        if when < at:
            last[taken[when]] = when
    following = min((when for when in taken if when > at), default=None)
    afterwards = taken[following] if following else None
    free = [who for who in rota.people if rota.is_there(who, day)]
    return min(free, key=lambda who: (who == afterwards, last.get(who, date.min)), default=None)
