"""Slack in memory: who asks, how often, and what the methods answer."""

from collections.abc import Mapping
from typing import Any

from smarketing.standin import Answer, Asked, Person, World, json_answer

from . import conversations, messages, people
from .call import Call, given
from .pace import Pace
from .picture import picture
from .refusals import No, TooFast, trouble
from .store import Store, User
from .switches import SWITCHES

_METHODS = {**conversations.METHODS, **messages.METHODS, **people.METHODS}
_PREFIX = "/api/"

SCOPES = (
    "bookmarks:read,bookmarks:write,channels:history,channels:manage,channels:read,chat:write,"
    "users:read,users:read.email"
)
"""What the app may do here."""


class Slack:
    """The stand-in: one workspace at Slack. The first of the world's people is the app."""

    name = "slack"
    prefixes = (_PREFIX,)
    switches: Mapping[str, str] = SWITCHES

    def __init__(self, world: World) -> None:
        self.store = Store(world)
        self.store.meet()
        self._pace = Pace()

    def answer(self, asked: Asked) -> Answer:
        """Serve a request as Slack would."""
        try:
            served = self._served(asked)
        except (No, TooFast) as no:
            return no.answer()
        return json_answer({"ok": True, **served}, X_OAuth_Scopes=SCOPES)

    def refusal(self, why: str, asked: Asked) -> Answer:
        """Return Slack's own way of refusing."""
        return trouble(why)

    def account(self, person: Person) -> Mapping[str, str]:
        """Return the secret of this person's programs."""
        return {"token": person.token}

    def user(self, key: str) -> User:
        """Return the account of a person of the world."""
        self.store.meet()
        return next(one for one in self.store.users.values() if one.person.key == key)

    def picture(self) -> dict[str, Any]:
        """Return everything that is kept, as plain data without ids and times."""
        return picture(self.store)

    def _served(self, asked: Asked) -> dict[str, Any]:
        method = asked.path.removeprefix(_PREFIX)
        params = given(asked)
        user, token = self._caller(asked, params)
        if method not in _METHODS:
            raise No("unknown_method")
        if self.store.world.limits:
            self._pace.check(self.store.now(), token, method, str(params.get("channel", "")))
        return _METHODS[method](Call(self.store, user, params))

    def _caller(self, asked: Asked, params: Mapping[str, Any]) -> tuple[User, str]:
        self.store.meet()
        token = asked.headers.get("authorization", "").removeprefix("Bearer ").strip()
        token = token or str(params.get("token", ""))
        if not token:
            raise No("not_authed")
        if token not in self.store.tokens:
            raise No("invalid_auth")
        return self.store.tokens[token], token
