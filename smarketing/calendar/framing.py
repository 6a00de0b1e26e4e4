"""How the agendas of a meeting are written: the playbook's text, when, and who is in the chair."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from smarketing.calendar.readiness import Ready
from smarketing.calendar.rotation import Away


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of a meeting's agendas.

    `text` holds tokens where an occurrence is filled in (see agenda.py). `ready` is when, None for
    the usual time. `chairs` are the names
    of those who take turns in the chair, `away` who of the invited is away when, by name.
    """

    document: str
    text: str
    ready: Ready | None
    chairs: tuple[str, ...] = ()
    away: Mapping[str, Collection[Away]] = field(default_factory=dict)
    own: Collection[str] = ()

    def chair(self, number: int, day: date) -> str:
        """Return who is in the chair of meeting `number` (from 1 on), on this day."""
        there = self._there(day)
        return there[(number - 1) % len(there)] if there else "[to agree: who is in the chair?]"

    def notes(self, number: int, day: date) -> str:
        """Return who takes the notes: whose turn in the chair is next."""
        is_shared = len(self._there(day)) > 1
        return self.chair(number + 1, day) if is_shared else "[to agree: who takes notes?]"

    def _there(self, day: date) -> list[str]:
        """Return those who take turns, without who is away on that day."""
        away = self.away_on(day)
        return [name for name in self.chairs if name not in away]

    def away_on(self, day: date) -> list[str]:
        """Return the names of those who are away on a day."""
        return [n for n, away in self.away.items() if any(each.covers(day) for each in away)]
