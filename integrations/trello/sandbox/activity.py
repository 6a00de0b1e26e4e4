"""The log of what happened on boards and cards, and how it is read: since, before, limit, filter."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from .call import Call
from .fields import chosen, shown
from .given import Given
from .ids import seconds_of
from .objects import Action, Board, Card, CardList, Member
from .refusals import invalid
from .store import Store
from .switches import NO_OLD, ONLY_CARDS

_NEW_CARDS = frozenset(("createCard", "copyCard", "createBoard", "copyBoard"))
ON_CARDS = "commentCard, updateCard:idList"
_CREATOR = "activityBlocked,avatarHash,avatarUrl,fullName,idMemberReferrer,initials,nonPublic,"
_CREATOR += "nonPublicAvailable,username"


def touch(store: Store, board: Board, card: Card | None = None, kind: str = "") -> None:
    """Note that something happened now."""
    now = store.now()
    if card is not None:
        card.touched = now
    if kind in _NEW_CARDS or not store.switched(ONLY_CARDS):
        board.touched = now


def happened(
    store: Store,
    by: Member,
    kind: str,
    board: Board,
    *,
    card: Card | None = None,
    old: dict[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
    **named: Any,
) -> Action:
    """Log an action and return it.

    `old` are the fields that changed, as they were; `data` and `named` are what else it tells.
    """
    told: dict[str, Any] = {"board": {"id": board.id, "name": board.name, "shortLink": board.short}}
    if card is not None:
        told["card"] = card_in_brief(card)
        told["list"] = list_in_brief(card.place)
    told |= {**(data or {}), **named}
    if old and not (kind == "updateCard" and store.switched(NO_OLD)):
        told["old"] = old
    action = Action(store.ids.new(), kind, by, store.now(), told, tuple(old or ()))
    store.actions[action.id] = action
    board.log.append(action)
    if card is not None:
        card.log.append(action)
    touch(store, board, card, kind)
    return action


def card_in_brief(card: Card) -> dict[str, Any]:
    """Return a card as actions name it."""
    return {"id": card.id, "name": card.name, "idShort": card.number, "shortLink": card.short}


def list_in_brief(one: CardList) -> dict[str, Any]:
    """Return a list as actions name it."""
    return {"id": one.id, "name": one.name}


def forget(store: Store, action: Action, board: Board, card: Card) -> None:
    """Take a comment out of the log."""
    del store.actions[action.id]
    card.log.remove(action)
    if action in board.log:
        board.log.remove(action)
    touch(store, board, card)


def read_log(call: Call, log: list[Action], default: str = "all") -> list[dict[str, Any]]:
    """Return the actions that a request asks for, newest first."""
    given = call.given
    kinds = frozenset(given.words("filter") or _split(default))
    found = _between(log, given.text("since"), given.text("before"))
    if "all" not in kinds:
        found = (one for one in found if _is_of(one, kinds))
    limit = given.number("limit", 50, 1000)
    begin = given.number("page", 0, 19) * limit
    page: list[Action] = []
    for index, one in enumerate(found):
        if index >= begin + limit:
            break
        if index >= begin:
            page.append(one)
    return show_actions(call.store, page, given)


def show_actions(store: Store, actions: Iterable[Action], given: Given) -> list[dict[str, Any]]:
    """Return actions as Trello shows them."""
    fields = chosen("action", given.text("fields", "all"))
    creator = chosen("member", given.text("memberCreator_fields", _CREATOR))
    with_creator = given.truth("memberCreator", True)
    answer = []
    for one in actions:
        view = shown("action", fields, one, store)
        if with_creator:
            view["memberCreator"] = shown("member", creator, one.by, store)
        answer.append(view)
    return answer


def _between(log: list[Action], since: str, before: str) -> Iterable[Action]:
    begin, end = _bound(since, "since"), _bound(before, "before")
    for one in reversed(log):
        if begin is not None and not _after(one, begin):
            break
        if end is None or _earlier(one, end):
            yield one


def _bound(text: str, name: str) -> str | float | None:
    if not text or text == "null":
        return None
    # A moment is as long as an id.
    if re.fullmatch("[0-9a-fA-F]{24}", text):
        return text.lower()
    try:
        return seconds_of(text)
    except ValueError:
        raise invalid(name) from None


def _after(action: Action, bound: str | float) -> bool:
    return action.id > bound if isinstance(bound, str) else action.at > bound


def _earlier(action: Action, bound: str | float) -> bool:
    return action.id < bound if isinstance(bound, str) else action.at < bound


def _is_of(action: Action, kinds: frozenset[str]) -> bool:
    return action.kind in kinds or any(f"{action.kind}:{one}" in kinds for one in action.changed)


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",")]
