"""Every field that Trello shows of each kind of object, and the masks that choose among them."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from .board_fields import BOARD
from .ids import moment, slug
from .limits import limits_of_card
from .objects import (
    Action,
    Attachment,
    Board,
    Card,
    CardList,
    CheckItem,
    Checklist,
    Label,
    Member,
    Membership,
    Workspace,
)
from .people_fields import MEMBER, MEMBERSHIP, SITE, WORKSPACE, Getters, same
from .refusals import invalid
from .store import Store

Shown = (
    Board
    | Card
    | CardList
    | Label
    | Checklist
    | CheckItem
    | Attachment
    | Member
    | Membership
    | Workspace
    | Action
)


def card_url(card: Card) -> str:
    """Return the long link of a card."""
    return f"{SITE}/c/{card.short}/{card.number}-{slug(card.name)}"


def number(value: float) -> float:
    """Return a number as JavaScript writes it: whole ones without a point."""
    return int(value) if value == int(value) else value


def _badges(card: Card, _: Store) -> dict[str, Any]:
    items = [item for one in card.checklists.values() for item in one.items.values()]
    dues = [item.due for item in items if item.due and not item.done]
    return {
        "attachmentsByType": {"trello": {"board": 0, "card": 0}},
        "location": False,
        "votes": 0,
        "viewingMemberVoted": False,
        "subscribed": card.subscribed,
        "fogbugz": "",
        "checkItems": len(items),
        "checkItemsChecked": sum(item.done for item in items),
        "checkItemsEarliestDue": min(dues, default=None),
        "comments": len(card.comments),
        "attachments": len(card.attachments),
        "description": bool(card.desc),
        "due": card.due,
        "dueComplete": card.due_complete,
        "start": card.start,
    }


def _labels_of(card: Card, store: Store) -> list[dict[str, Any]]:
    labels = card.board.labels
    return [shown("label", ALL["label"], labels[one], store) for one in card.labels]


def _items_of(checklist: Checklist, store: Store) -> list[dict[str, Any]]:
    fields = ALL["checkItem"]
    return [shown("checkItem", fields, one, store) for one in checklist.items.values()]


def _cover(_: Card, __: Store) -> dict[str, Any]:
    return {
        "idAttachment": None,
        "color": None,
        "idUploadedBackground": None,
        "size": "normal",
        "brightness": "dark",
        "idPlugin": None,
    }


CARD: Getters = {
    "id": lambda c, _: c.id,
    "address": same(None),
    "badges": _badges,
    "cardRole": lambda c, _: c.role,
    "checkItemStates": lambda c, _: [
        {"idCheckItem": item.id, "state": "complete"}
        for one in c.checklists.values()
        for item in one.items.values()
        if item.done
    ],
    "closed": lambda c, _: c.closed,
    "coordinates": same(None),
    "cover": _cover,
    "creationMethod": same(None),
    "dateLastActivity": lambda c, _: moment(c.touched),
    "desc": lambda c, _: c.desc,
    "descData": lambda _, __: {"emoji": {}},
    "due": lambda c, _: c.due,
    "dueComplete": lambda c, _: c.due_complete,
    "dueReminder": lambda c, _: c.reminder,
    "email": same(None),
    "idAttachmentCover": same(None),
    "idBoard": lambda c, _: c.place.board.id,
    "idChecklists": lambda c, _: list(c.checklists),
    "idLabels": lambda c, _: list(c.labels),
    "idList": lambda c, _: c.place.id,
    "idMembers": lambda c, _: list(c.members),
    "idMembersVoted": lambda _, __: [],
    "idShort": lambda c, _: c.number,
    "isTemplate": same(False),
    "labels": _labels_of,
    "limits": limits_of_card,
    "locationName": same(None),
    "manualCoverAttachment": same(False),
    "mirrorSourceId": same(None),
    "name": lambda c, _: c.name,
    "pinned": same(False),
    "pos": lambda c, _: number(c.pos),
    "shortLink": lambda c, _: c.short,
    "shortUrl": lambda c, _: f"{SITE}/c/{c.short}",
    "start": lambda c, _: c.start,
    "subscribed": lambda c, _: c.subscribed,
    "url": lambda c, _: card_url(c),
}

LIST: Getters = {
    "id": lambda one, _: one.id,
    "name": lambda one, _: one.name,
    "closed": lambda one, _: one.closed,
    "color": same(None),
    "idBoard": lambda one, _: one.board.id,
    "pos": lambda one, _: number(one.pos),
    "softLimit": same(None),
    "subscribed": lambda one, _: one.subscribed,
    "type": same(None),
    "creationMethod": same(None),
    "idOrganization": lambda one, _: one.board.workspace.id,
    "limits": lambda _, __: {},
}

LABEL: Getters = {
    "id": lambda one, _: one.id,
    "idBoard": lambda one, _: one.board.id,
    "idOrganization": lambda one, _: one.board.workspace.id,
    "name": lambda one, _: one.name,
    "nodeId": same(None),
    "color": lambda one, _: one.colour,
    "uses": lambda one, _: sum(one.id in card.labels for card in one.board.cards.values()),
}

CHECKLIST: Getters = {
    "id": lambda one, _: one.id,
    "name": lambda one, _: one.name,
    "idBoard": lambda one, _: one.card.board.id,
    "idCard": lambda one, _: one.card.id,
    "pos": lambda one, _: number(one.pos),
    "limits": lambda one, _: {},
    "checkItems": _items_of,
    "creationMethod": same(None),
}

CHECK_ITEM: Getters = {
    "id": lambda one, _: one.id,
    "name": lambda one, _: one.name,
    "nameData": same(None),
    "pos": lambda one, _: number(one.pos),
    "state": lambda one, _: "complete" if one.done else "incomplete",
    "due": lambda one, _: one.due,
    "dueReminder": same(None),
    "idMember": lambda one, _: one.member,
    "idChecklist": lambda one, _: one.checklist.id,
    "type": same("item"),
}

ATTACHMENT: Getters = {
    "id": lambda one, _: one.id,
    "bytes": same(None),
    "date": lambda one, _: moment(one.at),
    "edgeColor": same(None),
    "idMember": lambda one, _: one.by,
    "isUpload": same(False),
    "mimeType": same(""),
    "name": lambda one, _: one.name,
    "previews": lambda _, __: [],
    "url": lambda one, _: one.url,
    "pos": lambda one, _: number(one.pos),
    "fileName": same(None),
}

ACTION: Getters = {
    "id": lambda a, _: a.id,
    "idMemberCreator": lambda a, _: a.by.id,
    "data": lambda a, _: a.data,
    "appCreator": same(None),
    "type": lambda a, _: a.kind,
    "date": lambda a, _: moment(a.at),
    "limits": same(None),
}

KINDS: Mapping[str, Getters] = {
    "board": BOARD,
    "card": CARD,
    "list": LIST,
    "label": LABEL,
    "checklist": CHECKLIST,
    "checkItem": CHECK_ITEM,
    "attachment": ATTACHMENT,
    "member": MEMBER,
    "membership": MEMBERSHIP,
    "organization": WORKSPACE,
    "action": ACTION,
}

_RARE = {
    "card": ("checkItemStates", "email", "limits"),
    "list": ("creationMethod", "idOrganization", "limits", "softLimit", "type"),
    "label": ("idOrganization", "nodeId", "uses"),
    "checklist": ("creationMethod", "limits"),
    "checkItem": ("type",),
}
"""Fields that Trello shows only when they are named."""


ALL: Mapping[str, tuple[str, ...]] = {
    kind: tuple(name for name in getters if name not in _RARE.get(kind, ()))
    for kind, getters in KINDS.items()
}
"""What `fields=all` means, by kind."""


@lru_cache(maxsize=1024)
def chosen(kind: str, mask: str) -> tuple[str, ...]:
    """Return the names that a `fields` parameter chooses; the id is always one of them."""
    names = [name.strip() for name in mask.split(",") if name.strip()]
    if "all" in names:
        return ALL[kind]
    for name in names:
        if name not in KINDS[kind]:
            raise invalid("fields")
    return tuple(dict.fromkeys(("id", *names)))


def shown(kind: str, fields: tuple[str, ...], thing: Shown, store: Store) -> dict[str, Any]:
    """Return these fields of a thing."""
    getters = KINDS[kind]
    return {name: getters[name](thing, store) for name in fields}
