"""A Slack in this process: its clock, its people, an integration, and a member's hands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from smarketing.contract import Change, Names, Remote, Setup
from smarketing.integrations.slack import integration
from smarketing.integrations.slack.account import Account
from smarketing.integrations.slack.marker import purpose_of
from smarketing.integrations.slack.sandbox import stand_in
from smarketing.integrations.slack.sandbox.store import Channel, User
from smarketing.integrations.slack.slack import Slack
from smarketing.kinds import KINDS, Value
from smarketing.sandbox.inprocess import InProcess
from smarketing.standin import Answer, Asked, Person
from smarketing.standin import World as Tools
from smarketing.testing.site import World
from tests.vendors.desk import Kept, VendorDesk, VendorTeam, creation
from tests.vendors.sandboxes import validated

US = Person("robot", "Acme Robot", "robot@acme.example", "xoxb-token-that-nobody-may-see")
ANA = Person("ana", "Ana Silva", "ana@acme.example", "xoxp-ana-token")
BEN = Person("ben", "Ben Okoye", "ben@acme.example", "xoxp-ben-token")
ROOT, TEAM, NEWS = "root:slack", "channel:team", "message:news"


@dataclass
class Desk(VendorDesk):
    """One Slack with the people who use it."""

    people: tuple[Person, ...] = (US, ANA, BEN)

    def __post_init__(self) -> None:
        self.tools = Tools(self.clock.now, self.people, self.switches, limits=self.limits)
        self.vendor = validated(stand_in(self.tools))

    def integration(self) -> Slack:
        """Return an integration of the app's account."""
        made = integration(self.setup(US, self.serve))
        assert isinstance(made, Slack)
        return made

    def setup(self, person: Person, answer: Callable[[Asked], Answer] | None = None) -> Setup:
        secrets = Kept(self.vendor.account(person))
        return Setup({}, Path(), lambda host: secrets, InProcess(answer or self.vendor.answer))

    def answer(self, asked: Asked) -> Answer:
        answer: Answer = self.vendor.answer(asked)
        return answer

    def member(self, person: Person = ANA) -> Account:
        """Return a member's own hands, through the same API."""
        return Account(self.setup(person))

    def joined(self, channel: str, person: Person = ANA) -> Account:
        """Return the hands of somebody who is in a channel."""
        hands = self.member(person)
        hands.write("conversations.join", channel=channel)
        return hands

    def channel(self, name: str) -> Channel:
        found = self.vendor.store.named(name)
        assert found is not None, name
        return found

    def inside(self, name: str) -> set[str]:
        """Return who is in a channel."""
        people: Sequence[User] = list(self.channel(name).members.values())
        return {one.person.key for one in people}

    def mails(self) -> list[tuple[str, str]]:
        return [(mail.to, mail.subject) for mail in self.tools.mails]

    def calls(self) -> list[str]:
        """Return the methods that the app called so far, and forget them."""
        return [each.partition(" /api/")[2] for each in super().calls()]


@dataclass
class Team(VendorTeam[Slack]):
    """A workspace on a desk, with the ids that a state would hold."""

    ROOT = ROOT
    desk: Desk = field(default_factory=Desk)


def channel(title: str = "team-talk", address: str = TEAM, **fields: Value) -> list[Change]:
    """Return a workspace with one channel."""
    return [
        creation(ROOT, done=False),
        creation(
            address,
            ROOT,
            title=title,
            **{
                "purpose": "Quick questions.",
                "topic": "Same day",
                "bookmarks": "- [Glossary](https://docs.acme.example/glossary)\n",
                **fields,
            },
        ),
    ]


def message(body: str, address: str = NEWS, where: str = f"link:{TEAM}") -> Change:
    """Return the change that posts a message."""
    return creation(address, ROOT, channel=where, body=body)


def grant(*mailboxes: str, before: Remote | None = None) -> list[Change]:
    """Return the changes that let people into the channel."""
    before = before or Remote("", "channel", {"access": {}})
    return [
        Change("grant", TEAM, "channel", {"access": {mailbox: "member"}}, before=before, stage=1)
        for mailbox in mailboxes
    ]


@dataclass(slots=True)
class SlackWorld(World):
    """The conformance suite's world: Ben is the member whose hands it uses."""

    desk: Desk = field(default_factory=Desk)

    def reopen(self) -> Slack:
        return self.desk.integration()

    def member(self, which: Remote, fields: Mapping[str, Value]) -> bool:
        hands = self.desk.joined(which.id, BEN)
        for name, value in fields.items():
            if name == "title":
                renamed = self.desk.integration().render("channel", "title", value, Names())
                hands.write("conversations.rename", channel=which.id, name=renamed)
            elif name == "topic":
                hands.write("conversations.setTopic", channel=which.id, topic=value)
            else:
                data = hands.read("conversations.info", channel=which.id)["channel"]
                mark = purpose_of(data["purpose"]["value"]).mark
                said = f"{value} {mark.written() if mark else ''}"
                hands.write("conversations.setPurpose", channel=which.id, purpose=said)
        hands.write("conversations.leave", channel=which.id)
        return True

    def picture(self) -> object:
        return self.desk.vendor.picture()


def slack_world(desk: Desk | None = None) -> SlackWorld:
    """Return the suite's world on a fresh Slack. A message needs its channel: it has tests of its own."""
    desk = desk or Desk()
    secrets = tuple(desk.vendor.account(US).values())
    kinds = frozenset(KINDS) - {"message"}
    # Two workspaces of the suite would want one name: Slack has each name once.
    return SlackWorld(desk.integration(), kinds, secrets, False, desk)
