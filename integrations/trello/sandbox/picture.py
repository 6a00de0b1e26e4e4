"""What the stand-in holds as plain data without ids and times, to be compared."""

from typing import Any

from .objects import Board, Card, CardList, Checklist, Membership, Workspace
from .store import Store


def picture(store: Store) -> dict[str, Any]:
    """Return workspaces and boards with everything on them, by name and position."""
    boards = sorted(store.boards.values(), key=lambda one: (one.name, one.id))
    workspaces = sorted(store.workspaces.values(), key=lambda one: (one.title, one.id))
    return {
        "workspaces": [_workspace(one) for one in workspaces],
        "boards": [_board(one, store) for one in boards],
    }


def _workspace(workspace: Workspace) -> dict[str, Any]:
    people = list(workspace.memberships.values())
    return {
        "name": workspace.title,
        "offering": workspace.offering,
        "members": _people(people, pending=False),
        "invited": _people(people, pending=True),
    }


def _people(memberships: list[Membership], *, pending: bool) -> dict[str, str]:
    found = (one for one in memberships if one.pending == pending)
    return dict(sorted((one.member.mail, one.role) for one in found))


def _board(board: Board, store: Store) -> dict[str, Any]:
    people = list(board.memberships.values())
    lists = sorted(board.lists.values(), key=lambda one: (one.pos, one.id))
    labels = ({"name": one.name, "color": one.colour} for one in board.labels.values())
    return {
        "name": board.name,
        "desc": board.desc,
        "closed": board.closed,
        "workspace": board.workspace.title,
        "permissionLevel": board.prefs["permissionLevel"],
        "labels": sorted(labels, key=lambda one: (one["name"] or "", one["color"] or "")),
        "lists": [_list(one, store) for one in lists],
        "members": _people(people, pending=False),
        "invited": _people(people, pending=True),
    }


def _list(one: CardList, store: Store) -> dict[str, Any]:
    cards = (card for card in one.board.cards.values() if card.place is one)
    ordered = sorted(cards, key=lambda card: (card.pos, card.id))
    return {
        "name": one.name,
        "closed": one.closed,
        "cards": [_card(card, store) for card in ordered],
    }


def _card(card: Card, store: Store) -> dict[str, Any]:
    labels = card.board.labels
    checklists = sorted(card.checklists.values(), key=lambda one: (one.pos, one.id))
    return {
        "name": card.name,
        "desc": card.desc,
        "closed": card.closed,
        "due": card.due,
        "start": card.start,
        "dueComplete": card.due_complete,
        "dueReminder": card.reminder,
        "cardRole": card.role,
        "labels": sorted(labels[one].name for one in card.labels),
        "members": sorted(store.members[one].mail for one in card.members),
        "checklists": [_checklist(one, store) for one in checklists],
        "attachments": [{"name": a.name, "url": a.url} for a in card.attachments.values()],
        "comments": [{"by": a.by.name, "text": a.data["text"]} for a in card.comments],
    }


def _checklist(checklist: Checklist, store: Store) -> dict[str, Any]:
    items = sorted(checklist.items.values(), key=lambda one: (one.pos, one.id))
    return {
        "name": checklist.name,
        "items": [
            {
                "name": item.name,
                "done": item.done,
                "due": item.due,
                "member": store.members[item.member].mail if item.member else None,
            }
            for item in items
        ],
    }
