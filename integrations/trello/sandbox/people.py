"""Routes of accounts, tokens and workspaces."""

from typing import Any

from .call import Call, Routes, belongs
from .fields import chosen, shown
from .ids import born, moment
from .limits import room_for
from .members import ghost, mailbox, pending_of
from .nested import boards_seen, show_board, show_members, show_memberships
from .objects import Board, Member, Membership, Workspace
from .refusals import invalid, not_found, not_permitted

_PUBLIC = (
    "activityBlocked,avatarHash,avatarUrl,bio,confirmed,fullName,initials,memberType,url,username"
)


def read(call: Call) -> dict[str, Any]:
    """Return an account; of others only what is public."""
    member, given = call.member(call.path[0]), call.given
    fields = chosen("member", given.text("fields", "all" if member is call.me else _PUBLIC))
    view = shown("member", fields, member, call.store)
    if given.text("boards") and given.text("boards") != "none":
        names = chosen("board", given.text("board_fields", "all"))
        found = boards_seen(call, _boards(call, member), given.text("boards"))
        view["boards"] = [shown("board", names, one, call.store) for one in found]
    if given.text("organizations") and given.text("organizations") != "none":
        names = chosen("organization", given.text("organization_fields", "all"))
        view["organizations"] = [
            shown("organization", names, one, call.store) for one in _workspaces(call, member)
        ]
    return view


def _boards(call: Call, member: Member, pending: bool = False) -> list[Board]:
    return [
        one
        for one in call.store.boards.values()
        if member.id in one.memberships and one.memberships[member.id].pending == pending
    ]


def _workspaces(call: Call, member: Member) -> list[Workspace]:
    every = call.store.workspaces.values()
    return [one for one in every if belongs(member, one) and belongs(call.me, one)]


def boards(call: Call) -> list[dict[str, Any]]:
    """Return the boards that somebody is a member of."""
    member = call.member(call.path[0])
    which = call.path[1] if len(call.path) > 1 else call.given.text("filter", "all")
    known = ("all", "closed", "members", "open", "organization", "public", "starred", "none")
    if which not in known:
        raise invalid("filter")
    found = boards_seen(call, _boards(call, member), which)
    if "fields" in call.given:
        fields = chosen("board", call.given.text("fields"))
        if "lists" not in call.given and "organization" not in call.given:
            return [shown("board", fields, one, call.store) for one in found]
    else:
        call.given = call.given.but(fields="all")
    return [show_board(call, one) for one in found]


def boards_invited(call: Call) -> list[dict[str, Any]]:
    """Return the boards to which this member is invited."""
    fields = chosen("board", call.given.text("fields", "name,closed,idOrganization,pinned"))
    pending = (
        one
        for one in call.store.boards.values()
        if call.me.mail and pending_of(one.memberships, call.me.mail)
    )
    return [shown("board", fields, one, call.store) for one in pending]


def workspaces(call: Call) -> list[dict[str, Any]]:
    """Return the workspaces that somebody belongs to."""
    fields = chosen("organization", call.given.text("fields", "all"))
    found = _workspaces(call, call.member(call.path[0]))
    return [shown("organization", fields, one, call.store) for one in found]


def read_token(call: Call) -> dict[str, Any]:
    """Return what one's own token may do."""
    if call.path[0] != call.token:
        raise not_found("token")
    anything = {"idModel": "*", "read": True, "write": True}
    return {
        "id": call.me.id[:8] + call.me.id[:7:-1],
        "identifier": "smarketing",
        "idMember": call.me.id,
        "dateCreated": moment(born(call.me.id)),
        "dateExpires": None,
        "permissions": [
            {"idModel": call.me.id, "modelType": "member", "read": True, "write": True},
            anything | {"modelType": "board"},
            anything | {"modelType": "organization"},
        ],
    }


def token_member(call: Call) -> dict[str, Any]:
    """Return whose token it is."""
    if call.path[0] != call.token:
        raise not_found("token")
    return shown("member", chosen("member", call.given.text("fields", "all")), call.me, call.store)


def revoke(call: Call) -> dict[str, Any]:
    """Take one's own token out of use."""
    if call.path[0] != call.token:
        raise not_found("token")
    call.store.revoked.add(call.token)
    return {"_value": None}


def create_workspace(call: Call) -> dict[str, Any]:
    """Make a free workspace."""
    made = call.store.new_workspace(call.me, call.given.name("displayName"))
    made.desc = call.given.long_text("desc")
    return shown("organization", chosen("organization", "all"), made, call.store)


