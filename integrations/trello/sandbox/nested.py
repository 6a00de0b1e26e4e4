"""Objects with others inside them, as the nested parameters of a request ask for."""

from collections.abc import Callable, Iterable
from typing import Any

from .activity import show_actions
from .call import Call, belongs, may_read
from .card_shape import BOARD_FIELDS, INVITED_FIELDS, CardShape, show_checklists
from .fields import chosen, shown
from .given import Given
from .objects import Board, Card, CardList, Label, Membership, Workspace
from .refusals import invalid

CARD_FILTERS = ("all", "closed", "none", "open", "visible")
LIST_FILTERS = ("all", "closed", "none", "open")


def cards_of(cards: Iterable[Card], which: str) -> list[Card]:
    """Return the cards that a filter lets through, by position."""
    if which == "none":
        return []
    kept = (card for card in cards if _passes(card, which))
    return sorted(kept, key=lambda card: (card.place.pos, card.pos, card.id))


def _passes(card: Card, which: str) -> bool:
    if which == "visible":
        return not card.closed and not card.place.closed
    return which == "all" or card.closed == (which == "closed")


def lists_of(board: Board, which: str) -> list[CardList]:
    """Return the lists that a filter lets through, by position."""
    if which == "none":
        return []
    kept = (
        one for one in board.lists.values() if which == "all" or one.closed == (which == "closed")
    )
    return sorted(kept, key=lambda one: (one.pos, one.id))


def show_lists(
    call: Call, lists: Iterable[CardList], fields: str = "fields"
) -> list[dict[str, Any]]:
    """Return lists, with their cards where these are asked for."""
    chosen_fields = chosen("list", call.given.text(fields, "all"))
    which = call.given.one_of("cards", CARD_FILTERS, "none") if fields == "fields" else "none"
    views = []
    for one in lists:
        view = shown("list", chosen_fields, one, call.store)
        if which != "none":
            inside = (card for card in one.board.cards.values() if card.place is one)
            view["cards"] = CardShape.of(call, "card_").show(cards_of(inside, which))
        views.append(view)
    return views


def show_labels(call: Call, board: Board, most: str, fields: str) -> list[dict[str, Any]]:
    """Return the labels of a board: 50 where nothing else is asked for."""
    count = call.given.number(most, 50, 1000)
    names = chosen("label", call.given.text(fields, "all"))
    labels: list[Label] = list(board.labels.values())
    return [shown("label", names, one, call.store) for one in labels[:count]]


def show_members(
    call: Call, memberships: Iterable[Membership], which: str, fields: str
) -> list[dict[str, Any]]:
    """Return those who belong, not those who are only invited."""
    names = chosen("member", fields)
    return [
        shown("member", names, one.member, call.store)
        for one in memberships
        if not one.pending and _is_among(one, which)
    ]


def show_memberships(
    call: Call, memberships: Iterable[Membership], which: str, prefix: str = ""
) -> list[dict[str, Any]]:
    """Return who belongs and who is invited, with the members where these are asked for."""
    names = chosen("membership", "all")
    with_member = call.given.truth(f"{prefix}member")
    views = []
    for one in memberships:
        if not _is_among(one, which):
            continue
        view = shown("membership", names, one, call.store)
        if with_member:
            fields = call.given.text(f"{prefix}member_fields", "fullName,username")
            view["member"] = shown("member", chosen("member", fields), one.member, call.store)
        views.append(view)
    return views


def _is_among(membership: Membership, which: str) -> bool:
    if which in ("all", "true", "active"):
        return True
    if which in ("admins", "admin", "owners"):
        return membership.role == "admin"
    if which == "normal":
        return membership.role == "normal"
    if which in ("none", "false", "deactivated"):
        return False
    raise invalid("filter")


def show_invited(call: Call, board: Board, fields: str) -> list[dict[str, Any]]:
    """Return those who are invited and did not accept yet."""
    names = chosen("member", fields)
    pending = (one.member for one in board.memberships.values() if one.pending)
    return [shown("member", names, one, call.store) for one in pending]


