"""Routes of who belongs to a board: invitations, roles, leaving; and what accepting one does."""

from typing import Any

from .activity import happened
from .call import Call, Routes
from .limits import room_for
from .nested import show_invited, show_members, show_memberships
from .objects import Board, Member, Membership
from .refusals import Refusal, invalid, not_found, not_permitted
from .store import Store
from .switches import JOINS_AT_ONCE

ROLES = ("admin", "normal", "observer")
_FIELDS = "fullName,username,initials,memberType,confirmed"
_MADE = {"admin": "makeAdminOfBoard", "normal": "makeNormalMemberOfBoard"}
_MADE["observer"] = "makeObserverOfBoard"


def invite(call: Call) -> dict[str, Any]:
    """Invite a mailbox to a board. Whose it is stays unknown until they accept."""
    board, given, store = call.board(), call.given, call.store
    mail = mailbox(call)
    role = given.one_of("type", ROLES, "normal")
    _may_invite(call, board, role)
    known = store.with_mail(mail)
    if known is not None and known.id in board.memberships:
        return _answer(call, board)
    if known is not None and store.switched(JOINS_AT_ONCE):
        _join(call, board, known, role)
        return _answer(call, board)
    pending = pending_of(board.memberships, mail)
    if pending is None:
        name = given.text("fullName").strip() or mail.partition("@")[0]
        pending = _pending(call, board, name, mail, role)
    store.send(pending.member, f"{call.me.name} invited you to the board {board.name}")
    return _answer(call, board)


def mailbox(call: Call) -> str:
    """Return the mailbox that is given."""
    mail = call.given.text("email").strip()
    name, _, host = mail.partition("@")
    if not name or "." not in host or " " in mail:
        raise invalid("email")
    return mail


def pending_of(memberships: dict[str, Membership], mail: str) -> Membership | None:
    """Return the invitation of a mailbox that nobody accepted yet."""
    found = (one for one in memberships.values() if one.pending)
    return next((one for one in found if one.member.mail.lower() == mail.lower()), None)


def ghost(store: Store, name: str, mail: str) -> Member:
    """Return who stands for a mailbox in all invitations."""
    for one in store.members.values():
        if not one.has_account and one.mail.lower() == mail.lower():
            return one
    return store.new_member(name, mail, has_account=False)


def _pending(call: Call, board: Board, name: str, mail: str, role: str) -> Membership:
    store = call.store
    someone = ghost(store, name, mail)
    _room(call, board, someone)
    made = Membership(store.ids.new(), someone, role, pending=True)
    board.memberships[someone.id] = made
    told = {"idMemberInvited": someone.id, "memberType": role}
    happened(store, call.me, "unconfirmedBoardInvitation", board, data=told)
    return made


def _room(call: Call, board: Board, member: Member) -> None:
    call.store.room("members", len(board.memberships), "BOARD_TOO_MANY_MEMBERS")
    room_for(call.store, board.workspace, member.id)


def _may_invite(call: Call, board: Board, role: str) -> None:
    membership = board.memberships.get(call.me.id)
    if membership is None or membership.pending or membership.role == "observer":
        raise not_permitted()
    if role == "admin" or board.prefs["invitations"] == "admins":
        call.must_govern(board)


def _join(call: Call, board: Board, member: Member, role: str) -> None:
    _room(call, board, member)
    made = Membership(call.store.ids.new(), member, role)
    board.memberships[member.id] = made
    told = {"idMemberAdded": member.id, "memberType": role}
    happened(call.store, call.me, "addMemberToBoard", board, data=told)
    call.store.send(member, f"{call.me.name} added you to the board {board.name}")


def _answer(call: Call, board: Board) -> dict[str, Any]:
    memberships = list(board.memberships.values())
    return {
        "id": board.id,
        "members": show_members(call, memberships, "all", _FIELDS),
        "memberships": show_memberships(call, memberships, "all"),
    }


