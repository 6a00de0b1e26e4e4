"""Trello's limits of requests over time: by key, by token, and for reading members."""

from collections import Counter

from .refusals import too_fast

WINDOW, MEMBERS_WINDOW = 10.0, 900.0
PER_KEY, PER_TOKEN, PER_MEMBERS = 300, 100, 100
REFUSED_BEFORE_ALL = 200
"""After more refusals than this in a window, a key gets nothing else until it ends."""


class Pace:
    """Counts requests in windows that begin at whole multiples of their length."""

    def __init__(self) -> None:
        self._window = self._members_window = -1
        self._served: Counter[str] = Counter()
        self._members: Counter[str] = Counter()
        self._refused = 0

    def check(self, now: float, token: str, count: int, members: bool) -> None:
        """Count a request; raise the refusal of one that comes too fast."""
        self._turn(now)
        error = self._error(token, count)
        if not error and members and self._members[token] >= PER_MEMBERS:
            error = "API_TOKEN_LIMIT_EXCEEDED"
        if error:
            self._refused += 1
            raise too_fast(error)
        self._served["key"] += count
        self._served[f"token {token}"] += count
        self._members[token] += members

    def _error(self, token: str, count: int) -> str:
        if self._refused > REFUSED_BEFORE_ALL or self._served["key"] + count > PER_KEY:
            return "API_KEY_LIMIT_EXCEEDED"
        if self._served[f"token {token}"] + count > PER_TOKEN:
            return "API_TOKEN_LIMIT_EXCEEDED"
        return ""

    def _turn(self, now: float) -> None:
        window, members_window = int(now // WINDOW), int(now // MEMBERS_WINDOW)
        if window != self._window:
            self._window, self._refused = window, 0
            self._served.clear()
        if members_window != self._members_window:
            self._members_window = members_window
            self._members.clear()
