"""Everything the stand-in holds: people, channels, bookmarks and messages."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from smarketing.standin import Mail, Person, World

from .refusals import No


@dataclass(eq=False, slots=True)
class User:
    """Somebody with an account, or the app."""

    id: str
    person: Person
    is_app: bool = False
    deleted: bool = False


@dataclass(slots=True)
class Said:
    """A purpose or a topic."""

    value: str = ""
    creator: str = ""
    last_set: int = 0


@dataclass(slots=True)
class Message:
    """A message: `data` is what was posted."""

    ts: str
    user: User
    text: str
    data: dict[str, Any] = field(default_factory=dict)
    subtype: str = ""
    edited: str = ""


@dataclass(slots=True)
class Bookmark:
    """A link at the top of a channel."""

    id: str
    title: str
    link: str
    created: int
    updated: int = 0


@dataclass(eq=False, slots=True)
class Channel:
    """A public channel."""

    id: str
    name: str
    creator: User
    created: int
    archived: bool = False
    purpose: Said = field(default_factory=Said)
    topic: Said = field(default_factory=Said)
    members: dict[str, User] = field(default_factory=dict)
    bookmarks: dict[str, Bookmark] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    former: list[str] = field(default_factory=list)
    updated: float = 0.0


class Store:
    """What the methods read and change. The first of the world's people is the app."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.tokens: dict[str, User] = {}
        self._met: tuple[Person, ...] = ()
        self._count = 0
        self._last = 0

    def meet(self) -> None:
        """Give an account to everybody of the world who has none."""
        if self.world.people is self._met:
            return
        self._met = self.world.people
        known = {user.person.key: user for user in self.users.values()}
        for number, person in enumerate(self._met):
            if person.key not in known:
                user = User(self.new_id("U"), person, is_app=number == 0)
                self.users[user.id] = known[person.key] = user
            self.tokens[person.token] = known[person.key]

    def now(self) -> float:
        """Return the seconds since 1970."""
        return self.world.now()

    def switched(self, switch: str) -> bool:
        """Say whether a behaviour is the other way round in this world."""
        return switch in self.world.switches

    def new_id(self, kind: str) -> str:
        """Return an id that begins with this letter."""
        self._count += 1
        return f"{kind}0{self._count:08d}"

    def new_ts(self) -> str:
        """Return the time stamp of a message: no two are alike."""
        self._last = max(self._last + 1, int(self.now() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"

    def channel(self, identity: str) -> Channel:
        """Return the channel with this id."""
        if identity not in self.channels:
            raise No("channel_not_found")
        return self.channels[identity]

    def named(self, name: str) -> Channel | None:
        """Return the channel with this name, also an archived one."""
        return next((one for one in self.channels.values() if one.name == name), None)

    def with_mail(self, mail: str) -> User | None:
        """Return who has this address."""
        low = mail.lower()
        people = (one for one in self.users.values() if not one.deleted and not one.is_app)
        return next((one for one in people if one.person.mail.lower() == low), None)

    def in_order(self) -> Iterator[Channel]:
        """Yield the channels, the oldest first."""
        return iter(sorted(self.channels.values(), key=lambda one: one.id))

    def post(
        self, channel: Channel, user: User, text: str, subtype: str = "", **data: Any
    ) -> Message:
        """Put a message into a channel."""
        message = Message(self.new_ts(), user, text, data, subtype)
        channel.messages.append(message)
        return message

    def tell(self, user: User, subject: str) -> None:
        """Let Slack tell somebody by itself."""
        if not user.is_app:
            self.world.mails.append(Mail(user.person.mail, subject, "slack", self.now()))
