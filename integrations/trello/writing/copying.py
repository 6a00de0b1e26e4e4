"""A new workspace from a template: one call copies a board, and only what differs is written."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from smarketing.contract import Change, Done, Outcome, Remote, Stale
from smarketing.web import NoReply, Refused

from .. import remotes as wire
from ..account import came_to
from ..reading.reader import whole_board
from ..remotes import Json, Place
from ..room import too_long
from .altering import Object, after, remote_of, write
from .creating import board_query, made_board, refused_length
from .desk import Desk
from .drafts import drafted


def copy(desk: Desk, changes: Sequence[Change]) -> list[Outcome]:
    """Copy the template's board, find everything on the copy, and write what differs."""
    first, key = changes[0], desk.step.key
    board = desk.known.copied.get(key)
    if board is None:
        board = _copied(desk, first)
        desk.known.copied[key] = board
    data = whole_board(desk.account, board)
    root = made_board(desk, first, data)
    place = wire.place_of(data, desk.step.workspace, first.address, desk.zone, copied=False)
    desk.known.people[board], desk.known.labels[board] = dict(place.people), dict(place.labels)
    copies = _Copies(data, place)
    found = {first.address: board}
    outcomes: dict[str, Outcome] = {first.address: Done(root)}
    for change in sorted(changes[1:], key=_depth):
        twin = copies.of(change, changes, found)
        if twin is not None:
            found[change.address] = twin.id
    made = Desk(desk.account, desk.known, desk.step, {**desk.ids, **found}, desk.zone, desk.home)
    for change in changes[1:]:
        outcomes[change.address] = _matched(made, change, copies)
    return [outcomes[change.address] for change in changes]


def _copied(desk: Desk, change: Change) -> str:
    assert change.like is not None
    query = board_query(desk, change)
    del query["defaultLists"], query["defaultLabels"]
    query |= {"idBoardSource": change.like.id, "keepFromSource": "cards"}
    return str(desk.account.post("boards/", **query)["id"])


def _depth(change: Change) -> int:
    return ("list", "label", "card", "check").index(change.kind)


class _Copies:
    """Everything on a copied board, to be found by what it was copied from."""

    def __init__(self, data: Json, place: Place) -> None:
        self.raw: dict[str, Json] = {}
        self.cards: dict[str, Remote] = {}
        self.others: dict[tuple[str, str, str], list[Remote]] = defaultdict(list)
        for kind, make in (("lists", wire.list_remote), ("labels", wire.label_remote)):
            for each in data[kind]:
                self._keep(each, make(each), data["id"])
        for each in data["cards"]:
            card = wire.card_remote(each, place)
            labels = [{"id": one, "name": place.labels[one]} for one in each["idLabels"]]
            self.raw[card.id] = {**each, "labels": labels}
            if card.marker:
                self.cards.setdefault(card.marker, card)
        for checklist in data["checklists"]:
            for item in checklist["checkItems"]:
                self._keep(item, wire.check_remote(item, checklist["idCard"]), checklist["idCard"])

    def _keep(self, data: Json, remote: Remote, parent: str) -> None:
        self.raw[remote.id] = data
        self.others[remote.kind, parent, str(remote.fields["title"])].append(remote)

    def of(
        self, change: Change, changes: Sequence[Change], found: Mapping[str, str]
    ) -> Remote | None:
        """Return what was copied from the object that a change is like."""
        like = change.like
        assert like is not None
        if change.kind == "card":
            return self.cards.get(like.marker)
        above = next(
            (each.address for each in changes if each.like and each.like.id == like.parent), ""
        )
        title = str(like.fields["title"])
        waiting = self.others.get((change.kind, found.get(above, ""), title))
        return waiting.pop(0) if waiting else None


def _matched(desk: Desk, change: Change, copies: _Copies) -> Outcome:
    """Write what a copied object lacks of what its change asks for."""
    identity = desk.ids.get(change.address)
    if identity is None:
        return Stale()
    now = copies.raw[identity]
    card = desk.ids.get(change.parent, "") if change.kind == "check" else ""
    thing = Object(change.kind, identity, card)
    try:
        return _written(desk, change, thing, now)
    except (Refused, NoReply) as error:
        return came_to(error)


def _written(desk: Desk, change: Change, thing: Object, now: Json) -> Outcome:
    asked = _asked(change)
    draft = drafted(desk, asked, now, remote_of(desk, change, now, thing))
    if too_long(str(draft.put.get("desc") or "")):
        return refused_length(change)
    written = write(desk, thing, now, draft)
    desk.known.written.pop(desk.step.key, None)
    return Done(remote_of(desk, change, after(now, written, draft), thing))


def _asked(change: Change) -> list[Change]:
    """Return what makes a copied object the wanted one: its fields, its place, its mark."""
    update = Change("update", change.address, change.kind, change.fields)
    if change.kind != "card":
        return [update]
    move = Change("move", change.address, change.kind, {}, change.parent)
    return [move, Change("rename", change.address, change.kind), update]
