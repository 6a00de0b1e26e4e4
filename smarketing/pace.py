"""Time as the engine knows it: a clock that can wait, and the vendors' limits kept to."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeVar

from smarketing.contract import Busy, Limit

T = TypeVar("T")

PATIENCE = 600.0
"""Seconds that a tool may ask us to wait before it counts as unreachable."""


class Clock(Protocol):
    """Seconds since 1970, and a way to let them pass."""

    def now(self) -> float: ...

    def sleep(self, seconds: float) -> None: ...


class SystemClock:
    """The machine's own clock."""

    def now(self) -> float:
        return time.time()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


def patiently(ask: Callable[[], T], clock: Clock) -> T:
    """Ask a tool, as often and as late as it wants to be asked."""
    waited = 0.0
    while True:
        try:
            return ask()
        except Busy as busy:
            waited += max(busy.after, 0.1)
            if waited > PATIENCE:
                raise
            clock.sleep(busy.after)


class Pace:
    """The limits of one account: when the next step may start."""

    def __init__(self, limits: Iterable[Limit]) -> None:
        self._limits = {limit.name: limit for limit in limits}
        self._starts: dict[str, deque[float]] = {name: deque() for name in self._limits}
        self._flying: dict[str, int] = dict.fromkeys(self._limits, 0)

    def wait(self, draws: Mapping[str, int], now: float) -> float:
        """Return how many seconds to wait before a step that draws this much, 0.0 for none."""
        longest = 0.0
        for name, cost in draws.items():
            limit, starts = self._limits[name], self._starts[name]
            while starts and starts[0] <= now - limit.seconds:
                starts.popleft()
            while starts and starts[-1] > now:  # of a clock that has gone back since
                starts.pop()
            over = len(starts) + min(cost, limit.calls) - limit.calls
            if over > 0:
                longest = max(longest, starts[over - 1] + limit.seconds - now)
        return longest

    def is_full(self, draws: Mapping[str, int]) -> bool:
        """Say whether a step must wait for another to land."""
        return any(0 < self._limits[name].in_flight <= self._flying[name] for name in draws)

    def start(self, draws: Mapping[str, int], now: float) -> None:
        """Count a step that starts."""
        for name, cost in draws.items():
            self._starts[name].extend([now] * min(cost, self._limits[name].calls))
            self._flying[name] += 1

    def land(self, draws: Mapping[str, int]) -> None:
        """Count a step that ended."""
        for name in draws:
            self._flying[name] -= 1
