"""The `limits` that boards, cards, lists and workspaces tell about themselves."""

from typing import Any

from .objects import FREE, Board, Card, Workspace
from .store import Store


def limit(most: int, count: int | None = None) -> dict[str, Any]:
    """Return one limit: from 90 % on Trello warns and says the count."""
    answer: dict[str, Any] = {"status": "ok", "disableAt": most, "warnAt": most * 9 // 10}
    if count is not None and count >= answer["warnAt"]:
        answer |= {"status": "disabled" if count >= most else "warn", "count": count}
    return answer


def limits_of_board(board: Board, store: Store) -> dict[str, Any]:
    """Return how much room a board has left."""
    most = store.most
    cards = sum(not card.closed for card in board.cards.values())
    lists = sum(not one.closed for one in board.lists.values())
    return {
        "attachments": {"perBoard": limit(36000), "perCard": limit(most["attachments"])},
        "boards": {"totalMembersPerBoard": limit(most["members"], len(board.memberships))},
        "cards": {"openPerBoard": limit(most["openCards"], cards), "totalPerBoard": limit(2000000)},
        "checklists": {"perBoard": limit(1800000), "perCard": limit(most["checklists"])},
        "checkItems": {"perChecklist": limit(most["checkItems"])},
        "customFields": {"perBoard": limit(50)},
        "labels": {"perBoard": limit(most["labels"], len(board.labels))},
        "lists": {"openPerBoard": limit(most["openLists"], lists), "totalPerBoard": limit(3000)},
        "stickers": {"perCard": limit(70)},
    }


def limits_of_card(card: Card, store: Store) -> dict[str, Any]:
    """Return how much room a card has left."""
    attachments = limit(store.most["attachments"], len(card.attachments))
    return {
        "attachments": {"perCard": attachments},
        "checklists": {"perCard": limit(store.most["checklists"], len(card.checklists))},
        "stickers": {"perCard": limit(70)},
    }


def limits_of_workspace(workspace: Workspace, store: Store) -> dict[str, Any]:
    """Return how many boards and collaborators a workspace has room for."""
    orgs = {"totalMembersPerOrg": limit(4000)}
    if workspace.offering == FREE:
        boards, people = open_boards(workspace), len(collaborators(workspace))
        orgs["freeBoardsPerOrg"] = limit(store.most["freeBoards"], boards)
        orgs["usersPerFreeOrg"] = limit(store.most["freeCollaborators"], people)
    return {"orgs": orgs}


def open_boards(workspace: Workspace) -> int:
    """Return how many boards of a workspace are open."""
    return sum(not board.closed for board in workspace.boards.values())


def collaborators(workspace: Workspace) -> frozenset[str]:
    """Return the ids of members, guests and pending invitations, each once."""
    people = set(workspace.memberships)
    for board in workspace.boards.values():
        people.update(board.memberships)
    return frozenset(people)


def room_for(store: Store, workspace: Workspace, member_id: str) -> None:
    """Refuse one more collaborator than a free workspace has room for."""
    people = collaborators(workspace)
    if workspace.offering == FREE and member_id not in people:
        store.room("freeCollaborators", len(people), "FREE_WORKSPACE_COLLABORATOR_LIMIT")


def room_for_board(store: Store, workspace: Workspace) -> None:
    """Refuse one more open board than a free workspace has room for."""
    if workspace.offering == FREE:
        store.room("freeBoards", open_boards(workspace), "FREE_WORKSPACE_BOARD_LIMIT")
