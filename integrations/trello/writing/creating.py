"""Making boards, lists, labels, cards and checklist items: each in one call, with its mark."""

from collections.abc import Callable, Mapping

from smarketing.contract import Change, Done, Failed, Outcome, Remote
from smarketing.web import Refused

from .. import remotes as wire
from ..account import is_gone
from ..mapping import stamp_of
from ..marker import BoardMark, CardText
from ..owners import Assigned, moves
from ..room import too_long
from .desk import Desk

CHECKLIST = "Checklist"


def create(desk: Desk, change: Change) -> Outcome:
    """Make one object."""
    return _BY_KIND[change.kind](desk, change)


def _root(desk: Desk, change: Change) -> Outcome:
    template = change.fields.get("template") or None
    workspace = desk.step.workspace
    desk.known.templates[workspace] = str(template or "")
    marks = [BoardMark(workspace, "", template=str(template or ""))]
    return Done(wire.root_remote(desk.step.integration, workspace, marks))


def _board(desk: Desk, change: Change) -> Outcome:
    data = desk.account.post("boards/", **board_query(desk, change))
    return Done(made_board(desk, change, data))


def board_query(desk: Desk, change: Change) -> dict[str, object]:
    """Return the parameters of a new board: without Trello's own lists and labels, and private."""
    mark = BoardMark(desk.step.workspace, change.address, template=desk.step.template)
    return {
        "name": change.fields["title"],
        "desc": wire.new_board_desc(mark),
        "defaultLists": False,
        "defaultLabels": False,
        "prefs_permissionLevel": "private",
        "idOrganization": desk.home or None,
    }


def made_board(desk: Desk, change: Change, data: wire.Json) -> Remote:
    """Return a board that was just made: nobody but us is on it."""
    me, known, board = desk.me(), desk.known, data["id"]
    known.people[board] = {me.id: me.name}
    known.access[board] = {me.name: "admin"}
    known.labels[board] = {}
    known.urls[board] = data["shortUrl"]
    known.holders.setdefault(desk.step.workspace, board)
    place = wire.Place(desk.step.workspace, change.address, zone=desk.zone)
    return wire.board_remote(data, place, known.access[board])


def _list(desk: Desk, change: Change) -> Outcome:
    data = desk.account.post(
        "lists",
        name=change.fields["title"],
        idBoard=desk.holder(change.parent),
        pos="bottom",
    )
    return Done(wire.list_remote(data))


def _label(desk: Desk, change: Change) -> Outcome:
    board = desk.holder(change.parent)
    data = desk.account.post(
        "labels",
        name=change.fields["title"],
        color=change.fields.get("color") or "null",
        idBoard=board,
    )
    desk.labels(board)[data["id"]] = wire.title_of_label(data)
    return Done(wire.label_remote(data))


def _card(desk: Desk, change: Change) -> Outcome:
    board, fields = desk.board_of(change.address), change.fields
    owner = moves(Assigned(), str(fields.get("owner") or ""), desk.people(board))
    marker = wire.card_marker(change.address, here=True)
    text = CardText(str(fields.get("description") or ""), owner.line, marker).written()
    if too_long(text):
        return refused_length(change)
    labels = fields.get("labels")
    titles = labels if isinstance(labels, frozenset) else frozenset[str]()
    due = fields.get("due")
    data = desk.account.post(
        "cards",
        idList=desk.holder(change.parent),
        name=fields["title"],
        desc=text,
        due=stamp_of(due, desk.zone) if isinstance(due, str) else None,
        dueComplete=bool(fields.get("done")) or None,
        idLabels=",".join(desk.label_ids(board, titles)) or None,
        idMembers=",".join(owner.add) or None,
        pos="bottom",
    )
    known = desk.known
    known.learn_card(data, board)
    known.checklists[data["id"]] = ""
    known.cards[desk.step.workspace, change.address] = data["id"]
    return Done(wire.card_remote(data, desk.place(change, data)))


def refused_length(change: Change) -> Failed:
    """Return what is said of a description that Trello can't take."""
    return Failed(
        f"The text of {change.address} is too long for Trello: shorten it to 16000 characters."
    )


def _check(desk: Desk, change: Change) -> Outcome:
    card = desk.holder(change.parent)
    try:
        data = _item(desk, change, _checklist(desk, card))
    except Refused as error:
        if not is_gone(error):
            raise
        desk.known.checklists.pop(card, None)  # a member took the checklist away
        data = _item(desk, change, _checklist(desk, card))
    return Done(wire.check_remote(data, card))


def _item(desk: Desk, change: Change, checklist: str) -> wire.Json:
    data: wire.Json = desk.account.post(
        f"checklists/{checklist}/checkItems",
        name=change.fields["title"],
        pos="bottom",
        checked=bool(change.fields.get("done")) or None,
    )
    return data


def _checklist(desk: Desk, card: str) -> str:
    """Return the card's first checklist, made if there is none."""
    known = desk.known.checklists
    if card not in known:
        found = desk.account.get(f"cards/{card}/checklists", checkItems="none", fields="name,pos")
        first = min(found, key=lambda each: (each["pos"], each["id"]), default={"id": ""})
        known[card] = first["id"]
    if not known[card]:
        known[card] = desk.account.post("checklists", idCard=card, name=CHECKLIST)["id"]
    return known[card]


_BY_KIND: Mapping[str, Callable[[Desk, Change], Outcome]] = {
    "root": _root,
    "board": _board,
    "list": _list,
    "label": _label,
    "card": _card,
    "check": _check,
}
