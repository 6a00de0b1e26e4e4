"""Routes of lists."""

from typing import Any

from .activity import happened, list_in_brief, read_log
from .call import Call, Routes
from .card_shape import CardShape
from .copies import copy_card
from .fields import chosen, shown
from .making import new_list
from .nested import CARD_FILTERS, LIST_FILTERS, cards_of, lists_of, show_lists
from .objects import Board, Card, CardList
from .refusals import invalid, not_found
from .store import placed


def show(call: Call, one: CardList) -> dict[str, Any]:
    """Return a list with all its fields."""
    return shown("list", chosen("list", "all"), one, call.store)


def make(call: Call, board: Board) -> dict[str, Any]:
    """Make the list that the parameters describe, at the left where they do not say."""
    name = call.given.name()
    pos = placed(call.given.text("pos", "top"), _positions(board))
    source = call.given.text("idListSource")
    cards = _cards(call.list_named(source), "open") if source else []
    made = new_list(call.store, board, name, pos)
    happened(call.store, call.me, "createList", board, list=list_in_brief(made))
    for card in cards:
        copy_card(call, card, made)
    return show(call, made)


def create(call: Call) -> dict[str, Any]:
    """Make a list on the board that is named."""
    return make(call, call.board_named(call.given.text("idBoard"), write=True))


def create_on_board(call: Call) -> dict[str, Any]:
    """Make a list on the board of the path."""
    return make(call, call.board(write=True))


def of_board(call: Call) -> list[dict[str, Any]]:
    """Return the lists of a board, with their cards where asked for."""
    board = call.board()
    named = call.path[1] if len(call.path) > 1 else call.given.text("filter", "open")
    if named not in LIST_FILTERS:
        raise invalid("filter")
    return show_lists(call, lists_of(board, named))


def read(call: Call) -> dict[str, Any]:
    """Return a list."""
    return shown("list", chosen("list", call.given.text("fields", "all")), call.list(), call.store)


def update(call: Call) -> dict[str, Any]:
    """Change the fields of a list that are given."""
    one, given = call.list(write=True), call.given
    changes: dict[str, Any] = {}
    if "name" in given:
        changes["name"] = given.name()
    if "closed" in given:
        changes["closed"] = given.truth("closed")
    if "subscribed" in given:
        changes["subscribed"] = given.truth("subscribed")
    board = call.board_named(given.text("idBoard"), write=True) if "idBoard" in given else one.board
    if "pos" in given:
        changes["pos"] = placed(given.text("pos"), _positions(board, one))
    if board is not one.board:
        _move(call, one, board)
    old = {name: getattr(one, name) for name in changes if getattr(one, name) != changes[name]}
    for name in old:
        setattr(one, name, changes[name])
    if old:
        told = list_in_brief(one) | {name: changes[name] for name in old}
        happened(call.store, call.me, "updateList", one.board, old=old, list=told)
    return show(call, one)


def _move(call: Call, one: CardList, board: Board) -> None:
    cards = _cards(one, "all")
    happened(call.store, call.me, "moveListFromBoard", one.board, list=list_in_brief(one))
    del one.board.lists[one.id]
    for card in cards:
        del one.board.cards[card.id]
        card.labels = []
        board.cards[card.id] = card
    one.board = board
    board.lists[one.id] = one
    happened(call.store, call.me, "moveListToBoard", board, list=list_in_brief(one))


def update_field(call: Call) -> dict[str, Any]:
    """Change the one field that the path names."""
    if call.path[1] not in ("name", "closed", "pos", "idBoard", "subscribed"):
        raise not_found(call.path[1])
    call.given = call.given.as_value_of(call.path[1])
    return update(call)


def cards(call: Call) -> list[dict[str, Any]]:
    """Return the cards of a list."""
    one = call.list()
    which = call.given.one_of("filter", CARD_FILTERS, "open")
    return CardShape.of(call).show(_cards(one, which))


def archive_all(call: Call) -> dict[str, Any]:
    """Archive every card of a list."""
    for card in _cards(call.list(write=True), "open"):
        card.closed = True
        old = {"closed": False}
        happened(call.store, call.me, "updateCard", card.board, card=card, old=old)
    return {}


def actions(call: Call) -> list[dict[str, Any]]:
    """Return what happened on a list."""
    one = call.list()
    log = [a for a in one.board.log if a.data.get("list", {}).get("id") == one.id]
    return read_log(call, log)


def _cards(one: CardList, which: str) -> list[Card]:
    return cards_of((card for card in one.board.cards.values() if card.place is one), which)


def _positions(board: Board, but: CardList | None = None) -> list[float]:
    return [one.pos for one in board.lists.values() if not one.closed and one is not but]


ROUTES: Routes = {
    ("POST", "lists"): create,
    ("GET", "lists/{}"): read,
    ("PUT", "lists/{}"): update,
    ("GET", "lists/{}/cards"): cards,
    ("GET", "lists/{}/actions"): actions,
    ("POST", "lists/{}/archiveAllCards"): archive_all,
    ("PUT", "lists/{}/{}"): update_field,
    ("GET", "boards/{}/lists"): of_board,
    ("GET", "boards/{}/lists/{}"): of_board,
    ("POST", "boards/{}/lists"): create_on_board,
}