def read_workspace(call: Call) -> dict[str, Any]:
    """Return a workspace, with its members and boards where asked for."""
    workspace, given = call.workspace(call.path[0]), call.given
    fields = chosen("organization", given.text("fields", "all"))
    view = shown("organization", fields, workspace, call.store)
    found = workspace.memberships.values()
    if given.text("members") not in ("", "none"):
        names = given.text("member_fields", "fullName,username")
        view["members"] = show_members(call, found, given.text("members"), names)
    if given.text("memberships") not in ("", "none"):
        view["memberships"] = show_memberships(call, found, given.text("memberships"))
    if given.text("boards") not in ("", "none"):
        names_of_board = chosen("board", given.text("board_fields", "all"))
        seen = boards_seen(call, workspace.boards.values(), given.text("boards"))
        view["boards"] = [shown("board", names_of_board, one, call.store) for one in seen]
    return view


def workspace_members(call: Call) -> list[dict[str, Any]]:
    """Return the members of a workspace; guests of its boards are not among them."""
    found = call.workspace(call.path[0]).memberships.values()
    return show_members(call, found, "all", call.given.text("fields", "fullName,username"))


def workspace_memberships(call: Call) -> list[dict[str, Any]]:
    """Return who belongs to a workspace and who is invited."""
    found = call.workspace(call.path[0]).memberships.values()
    return show_memberships(call, found, call.given.text("filter", "all"))


def workspace_boards(call: Call) -> list[dict[str, Any]]:
    """Return the boards of a workspace that this member may read."""
    fields = chosen("board", call.given.text("fields", "all"))
    found = call.workspace(call.path[0]).boards.values()
    seen = boards_seen(call, found, call.given.text("filter", "all"))
    return [shown("board", fields, one, call.store) for one in seen]


def _governed(call: Call) -> Workspace:
    workspace = call.workspace(call.path[0])
    if workspace.memberships[call.me.id].role != "admin":
        raise not_permitted()
    return workspace


def invite(call: Call) -> list[dict[str, Any]]:
    """Invite a mailbox to a workspace."""
    workspace, mail = _governed(call), mailbox(call)
    role = call.given.one_of("type", ("admin", "normal"), "normal")
    known = call.store.with_mail(mail)
    if known is None or known.id not in workspace.memberships:
        pending = pending_of(workspace.memberships, mail)
        if pending is None:
            someone = ghost(call.store, call.given.name("fullName"), mail)
            room_for(call.store, workspace, someone.id)
            pending = Membership(call.store.ids.new(), someone, role, pending=True)
            workspace.memberships[someone.id] = pending
        subject = f"{call.me.name} invited you to the workspace {workspace.title}"
        call.store.send(pending.member, subject)
    return workspace_memberships(call)


def put_member(call: Call) -> list[dict[str, Any]]:
    """Add a known member to a workspace, or give one another role."""
    workspace, member = _governed(call), call.member(call.path[1])
    role = call.given.one_of("type", ("admin", "normal"), "normal")
    if member.id in workspace.memberships:
        workspace.memberships[member.id].role = role
    else:
        room_for(call.store, workspace, member.id)
        made = Membership(call.store.ids.new(), member, role)
        workspace.memberships[member.id] = made
        subject = f"{call.me.name} added you to the workspace {workspace.title}"
        call.store.send(member, subject)
    return workspace_memberships(call)


def drop_member(call: Call) -> dict[str, Any]:
    """Take somebody out of a workspace; they stay on its boards."""
    workspace = _governed(call)
    if call.path[1] not in workspace.memberships or call.path[1] == call.me.id:
        raise not_found("member")
    del workspace.memberships[call.path[1]]
    return {}


ROUTES: Routes = {
    ("GET", "members/{}"): read,
    ("GET", "members/{}/boards"): boards,
    ("GET", "members/{}/boards/{}"): boards,
    ("GET", "members/{}/boardsInvited"): boards_invited,
    ("GET", "members/{}/organizations"): workspaces,
    ("GET", "tokens/{}"): read_token,
    ("GET", "tokens/{}/member"): token_member,
    ("DELETE", "tokens/{}"): revoke,
    ("POST", "organizations"): create_workspace,
    ("GET", "organizations/{}"): read_workspace,
    ("GET", "organizations/{}/members"): workspace_members,
    ("PUT", "organizations/{}/members"): invite,
    ("PUT", "organizations/{}/members/{}"): put_member,
    ("DELETE", "organizations/{}/members/{}"): drop_member,
    ("GET", "organizations/{}/memberships"): workspace_memberships,
    ("GET", "organizations/{}/boards"): workspace_boards,
}
