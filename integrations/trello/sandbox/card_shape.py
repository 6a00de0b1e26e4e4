"""A card as a request wants it shown: with which fields, and what else beside it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from .activity import show_actions
from .call import Call
from .fields import chosen, shown
from .given import Given
from .objects import Card, Checklist
from .refusals import too_fast
from .store import Store

BOARD_FIELDS = (
    "name,desc,descData,closed,idOrganization,idEnterprise,pinned,url,shortUrl,prefs,labelNames"
)
INVITED_FIELDS = "fullName,initials,memberType,username,confirmed"


@dataclass(frozen=True, slots=True)
class CardShape:
    """What a request wants of each card; inside a board its parameters begin with `card_`."""

    store: Store
    given: Given
    fields: tuple[str, ...]
    prefix: str = ""

    @staticmethod
    def of(call: Call, prefix: str = "") -> "CardShape":
        """Read it from the parameters."""
        if call.given.text("card_actions"):
            raise too_fast("API_TOO_MANY_CARDS_REQUESTED")
        fields = chosen("card", call.given.text(f"{prefix}fields", "all"))
        return CardShape(call.store, call.given, fields, prefix)

    def show(self, cards: Iterable[Card]) -> list[dict[str, Any]]:
        """Return the cards in this shape."""
        views = []
        extras = [add for name, add in _IN_CARD.items() if self._wants(name)]
        for card in cards:
            view = shown("card", self.fields, card, self.store)
            for add in extras:
                add(self, card, view)
            views.append(view)
        return views

    def masked(self, kind: str, name: str) -> tuple[str, ...]:
        """Return the fields chosen for what is inside a card."""
        return chosen(kind, self.given.text(f"{self.prefix}{name}", "all"))

    def _wants(self, name: str) -> bool:
        return self.given.text(f"{self.prefix}{name}").lower() not in ("", "false", "none")


def _attachments(shape: CardShape, card: Card, view: dict[str, Any]) -> None:
    # "cover" asks for the attachment that is the cover, and links never are.
    cover = shape.given.text(f"{shape.prefix}attachments") == "cover"
    fields = shape.masked("attachment", "attachment_fields")
    found = () if cover else card.attachments.values()
    view["attachments"] = [shown("attachment", fields, one, shape.store) for one in found]


def _checklists(shape: CardShape, card: Card, view: dict[str, Any]) -> None:
    view["checklists"] = show_checklists(shape.store, shape.given, card.checklists.values())


def _members(shape: CardShape, card: Card, view: dict[str, Any]) -> None:
    fields = chosen("member", shape.given.text(f"{shape.prefix}member_fields", INVITED_FIELDS))
    members = shape.store.members
    view["members"] = [shown("member", fields, members[one], shape.store) for one in card.members]


def _nothing(name: str) -> Callable[[CardShape, Card, dict[str, Any]], None]:
    return lambda _, __, view: view.update({name: []})


def _board(shape: CardShape, card: Card, view: dict[str, Any]) -> None:
    fields = chosen("board", shape.given.text("board_fields", BOARD_FIELDS))
    view["board"] = shown("board", fields, card.board, shape.store)


def _list(shape: CardShape, card: Card, view: dict[str, Any]) -> None:
    view["list"] = shown("list", shape.masked("list", "list_fields"), card.place, shape.store)


def _card_actions(shape: CardShape, card: Card, view: dict[str, Any]) -> None:
    kinds = shape.given.words("actions")
    found = [one for one in reversed(card.log) if "all" in kinds or one.kind in kinds]
    view["actions"] = show_actions(shape.store, found[:50], Given({}))


_IN_CARD: dict[str, Callable[[CardShape, Card, dict[str, Any]], None]] = {
    "attachments": _attachments,
    "checklists": _checklists,
    "members": _members,
    "customFieldItems": _nothing("customFieldItems"),
    "pluginData": _nothing("pluginData"),
    "stickers": _nothing("stickers"),
    "membersVoted": _nothing("membersVoted"),
    "board": _board,
    "list": _list,
    "actions": _card_actions,
}


def show_checklists(
    store: Store, given: Given, checklists: Iterable[Checklist], fields: str = "checklist_fields"
) -> list[dict[str, Any]]:
    """Return checklists with their items, in the order in which they were made."""
    names = chosen("checklist", given.text(fields, "all"))
    if given.text("checkItems") == "none":
        names = tuple(name for name in names if name != "checkItems")
    return [shown("checklist", names, one, store) for one in checklists]
