"""Trello in memory: who asks, how often, and what the routes answer."""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from smarketing.standin import Answer, Asked, Person, World, json_answer

from .call import Call
from .given import Given, given, given_in_query
from .hands import TrelloHands
from .members import accept
from .objects import Member
from .pace import Pace
from .picture import picture
from .refusals import Refusal, invalid, plain, trouble
from .routes import handler_of
from .store import Store
from .switches import BATCH_COUNTS_EACH, SWITCHES

KEY = "5a6d0b0c5a6d0b0c5a6d0b0c5a6d0b0c"
"""The key of the one app that this Trello knows."""

MOST_IN_BATCH = 10
_OAUTH = re.compile(r'oauth_(consumer_key|token)="([^"]*)"')


class Trello:
    """The stand-in. `store.most` are its limits of size, which a test may lower."""

    name = "trello"
    prefixes = ("/1/", "/_trello/")
    switches: Mapping[str, str] = SWITCHES

    def __init__(self, world: World) -> None:
        self.store = Store(world)
        self._pace = Pace()
        self._known: tuple[Person, ...] = ()
        self._meet()

    def answer(self, asked: Asked) -> Answer:
        """Serve a request as Trello would."""
        try:
            if asked.path.startswith("/_trello/"):
                return self._door(asked)
            return json_answer(self._served(asked))
        except Refusal as refusal:
            return refusal.answer()

    def refusal(self, why: str, asked: Asked) -> Answer:
        """Return Trello's own way of refusing."""
        return trouble(why)

    def account(self, person: Person) -> Mapping[str, str]:
        """Return the secrets of this person's programs."""
        return {"key": KEY, "token": person.token}

    def hands(self, person: Person) -> TrelloHands:
        """Return what somebody does by hand, who accepts every invitation first."""
        self.accept(person.key)
        signed = f'OAuth oauth_consumer_key="{KEY}", oauth_token="{person.token}"'
        return TrelloHands(self.answer, signed)

    def accept(self, person_key: str) -> None:
        """Let somebody accept every invitation to their mailbox."""
        accept(self.store, self.member(person_key))

    def subscribe(self, person_key: str, offering: str = "trello.standard") -> None:
        """Let somebody pay for their workspaces; `trello.free` ends that."""
        member = self.member(person_key)
        for workspace in self.store.workspaces.values():
            if workspace.creator is member:
                workspace.offering = offering

    def member(self, person_key: str) -> Member:
        """Return the account of a person of the world."""
        self._meet()
        return self.store.persons[person_key]

    def picture(self) -> dict[str, Any]:
        """Return everything that is kept, as plain data without ids and times."""
        return picture(self.store)

    def _meet(self) -> None:
        people = self.store.world.people
        if people is not self._known:
            self._known = people
            for person in people:
                self.store.know(person)

    def _door(self, asked: Asked) -> Answer:
        """What members do outside of the API: accept invitations, pay for their workspaces."""
        key = asked.one("member")
        self._meet()
        if key not in self.store.persons:
            return plain(404, "member not found")
        if (asked.method, asked.path) == ("POST", "/_trello/accept"):
            self.accept(key)
        elif (asked.method, asked.path) == ("POST", "/_trello/subscribe"):
            self.subscribe(key, asked.one("offering", "trello.standard"))
        else:
            return plain(404, f"Cannot {asked.method} {asked.path}")
        return json_answer({})

    def _served(self, asked: Asked) -> Any:
        path = asked.path.removeprefix("/1/").strip("/")
        params = given(asked)
        token = self._token(asked, params)
        batch = path == "batch" and asked.method == "GET"
        urls = _urls(params) if batch else ()
        if self.store.world.limits:
            each = self.store.switched(BATCH_COUNTS_EACH)
            count = len(urls) if batch and each else 1
            self._pace.check(self.store.now(), token, count, _is_member(asked.method, path))
        if batch:
            return [self._one_of_batch(url, token) for url in urls]
        return self._handled(asked.method, path, params, token)

    def _handled(self, method: str, path: str, params: Given, token: str) -> Any:
        handler, parts = handler_of(method, path)
        return handler(Call(self.store, self.store.tokens[token], token, params, parts))

    def _token(self, asked: Asked, params: Given) -> str:
        signed = dict(_OAUTH.findall(asked.headers.get("authorization", "")))
        key = unquote(signed.get("consumer_key", "")) or params.text("key")
        token = unquote(signed.get("token", "")) or params.text("token")
        if key != KEY:
            raise Refusal(401, "invalid key")
        self._meet()
        if token not in self.store.tokens or token in self.store.revoked:
            raise Refusal(401, "invalid token" if token else "unauthorized permission requested")
        return token

    def _one_of_batch(self, url: str, token: str) -> dict[str, Any]:
        path, _, query = url.partition("?")
        try:
            answer = self._handled("GET", path.strip("/"), given_in_query(query), token)
        except Refusal as refusal:
            return {"name": "Error", "message": refusal.text, "statusCode": refusal.status}
        return {"200": answer}


def _urls(params: Given) -> tuple[str, ...]:
    urls = tuple(url for url in params.text("urls").split(",") if url)
    if not 0 < len(urls) <= MOST_IN_BATCH or not all(url.startswith("/") for url in urls):
        raise invalid("urls")
    return urls


def _is_member(method: str, path: str) -> bool:
    # What is nested, as members/me/boards, does not count.
    return method == "GET" and path.startswith("members/") and path.count("/") == 1
