"""Routes of boards."""

from typing import Any

from .activity import happened, read_log, touch
from .board_fields import BOARD
from .call import Call, Routes, belongs
from .copies import copy_board
from .fields import chosen, shown
from .ids import short_link
from .limits import room_for, room_for_board
from .making import new_label, new_list
from .nested import show_board
from .objects import Board, Membership, Workspace
from .refusals import invalid, not_found
from .store import STEP, Store

_COLOURS = ("green", "yellow", "orange", "red", "purple", "blue")
_LISTS = ("To Do", "Doing", "Done")
_CHOICES = {
    "permissionLevel": ("org", "private", "public"),
    "voting": ("disabled", "members", "observers", "org", "public"),
    "comments": ("disabled", "members", "observers", "org", "public"),
    "invitations": ("members", "admins"),
    "cardAging": ("pirate", "regular"),
}
_TRUTHS = ("selfJoin", "cardCovers", "hideVotes", "isTemplate", "calendarFeedEnabled")
_BACKGROUNDS = ("blue", "orange", "green", "red", "purple", "pink", "lime", "sky", "grey")


def _first_prefs() -> dict[str, Any]:
    return {
        "permissionLevel": "private",
        "hideVotes": False,
        "voting": "disabled",
        "comments": "members",
        "invitations": "members",
        "selfJoin": True,
        "cardCovers": True,
        "isTemplate": False,
        "cardAging": "regular",
        "calendarFeedEnabled": False,
        "background": "blue",
        "backgroundColor": "#0079BF",
        "backgroundImage": None,
        "backgroundImageScaled": None,
        "backgroundTile": False,
        "backgroundBrightness": "dark",
        "backgroundBottomColor": "#0079BF",
        "backgroundTopColor": "#0079BF",
        "canBePublic": True,
        "canBeEnterprise": True,
        "canBeOrg": True,
        "canBePrivate": True,
        "canInvite": True,
    }


def create(call: Call) -> dict[str, Any]:
    """Make a board, empty, with Trello's own lists and labels, or as a copy."""
    given, store = call.given, call.store
    name, desc = given.name(), given.long_text("desc")
    with_labels, with_lists = given.truth("defaultLabels", True), given.truth("defaultLists", True)
    with_cards = given.one_of("keepFromSource", ("cards", "none"), "none") == "cards"
    prefs = _first_prefs() | _prefs(call, "prefs_")
    source = call.board_named(given.text("idBoardSource")) if given.text("idBoardSource") else None
    workspace = _workspace(call)
    room_for_board(store, workspace)
    room_for(store, workspace, call.me.id)
    identity = store.ids.new()
    board = Board(
        identity, short_link(identity), name, desc, workspace, call.me, prefs, store.now()
    )
    board.memberships[call.me.id] = Membership(store.ids.new(), call.me, "admin")
    store.boards[identity] = workspace.boards[identity] = board
    store.short[board.short] = identity
    if source is None:
        happened(store, call.me, "createBoard", board)
        _furnish(store, board, with_labels, with_lists)
    else:
        copy_board(call, source, board, with_cards)
    return shown("board", chosen("board", "all"), board, store)


def _workspace(call: Call) -> Workspace:
    named = call.given.text("idOrganization")
    if named:
        return call.workspace(named)
    # Without one, a board goes to the first workspace of who makes it.
    for one in call.store.workspaces.values():
        if belongs(call.me, one):
            return one
    raise invalid("idOrganization")


def _furnish(store: Store, board: Board, with_labels: bool, with_lists: bool) -> None:
    for colour in _COLOURS if with_labels else ():
        new_label(store, board, "", colour)
    for place, name in enumerate(_LISTS if with_lists else (), 1):
        new_list(store, board, name, place * STEP)


def _prefs(call: Call, prefix: str) -> dict[str, Any]:
    given = call.given
    changes: dict[str, Any] = {}
    for name, allowed in _CHOICES.items():
        if prefix + name in given:
            changes[name] = given.one_of(prefix + name, allowed, allowed[0])
    for name in _TRUTHS:
        if prefix + name in given:
            changes[name] = given.truth(prefix + name)
    if f"{prefix}background" in given:
        changes["background"] = given.one_of(f"{prefix}background", _BACKGROUNDS, "blue")
    return changes


