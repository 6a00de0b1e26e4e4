"""Copies of boards, cards and checklists: what comes along and what does not."""

from collections.abc import Collection
from dataclasses import replace

from .activity import card_in_brief, happened
from .call import Call
from .making import (
    keep_attachment,
    matching,
    new_card,
    new_checklist,
    new_item,
    new_label,
    new_list,
    positions,
)
from .objects import Board, Card, CardList, Checklist
from .store import Store, at_end
from .switches import NO_ATTACHMENTS, STATES_RESET

KEPT = frozenset(
    [
        "attachments",
        "checklists",
        "comments",
        "customFields",
        "due",
        "labels",
        "members",
        "start",
        "stickers",
    ]
)
_OF_BOARDS = frozenset(("checklists", "due", "start", "attachments"))
"""What a board's copy keeps of its cards besides name, description and labels."""


def copy_board(call: Call, source: Board, target: Board, with_cards: bool) -> None:
    """Fill a new board with the lists and labels of another, or with its cards too.

    What is archived stays behind, and so do members and comments.
    """
    store = call.store
    if "desc" not in call.given:
        target.desc = source.desc
    labels = {
        one.id: new_label(store, target, one.name, one.colour).id for one in source.labels.values()
    }
    lists: dict[str, CardList] = {}
    for one in source.lists.values():
        if not one.closed:
            lists[one.id] = new_list(store, target, one.name, one.pos)
    kept = _OF_BOARDS - ({"attachments"} if store.switched(NO_ATTACHMENTS) else set())
    for card in list(source.cards.values()) if with_cards else ():
        if not card.closed and card.place.id in lists:
            copy = new_card(store, lists[card.place.id], card.name, card.desc, card.pos)
            copy.labels = [labels[one] for one in card.labels]
            _fill(store, card, copy, kept)
    told = {"id": source.id, "name": source.name, "shortLink": source.short}
    happened(store, call.me, "copyBoard", target, boardSource=told)


def copy_card(
    call: Call,
    source: Card,
    place: CardList,
    keep: Collection[str] = KEPT,
    pos: float | None = None,
) -> Card:
    """Return a new card with what is kept of another; its description comes along as it is."""
    store = call.store
    where = pos if pos is not None else at_end(positions(place))
    card = new_card(store, place, source.name, source.desc, where)
    if "labels" in keep:
        card.labels = [
            matching(store, place.board, source.board.labels[one]).id for one in source.labels
        ]
    if "members" in keep:
        card.members = [one for one in source.members if one in place.board.memberships]
    _fill(store, source, card, keep)
    happened(store, call.me, "copyCard", place.board, card=card, cardSource=card_in_brief(source))
    if "comments" in keep:
        for comment in source.comments:
            text = comment.data["text"]
            happened(store, comment.by, "copyCommentCard", place.board, card=card, text=text)
    return card


def _fill(store: Store, source: Card, card: Card, keep: Collection[str]) -> None:
    card.role = source.role
    if "due" in keep:
        card.due, card.due_complete, card.reminder = (
            source.due,
            source.due_complete,
            source.reminder,
        )
    if "start" in keep:
        card.start = source.start
    if "checklists" in keep:
        for one in source.checklists.values():
            copy_checklist(store, one, new_checklist(store, card, one.name, one.pos))
    if "attachments" in keep:
        for attachment in source.attachments.values():
            keep_attachment(store, card, replace(attachment, id=store.ids.new()))


def copy_checklist(store: Store, source: Checklist, target: Checklist) -> None:
    """Fill a new checklist with the items of another."""
    reset = store.switched(STATES_RESET)
    for item in source.items.values():
        new_item(store, target, item.name, item.pos, done=item.done and not reset)
