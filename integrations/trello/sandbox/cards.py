"""Routes of cards themselves: making, reading, deleting."""

from typing import Any

from .activity import ON_CARDS, happened, list_in_brief, read_log
from .call import Call, Routes, may_write
from .card_changes import tell_assigned
from .card_shape import CardShape
from .card_values import fields_given, hold, sets_given
from .copies import KEPT, copy_card
from .fields import CARD
from .making import attach, new_card, positions
from .nested import CARD_FILTERS, cards_of
from .objects import Card, CardList
from .refusals import invalid, not_found
from .store import placed

_ROLES = ("separator", "board", "mirror", "link")


def create(call: Call) -> dict[str, Any]:
    """Make a card, new or from another one."""
    given, shape = call.given, CardShape.of(call)
    place = call.list_named(given.text("idList") or _refuse("idList"), write=True)
    pos = placed(given.text("pos", "bottom"), positions(place))
    plan = fields_given(call) | sets_given(call, place.board)
    role = given.one_of("cardRole", ("", "null", *_ROLES), "") or None
    url = given.text("urlSource")
    if url and not url.startswith(("http://", "https://")):
        raise invalid("url")
    if given.text("idCardSource"):
        card = _copied(call, place, pos)
    else:
        card = new_card(call.store, place, "", "", pos)
    card.role = None if role == "null" else role
    hold(card, plan)
    if url:
        attach(call, card, url, given.text("name").strip() or url)
    if not given.text("idCardSource"):
        happened(call.store, call.me, "createCard", card.board, card=card)
    for member in plan.get("members", ()):
        tell_assigned(call, card, member)
    return shape.show((card,))[0]


def _refuse(name: str) -> str:
    raise invalid(name)


def _copied(call: Call, place: CardList, pos: float) -> Card:
    source = call.card_named(call.given.text("idCardSource"))
    keep = call.given.words("keepFromSource") or ["all"]
    if not set(keep) <= {"all", *KEPT}:
        raise invalid("keepFromSource")
    return copy_card(call, source, place, KEPT if "all" in keep else keep, pos)


def _show(call: Call, card: Card) -> dict[str, Any]:
    return CardShape.of(call).show((card,))[0]


def read(call: Call) -> dict[str, Any]:
    """Return a card with what is asked for."""
    return _show(call, call.card())


def read_field(call: Call) -> dict[str, Any]:
    """Return one field of a card."""
    card = call.card()
    if call.path[1] not in CARD:
        raise not_found(call.path[1])
    return {"_value": CARD[call.path[1]](card, call.store)}


def delete(call: Call) -> dict[str, Any]:
    """Delete a card for ever; only the log of its board remembers it."""
    card, store = call.card(write=True), call.store
    told = {"list": list_in_brief(card.place)}
    told["card"] = {"id": card.id, "idShort": card.number, "shortLink": card.short}
    happened(store, call.me, "deleteCard", card.board, data=told)
    for checklist in card.checklists.values():
        for item in checklist.items:
            del store.items[item]
        del store.checklists[checklist.id]
    for attachment in card.attachments:
        del store.attachments[attachment]
    del card.board.cards[card.id], store.cards[card.id], store.short[card.short]
    return {"limits": {}}


def of_board(call: Call) -> Any:
    """Return the cards of a board that a filter lets through, or one card of it."""
    board = call.board()
    named = call.path[1] if len(call.path) > 1 else call.given.text("filter", "visible")
    if named in CARD_FILTERS:
        return CardShape.of(call).show(cards_of(board.cards.values(), named))
    if len(call.path) < 2:
        raise invalid("filter")
    card = call.card_named(named)
    if card.board is not board:
        raise not_found("card")
    return _show(call, card)


def actions(call: Call) -> list[dict[str, Any]]:
    """Return what happened on a card: comments and moves where nothing else is asked for."""
    return read_log(call, call.card().log, ON_CARDS)


def of_member(call: Call) -> list[dict[str, Any]]:
    """Return the cards that somebody is on."""
    member = call.member(call.path[0])
    which = call.given.one_of("filter", CARD_FILTERS, "visible")
    boards = (one for one in call.store.boards.values() if may_write(call.me, one))
    found = (c for board in boards for c in board.cards.values() if member.id in c.members)
    return CardShape.of(call).show(cards_of(found, which))


ROUTES: Routes = {
    ("POST", "cards"): create,
    ("GET", "cards/{}"): read,
    ("DELETE", "cards/{}"): delete,
    ("GET", "cards/{}/actions"): actions,
    ("GET", "boards/{}/cards"): of_board,
    ("GET", "boards/{}/cards/{}"): of_board,
    ("GET", "members/{}/cards"): of_member,
    ("GET", "cards/{}/{}"): read_field,
}
