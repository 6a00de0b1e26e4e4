"""Names and times as Trello writes them: ObjectIds, short links, slugs, moments."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

_BASE = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SPREAD = 104_395_301_107
"""Prime, so that no two numbers below 62**8 become the same short link."""


class Ids:
    """Gives out ids. They ascend, and begin with the second of their birth."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._last = (0, 0)

    def new(self) -> str:
        """Return an ObjectId: 8 hexadecimal digits of seconds, 16 of a counter."""
        second = max(int(self._now()), self._last[0])
        self._last = (second, self._last[1] + 1)
        return f"{second:08x}{self._last[1]:016x}"


def short_link(identity: str) -> str:
    """Return the 8 characters that stand for a board or a card in links."""
    number = int(identity[8:], 16) * _SPREAD % len(_BASE) ** 8
    signs = []
    for _ in range(8):
        number, place = divmod(number, len(_BASE))
        signs.append(_BASE[place])
    return "".join(signs)


def slug(text: str) -> str:
    """Return the readable end of a link."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def born(identity: str) -> float:
    """Return the seconds since 1970 that an id begins with."""
    return float(int(identity[:8], 16))


def moment(seconds: float) -> str:
    """Return a time as Trello writes it: UTC with milliseconds."""
    thousandths = round(seconds * 1000)
    time = datetime.fromtimestamp(thousandths // 1000, UTC)
    return f"{time:%Y-%m-%dT%H:%M:%S}.{thousandths % 1000:03d}Z"


def seconds_of(text: str) -> float:
    """Return the seconds of an ISO 8601 time, UTC where it names no zone; else ValueError."""
    time = datetime.fromisoformat(text.strip())
    return (time if time.tzinfo else time.replace(tzinfo=UTC)).timestamp()
