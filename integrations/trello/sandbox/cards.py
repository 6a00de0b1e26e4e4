"""Routes of cards themselves: making, reading, changing, deleting."""

from collections.abc import Callable, Mapping
from typing import Any

from .activity import ON_CARDS, happened, list_in_brief, read_log
from .call import Call, Routes, may_write
from .card_shape import CardShape
from .copies import KEPT, copy_card
from .fields import CARD, number
from .making import keep_attachment, matching, new_card, positions
from .nested import CARD_FILTERS, cards_of
from .objects import Attachment, Board, Card, CardList
from .refusals import Refusal, invalid, not_found, not_permitted
from .store import STEP, placed

_ROLES = ("separator", "board", "mirror", "link")
_PUT = frozenset(
    [
        "name",
        "desc",
        "closed",
        "due",
        "start",
        "dueComplete",
        "dueReminder",
        "pos",
        "idList",
        "idBoard",
        "idLabels",
        "idMembers",
        "subscribed",
    ]
)
_HELD_AS = {"dueComplete": "due_complete", "dueReminder": "reminder"}


def create(call: Call) -> dict[str, Any]:
    """Make a card, new or from another one."""
    given, shape = call.given, CardShape.of(call)
    place = call.list_named(given.text("idList") or _refuse("idList"), write=True)
    pos = placed(given.text("pos", "bottom"), positions(place))
    plan = _fields(call) | _sets(call, place.board)
    role = given.one_of("cardRole", ("", "null", *_ROLES), "") or None
    url = given.text("urlSource")
    if url and not url.startswith(("http://", "https://")):
        raise invalid("url")
    if given.text("idCardSource"):
        card = _copied(call, place, pos)
    else:
        card = new_card(call.store, place, "", "", pos)
    card.role = None if role == "null" else role
    _set(card, plan)
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


def _fields(call: Call) -> dict[str, Any]:
    """Return the plain fields that are given, as the card holds them."""
    given = call.given
    readers: dict[str, Callable[[], Any]] = {
        "name": lambda: given.long_text("name").strip(),
        "desc": lambda: given.long_text("desc"),
        "due": lambda: given.date("due"),
        "start": lambda: given.date("start"),
        "dueComplete": lambda: given.truth("dueComplete"),
        "dueReminder": lambda: _minutes(given.text("dueReminder")),
        "subscribed": lambda: given.truth("subscribed"),
        "closed": lambda: given.truth("closed"),
    }
    return {_HELD_AS.get(name, name): read() for name, read in readers.items() if name in given}


def _minutes(text: str) -> float | None:
    if text in ("", "null"):
        return None
    try:
        return number(float(text))
    except ValueError:
        raise invalid("dueReminder") from None


def _sets(call: Call, board: Board) -> dict[str, Any]:
    """Return the labels and members that are given; each must be of the board."""
    sets: dict[str, Any] = {}
    for name, field, known in (
        ("idLabels", "labels", board.labels),
        ("idMembers", "members", board.memberships),
    ):
        if name in call.given:
            sets[field] = call.given.ids(name)
            if any(one not in known for one in sets[field]):
                raise invalid(name)
    return sets


def _set(card: Card, plan: Mapping[str, Any]) -> None:
    for name, value in plan.items():
        setattr(card, name, value)


def attach(call: Call, card: Card, url: str, name: str) -> Attachment:
    """Put a link on a card."""
    pos = max((one.pos for one in card.attachments.values()), default=0) + STEP
    identity = call.store.ids.new()
    attachment = Attachment(identity, call.me.id, name, url, call.store.now(), pos)
    keep_attachment(call.store, card, attachment)
    return attachment


def tell_assigned(call: Call, card: Card, member_id: str) -> None:
    """Mail somebody who was put on a card by somebody else."""
    member = call.store.members[member_id]
    if member is not call.me and member.has_account:
        call.store.send(member, f"{call.me.name} added you to the card {card.name}")


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


