"""Changes made in a board: each edits the lines of its own list, card or check. Pure."""

from collections.abc import Mapping

from smarketing.address import key_of
from smarketing.contract import Change, Failed, Outcome, Remote, Stale
from smarketing.kinds import ARCHIVED, Value

from ..document import Mark, mark_of, with_mark
from ..edits import Editing, differing, dropped, elsewhere, holds, is_stale, wants_back
from ..found import Part
from .card import Card
from .check import Check
from .kanban import Board, Lane, board_id


def edit_board(board: Board, change: Change, editing: Editing) -> Part | Outcome:
    """Make one change; return the part that it is about, or why it was not made."""
    if change.kind == "board":
        return _edit_whole(board, change)
    if change.verb == "create":
        part = _create(board, change, editing)
    else:
        part = _alter(board, change, editing)
    if isinstance(part, Lane | Card | Check):
        editing.made[change.address] = part
    return part


def _edit_whole(board: Board, change: Change) -> Part:
    mark = mark_of(board.head)
    if change.verb == "rename" and mark:
        board.head = with_mark(board.head, Mark(mark.workspace, change.address))
    return board


def _create(board: Board, change: Change, editing: Editing) -> Part | Outcome:
    parent = editing.part(change.parent)
    there = editing.bearing(change.address) or editing.named(
        change.kind, parent, change.fields.get("title")
    )
    if there:
        return there.part if holds(change, there.remote) else Stale()
    title = str(change.fields.get("title") or "")
    if change.kind == "list":
        return board.add_lane(title)
    if change.kind == "check" and isinstance(parent, Card):
        return parent.add_check(title, bool(change.fields.get("done")))
    if change.kind == "card" and isinstance(parent, Lane):
        card = board.add_card(parent, title)
        card.name(board_id(key_of(change.address)))
        _fill(card, change.fields)
        return card
    return Failed(f"{change.parent} is not in {editing.path}, so {change.address} has no place.")


def _alter(board: Board, change: Change, editing: Editing) -> Part | Outcome:
    target = editing.target(change)
    if target is None:
        return elsewhere(change, editing)
    if is_stale(change, target.remote):
        return Stale()
    part, fields = target.part, differing(change, target.remote)
    if isinstance(part, Lane):
        return _alter_lane(part, change, fields, editing)
    if isinstance(part, Check):
        return _alter_check(part, change, fields, target.remote, editing)
    if isinstance(part, Card):
        return _alter_card(board, part, change, fields, target.remote, editing)
    return Stale()


def _alter_lane(lane: Lane, change: Change, fields: Mapping[str, Value], editing: Editing) -> Part:
    title = str(fields.get("title", lane.title) or "")
    if change.verb == "archive" and not lane.dropped:
        lane.say(f"~~{title}~~ ({dropped(editing.today)})")
    elif "title" in fields or (lane.dropped and wants_back(change)):
        lane.say(title)
    return lane


def _alter_check(
    check: Check, change: Change, fields: Mapping[str, Value], now: Remote, editing: Editing
) -> Part | Outcome:
    title = str(fields.get("title", check.text) or "")
    if change.verb == "archive" and not check.dropped:
        check.say(f"~~{title}~~ ({dropped(editing.today)})")
    elif "title" in fields or (check.dropped and wants_back(change)):
        check.say(title)
    if "done" in fields:
        check.say(done=bool(fields["done"]))
    if change.verb == "move" and change.parent:
        return _move_check(check, change, now, editing)
    return check


def _move_check(check: Check, change: Change, now: Remote, editing: Editing) -> Part | Outcome:
    parent = editing.part(change.parent)
    old = next((each.part for each in editing.found if each.remote.id == now.parent), None)
    if not isinstance(parent, Card) or not isinstance(old, Card):
        return Failed(f"{change.parent} is not in {editing.path}, so {change.address} stays.")
    moved = parent.add_check(check.text, check.done)
    moved.lines += check.lines[1:]
    old.body = [entry for entry in old.body if entry is not check]
    return moved


def _alter_card(
    board: Board,
    card: Card,
    change: Change,
    fields: Mapping[str, Value],
    now: Remote,
    editing: Editing,
) -> Part | Outcome:
    if "title" in fields:
        card.say(str(fields["title"] or ""))
    _fill(card, fields)
    if change.verb == "rename" and (change.marks or now.marker):
        card.name(board_id(key_of(change.address)))
    if change.verb == "archive":
        board.move(card, board.archived())
    elif change.parent:
        lane = editing.part(change.parent)
        if not isinstance(lane, Lane):
            return Failed(f"{change.parent} is not in {editing.path}: {change.address} stays.")
        board.move(card, lane)
    elif now.existence == ARCHIVED and wants_back(change):
        board.move(card, board.lanes[0] if board.lanes else board.add_lane("Back from the archive"))
    return card


def _fill(card: Card, fields: Mapping[str, Value]) -> None:
    labels, owner, due = fields.get("labels"), fields.get("owner"), fields.get("due")
    if "done" in fields:
        card.tick(bool(fields["done"]))
    if isinstance(labels, frozenset):
        card.tag(labels)
    if "due" in fields:
        card.date(str(due) if due else None)
    if "owner" in fields:
        card.give(str(owner) if owner else None)
    if "description" in fields:
        card.describe(str(fields["description"] or ""))
