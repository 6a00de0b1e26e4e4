"""A small world with the stand-in of Trello, and its members as callers."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from smarketing.integrations.trello.sandbox import stand_in
from smarketing.standin import Answer, Asked, Person, World, query_of
from tests.vendors.sandboxes import validated

ANA = Person("ana", "Ana Silva", "ana@acme.example", "ana-token")
BEN = Person("ben", "Ben Ode", "ben@acme.example", "ben-token")
CAI = Person("cai", "Cai Wu", "cai@other.example", "cai-token")
NOON = 1_795_435_200.0


@dataclass
class Site:
    """A Trello of its own with a clock that the test moves.

    `serious` says that its callers mean what they ask, and don't ask whatever comes to mind.
    """

    switches: frozenset[str] = frozenset()
    limits: bool = False
    now: float = NOON
    people: tuple[Person, ...] = (ANA, BEN, CAI)
    serious: bool = True
    world: World = field(init=False)

    def __post_init__(self) -> None:
        self.world = World(lambda: self.now, self.people, self.switches, limits=self.limits)
        self.trello = validated(stand_in(self.world), requests=self.serious)

    def __call__(self, person: Person) -> "Caller":
        return Caller(self, person)

    def subjects(self, person: Person) -> list[str]:
        return [mail.subject for mail in self.world.mails if mail.to == person.mail]


@dataclass
class Caller:
    """A member's programs, signed in by header."""

    site: Site
    person: Person

    def ask(self, method: str, path: str, *, body: Any = None, **query: Any) -> Answer:
        account = self.site.trello.account(self.person)
        signed = f'OAuth oauth_consumer_key="{account["key"]}", oauth_token="{account["token"]}"'
        headers = {"authorization": signed, "content-type": "application/json; charset=utf-8"}
        said = {name.replace("__", "/"): _text(value) for name, value in query.items()}
        sent = b"" if body is None else json.dumps(body).encode()
        asked = Asked(method, f"/1/{path}", query_of(urlencode(said)), headers, sent)
        answer: Answer = self.site.trello.answer(asked)
        return answer

    def _done(self, method: str, path: str, **given: Any) -> Any:
        answer = self.ask(method, path, **given)
        assert answer.status == 200, (answer.status, answer.body)
        return json.loads(answer.body)

    def get(self, path: str, **query: Any) -> Any:
        return self._done("GET", path, **query)

    def post(self, path: str, **given: Any) -> Any:
        return self._done("POST", path, **given)

    def put(self, path: str, **given: Any) -> Any:
        return self._done("PUT", path, **given)

    def delete(self, path: str) -> Any:
        return self._done("DELETE", path)

    def refused(self, method: str, path: str, **given: Any) -> tuple[int, str]:
        answer = self.ask(method, path, **given)
        assert answer.status >= 400
        return answer.status, answer.body.decode()

    def board(self, name: str = "Launch", **given: Any) -> Any:
        bare = {"defaultLists": False, "defaultLabels": False}
        return self.post("boards", **{**bare, "name": name, **given})

    def list(self, board: Any, name: str = "To do", pos: str = "bottom") -> Any:
        return self.post("lists", idBoard=board["id"], name=name, pos=pos)

    def card(self, place: Any, name: str = "Agree", **given: Any) -> Any:
        return self.post("cards", idList=place["id"], name=name, **given)

    def label(self, board: Any, name: str, color: str = "green") -> Any:
        return self.post("labels", idBoard=board["id"], name=name, color=color)

    def checklist(self, card: Any, *items: str, name: str = "Steps") -> Any:
        made = self.post("checklists", idCard=card["id"], name=name)
        for item in items:
            self.post(f"checklists/{made['id']}/checkItems", name=item)
        return self.get(f"checklists/{made['id']}")


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)
