"""Clocks that tests set, and on which waiting takes no time."""

from dataclasses import dataclass

MONDAY = 1_796_634_000.0
"""7 December 2026, 9 o'clock in London."""


@dataclass
class Clock:
    """A clock that moves only when somebody waits."""

    at: float = MONDAY

    def now(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += seconds


@dataclass(frozen=True)
class StillClock:
    """A clock on which nobody waits."""

    at: float = MONDAY

    def now(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        raise AssertionError("nothing has to wait")
