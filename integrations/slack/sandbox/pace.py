"""Slack's limits: so many calls of a method in a minute, by the method's tier."""

from collections import deque

from .refusals import TooFast

MINUTE = 60.0
TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
"""Calls in a minute that each tier allows."""

SPECIAL = 300
"""Calls in a minute of a method outside the tiers."""

TIER_OF = {
    "auth.revoke": 3,
    "auth.test": 0,
    "bookmarks.add": 2,
    "bookmarks.edit": 2,
    "bookmarks.list": 3,
    "bookmarks.remove": 2,
    "chat.delete": 3,
    "chat.postMessage": 0,
    "chat.update": 3,
    "conversations.archive": 2,
    "conversations.create": 2,
    "conversations.history": 3,
    "conversations.info": 3,
    "conversations.invite": 3,
    "conversations.join": 3,
    "conversations.kick": 3,
    "conversations.leave": 3,
    "conversations.list": 2,
    "conversations.members": 4,
    "conversations.rename": 2,
    "conversations.setPurpose": 2,
    "conversations.setTopic": 2,
    "conversations.unarchive": 2,
    "users.conversations": 2,
    "users.info": 4,
    "users.list": 2,
    "users.lookupByEmail": 3,
}
"""The tier of each method; 0 is a limit of its own."""


class Pace:
    """Counts calls in a minute that slides. A message may follow another after a second."""

    def __init__(self) -> None:
        self._calls: dict[tuple[str, str], deque[float]] = {}

    def check(self, now: float, token: str, method: str, channel: str) -> None:
        """Count a call; raise the refusal of one that comes too fast."""
        if method == "chat.postMessage":
            self._count(now, (token, f"{method} {channel}"), 1, 1.0)
        most = TIERS.get(TIER_OF[method], SPECIAL)
        self._count(now, (token, method), most, MINUTE)

    def _count(self, now: float, what: tuple[str, str], most: int, seconds: float) -> None:
        calls = self._calls.setdefault(what, deque())
        while calls and calls[0] <= now - seconds:
            calls.popleft()
        if len(calls) >= most:
            raise TooFast(int(calls[0] + seconds - now) + 1)
        calls.append(now)
