"""A Trello in this process: its clock, its people, an integration, and a member's hands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from smarketing.contract import Change, Done, Outcome, Remote, Scope, Setup, Step
from smarketing.integrations.trello import integration
from smarketing.integrations.trello.account import Account
from smarketing.integrations.trello.sandbox import stand_in
from smarketing.integrations.trello.trello import Trello
from smarketing.kinds import Value
from smarketing.sandbox.inprocess import InProcess
from smarketing.standin import Answer, Asked, Person
from smarketing.standin import World as Tools
from smarketing.testing.site import WORKSPACE, World, in_order
from tests.vendors.sandboxes import validated

US = Person("rob", "Rob Ortega", "rob@acme.example", "rob-token-that-nobody-may-see")
ANA = Person("ana", "Ana Silva", "ana@acme.example", "ana-token")
BEN = Person("ben", "Ben Okoye", "ben@acme.example", "ben-token")
ROOT = "root:trello"


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


class KeyAndToken:
    """The secrets of one person."""

    def __init__(self, secrets: Mapping[str, str]) -> None:
        self._secrets = dict(secrets)

    def get(self, name: str) -> str:
        return self._secrets.get(name, "")

    def put(self, name: str, secret: str) -> None:
        self._secrets[name] = secret


@dataclass
class Desk:
    """One Trello with the people who use it. `asked` are the requests of our own account.

    `before` is called with each of our requests before it is served, and may answer itself.
    """

    clock: Clock = field(default_factory=Clock)
    switches: frozenset[str] = frozenset()
    people: tuple[Person, ...] = (US, ANA, BEN)
    limits: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    before: Callable[[Asked], Answer | None] | None = None

    def __post_init__(self) -> None:
        self.tools = Tools(self.clock.now, self.people, self.switches, limits=self.limits)
        self.vendor = validated(stand_in(self.tools))
        self.members: dict[str, Account] = {}

    def integration(self) -> Trello:
        """Return an integration of our own account."""
        made = integration(self.setup(US, self._serve))
        assert isinstance(made, Trello)
        return made

    def setup(self, person: Person, answer: Callable[[Asked], Answer]) -> Setup:
        secrets = KeyAndToken(self.vendor.account(person))
        return Setup(self.settings, Path(), lambda host: secrets, InProcess(answer))

    def _serve(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        answer = self.before(asked) if self.before else None
        return self.vendor.answer(asked) if answer is None else answer

    def member(self, person: Person = ANA) -> Account:
        """Return a member's own hands, through the same API."""
        if person.key not in self.members:
            self.members[person.key] = Account(self.setup(person, self.vendor.answer))
        return self.members[person.key]

    def join(self, board: str, person: Person = ANA) -> None:
        """Let a person become a member of a board."""
        said = {"email": person.mail, "type": "normal"}
        self.member(US).put(f"boards/{board}/members", said, {"fullName": person.name})
        self.vendor.accept(person.key)

    def refusal(self, why: str) -> Answer:
        """Return how Trello refuses, as it does whatever was asked."""
        refused: Answer = self.vendor.refusal(why, Asked("POST", "/1/cards", {}, {}))
        return refused

    def calls(self) -> list[str]:
        """Return our requests so far, as `GET /1/boards/ID`, and forget them."""
        made = [f"{each.method} {each.path}" for each in self.asked]
        self.asked.clear()
        return made


@dataclass
class Team:
    """A workspace on a desk, with the ids that a state would hold."""

    desk: Desk
    workspace: str = WORKSPACE
    ids: dict[str, str] = field(default_factory=dict)
    tool: Trello = field(init=False)

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

    def build(self, *changes: Change) -> None:
        """Perform the changes and insist that each is done."""
        outcomes = self.apply(*changes)
        assert not [each for each in outcomes if not isinstance(each, Done)]

    def write(self, address: str, /, **fields: Value) -> Outcome:
        return self.apply(self.update(address, **fields))[0]

    def update(self, address: str, /, **fields: Value) -> Change:
        now = self.now(address)
        return Change("update", address, now.kind, fields, before=now)

    def now(self, address: str) -> Remote:
        return next(each for each in self.read() if each.id == self.ids[address])

    def read(self, **scope: Any) -> Sequence[Remote]:
        roots = (self.ids[ROOT],) if ROOT in self.ids else ()
        bound = {each: address.rsplit("/")[-1].split(":")[0] for address, each in self.ids.items()}
        wanted = replace(Scope(self.workspace, roots, bound=bound), **scope)
        remotes: Sequence[Remote] = self.tool.read(wanted).remotes
        return remotes


def creation(address: str, parent: str = "", /, **fields: Value) -> Change:
    """Return the change that makes an object."""
    kind = address.rsplit("/", 1)[-1].split(":")[0]
    return Change("create", address, kind, fields, parent)


def small_board() -> list[Change]:
    """Return a board with two lists, a label, a card and a checklist item."""
    board, card = "board:work", "board:work/card:agree"
    return [
        creation(ROOT, done=False, template=None),
        creation(board, ROOT, title="Work"),
        creation(f"{board}/list:week", board, title="This week"),
        creation(f"{board}/list:done", board, title="Done"),
        creation(f"{board}/label:hot", board, title="Hot", color="red"),
        creation(
            card,
            f"{board}/list:week",
            title="Agree what a lead is",
            description="Ask both teams.",
            owner="Ana Silva",
            due="2026-12-14",
            labels=frozenset({"Hot"}),
        ),
        creation(f"{card}/check:one", card, title="Write it"),
    ]


@dataclass(slots=True)
class TrelloWorld(World):
    """The conformance suite's world: Ben is the member whose hands it uses."""

    desk: Desk = field(default_factory=Desk)

    def reopen(self) -> Trello:
        return self.desk.integration()

    def member(self, which: Remote, fields: Mapping[str, Value]) -> bool:
        path = {"board": "boards", "card": "cards", "list": "lists", "label": "labels"}[which.kind]
        hands = self._hands(f"{path}/{which.id}")
        for name, value in fields.items():
            if name == "description":
                former = hands.get(f"cards/{which.id}", fields="desc")["desc"]
                desc = former.replace(str(which.fields[name]).rstrip(), str(value).rstrip())
                hands.put(f"cards/{which.id}", {"desc": desc})
            else:
                hands.put(f"{path}/{which.id}", {"name": value})
        return True

    def foreign(self, kind: str, parent: Remote, title: str) -> bool:
        self._hands(f"lists/{parent.id}").post("cards", idList=parent.id, name=title)
        return True

    def _hands(self, path: str) -> Account:
        fields = "idBoard" if not path.startswith("boards/") else "name"
        seen = self.desk.member(US).get(path, fields=fields)
        self.desk.join(seen.get("idBoard") or seen["id"], BEN)
        return self.desk.member(BEN)

    def moment(self) -> None:
        self.desk.clock.sleep(1.0)

    def picture(self) -> object:
        return self.desk.vendor.picture()


def trello_world(desk: Desk | None = None) -> TrelloWorld:
    """Return the suite's world on a fresh Trello."""
    desk = desk or Desk()
    secrets = tuple(desk.vendor.account(US).values())
    return TrelloWorld(desk.integration(), secrets=secrets, desk=desk)
