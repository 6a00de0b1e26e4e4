"""A Trello in this process: its clock, its people, an integration, and a member's hands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from smarketing.contract import Change, Remote, Setup
from smarketing.integrations.trello import integration
from smarketing.integrations.trello.account import Account
from smarketing.integrations.trello.sandbox import stand_in
from smarketing.integrations.trello.trello import Trello
from smarketing.kinds import Value
from smarketing.sandbox.inprocess import InProcess
from smarketing.standin import Answer, Asked, Person
from smarketing.standin import World as Tools
from smarketing.testing.site import World
from tests.vendors.desk import ANA, BEN, US, Kept, VendorDesk, VendorTeam, creation
from tests.vendors.sandboxes import validated

ROOT = "root:trello"


@dataclass
class Desk(VendorDesk):
    """One Trello with the people who use it."""

    def __post_init__(self) -> None:
        self.tools = Tools(self.clock.now, self.people, self.switches, limits=self.limits)
        self.vendor = validated(stand_in(self.tools))
        self.members: dict[str, Account] = {}

    def integration(self) -> Trello:
        """Return an integration of our own account."""
        made = integration(self.setup(US, self.serve))
        assert isinstance(made, Trello)
        return made

    def setup(self, person: Person, answer: Callable[[Asked], Answer]) -> Setup:
        secrets = Kept(self.vendor.account(person))
        return Setup(self.settings, Path(), lambda host: secrets, InProcess(answer))

    def answer(self, asked: Asked) -> Answer:
        answer: Answer = self.vendor.answer(asked)
        return answer

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


@dataclass
class Team(VendorTeam[Trello]):
    """A workspace on a desk, with the ids that a state would hold."""

    ROOT = ROOT
    desk: Desk = field(default_factory=Desk)


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
