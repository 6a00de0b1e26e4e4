"""What the desks of all vendors share: a clock, kept secrets, requests, and a workspace's ids."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from smarketing.address import kind_of
from smarketing.contract import (
    Change,
    Done,
    Integration,
    Listing,
    Outcome,
    Remote,
    Scope,
    Step,
)
from smarketing.kinds import Value
from smarketing.standin import Answer, Asked, Person
from smarketing.testing.site import WORKSPACE, in_order

Tool = TypeVar("Tool", bound=Integration)
Made_co = TypeVar("Made_co", bound=Integration, covariant=True)

US = Person("rob", "Rob Ortega", "rob@acme.example", "rob-token-that-nobody-may-see")
ANA = Person("ana", "Ana Silva", "ana@acme.example", "ana-token")
BEN = Person("ben", "Ben Okoye", "ben@acme.example", "ben-token")


@dataclass
class Clock:
    """Seconds since 1970 that pass as tests want them; each look takes a little."""

    at: float = 1_796_000_000.0
    tick: float = 0.2

    def now(self) -> float:
        self.at += self.tick
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += seconds

    def today(self) -> date:
        return datetime.fromtimestamp(self.at, UTC).date()


class Kept:
    """The secrets of one person."""

    def __init__(self, secrets: Mapping[str, str]) -> None:
        self._secrets = dict(secrets)

    def get(self, name: str) -> str:
        return self._secrets.get(name, "")

    def put(self, name: str, secret: str) -> None:
        self._secrets[name] = secret


@dataclass
class VendorDesk:
    """One vendor with the people who use it. `asked` are the requests of our own account.

    `before` is called with each of our requests before it is served, and may answer itself.
    """

    clock: Clock = field(default_factory=Clock)
    switches: frozenset[str] = frozenset()
    people: tuple[Person, ...] = (US, ANA, BEN)
    limits: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    before: Callable[[Asked], Answer | None] | None = None

    def answer(self, asked: Asked) -> Answer:
        """Serve a request as the vendor does."""
        raise NotImplementedError

    def serve(self, asked: Asked) -> Answer:
        """Serve a request of our own account."""
        self.asked.append(asked)
        answer = self.before(asked) if self.before else None
        return self.answer(asked) if answer is None else answer

    def calls(self) -> list[str]:
        """Return our requests so far, as `GET /1/boards/ID`, and forget them."""
        made = [f"{each.method} {each.path}" for each in self.asked]
        self.asked.clear()
        return made


class Integrating(Protocol[Made_co]):
    """A desk that has an integration."""

    def integration(self) -> Made_co:
        """Return an integration of our own account."""
        ...


@dataclass
class VendorTeam(Generic[Tool]):
    """A workspace on a desk, with the ids that a state would hold."""

    ROOT: ClassVar[str]
    desk: Integrating[Tool]
    workspace: str = WORKSPACE
    ids: dict[str, str] = field(default_factory=dict)
    tool: Tool = field(init=False)

    def __post_init__(self) -> None:
        self.tool = self.desk.integration()

    def steps(self, *changes: Change) -> list[Step]:
        return in_order(self.tool.steps(changes, self.workspace))

    def apply(self, *changes: Change) -> list[Outcome]:
        """Perform the changes and remember ids; return an outcome for each."""
        found: dict[int, Outcome] = {}
        for step in self.steps(*changes):
            outcomes = self.tool.perform(step, dict(self.ids))
            for change, outcome in zip(step.changes, outcomes, strict=True):
                found[changes.index(change)] = outcome
                if isinstance(outcome, Done):
                    self.ids[change.address] = outcome.remote.id
        return [found[number] for number in range(len(changes))]

    def build(self, *changes: Change) -> list[Remote]:
        """Perform the changes, insist that each is done, and return what the tool then holds."""
        outcomes = self.apply(*changes)
        assert not [each for each in outcomes if not isinstance(each, Done)], outcomes
        return [each.remote for each in outcomes if isinstance(each, Done)]

    def write(self, address: str, /, **fields: Value) -> Outcome:
        return self.apply(self.update(address, **fields))[0]

    def update(self, address: str, /, **fields: Value) -> Change:
        now = self.now(address)
        return Change("update", address, now.kind, fields, before=now)

    def now(self, address: str) -> Remote:
        return next(each for each in self.read() if each.id == self.ids[address])

    def read(self, **scope: Any) -> Sequence[Remote]:
        return self.listing(**scope).remotes

    def listing(self, **scope: Any) -> Listing:
        roots = (self.ids[self.ROOT],) if self.ROOT in self.ids else ()
        known = Scope(self.workspace, roots, bound=self.bound())
        return self.tool.read(replace(known, **scope))

    def bound(self) -> dict[str, str]:
        """Return the kinds of what state has bound, by ids."""
        return {each: kind_of(address) for address, each in self.ids.items()}


def creation(address: str, parent: str = "", /, **fields: Value) -> Change:
    """Return the change that makes an object."""
    return Change("create", address, kind_of(address), fields, parent)
