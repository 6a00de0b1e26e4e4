"""Every field that Trello shows of members, memberships and workspaces."""

from collections.abc import Callable, Mapping
from typing import Any

from .ids import moment
from .limits import limits_of_workspace
from .objects import FREE, Board, Member, Workspace
from .store import Store

SITE = "https://trello.com"
Getter = Callable[[Any, Store], Any]
Getters = Mapping[str, Getter]


def same(value: Any) -> Getter:
    """Return what gives this value for everything."""
    return lambda _, __: value


def initials(member: Member) -> str:
    """Return the first letters of a name."""
    return "".join(word[0] for word in member.name.split()[:3]).upper()


MEMBER: Getters = {
    "id": lambda m, _: m.id,
    "aaId": same(None),
    "activityBlocked": same(False),
    "avatarHash": same(None),
    "avatarUrl": same(None),
    "bio": same(""),
    "bioData": same(None),
    "confirmed": lambda m, _: m.has_account,
    "email": same(None),  # wants the scope `account`
    "fullName": lambda m, _: m.name,
    "idEnterprise": same(None),
    "idMemberReferrer": same(None),
    "idBoards": lambda m, s: [
        one.id
        for one in s.boards.values()
        if m.id in one.memberships and not one.memberships[m.id].pending
    ],
    "idOrganizations": lambda m, s: [
        one.id for one in s.workspaces.values() if m.id in one.memberships
    ],
    "initials": lambda m, _: initials(m),
    "limits": lambda _, __: {},
    "memberType": lambda m, _: "normal" if m.has_account else "ghost",
    "nonPublic": lambda _, __: {},
    "nonPublicAvailable": same(False),
    "prefs": lambda _, __: {"locale": "en-US", "timezoneInfo": {"timezoneNext": "UTC"}},
    "products": lambda _, __: [],
    "status": same("disconnected"),
    "url": lambda m, _: f"{SITE}/u/{m.username}",
    "username": lambda m, _: m.username,
}

MEMBERSHIP: Getters = {
    "id": lambda one, _: one.id,
    "idMember": lambda one, _: one.member.id,
    "memberType": lambda one, _: one.role,
    "unconfirmed": lambda one, _: one.pending,
    "deactivated": same(False),
}


def memberships(holder: Board | Workspace, store: Store) -> list[dict[str, Any]]:
    """Return who belongs to a board or workspace and who is invited."""
    return [
        {name: get(one, store) for name, get in MEMBERSHIP.items()}
        for one in holder.memberships.values()
    ]


WORKSPACE: Getters = {
    "id": lambda w, _: w.id,
    "name": lambda w, _: w.name,
    "displayName": lambda w, _: w.title,
    "desc": lambda w, _: w.desc,
    "descData": same(None),
    "dateLastActivity": lambda w, _: max(
        (moment(board.touched) for board in w.boards.values()), default=None
    ),
    "domainName": same(None),
    "idBoards": lambda w, _: list(w.boards),
    "idEnterprise": same(None),
    "idMemberCreator": lambda w, _: w.creator.id,
    "limits": limits_of_workspace,
    "logoHash": same(None),
    "logoUrl": same(None),
    "memberships": memberships,
    "offering": lambda w, _: w.offering,
    "powerUps": lambda _, __: [],
    "prefs": lambda _, __: {"permissionLevel": "private", "orgInviteRestrict": []},
    "premiumFeatures": lambda w, _: [] if w.offering == FREE else ["advancedChecklists"],
    "products": lambda w, _: [] if w.offering == FREE else [110],
    "teamType": same(None),
    "type": same(None),
    "url": lambda w, _: f"{SITE}/w/{w.name}",
    "website": same(None),
}