def read(call: Call) -> dict[str, Any]:
    """Return a board with what is asked for."""
    return show_board(call, call.board())


def read_field(call: Call) -> dict[str, Any]:
    """Return one field of a board."""
    board = call.board()
    if call.path[1] not in BOARD:
        raise not_found(call.path[1])
    return {"_value": BOARD[call.path[1]](board, call.store)}


def update(call: Call) -> dict[str, Any]:
    """Change the fields of a board that are given."""
    board, given = call.board(write=True), call.given
    changes: dict[str, Any] = {}
    if "name" in given:
        changes["name"] = given.name()
    if "desc" in given:
        changes["desc"] = given.long_text("desc")
    if "closed" in given:
        changes["closed"] = given.truth("closed")
    prefs = _prefs(call, "prefs_") | _prefs(call, "prefs/")
    if prefs or "closed" in changes or "idOrganization" in given:
        call.must_govern(board)
    if changes.get("closed") is False and board.closed:
        room_for_board(call.store, board.workspace)
    if "idOrganization" in given:
        _move(call, board, call.workspace(given.text("idOrganization")))
    _apply(call, board, changes, prefs)
    return shown("board", chosen("board", "all"), board, call.store)


def _apply(call: Call, board: Board, changes: dict[str, Any], prefs: dict[str, Any]) -> None:
    old = {name: getattr(board, name) for name in changes if getattr(board, name) != changes[name]}
    old_prefs = {name: board.prefs[name] for name in prefs if board.prefs[name] != prefs[name]}
    for name in old:
        setattr(board, name, changes[name])
    board.prefs.update(prefs)
    if old or old_prefs:
        told = old | ({"prefs": old_prefs} if old_prefs else {})
        happened(call.store, call.me, "updateBoard", board, old=told)


def _move(call: Call, board: Board, workspace: Workspace) -> None:
    if workspace is board.workspace:
        return
    room_for_board(call.store, workspace)
    for member_id in board.memberships:
        room_for(call.store, workspace, member_id)
    del board.workspace.boards[board.id]
    board.workspace = workspace
    workspace.boards[board.id] = board
    touch(call.store, board)


def update_field(call: Call) -> dict[str, Any]:
    """Change the one field that the path names."""
    if call.path[1] not in ("name", "desc", "closed", "idOrganization", "subscribed"):
        raise not_found(call.path[1])
    call.given = call.given.as_value_of(call.path[1])
    return update(call)


def delete(call: Call) -> dict[str, Any]:
    """Delete a board and everything on it."""
    board, store = call.board(), call.store
    call.must_govern(board)
    for card in board.cards.values():
        for checklist in card.checklists.values():
            for item in checklist.items:
                del store.items[item]
            del store.checklists[checklist.id]
        for attachment in card.attachments:
            del store.attachments[attachment]
        del store.cards[card.id], store.short[card.short]
    for label in board.labels:
        del store.labels[label]
    for one in board.lists:
        del store.lists[one]
    for action in board.log:
        store.actions.pop(action.id, None)
    del store.boards[board.id], board.workspace.boards[board.id], store.short[board.short]
    return {"_value": None}


def actions(call: Call) -> list[dict[str, Any]]:
    """Return what happened on a board."""
    return read_log(call, call.board().log)


def viewed(call: Call) -> dict[str, Any]:
    """Note that somebody looked; nothing changes."""
    call.board()
    return {}


def nothing(call: Call) -> list[Any]:
    """Return the empty list of what this stand-in never holds: custom fields, plug-ins, stars."""
    call.board()
    return []


ROUTES: Routes = {
    ("POST", "boards"): create,
    ("GET", "boards/{}"): read,
    ("PUT", "boards/{}"): update,
    ("DELETE", "boards/{}"): delete,
    ("GET", "boards/{}/actions"): actions,
    ("GET", "boards/{}/customFields"): nothing,
    ("GET", "boards/{}/pluginData"): nothing,
    ("GET", "boards/{}/plugins"): nothing,
    ("GET", "boards/{}/boardPlugins"): nothing,
    ("GET", "boards/{}/boardStars"): nothing,
    ("POST", "boards/{}/markedAsViewed"): viewed,
    ("GET", "boards/{}/{}"): read_field,
    ("PUT", "boards/{}/{}"): update_field,
}
