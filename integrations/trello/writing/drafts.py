"""What has to be written so that an object is as several changes want it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from smarketing.contract import Change, Remote
from smarketing.kinds import ARCHIVED, Value

from .. import remotes as wire
from ..mapping import normalise, stamp_of, struck, title_of
from ..marker import CardText, card_text
from ..owners import Assigned, Moves, moves
from ..remotes import Json
from .desk import Desk, NoPlace


@dataclass(slots=True)
class Draft:
    """The fields of one PUT, and what goes by routes of its own because members add to it too.

    `labels` are the titles that the card then has, None where they stay as they are.
    """

    put: dict[str, Any] = field(default_factory=dict)
    labels_on: list[str] = field(default_factory=list)
    labels_off: list[str] = field(default_factory=list)
    labels: frozenset[str] | None = None
    owner: Moves = field(default_factory=Moves)


def drafted(desk: Desk, changes: Sequence[Change], now: Json, remote: Remote) -> Draft:
    """Return what is left to be written; raise NoPlace where Trello can't take it."""
    draft = Draft()
    for change in changes:
        _stand(desk, change, now, remote, draft)
        for name, value in change.fields.items():
            if name != "access" and _is_left(remote, name, value):
                write_field(desk, name, value, now, change.before or remote, draft)
    if remote.kind == "card":
        _describe(desk, changes, now, draft)
    if remote.kind == "board":
        _mark(desk, changes, now, draft)
    return draft


def _is_left(remote: Remote, name: str, value: Value) -> bool:
    there = normalise(remote.kind, name, remote.fields.get(name))
    return there != normalise(remote.kind, name, value) or name in remote.unsettled


def write_field(
    desk: Desk, name: str, value: Value, now: Json, before: Remote, draft: Draft
) -> None:
    """Let the draft write one field."""
    put, kind = draft.put, before.kind
    if name == "title":
        archived = kind == "check" and before.existence == ARCHIVED
        put["name"] = struck(str(value)) if archived else value
    elif name == "color":
        put["color"] = value or "null"
    elif name == "done":
        if kind == "check":
            put["state"] = "complete" if value else "incomplete"
        else:
            put["dueComplete"] = bool(value)
    elif name == "due":
        put["due"] = stamp_of(value, desk.zone) if isinstance(value, str) else ""
    elif name == "labels":
        _label(desk, value, now, before, draft)


def _label(desk: Desk, value: Value, now: Json, before: Remote, draft: Draft) -> None:
    """Put labels on and take them off one by one: a set as a whole would undo a member's."""
    there = {each["id"]: wire.title_of_label(each) for each in now["labels"]}
    titles, wanted, had = (
        frozenset(there.values()),
        _titles(value),
        _titles(before.fields["labels"]),
    )
    draft.labels_on = desk.label_ids(now["idBoard"], wanted - had - titles)
    gone = had - wanted
    draft.labels_off = [each for each, title in there.items() if title in gone]
    draft.labels = (titles | (wanted - had)) - gone


def _titles(value: Value) -> frozenset[str]:
    return value if isinstance(value, frozenset) else frozenset()


def _stand(desk: Desk, change: Change, now: Json, remote: Remote, draft: Draft) -> None:
    """Archive, restore or move."""
    archived = remote.existence == ARCHIVED
    if change.verb == "archive" and not archived:
        if remote.kind == "check":
            draft.put["name"] = struck(now["name"])
        else:
            draft.put["closed"] = True
    if change.verb != "move":
        return
    if archived and remote.kind == "check":
        draft.put["name"] = title_of(now["name"])
    elif archived:
        draft.put["closed"] = False
    if remote.kind != "board" and (target := desk.holder(change.parent)) != remote.parent:
        _move(desk, change, now, target, draft)


def _move(desk: Desk, change: Change, now: Json, target: str, draft: Draft) -> None:
    if change.kind == "list":
        draft.put["idBoard"] = target
    elif change.kind == "card":
        draft.put["idList"] = target
        board = desk.ids.get(change.parent.split("/")[0], now["idBoard"])
        if board != now["idBoard"]:
            draft.put["idBoard"] = board
    else:
        raise NoPlace(f"Trello can't move {change.address} elsewhere: do it by hand.")


def _describe(desk: Desk, changes: Sequence[Change], now: Json, draft: Draft) -> None:
    """Write text, owner and mark together: they are one description."""
    desc = now.get("desc") or ""
    text = card_text(desc)
    for change in changes:
        if change.verb == "rename":
            here = desk.ids.get(change.address.split("/")[0]) == now["idBoard"]
            text = replace(text, marker=wire.card_marker(change.address, here))
        if "description" in change.fields:
            text = replace(text, text=str(change.fields["description"] or ""))
        if "owner" in change.fields:
            draft.owner = _owner(desk, change.fields["owner"], now, text)
            text = replace(text, owner=draft.owner.line)
    if _differ(text, card_text(desc)):
        draft.put["desc"] = text.written()


def _differ(one: CardText, other: CardText) -> bool:
    texts = [normalise("card", "description", each.text) for each in (one, other)]
    return texts[0] != texts[1] or (one.owner, one.marker) != (other.owner, other.marker)


def _owner(desk: Desk, value: Value, now: Json, text: CardText) -> Moves:
    assigned = Assigned(tuple(now["idMembers"]), text.owner)
    return moves(assigned, str(value or ""), desk.people(now["idBoard"]))


def _mark(desk: Desk, changes: Sequence[Change], now: Json, draft: Draft) -> None:
    mark = wire.mark_of(now)
    for change in changes:
        if change.verb == "rename" and mark and mark.workspace == desk.step.workspace:
            renamed = replace(mark, address=change.address)
            if renamed != mark:
                draft.put["desc"] = wire.marked(now, renamed)
