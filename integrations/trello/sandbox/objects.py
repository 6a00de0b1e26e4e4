"""What the stand-in holds: members, workspaces, boards and everything on them."""

from dataclasses import dataclass, field
from typing import Any

FREE = "trello.free"


@dataclass(slots=True, eq=False, repr=False)
class Member:
    """An account, or somebody known by an invited mailbox only."""

    id: str
    name: str
    username: str
    mail: str
    has_account: bool = True


@dataclass(slots=True, eq=False, repr=False)
class Membership:
    """Who belongs to a board or a workspace, and as what. Pending until accepted."""

    id: str
    member: Member
    role: str
    pending: bool = False


@dataclass(slots=True, eq=False, repr=False)
class Workspace:
    """What Trello's API calls an organization."""

    id: str
    name: str
    title: str
    creator: Member
    offering: str = FREE
    desc: str = ""
    memberships: dict[str, Membership] = field(default_factory=dict)
    boards: "dict[str, Board]" = field(default_factory=dict)


@dataclass(slots=True, eq=False, repr=False)
class Action:
    """One entry of the log. `changed` are the fields that an update was about."""

    id: str
    kind: str
    by: Member
    at: float
    data: dict[str, Any]
    changed: tuple[str, ...] = ()


@dataclass(slots=True, eq=False, repr=False)
class Board:
    """A board. `numbers` counts its cards, `touched` is when something happened on it."""

    id: str
    short: str
    name: str
    desc: str
    workspace: Workspace
    creator: Member
    prefs: dict[str, Any]
    touched: float
    closed: bool = False
    numbers: int = 0
    lists: "dict[str, CardList]" = field(default_factory=dict)
    cards: "dict[str, Card]" = field(default_factory=dict)
    labels: "dict[str, Label]" = field(default_factory=dict)
    memberships: dict[str, Membership] = field(default_factory=dict)
    log: list[Action] = field(default_factory=list)


@dataclass(slots=True, eq=False, repr=False)
class CardList:
    """A list of a board."""

    id: str
    board: Board
    name: str
    pos: float
    closed: bool = False
    subscribed: bool = False


@dataclass(slots=True, eq=False, repr=False)
class Label:
    """A label of a board."""

    id: str
    board: Board
    name: str
    colour: str | None


@dataclass(slots=True, eq=False, repr=False)
class CheckItem:
    """A line of a checklist."""

    id: str
    checklist: "Checklist"
    name: str
    pos: float
    done: bool = False
    due: str | None = None
    member: str | None = None


@dataclass(slots=True, eq=False, repr=False)
class Checklist:
    """A checklist of a card."""

    id: str
    card: "Card"
    name: str
    pos: float
    items: dict[str, CheckItem] = field(default_factory=dict)


@dataclass(slots=True, eq=False, repr=False)
class Attachment:
    """A link on a card."""

    id: str
    by: str
    name: str
    url: str
    at: float
    pos: float


@dataclass(slots=True, eq=False, repr=False)
class Card:
    """A card. Labels and members are ids, in the order in which they came."""

    id: str
    short: str
    number: int
    place: CardList
    name: str
    desc: str
    pos: float
    touched: float
    due: str | None = None
    start: str | None = None
    due_complete: bool = False
    reminder: float | None = None
    closed: bool = False
    subscribed: bool = False
    role: str | None = None
    labels: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)
    checklists: dict[str, Checklist] = field(default_factory=dict)
    attachments: dict[str, Attachment] = field(default_factory=dict)
    log: list[Action] = field(default_factory=list)

    @property
    def board(self) -> Board:
        """The board of the card's list."""
        return self.place.board

    @property
    def comments(self) -> list[Action]:
        """The comments, oldest first."""
        return [one for one in self.log if one.kind in ("commentCard", "copyCommentCard")]