def put(call: Call) -> dict[str, Any]:
    """Add a known member, or give one another role."""
    board = call.board()
    member = call.member(call.path[1])
    role = call.given.one_of("type", ROLES, "normal")
    membership = board.memberships.get(member.id)
    if membership is None:
        if not member.has_account:
            raise not_found("member")
        _may_invite(call, board, role)
        _join(call, board, member, role)
    else:
        _change_role(call, board, membership, role)
    return _answer(call, board)


def _change_role(call: Call, board: Board, membership: Membership, role: str) -> None:
    if membership.role == role:
        return
    call.must_govern(board)
    if membership.role == "admin" and _admins(board) == 1:
        raise Refusal(403, "Not enough admins")
    membership.role = role
    happened(call.store, call.me, _MADE[role], board, idMember=membership.member.id)


def put_membership(call: Call) -> dict[str, Any]:
    """Give another role to who has the membership of the path."""
    board, role = call.board(), call.given.one_of("type", ROLES, "")
    for membership in board.memberships.values():
        if membership.id == call.path[1]:
            _change_role(call, board, membership, role)
            return show_memberships(call, (membership,), "all")[0]
    raise not_found("membership")


def remove(call: Call) -> dict[str, Any]:
    """Take somebody off a board and its cards, or an invitation back."""
    board, ref = call.board(), call.path[1]
    if ref not in board.memberships:
        raise not_found("member")
    if ref != call.me.id:
        call.must_govern(board)
    membership = board.memberships[ref]
    if membership.role == "admin" and not membership.pending and _admins(board) == 1:
        raise Refusal(403, "Not enough admins")
    del board.memberships[ref]
    for card in board.cards.values():
        if ref in card.members:
            card.members.remove(ref)
    told = {"idMemberRemoved": ref, "member": {"id": ref, "name": membership.member.name}}
    happened(call.store, call.me, "removeMemberFromBoard", board, data=told)
    return _answer(call, board)


def _admins(board: Board) -> int:
    return sum(one.role == "admin" and not one.pending for one in board.memberships.values())


def accept(store: Store, member: Member) -> None:
    """Make a member of somebody wherever their mailbox is invited."""
    for board in store.boards.values():
        pending = pending_of(board.memberships, member.mail)
        if pending is not None:
            _take_over(board, pending, member)
            told = {"idMemberAdded": member.id, "memberType": pending.role}
            happened(store, member, "addMemberToBoard", board, data=told)
    for workspace in store.workspaces.values():
        pending = pending_of(workspace.memberships, member.mail)
        if pending is not None:
            del workspace.memberships[pending.member.id]
            pending.member, pending.pending = member, False
            workspace.memberships.setdefault(member.id, pending)


def _take_over(board: Board, pending: Membership, member: Member) -> None:
    unknown = pending.member.id
    del board.memberships[unknown]
    pending.member, pending.pending = member, False
    board.memberships.setdefault(member.id, pending)
    for card in board.cards.values():
        card.members = [member.id if one == unknown else one for one in card.members]


def of_board(call: Call) -> list[dict[str, Any]]:
    """Return the members of a board."""
    memberships = call.board().memberships.values()
    fields = call.given.text("fields", "fullName,username")
    return show_members(call, memberships, call.given.text("filter", "all"), fields)


def invited(call: Call) -> list[dict[str, Any]]:
    """Return who is invited to a board and did not accept yet."""
    return show_invited(call, call.board(), call.given.text("fields", "fullName,username"))


def memberships(call: Call) -> list[dict[str, Any]]:
    """Return who belongs to a board and who is invited."""
    found = call.board().memberships.values()
    return show_memberships(call, found, call.given.text("filter", "all"))


ROUTES: Routes = {
    ("GET", "boards/{}/members"): of_board,
    ("PUT", "boards/{}/members"): invite,
    ("PUT", "boards/{}/members/{}"): put,
    ("DELETE", "boards/{}/members/{}"): remove,
    ("GET", "boards/{}/membersInvited"): invited,
    ("GET", "boards/{}/memberships"): memberships,
    ("PUT", "boards/{}/memberships/{}"): put_membership,
}
