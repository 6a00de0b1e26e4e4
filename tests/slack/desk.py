"""A Slack in this process: its clock, its people, an integration, and a member's hands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from smarketing.contract import Change, Done, Listing, Names, Outcome, Remote, Scope, Setup, Step
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
from smarketing.testing.site import WORKSPACE, World, in_order
from tests.vendors.sandboxes import validated

US = Person("robot", "Acme Robot", "robot@acme.example", "xoxb-token-that-nobody-may-see")
ANA = Person("ana", "Ana Silva", "ana@acme.example", "xoxp-ana-token")
BEN = Person("ben", "Ben Okoye", "ben@acme.example", "xoxp-ben-token")
ROOT, TEAM, NEWS = "root:slack", "channel:team", "message:news"


@dataclass
class Clock:
    """Seconds since 1970 that pass as tests want them; each look takes a little."""

    at: float = 1_796_000_000.0
    tick: float = 0.2

    def now(self) -> float:
        self.at += self.tick
        return self.at


class Token:
    """The secret of one person."""

    def __init__(self, secrets: Mapping[str, str]) -> None:
        self._secrets = dict(secrets)

    def get(self, name: str) -> str:
        return self._secrets.get(name, "")

    def put(self, name: str, secret: str) -> None:
        self._secrets[name] = secret


@dataclass
class Desk:
    """One Slack with the people who use it. `asked` are the requests of the app.

    `before` is called with each of its requests before it is served, and may answer itself.
    """

    clock: Clock = field(default_factory=Clock)
    switches: frozenset[str] = frozenset()
    people: tuple[Person, ...] = (US, ANA, BEN)
    limits: bool = False
    asked: list[Asked] = field(default_factory=list)
    before: Callable[[Asked], Answer | None] | None = None

    def __post_init__(self) -> None:
        self.tools = Tools(self.clock.now, self.people, self.switches, limits=self.limits)
        self.vendor = validated(stand_in(self.tools))

    def integration(self) -> Slack:
        """Return an integration of the app's account."""
        made = integration(self.setup(US, self._serve))
        assert isinstance(made, Slack)
        return made

    def setup(self, person: Person, answer: Callable[[Asked], Answer] | None = None) -> Setup:
        secrets = Token(self.vendor.account(person))
        return Setup({}, Path(), lambda host: secrets, InProcess(answer or self.vendor.answer))

    def _serve(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        answer = self.before(asked) if self.before else None
        return self.vendor.answer(asked) if answer is None else answer

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
        made = [each.path.removeprefix("/api/") for each in self.asked]
        self.asked.clear()
        return made


@dataclass
class Team:
    """A workspace on a desk, with the ids that a state would hold."""

    desk: Desk
    workspace: str = WORKSPACE
    ids: dict[str, str] = field(default_factory=dict)
    tool: Slack = field(init=False)

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
        assert not [each for each in outcomes if not isinstance(each, Done)], outcomes

    def write(self, address: str, /, **fields: Value) -> Outcome:
        now = self.now(address)
        return self.apply(Change("update", address, now.kind, fields, before=now))[0]

    def now(self, address: str) -> Remote:
        return next(each for each in self.read() if each.id == self.ids[address])

    def read(self, **scope: Any) -> Sequence[Remote]:
        return self.listing(**scope).remotes

    def listing(self, **scope: Any) -> Listing:
        roots = (self.ids[ROOT],) if ROOT in self.ids else ()
        bound = {each: address.partition(":")[0] for address, each in self.ids.items()}
        wanted = replace(Scope(self.workspace, roots, bound=bound), **scope)
        found: Listing = self.tool.read(wanted)
        return found


def creation(address: str, parent: str = "", /, **fields: Value) -> Change:
    """Return the change that makes an object."""
    return Change("create", address, address.partition(":")[0], fields, parent)


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