def show_workspace(call: Call, workspace: Workspace, fields: str) -> dict[str, Any]:
    """Return a workspace; who does not belong to it sees its names only."""
    names = chosen("organization", fields)
    if not belongs(call.me, workspace):
        names = tuple(name for name in names if name in ("id", "name", "displayName", "url"))
    return shown("organization", names, workspace, call.store)


def show_board(call: Call, board: Board, prefix: str = "") -> dict[str, Any]:
    """Return a board with everything inside it that the request asks for."""
    fields = chosen("board", call.given.text(f"{prefix}fields", BOARD_FIELDS))
    view = shown("board", fields, board, call.store)
    for name, add in _IN_BOARD.items():
        wanted = call.given.text(name).lower()
        if wanted not in ("", "none", "false"):
            view[name] = add(call, board, wanted)
    return view


def _cards_in(call: Call, board: Board, which: str) -> Any:
    call.given.one_of("cards", CARD_FILTERS, "none")
    return CardShape.of(call, "card_").show(cards_of(board.cards.values(), which))


def _lists_in(call: Call, board: Board, which: str) -> Any:
    call.given.one_of("lists", LIST_FILTERS, "none")
    return show_lists(call, lists_of(board, which), "list_fields")


def _checklists_in(call: Call, board: Board, which: str) -> Any:
    call.given.one_of("checklists", ("all", "none"), "none")
    found = (one for card in board.cards.values() for one in card.checklists.values())
    return show_checklists(call.store, call.given, found)


def _labels_in(call: Call, board: Board, _: str) -> Any:
    call.given.one_of("labels", ("all", "none", "true"), "none")
    return show_labels(call, board, "labels_limit", "label_fields")


def _members_in(call: Call, board: Board, which: str) -> Any:
    fields = call.given.text("member_fields", INVITED_FIELDS)
    return show_members(call, board.memberships.values(), which, fields)


def _memberships_in(call: Call, board: Board, which: str) -> Any:
    return show_memberships(call, board.memberships.values(), which, "memberships_")


def _invited_in(call: Call, board: Board, _: str) -> Any:
    return show_invited(call, board, call.given.text("membersInvited_fields", INVITED_FIELDS))


def _workspace_in(call: Call, board: Board, _: str) -> Any:
    fields = call.given.text("organization_fields", "name,displayName")
    return show_workspace(call, board.workspace, fields)


def _actions_in(call: Call, board: Board, which: str) -> Any:
    count = call.given.number("actions_limit", 50, 1000)
    kinds = call.given.words("actions")
    found = [one for one in reversed(board.log) if which == "all" or one.kind in kinds]
    return show_actions(call.store, found[:count], Given({}))


def _no(_: Call, __: Board, ___: str) -> Any:
    return []


_IN_BOARD: dict[str, Callable[[Call, Board, str], Any]] = {
    "actions": _actions_in,
    "boardStars": _no,
    "cards": _cards_in,
    "checklists": _checklists_in,
    "customFields": _no,
    "labels": _labels_in,
    "lists": _lists_in,
    "members": _members_in,
    "memberships": _memberships_in,
    "membersInvited": _invited_in,
    "organization": _workspace_in,
    "pluginData": _no,
    "tags": _no,
}


def boards_seen(call: Call, boards: Iterable[Board], which: str) -> list[Board]:
    """Return the boards that a filter lets through and this member may read."""
    if which in ("none", "starred", "pinned"):
        return []
    kept = (one for one in boards if may_read(call.me, one))
    if which in ("open", "closed"):
        return [one for one in kept if one.closed == (which == "closed")]
    if which in ("organization", "public"):
        level = {"organization": "org", "public": "public"}[which]
        return [one for one in kept if one.prefs["permissionLevel"] == level]
    return list(kept)
