"""One request on its way: who asks, with what, and what they may see and change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .given import Given
from .objects import Board, Card, CardList, CheckItem, Checklist, Label, Member, Workspace
from .refusals import not_found, not_permitted
from .store import Store


@dataclass(slots=True)
class Call:
    """A signed-in request. `path` are the changing parts of its route."""

    store: Store
    me: Member
    token: str
    given: Given
    path: tuple[str, ...] = ()

    def board(self, part: int = 0, *, write: bool = False) -> Board:
        """Return the board of the path that this member may read, or write."""
        board = self.store.find(self.store.boards, self.path[part], "board")
        return self._allowed(board, write)

    def card(self, part: int = 0, *, write: bool = False) -> Card:
        """Return the card of the path."""
        return self.card_named(self.path[part], write=write)

    def card_named(self, ref: str, *, write: bool = False) -> Card:
        """Return the card with this id or short link."""
        card = self.store.find(self.store.cards, ref, "card")
        self._allowed(card.board, write)
        return card

    def list(self, part: int = 0, *, write: bool = False) -> CardList:
        """Return the list of the path."""
        return self.list_named(self.path[part], write=write)

    def list_named(self, ref: str, *, write: bool = False) -> CardList:
        """Return the list with this id."""
        found = self.store.find(self.store.lists, ref, "list")
        self._allowed(found.board, write)
        return found

    def board_named(self, ref: str, *, write: bool = False) -> Board:
        """Return the board with this id or short link."""
        return self._allowed(self.store.find(self.store.boards, ref, "board"), write)

    def label(self, part: int = 0, *, write: bool = False) -> Label:
        """Return the label of the path."""
        label = self.store.find(self.store.labels, self.path[part], "label")
        self._allowed(label.board, write)
        return label

    def checklist(self, part: int = 0, *, write: bool = False) -> Checklist:
        """Return the checklist of the path."""
        return self.checklist_named(self.path[part], write=write)

    def checklist_named(self, ref: str, *, write: bool = False) -> Checklist:
        """Return the checklist with this id."""
        checklist = self.store.find(self.store.checklists, ref, "checklist")
        self._allowed(checklist.card.board, write)
        return checklist

    def item(self, part: int, *, write: bool = False) -> CheckItem:
        """Return the check item of the path."""
        item = self.store.find(self.store.items, self.path[part], "checkItem")
        self._allowed(item.checklist.card.board, write)
        return item

    def member(self, ref: str) -> Member:
        """Return a member by "me", id or username."""
        if ref == "me":
            return self.me
        for one in self.store.members.values():
            if ref in (one.id, one.username):
                return one
        raise not_found("member")

    def workspace(self, ref: str) -> Workspace:
        """Return a workspace that this member belongs to, by id or name."""
        for one in self.store.workspaces.values():
            if ref in (one.id, one.name):
                if not belongs(self.me, one):
                    raise not_permitted()
                return one
        raise not_found("organization")

    def must_govern(self, board: Board) -> None:
        """Refuse who is not an administrator of the board."""
        membership = board.memberships.get(self.me.id)
        if membership is None or membership.role != "admin":
            raise not_permitted()

    def _allowed(self, board: Board, write: bool) -> Board:
        if not (may_write(self.me, board) if write else may_read(self.me, board)):
            raise not_permitted()
        return board


def belongs(member: Member, workspace: Workspace) -> bool:
    """Say whether somebody is a member of a workspace, and not only invited."""
    membership = workspace.memberships.get(member.id)
    return membership is not None and not membership.pending


def may_read(member: Member, board: Board) -> bool:
    """Say whether somebody sees a board."""
    membership = board.memberships.get(member.id)
    level = board.prefs["permissionLevel"]
    return (
        (membership is not None and not membership.pending)
        or level == "public"
        or (level == "org" and belongs(member, board.workspace))
    )


def may_write(member: Member, board: Board) -> bool:
    """Say whether somebody may change what is on a board."""
    membership = board.memberships.get(member.id)
    if membership is not None and not membership.pending:
        return membership.role != "observer"
    return board.prefs["permissionLevel"] == "org" and belongs(member, board.workspace)


Handler = Callable[[Call], Any]
Routes = Mapping[tuple[str, str], Handler]
"""Handlers by method and path; {} stands for a changing part."""
