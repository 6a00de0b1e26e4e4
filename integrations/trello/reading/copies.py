"""Copies that members made: of two that bear one mark, Trello's log tells which came later."""

from collections import Counter
from collections.abc import Mapping, Sequence

from .. import remotes as wire
from ..account import Account
from ..marker import BoardMark, card_text
from ..remotes import Json


def copied_cards(account: Account, data: Json) -> frozenset[str]:
    """Return the cards that are copies, where two cards bear one mark."""
    marks = Counter(card_text(each.get("desc") or "").marker for each in data["cards"])
    if not any(count > 1 for mark, count in marks.items() if mark):
        return frozenset()
    actions = account.get(
        f"boards/{data['id']}/actions", filter="copyCard", fields="data,type", limit=1000
    )
    return frozenset(each["data"].get("card", {}).get("id", "") for each in actions)


def is_copy(account: Account, data: Json, mark: BoardMark, boards: Sequence[Json]) -> bool:
    """Say whether the board was copied from another one of this workspace."""
    bearers = {each["id"]: wire.mark_of(each) for each in boards}
    same = [each for each, other in bearers.items() if other and other.names(mark)]
    if len(same) < 2:
        return False
    actions = account.get(
        f"boards/{data['id']}/actions", filter="copyBoard", fields="data,type", limit=1000
    )
    made = [each["data"] for each in actions if _board_in(each["data"]) == data["id"]]
    return any(_source(each) in same for each in made)


def _source(data: Json) -> str:
    board = data.get("boardSource") or data.get("sourceBoard") or {}
    return str(board.get("id", "")) if isinstance(board, Mapping) else str(board)


def _board_in(data: Json) -> str:
    return str((data.get("board") or {}).get("id", ""))
