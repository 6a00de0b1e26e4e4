"""Everything the stand-in holds, by id, and the clock, the ids and the mails of its world."""

import re
from typing import TypeVar

from smarketing.standin import Mail, Person, World

from .ids import Ids, slug
from .objects import (
    Action,
    Attachment,
    Board,
    Card,
    CardList,
    CheckItem,
    Checklist,
    Label,
    Member,
    Membership,
    Workspace,
)
from .refusals import Refusal, not_found, too_many

STEP = 16384

MOST = {
    "openCards": 5000,
    "openLists": 500,
    "labels": 1000,
    "checklists": 500,
    "checkItems": 200,
    "attachments": 1000,
    "members": 1600,
    "freeBoards": 10,
    "freeCollaborators": 10,
}
"""How much Trello holds of each kind in its container."""

_ID = re.compile(r"[0-9a-fA-F]{24}")
_SHORT = re.compile(r"[0-9A-Za-z]{8}")

Thing = TypeVar("Thing")


class Store:
    """What the routes read and change."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.most = dict(MOST)
        self.ids = Ids(world.now)
        self.members: dict[str, Member] = {}
        self.workspaces: dict[str, Workspace] = {}
        self.boards: dict[str, Board] = {}
        self.lists: dict[str, CardList] = {}
        self.cards: dict[str, Card] = {}
        self.labels: dict[str, Label] = {}
        self.checklists: dict[str, Checklist] = {}
        self.items: dict[str, CheckItem] = {}
        self.attachments: dict[str, Attachment] = {}
        self.actions: dict[str, Action] = {}
        self.short: dict[str, str] = {}
        self.persons: dict[str, Member] = {}
        self.tokens: dict[str, Member] = {}
        self.revoked: set[str] = set()

    def now(self) -> float:
        """Return the seconds since 1970."""
        return self.world.now()

    def switched(self, switch: str) -> bool:
        """Say whether a behaviour is the other way round in this world."""
        return switch in self.world.switches

    def know(self, person: Person) -> Member:
        """Return the member with this person's account; a new one gets a free workspace."""
        if person.key not in self.persons:
            member = self.new_member(person.name, person.mail)
            self.persons[person.key] = member
            self.new_workspace(member, f"{person.name}'s workspace")
        self.tokens[person.token] = self.persons[person.key]
        return self.persons[person.key]

    def new_member(self, name: str, mail: str, has_account: bool = True) -> Member:
        """Keep a member with a username of their own."""
        identity = self.ids.new()
        begin = slug(name).replace("-", "") or "user"
        member = Member(identity, name, f"{begin}{int(identity[8:], 16)}", mail, has_account)
        self.members[identity] = member
        return member

    def new_workspace(self, creator: Member, title: str) -> Workspace:
        """Keep a workspace with its creator as the administrator."""
        identity = self.ids.new()
        name = f"{slug(title).replace('-', '')}{int(identity[8:], 16)}"
        workspace = Workspace(identity, name, title, creator)
        workspace.memberships[creator.id] = Membership(self.ids.new(), creator, "admin")
        self.workspaces[identity] = workspace
        return workspace

    def with_mail(self, mail: str) -> Member | None:
        """Return who has an account with this mailbox."""
        mine = (one for one in self.persons.values() if one.mail.lower() == mail.lower())
        return next(mine, None)

    def send(self, to: Member, subject: str) -> None:
        """Mail somebody."""
        if to.mail:
            self.world.mails.append(Mail(to.mail, subject, "trello", self.now()))

    def find(self, table: dict[str, Thing], ref: str, kind: str) -> Thing:
        """Return what an id or a short link names; refuse what is neither."""
        if ref in table:
            return table[ref]
        if ref in self.short and self.short[ref] in table:
            return table[self.short[ref]]
        if _ID.fullmatch(ref) or (_SHORT.fullmatch(ref) and kind in ("board", "card")):
            found = table.get(ref.lower())
            if found is None:
                raise not_found(kind)
            return found
        raise Refusal(400, "invalid id")

    def room(self, kind: str, count: int, error: str) -> None:
        """Refuse one more where there are as many as Trello holds."""
        if count >= self.most[kind]:
            raise too_many(kind, error)


def at_end(positions: list[float]) -> float:
    """Return the position after all of these."""
    return max(positions, default=0) + STEP


def placed(text: str, positions: list[float]) -> float:
    """Return the position that "top", "bottom" or a number means among these."""
    if text == "bottom":
        return at_end(positions)
    if text == "top":
        return min(positions) / 2 if positions else STEP
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise Refusal(400, "invalid value for pos")
    return number
