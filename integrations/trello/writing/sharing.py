"""Inviting to a board and taking off it, one person at a time."""

from collections.abc import Mapping

from smarketing.contract import Change, Done, Failed, Outcome, Remote

from .. import remotes as wire
from ..mapping import mail_of, name_of
from .desk import Desk

_MEMBERS: Mapping[str, object] = {
    "fields": "name,desc,closed,shortUrl",
    "members": "all",
    "member_fields": "fullName,username",
    "memberships": "all",
    "membersInvited": "all",
    "membersInvited_fields": "fullName,username",
}


def share(desk: Desk, change: Change) -> Outcome:
    """Give a right, or take one away."""
    access = change.fields.get("access")
    if not isinstance(access, Mapping) or len(access) != 1:
        return Failed(f"{change.address}: one mailbox at a time can be invited.")
    ((mailbox, role),) = access.items()
    board = desk.id_of(change)
    if change.verb == "revoke":
        return _revoke(desk, change, board, mailbox)
    return _grant(desk, change, board, mailbox, role)


def _grant(desk: Desk, change: Change, board: str, mailbox: str, role: str) -> Outcome:
    name, mail = name_of(mailbox), mail_of(mailbox)
    rights = desk.known.access.setdefault(board, _rights(change))
    if desk.me().name == name:
        rights.setdefault(name, "admin")  # we are on it already
        return Done(_board(desk, change, board))
    there = [each for each, other in desk.known.people.get(board, {}).items() if other == name]
    if len(there) == 1:
        desk.account.put(f"boards/{board}/members/{there[0]}", {"type": role})
    elif "@" not in mail:
        return Failed(f"{name} has no e-mail address in config.yaml, so nobody can invite them.")
    else:
        said = {"email": mail, "type": role}
        desk.account.put(f"boards/{board}/members", said, {"fullName": name})
    rights[name] = role
    return Done(_board(desk, change, board))


def _revoke(desk: Desk, change: Change, board: str, mailbox: str) -> Outcome:
    name = name_of(mailbox)
    data = desk.account.get(f"boards/{board}", **_MEMBERS)
    desk.known.access[board] = rights = wire.access_of(data)
    names = wire.names_of(data)
    bearers = [each for each, other in names.items() if other == name]
    inside = [each for each in data["memberships"] if each["idMember"] in bearers]
    if not inside:
        return Done(_board(desk, change, board))
    if len(inside) > 1:
        return Failed(f"Two people called {name} are on {change.address}: remove one by hand.")
    admins = [each for each in data["memberships"] if each["memberType"] == "admin"]
    if inside == admins:
        return Failed(
            f"{name} is the last administrator of {change.address} and stays: "
            "make somebody else one first."
        )
    if inside[0]["idMember"] == desk.me().id:
        return Failed(f"We work as {name}, who stays on {change.address}: sign in as another.")
    desk.account.delete(f"boards/{board}/members/{inside[0]['idMember']}")
    rights.pop(name, None)
    desk.known.people.get(board, {}).pop(inside[0]["idMember"], None)
    return Done(_board(desk, change, board))


def _rights(change: Change) -> dict[str, str]:
    access = change.before.fields.get("access") if change.before else None
    return dict(access) if isinstance(access, Mapping) else {}


def _board(desk: Desk, change: Change, board: str) -> Remote:
    """Return the board as far as rights go; the rest is as the plan saw it."""
    before = change.before
    fields = dict(before.fields) if before is not None else {}
    fields["access"] = dict(desk.known.access[board])
    if before is None or not before.id:
        root = wire.root_id(desk.step.workspace)
        return Remote(
            board,
            "board",
            fields,
            root,
            marker=change.address,
            workspace=desk.step.workspace,
            url=desk.known.urls.get(board, ""),
            born=wire.born(board),
        )
    return Remote(
        board,
        "board",
        fields,
        before.parent,
        before.existence,
        before.marker,
        before.workspace,
        url=before.url,
        born=before.born,
        ours=before.ours,
    )
