"""The clock of a sandbox's world: the machine's own, or one that stands until it is moved."""

import time
from collections.abc import Callable


class Clock:
    """Seconds since 1970 by `base`, and what it was moved by. It never goes back."""

    def __init__(self, base: Callable[[], float] = time.time) -> None:
        self._base = base
        self._moved = 0.0

    def now(self) -> float:
        """Return the time of this world."""
        return self._base() + self._moved

    def move(self, seconds: float) -> None:
        """Let seconds pass at once; raise ValueError for fewer than none."""
        if seconds < 0:
            raise ValueError("a clock is not moved back")
        self._moved += seconds

    # The engine waits on such a clock too: in its world no time is lost.
    sleep = move


def standing(at: float = 1_796_637_600.0) -> Clock:
    """Return a clock that stands, if not told otherwise on 7 December 2026 at 10:00 UTC."""
    return Clock(lambda: at)