def update(call: Call) -> dict[str, Any]:
    """Change the fields of a card that are given, and no other."""
    card, given, shape = call.card(write=True), call.given, CardShape.of(call)
    if "name" in given:
        given.name()
    fields = _fields(call)
    place = _place(call, card)
    sets = _sets(call, place.board)
    if "pos" in given:
        fields["pos"] = placed(given.text("pos"), positions(place, card))
    if place.board is not card.board:
        _change_board(call, card, place)
    elif place is not card.place:
        _change_list(call, card, place)
    old = {name: getattr(card, name) for name in fields if getattr(card, name) != fields[name]}
    _set(card, fields)
    if old:
        told = {_shown(name): was for name, was in old.items()}
        _log(call, card, told)
    _replace(call, card, sets)
    return shape.show((card,))[0]


def _shown(field: str) -> str:
    return next((name for name, held in _HELD_AS.items() if held == field), field)


def _log(call: Call, card: Card, old: dict[str, Any], **data: Any) -> None:
    brief = {"id": card.id, "name": card.name, "idShort": card.number, "shortLink": card.short}
    brief |= {name: CARD[name](card, call.store) for name in old}
    happened(
        call.store,
        call.me,
        "updateCard",
        card.board,
        card=card,
        old=old,
        data=data | {"card": brief},
    )


def _place(call: Call, card: Card) -> CardList:
    """Return the list where the card is to be."""
    given = call.given
    if given.text("idList"):
        place = call.list_named(given.text("idList"), write=True)
        if given.text("idBoard") not in ("", place.board.id, place.board.short):
            raise invalid("idList")
        return place
    if given.text("idBoard"):
        board = call.board_named(given.text("idBoard"), write=True)
        if board is not card.board:
            open_lists = [one for one in board.lists.values() if not one.closed]
            if not open_lists:
                raise invalid("idList")
            return min(open_lists, key=lambda one: one.pos)
    return card.place


def _change_list(call: Call, card: Card, place: CardList) -> None:
    before, card.place = card.place, place
    if "pos" not in call.given:
        card.pos = placed("bottom", positions(place, card))
    lists = {"listBefore": list_in_brief(before), "listAfter": list_in_brief(place)}
    _log(call, card, {"idList": before.id}, **lists)


def _change_board(call: Call, card: Card, place: CardList) -> None:
    if not may_write(call.me, card.board):
        raise not_permitted()
    source, target = card.board, place.board
    happened(call.store, call.me, "moveCardFromBoard", source, card=card)
    labels = [matching(call.store, target, source.labels[one]).id for one in card.labels]
    del source.cards[card.id]
    card.labels = labels
    card.members = [one for one in card.members if one in target.memberships]
    card.place = place
    target.numbers += 1
    card.number = target.numbers
    target.cards[card.id] = card
    happened(call.store, call.me, "moveCardToBoard", target, card=card)


def _replace(call: Call, card: Card, sets: Mapping[str, list[str]]) -> None:
    """Make the sets what was sent: whatever else was in them goes."""
    for field, (kind, add, drop) in {
        "labels": ("label", "addLabelToCard", "removeLabelFromCard"),
        "members": ("member", "addMemberToCard", "removeMemberFromCard"),
    }.items():
        if field not in sets:
            continue
        before: list[str] = getattr(card, field)
        setattr(card, field, list(sets[field]))
        for one in (one for one in before if one not in sets[field]):
            happened(call.store, call.me, drop, card.board, card=card, **{kind: {"id": one}})
        for one in (one for one in sets[field] if one not in before):
            happened(call.store, call.me, add, card.board, card=card, **{kind: {"id": one}})
            if field == "members":
                tell_assigned(call, card, one)


def update_field(call: Call) -> dict[str, Any]:
    """Change the one field that the path names."""
    if call.path[1] not in _PUT:
        raise Refusal(404, f"Cannot PUT /1/cards/{call.path[0]}/{call.path[1]}")
    call.given = call.given.as_value_of(call.path[1])
    return update(call)


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
    ("PUT", "cards/{}"): update,
    ("DELETE", "cards/{}"): delete,
    ("GET", "cards/{}/actions"): actions,
    ("GET", "boards/{}/cards"): of_board,
    ("GET", "boards/{}/cards/{}"): of_board,
    ("GET", "members/{}/cards"): of_member,
    ("GET", "cards/{}/{}"): read_field,
    ("PUT", "cards/{}/{}"): update_field,
}
