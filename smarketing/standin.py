"""What stands in for a vendor: requests in, answers out, in a world with a clock of its own."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import parse_qs


@dataclass(frozen=True, slots=True)
class Asked:
    """One HTTP request. Header names are in lower case; `path` is decoded, without the query."""

    method: str
    path: str
    query: Mapping[str, tuple[str, ...]]
    headers: Mapping[str, str]
    body: bytes = b""

    def json(self) -> Any:
        """Return the body as JSON, {} where there is none; raise ValueError where it is not JSON."""
        return json.loads(self.body) if self.body else {}

    def one(self, name: str, default: str = "") -> str:
        """Return the last value of a query parameter."""
        return self.query.get(name, (default,))[-1]


def query_of(text: str) -> dict[str, tuple[str, ...]]:
    """Return the parameters of a query string; a blank one counts."""
    return {name: tuple(values) for name, values in parse_qs(text, True).items()}


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP reply."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def json_answer(data: Any, status: int = 200, **headers: str) -> Answer:
    """Return an answer with a JSON body; header names are written with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    kind = {"Content-Type": "application/json; charset=UTF-8"}
    return Answer(status, kind | named, json.dumps(data, ensure_ascii=False).encode())


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with accounts at the vendors. `token` is what their programs sign in with."""

    key: str
    name: str
    mail: str
    token: str


@dataclass(frozen=True, slots=True)
class Mail:
    """A notification that a vendor would have sent."""

    to: str
    subject: str
    sent_by: str
    at: float


@dataclass(slots=True)
class World:
    """What all stand-ins share.

    `now` gives seconds since 1970. `people` are those with accounts; `switches` name the
    unverified behaviours that are the other way round; `mails` collects what was sent.
    `lag` are the seconds for which a search does not see what was written.
    """

    now: Callable[[], float]
    people: tuple[Person, ...]
    switches: frozenset[str] = frozenset()
    mails: list[Mail] = field(default_factory=list)
    lag: float = 0.0
    limits: bool = True


class StandIn(Protocol):
    """One vendor. It answers one request at a time.

    `prefixes` are the beginnings of the paths that it serves, `switches` explain what each of
    its switches changes.
    """

    name: str
    prefixes: tuple[str, ...]
    switches: Mapping[str, str]

    def answer(self, asked: Asked) -> Answer:
        """Serve a request as the vendor would."""
        ...

    def refusal(self, why: str, asked: Asked) -> Answer:
        """Return the vendor's own way of refusing this request, for one of `faults.REFUSALS`."""
        ...

    def account(self, person: Person) -> Mapping[str, str]:
        """Return the secrets with which this person's programs sign in, by name."""
        ...


@dataclass(frozen=True, slots=True)
class Spot:
    """Something that a member can change by hand: the list of a card, a cell, words of a line.

    `at` is where its stand-in finds it again. With `choices`, pairs of a value and its words, it
    takes one of these values; without, any words on one line. Where `is_new`, they become a line of
    their own below the words that are its `value`.
    """

    at: str
    name: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A card, a row or a paragraph: spots to change, and words that only stand there."""

    parts: tuple[Spot | str, ...]
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A list of a board, or all of a table or document under no title."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """A board, table or document as a member sees it; `groups` are empty where things are listed."""

    key: str
    kind: str
    title: str
    groups: tuple[Group, ...] = ()


class Refused(Exception):  # noqa: N818 - reads as what it is
    """What a member wanted to look at or to change, and why that can't be, as a sentence."""


class Hands(Protocol):
    """What one member can do by hand. A stand-in that offers it has `hands(person) -> Hands`."""

    def things(self) -> Sequence[Thing]:
        """Return all that this member may open, without what is inside."""
        ...

    def thing(self, key: str) -> Thing:
        """Return one with what is inside; raise Refused where there is none of this key."""
        ...

    def change(self, key: str, at: str, was: str, value: str) -> None:
        """Put a value at a spot of a thing; raise Refused where it is not as it `was`."""
        ...
