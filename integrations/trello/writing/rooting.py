"""The root of a workspace: Trello has no object for it, so one of its boards speaks for it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from smarketing.contract import Change, Done, Outcome
from smarketing.web import Refused

from .. import remotes as wire
from ..account import is_gone
from ..marker import BoardMark
from ..remotes import Json
from .altering import replaced_in
from .desk import Desk


def update_root(desk: Desk, changes: Sequence[Change]) -> list[Outcome]:
    """Write what the root is to the first of its boards that is there."""
    workspace, name = desk.step.workspace, desk.step.integration
    for board, address in _boards(desk):
        now = _look(desk, board)
        mark = wire.mark_of(now) if now else None
        if now is None or (mark and mark.workspace != workspace):
            continue
        template = desk.known.templates.get(workspace, "")
        mark = mark or BoardMark(workspace, address, template=template, found=True)
        for change in changes:
            mark = _altered(mark, change)
        _write(desk, board, now, mark)
        desk.known.holders[workspace] = board
        return [Done(wire.root_remote(name, workspace, [mark])) for _ in changes]
    fields = {each: value for change in changes for each, value in change.fields.items()}
    root = wire.root_remote(name, workspace, [])
    return [Done(replace(root, fields={**root.fields, **fields})) for _ in changes]


def _boards(desk: Desk) -> Iterator[tuple[str, str]]:
    """Yield the workspace's boards with their addresses: who spoke for it, then the oldest."""
    boards = {
        each: address
        for address, each in desk.ids.items()
        if address.startswith("board:") and "/" not in address
    }
    holder = desk.known.holders.get(desk.step.workspace, "")
    yield from sorted(boards.items(), key=lambda each: (each[0] != holder, each[0]))


def _look(desk: Desk, board: str) -> Json | None:
    try:
        data: Json = desk.account.get(f"boards/{board}", fields="name,desc,closed,shortUrl")
    except Refused as error:
        if is_gone(error):
            return None
        raise
    return data


def _altered(mark: BoardMark, change: Change) -> BoardMark:
    if "done" in change.fields:
        mark = replace(mark, done=bool(change.fields["done"]))
    if "template" in change.fields:
        mark = replace(mark, template=str(change.fields["template"] or ""))
    return mark


def _write(desk: Desk, board: str, now: Json, mark: BoardMark) -> None:
    if wire.mark_of(now) == mark:
        return
    put = {"desc": wire.marked(now, mark)}
    desk.account.put(f"boards/{board}", put)
    actions = desk.account.get(f"boards/{board}/actions", filter="updateBoard", limit=50)
    former = replaced_in(actions, "board", put).get("desc", now.get("desc"))
    if former != now.get("desc"):
        # A member wrote in between: their words, with our line below.
        desk.account.put(f"boards/{board}", {"desc": wire.marked({"desc": former}, mark)})
