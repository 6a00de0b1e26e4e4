"""Reading a workspace: a whole board in one call, and the boards by id or by their marks."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import tzinfo

from smarketing.contract import Listing, Remote, Scope, Unreachable
from smarketing.web import Refused

from .. import remotes as wire
from ..account import Account, is_gone
from ..known import Known, Person
from ..manifest import NAME
from ..mapping import one_line
from ..marker import BoardMark
from ..remotes import Json, Place, by_pos
from ..room import room_in, room_of
from .boardlinks import is_card_link, short_link
from .copies import copied_cards, is_copy
from .templates import offered, template_of
from .together import read_together

SEEN = "boards"
"""The cursor of a read that found its boards: the next one may go to them straight away."""

_BOARD: Mapping[str, object] = {
    "fields": "name,desc,closed,shortUrl,idMemberCreator,idOrganization,limits",
    "lists": "all",
    "list_fields": "name,closed,idBoard,pos",
    "cards": "all",
    "card_fields": "name,desc,closed,due,dueComplete,idBoard,idList,idLabels,idMembers,pos,shortUrl",
    "checklists": "all",
    "checklist_fields": "idCard,pos,checkItems",
    "labels": "all",
    "labels_limit": 1000,
    "label_fields": "name,color,idBoard",
    "members": "all",
    "member_fields": "fullName,username",
    "memberships": "all",
    "membersInvited": "all",
    "membersInvited_fields": "fullName,username",
    "organization": True,
    "organization_fields": "displayName,limits,memberships",
}
LISTED = "name,desc,closed,shortUrl,idOrganization"
_CARD: Mapping[str, object] = {
    "fields": "name,desc,closed,due,dueComplete,idBoard,idList,idLabels,labels,idMembers,shortUrl",
    "members": True,
    "member_fields": "fullName",
    "checklists": "all",
}


@dataclass(slots=True)
class Reading:
    """One read of one workspace."""

    account: Account
    known: Known
    scope: Scope
    zone: tzinfo
    home: str = ""
    found: list[Remote] = field(default_factory=list)
    marks: list[BoardMark] = field(default_factory=list)
    room: dict[str, int] = field(default_factory=dict)
    open_boards: Counter[str] = field(default_factory=Counter)

    def listing(self) -> Listing:
        """Return everything of the workspace, and what members put inside it."""
        scope = self.scope
        bound = [each for each, kind in scope.bound.items() if kind == "board"]
        at_once = bool(scope.cursor and bound and not scope.template and not scope.searching)
        listed = [] if at_once else self._listed()
        boards = self._boards(bound, listed)
        self.open_boards.update(
            str(each["idOrganization"]) for each in listed or boards if not each["closed"]
        )
        for data in boards:
            self._take(data, self._address_of(data), boards)
        self._take_single_cards()
        self._say_who_we_are(boards)
        if self.known.me is None and not at_once:
            self._ask_who_we_are()
        template = self._template(listed) if scope.template else ()
        root = self._root(boards, bound)
        found = (root, *self.found) if root else tuple(self.found)
        # Until boards of ours were found in full, another machine may have made some too.
        cursor = SEEN if self.marks or at_once else ""
        return Listing(found, cursor=cursor, room=self.room, template=template)

    # Which boards

    def _listed(self) -> Sequence[Json]:
        found: Sequence[Json] = self.account.get("members/me/boards", filter="all", fields=LISTED)
        return found

    def _boards(self, bound: Iterable[str], listed: Sequence[Json]) -> list[Json]:
        marks = {each["id"]: wire.mark_of(each) for each in listed}
        ours = [each for each, mark in marks.items() if mark and self._is_ours(mark)]
        wanted = sorted({*bound, *ours})
        together = dict(read_together(self.account, [] if listed else wanted, _BOARD))
        boards = [together.get(each) or self._board(each) for each in wanted]
        there = [each for each in boards if each is not None]
        for address, url in self.scope.existing.items():
            if not is_card_link(url) and not any(_is_at(each, url) for each in there):
                there.append(self._existing(address, url))
        return there

    def _is_ours(self, mark: BoardMark) -> bool:
        return mark.workspace == self.scope.workspace

    def _board(self, identity: str) -> Json | None:
        try:
            return whole_board(self.account, identity)
        except Refused as error:
            if is_gone(error):
                return None
            raise

    def _existing(self, address: str, url: str) -> Json:
        board = self._board(short_link(url)) if short_link(url) else None
        if board is None:
            raise Unreachable(
                f"There is no board {url[:80]} in Trello: correct `existing:` for {address}."
            )
        return board

    def _address_of(self, data: Json) -> str:
        for address, url in self.scope.existing.items():
            if not is_card_link(url) and _is_at(data, url):
                return address
        mark = wire.mark_of(data)
        return mark.address if mark and self._is_ours(mark) else ""

    # What they hold

    def _take(self, data: Json, address: str, boards: Sequence[Json]) -> None:
        mark = wire.mark_of(data)
        copied = mark is not None and is_copy(self.account, data, mark, boards)
        place = wire.place_of(data, self.scope.workspace, address, self.zone, copied=copied)
        if mark and self._is_ours(mark) and not copied:
            self.marks.append(mark)
            if mark.done or mark.template or self.scope.workspace not in self.known.holders:
                self.known.holders[self.scope.workspace] = data["id"]
        self._learn(data, place)
        self.room |= room_of(data, address, self.open_boards)
        self.found.append(wire.board_remote(data, place, self.known.access[data["id"]]))
        self.found += [wire.list_remote(each) for each in by_pos(data["lists"])]
        self.found += [wire.label_remote(each) for each in data["labels"]]
        self.found += self._cards(data, place)

    def _cards(self, data: Json, place: Place) -> list[Remote]:
        copies = copied_cards(self.account, data)
        found: list[Remote] = []
        for each in by_pos(data["cards"]):
            card = wire.card_remote(each, place, copied=each["id"] in copies)
            found.append(card)
            if card.marker and card.ours:
                self.known.cards[self.scope.workspace, card.marker] = card.id
        for checklist in by_pos(data["checklists"]):
            self.known.checklists.setdefault(checklist["idCard"], checklist["id"])
            for item in by_pos(checklist["checkItems"]):
                found.append(wire.check_remote(item, checklist["idCard"]))
        return found

    def _learn(self, data: Json, place: Place) -> None:
        known, board = self.known, data["id"]
        known.people[board] = dict(place.people)
        known.labels[board] = dict(place.labels)
        known.access[board] = wire.access_of(data)
        known.urls[board] = data["shortUrl"]
        for card in data["cards"]:
            known.learn_card(card, board)
            known.checklists.pop(card["id"], None)
        with_checklists = {each["idCard"] for each in data["checklists"]}
        for card in data["cards"]:
            if card["id"] not in with_checklists:
                known.checklists[card["id"]] = ""

    def _take_single_cards(self) -> None:
        """Read the cards under `existing:`; most lie on boards that were read."""
        by_link = {
            short_link(each.url): number
            for number, each in enumerate(self.found)
            if each.kind == "card"
        }
        for address, url in self.scope.existing.items():
            if not is_card_link(url):
                continue
            if (number := by_link.get(short_link(url))) is not None:
                self.found[number] = _marked_as(self.found[number], address, self.scope.workspace)
            else:
                self._take_card(address, url)

    def _take_card(self, address: str, url: str) -> None:
        try:
            data = self.account.get(f"cards/{short_link(url)}", **_CARD)
        except Refused as error:
            if not is_gone(error):
                raise
            words = f"There is no card {url[:80]} in Trello: correct `existing:` for {address}."
            raise Unreachable(words) from None
        place = Place(self.scope.workspace, "", wire.people_of(data), zone=self.zone)
        card = wire.card_remote(data, place)
        self.found.append(_marked_as(card, address, self.scope.workspace))
        for checklist in data["checklists"]:
            self.found += [wire.check_remote(each, card.id) for each in checklist["checkItems"]]

    # The rest

    def _root(self, boards: Sequence[Json], bound: Collection[str]) -> Remote | None:
        """Return the root that stands for all boards, None where not one of them is to be seen."""
        if not self.marks and (not self.scope.roots or (bound and not boards)):
            return None
        return wire.root_remote(NAME, self.scope.workspace, self.marks)

    def _say_who_we_are(self, boards: Sequence[Json]) -> None:
        """Whoever made a board that we made is us."""
        for data in boards:
            mark, maker = wire.mark_of(data), str(data.get("idMemberCreator"))
            name = wire.people_of(data).get(maker)
            ours = mark is not None and self._is_ours(mark) and not mark.found
            if ours and name and self.known.me is None:
                self.known.me = Person(maker, name)

    def _ask_who_we_are(self) -> None:
        me = self.account.get(
            "members/me",
            fields="fullName,username",
            organizations="all",
            organization_fields="name,displayName,limits,memberships",
        )
        self.known.me = Person(me["id"], one_line(me["fullName"]))
        homes = [
            each
            for each in me.get("organizations") or ()
            if not self.home or self.home in (each["id"], each.get("name"))
        ]
        if homes:
            self.room |= room_in(homes[0], (), self.open_boards)

    def _template(self, listed: Sequence[Json]) -> tuple[Remote, ...]:
        """Return what a finished workspace offers for copying, if there is one."""
        found: list[Remote] = []
        for identity, mark in offered(listed, self.scope):
            board = self._board(identity)
            found += template_of(board, mark, self.zone) if board else ()
        return tuple(found)


def whole_board(account: Account, identity: str) -> Json:
    """Return a board with everything on it, in one call."""
    board: Json = account.get(f"boards/{identity}", **_BOARD)
    return board


def _is_at(data: Json, url: str) -> bool:
    """Say whether this is the board's address, or its id."""
    return short_link(url) in (data["id"], short_link(str(data["shortUrl"])))


def _marked_as(remote: Remote, address: str, workspace: str) -> Remote:
    return replace(remote, marker=address, workspace=workspace)
