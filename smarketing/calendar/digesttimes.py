"""What a playbook asks for as a digest, and when config wants quiet. Pure values."""

from dataclasses import dataclass
from datetime import datetime, time

from smarketing.calendar.holidays import Holidays
from smarketing.calendar.when import When

SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest: its key and title, when it goes, and who gets it, in their order.

    `to` are mailboxes, `channels` the addresses of the channels that it stands in.
    """

    key: str
    title: str
    when: When
    to: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quiet:
    """When no digest goes: from `start` to `end` on the clock, and on these days of the week.

    `start` and `end` are alike where no hour is quiet. Monday is day 0.
    """

    start: time = time(19)
    end: time = time(7)
    days: frozenset[int] = frozenset({SATURDAY, SUNDAY})

    def holds_at(self, local: datetime, holidays: Holidays) -> bool:
        """Say whether nothing is sent at this moment, on the clock of the workspace."""
        day, clock = local.date(), local.time()
        if day.weekday() in self.days or holidays.between(day, day):
            return True
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end
