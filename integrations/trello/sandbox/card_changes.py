"""Routes that change a card: its fields, where it is, and who and what is on it."""

from collections.abc import Mapping
from typing import Any

from .activity import happened, list_in_brief
from .call import Call, Routes, may_write
from .card_shape import CardShape
from .card_values import fields_given, hold, sets_given, shown_as
from .fields import CARD
from .making import matching, positions
from .objects import Card, CardList
from .refusals import Refusal, invalid, not_permitted
from .store import placed

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


def tell_assigned(call: Call, card: Card, member_id: str) -> None:
    """Mail somebody who was put on a card by somebody else."""
    member = call.store.members[member_id]
    if member is not call.me and member.has_account:
        call.store.send(member, f"{call.me.name} added you to the card {card.name}")


def update(call: Call) -> dict[str, Any]:
    """Change the fields of a card that are given, and no other."""
    card, given, shape = call.card(write=True), call.given, CardShape.of(call)
    if "name" in given:
        given.name()
    fields = fields_given(call)
    place = _place(call, card)
    sets = sets_given(call, place.board)
    if "pos" in given:
        fields["pos"] = placed(given.text("pos"), positions(place, card))
    if place.board is not card.board:
        _change_board(call, card, place)
    elif place is not card.place:
        _change_list(call, card, place)
    old = {name: getattr(card, name) for name in fields if getattr(card, name) != fields[name]}
    hold(card, fields)
    if old:
        told = {shown_as(name): was for name, was in old.items()}
        _log(call, card, told)
    _replace(call, card, sets)
    return shape.show((card,))[0]


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


ROUTES: Routes = {
    ("PUT", "cards/{}"): update,
    ("PUT", "cards/{}/{}"): update_field,
}
