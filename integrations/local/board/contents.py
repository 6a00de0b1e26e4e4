"""What a board file holds: lists, their cards, and the cards' checks. Pure."""

from collections.abc import Iterator

from smarketing.contract import Remote
from smarketing.kinds import ARCHIVED, THERE, Value

from .. import document
from ..found import (
    Found,
    Twins,
    existence_at,
    inside,
    is_archived,
    marked,
    short_hash,
    stem,
    whole_file,
)
from . import kanban
from .card import Card
from .check import Check


def board_contents(path: str, board: kanban.Board, version: str) -> list[Found]:
    """Return a board, its lists, their cards and the cards' checks."""
    mark = document.mark_of(board.head)
    found = [Found(whole_file(path, "board", {"title": stem(path)}, mark, version), board)]
    whole = found[0].remote
    ids, blocks = Twins(), set[str]()
    for lane in board.lanes:
        lane_id = ids.take(f"{path}#list:{lane.title}")
        fields = {"title": lane.title}
        existence = ARCHIVED if lane.dropped or is_archived(path) else THERE
        remote = inside(whole, lane_id, "list", fields, path, existence=existence)
        found.append(Found(remote, lane))
        for card in lane.cards:
            found += _card(whole, card, lane_id, existence_at(path), ids, blocks)
    for card in board.archive.cards if board.archive else []:
        found += _card(whole, card, path, ARCHIVED, ids, blocks)
    return found


def _card(
    board: Remote, card: Card, parent: str, existence: str, ids: "Twins", blocks: set[str]
) -> Iterator[Found]:
    key = kanban.card_key(card.block)
    is_first = card.block not in blocks
    blocks.add(card.block)
    inner = f"card:{key}" if key and is_first else f"~{short_hash(card.first.strip())}"
    fields: dict[str, Value] = {
        "title": card.title, "description": card.description, "owner": card.owner,
        "due": card.due, "labels": card.labels, "done": card.done,
    }  # fmt: skip
    url = f"{board.id}#^{card.block}" if card.block else board.id
    remote = inside(board, ids.take(f"{board.id}#{inner}"), "card", fields, parent, url, existence)
    yield Found(marked(remote, board, f"card:{key}" if key else ""), card)
    for check in card.checks:
        yield Found(_check(board, check, remote, ids), check)


def _check(board: Remote, check: Check, card: Remote, ids: "Twins") -> Remote:
    existence = ARCHIVED if check.dropped else THERE
    fields: dict[str, Value] = {"title": check.text, "done": check.done}
    check_id = ids.take(f"{card.id}/check:{check.text}")
    return inside(board, check_id, "check", fields, card.id, card.url, existence)
