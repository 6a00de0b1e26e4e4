"""Random lives on Trello: a board with lists, labels, cards and checklists, and who may see it.

Trello refuses no stale write. The log tells what a write replaced for boards, lists and cards;
for labels and checklist items, and for cards with the switch trello-no-data-old, the window is the
moment between look and write of that one field. Only a word that a member wrote into that very
field in that very moment may be lost, and it is counted.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any, ClassVar

from smarketing.contract import Integration, Setup
from smarketing.integrations.trello import integration
from smarketing.integrations.trello.sandbox import stand_in
from smarketing.integrations.trello.sandbox.objects import Board, Card, CheckItem
from smarketing.integrations.trello.sandbox.switches import NO_OLD, SWITCHES
from smarketing.integrations.trello.sandbox.vendor import KEY, Trello
from smarketing.resolve.desired import Item
from smarketing.sandbox.inprocess import InProcess
from smarketing.sandbox.sandbox import Heard
from smarketing.standin import Asked, Person, query_of
from tests.histories.authors import reworded

from .author import MAILBOXES, PEOPLE, Author, Edit
from .life import ANA, BEN, ROB, WORD, Life

BOARD = "board:work"


class BoardAuthor(Author):
    """A playbook that is a board."""

    place = "trello"
    order = ("board", "list", "label", "card", "check")

    def write(self) -> None:
        access = {MAILBOXES["Ana Silva"]: "edit"}
        self.put(BOARD, self.root, title=f"Work {self.word()}", access=access)
        for key in ("week", "done"):
            self.put(f"{BOARD}/list:{key}", BOARD, title=f"List {key}")
        self.put(f"{BOARD}/label:hot", BOARD, title="Hot", color="red")
        self.put(f"{BOARD}/label:cold", BOARD, title="Cold", color="sky")
        for key in ("one", "two"):
            self._put_card(key)

    def edits(self) -> tuple[Edit, ...]:
        own = (self._add_card, self._move, self._relabel, self._put_off, self._share)
        return (*super().edits(), *own)

    def _put_card(self, key: str) -> None:
        address = f"{BOARD}/card:{key}"
        self.put(
            address, f"{BOARD}/list:week", title=f"Card {key} {self.word()}",
            description=(
                f"About {self.word()} at {self.company}. Second {self.word()}.\n\n"
                f"See [one](link:{self._first_card(address)})."
            ),
            owner=PEOPLE[0], labels=frozenset(self._labels()[:1]), due="2026-12-13",
        )  # fmt: skip
        for step in ("first", "second"):
            self.put(f"{address}/check:{step}", address, title=f"Step {self.word()}")

    def _first_card(self, address: str) -> str:
        return next(iter(self.of_kind("card")), address)

    def _labels(self) -> list[str]:
        return [str(self.items[each].fields["title"]) for each in self.of_kind("label")]

    def settle(self, address: str) -> None:
        """Only labels of the playbook are named."""
        super().settle(address)
        labels = self.items[address].fields.get("labels")
        if isinstance(labels, frozenset):
            self.change(address, labels=labels & set(self._labels()))

    def _add_card(self, luck: Random) -> None:
        keys = [k for k in ("three", "four", "five") if f"{BOARD}/card:{k}" not in self.items]
        keys = [k for k in keys if self.now(f"{BOARD}/card:{k}") == f"{BOARD}/card:{k}"]
        if f"{BOARD}/list:week" in self.items and keys:
            self._put_card(luck.choice(keys))

    def _retitle(self, luck: Random) -> None:
        """Cards name their labels by titles, so both change together."""
        address = luck.choice(list(self.items))
        old, new = self.items[address].fields["title"], f"Title {self.word()}"
        self.change(address, title=new)
        for card in self.of_kind("card") if "/label:" in address else ():
            labels = self.items[card].fields["labels"]
            assert isinstance(labels, frozenset)
            if old in labels:
                self.change(card, labels=(labels - {old}) | {new})

    def _remove(self, luck: Random) -> None:
        before = set(self.items)
        super()._remove(luck)
        for address in before - set(self.items):
            if "/label:" in address:
                title = self.shelf[address].fields["title"]
                for card in self.of_kind("card"):
                    labels = self.items[card].fields["labels"]
                    assert isinstance(labels, frozenset)
                    self.change(card, labels=labels - {title})

    def _move(self, luck: Random) -> None:
        cards, lists = self.of_kind("card"), self.of_kind("list")
        if cards and lists:
            item = self.items[luck.choice(cards)]
            self.items[item.address] = Item(
                item.address, "card", self.place, luck.choice(lists), item.fields
            )

    def _relabel(self, luck: Random) -> None:
        titles = self._labels()
        if cards := self.of_kind("card"):
            chosen = luck.sample(titles, luck.randrange(len(titles) + 1))
            self.change(luck.choice(cards), labels=frozenset(chosen))

    def _put_off(self, luck: Random) -> None:
        if cards := self.of_kind("card"):
            self.change(luck.choice(cards), due=luck.choice(("2026-12-20", "2027-01-31", None)))

    def _share(self, luck: Random) -> None:
        if BOARD in self.items:
            access = self.items[BOARD].fields["access"]
            assert isinstance(access, Mapping)
            self.change(BOARD, access={**access, MAILBOXES["Dana Wu"]: "view"})


class _Secrets:
    def __init__(self, held: Mapping[str, str]) -> None:
        self._held = held

    def get(self, name: str) -> str:
        return self._held.get(name, "")

    def put(self, name: str, secret: str) -> None:
        raise AssertionError("Trello renews no secret")


class TrelloLife(Life):
    """A workspace on Trello: Ben is a member of the board from the start, Ana is invited."""

    place = "trello"
    edits: ClassVar[tuple[str, ...]] = (
        "edit", "edit", "edit", "rename", "rename", "move", "delete", "add", "copy", "clear",
        "tick", "reorder", "archive", "unarchive", "unmark", "label", "assign", "accept", "below",
        "delete_check", "add_check", "delete_label", "comment", "about",
    )  # fmt: skip
    in_a_hurry = ("edit", "edit", "rename", "below", "about", "clear", "label")
    switches_there_are = frozenset(SWITCHES)
    vendor: Trello

    def __init__(
        self, luck: Random, switches: frozenset[str] = frozenset(), heard: Heard | None = None
    ) -> None:
        def make(world: Any) -> Trello:
            self.vendor = stand_in(world)
            return self.vendor

        super().__init__(luck, BoardAuthor(), make, switches, heard)

    def integration(self) -> Integration:
        secrets = _Secrets(self.vendor.account(ROB))
        made: Integration = integration(
            Setup({}, Path(), lambda host: secrets, InProcess(self.serve))
        )
        return made

    def begin(self) -> None:
        self._by(ROB, "PUT", f"boards/{self.board.id}/members", email=BEN.mail, type="normal")
        self.vendor.accept(BEN.key)

    @property
    def board(self) -> Board:
        """The board that state has bound; members may copy it."""
        (board,) = [b for b in self.bound() if b in self.vendor.store.boards]
        return self.vendor.store.boards[board]

    # What there is

    def text(self) -> str:
        said: list[str] = []
        for board in self.vendor.store.boards.values():
            said += [board.name, board.desc]
            said += [one.name for one in board.lists.values()]
            said += [one.name for one in board.labels.values()]
            for card in board.cards.values():
                said += [card.name, card.desc, *(c.data["text"] for c in card.comments)]
                for checklist in card.checklists.values():
                    said += [checklist.name, *(i.name for i in checklist.items.values())]
        return "\n".join(said)

    def things(self) -> Mapping[str, object]:
        store = self.vendor.store
        found: dict[str, object] = {
            c.id: (c.name, c.desc, c.place.id, c.closed, c.due, c.due_complete, tuple(c.labels))
            for c in store.cards.values()
        }
        found |= {one.id: (one.name, one.closed) for one in store.lists.values()}
        found |= {one.id: (one.name, one.colour) for one in store.labels.values()}
        found |= {one.id: (one.name, one.done) for one in store.items.values()}
        found |= {one.id: one.name for one in store.checklists.values()}
        return found

    def ids(self) -> set[str]:
        store = self.vendor.store
        return {*store.cards, *store.lists, *store.labels, *store.items, *store.checklists}

    def born_as(self, one: str) -> tuple[str, ...]:
        store = self.vendor.store
        if card := store.cards.get(one):
            return "card", card.place.id, card.name
        if row := store.lists.get(one):
            return "list", row.board.id, row.name
        if label := store.labels.get(one):
            return "label", label.board.id, label.name
        if checklist := store.checklists.get(one):
            return "checklist", checklist.card.id, checklist.name
        item = store.items[one]
        return "item", item.checklist.card.id, item.name

    def excusable(self, asked: Asked) -> Callable[[], set[str]]:
        before = self._at_risk(asked)
        return lambda: self._at_risk(asked) - before

    def _at_risk(self, asked: Asked) -> set[str]:
        """Return the words in what this write replaces and no log tells of."""
        store, parts = self.vendor.store, asked.path.split("/")
        if (asked.method, asked.path) == ("POST", "/1/labels") and NO_OLD in self.switches:
            # A label that a card needs is made between the look at the card and its write.
            card = store.cards.get(self.looked.rpartition("/")[2])
            return set(WORD.findall(f"{card.name}\n{card.desc}")) if card else set()
        if asked.method != "PUT":
            return set()
        said: list[str] = []
        if (item := store.items.get(parts[-1])) or (item := store.labels.get(parts[-1])):
            said = [item.name]
        elif (card := store.cards.get(parts[-1])) and NO_OLD in self.switches:
            sent = {*asked.query, *query_of(asked.body.decode())}
            said = [
                each for name, each in (("name", card.name), ("desc", card.desc)) if name in sent
            ]
        return set(WORD.findall("\n".join(said)))

    def touched_by(self, asked: Asked) -> set[str]:
        return {one for one in self.ids() if one in asked.path}

    # Members

    def _member(self) -> Person:
        who = [p for p in (ANA, BEN) if self.vendor.member(p.key).id in self._joined()]
        return self.luck.choice(who or [ROB])

    def _joined(self) -> set[str]:
        return {one for one, m in self.board.memberships.items() if not m.pending}

    def _by(self, who: Person, method: str, path: str, **said: object) -> Any:
        headers = {
            "authorization": f'OAuth oauth_consumer_key="{KEY}", oauth_token="{who.token}"',
            "content-type": "application/json",
        }
        body = json.dumps(said).encode()
        asked = Asked(method, f"/1/{path}", {}, headers, body)
        answer = self.sandbox.as_member(asked)
        if answer.status == 429:
            self.clock.move(10.0)
            answer = self.sandbox.as_member(asked)
        assert answer.status == 200, (method, path, said, answer)
        return json.loads(answer.body)

    def _do(self, method: str, path: str, **said: object) -> bool:
        self._by(self._member(), method, path, **said)
        return True

    def _cards(self) -> list[Card]:
        return [card for card in self.board.cards.values() if not card.closed]

    def _card(self) -> Card | None:
        return self.pick(self._cards())

    def _item(self) -> CheckItem | None:
        items = [i for c in self._cards() for k in c.checklists.values() for i in k.items.values()]
        return self.pick(items)

    def member_edit(self) -> bool:
        card = self._card()
        if card is None:
            return False
        text, line = _parted(card.desc)
        fresh = reworded(text, self.word(), self.luck)
        return self._do("PUT", f"cards/{card.id}", desc=f"{fresh.rstrip()}\n\n{line}".strip())

    def member_below(self) -> bool:
        card = self._card()
        desc = f"{card.desc}\n{self.word()}" if card else ""
        return card is not None and self._do("PUT", f"cards/{card.id}", desc=desc)

    def member_clear(self) -> bool:
        card = self._card()
        return card is not None and self._do("PUT", f"cards/{card.id}", desc=_parted(card.desc)[1])

    def member_unmark(self) -> bool:
        card = self._card()
        return card is not None and self._do(
            "PUT", f"cards/{card.id}", desc=_parted(card.desc)[0].rstrip()
        )

    def member_rename(self) -> bool:
        board = self.board
        paths = [f"boards/{board.id}"]
        paths += [f"lists/{one}" for one in board.lists]
        paths += [f"labels/{one}" for one in board.labels]
        paths += [f"cards/{one.id}" for one in self._cards()]
        path, item = self.luck.choice(paths), self._item()
        if item and self.luck.random() < 0.3:
            path = f"cards/{item.checklist.card.id}/checkItem/{item.id}"
        return self._do("PUT", path, name=f"Mine {self.word()}")

    def member_move(self) -> bool:
        card, lists = self._card(), [one for one in self.board.lists.values() if not one.closed]
        if card is None or not lists:
            return False
        return self._do("PUT", f"cards/{card.id}", idList=self.luck.choice(lists).id)

    def member_delete(self) -> bool:
        card = self._card()
        if card is None:
            return False
        self._bury(card.id, *(i for k in card.checklists.values() for i in k.items))
        return self._do("DELETE", f"cards/{card.id}")

    def member_delete_check(self) -> bool:
        item = self._item()
        if item is None:
            return False
        self._bury(item.id)
        return self._do("DELETE", f"cards/{item.checklist.card.id}/checkItem/{item.id}")

    def member_delete_label(self) -> bool:
        if not self.board.labels:
            return False
        label = self.luck.choice(list(self.board.labels))
        self._bury(label)
        return self._do("DELETE", f"labels/{label}")

    def member_add(self) -> bool:
        lists = [one.id for one in self.board.lists.values() if not one.closed]
        said = {"name": f"Own card {self.word()}", "desc": self.word()}
        return bool(lists) and self._do("POST", "cards", idList=self.luck.choice(lists), **said)

    def member_add_check(self) -> bool:
        item = self._item()
        path = f"checklists/{item.checklist.id}/checkItems" if item else ""
        return bool(path) and self._do("POST", path, name=f"Own step {self.word()}")

    def member_copy(self) -> bool:
        card, lists = self._card(), [one for one in self.board.lists.values() if not one.closed]
        if card is None or not lists:
            return False
        where = self.luck.choice(lists).id
        return self._do("POST", "cards", idCardSource=card.id, idList=where, keepFromSource="all")

    def member_tick(self) -> bool:
        card, item = self._card(), self._item()
        if item and self.luck.random() < 0.5:
            path = f"cards/{item.checklist.card.id}/checkItem/{item.id}"
            return self._do("PUT", path, state="incomplete" if item.done else "complete")
        return card is not None and self._do(
            "PUT", f"cards/{card.id}", dueComplete=not card.due_complete
        )

    def member_reorder(self) -> bool:
        card = self._card()
        return card is not None and self._do("PUT", f"cards/{card.id}", pos="top")

    def member_archive(self) -> bool:
        lists = [one.id for one in self.board.lists.values() if not one.closed]
        if self.luck.random() < 0.2 and lists:
            return self._do("PUT", f"lists/{self.luck.choice(lists)}", closed=True)
        card = self._card()
        return card is not None and self._do("PUT", f"cards/{card.id}", closed=True)

    def member_unarchive(self) -> bool:
        closed = [f"cards/{one.id}" for one in self.board.cards.values() if one.closed]
        closed += [f"lists/{one.id}" for one in self.board.lists.values() if one.closed]
        return bool(closed) and self._do("PUT", self.luck.choice(closed), closed=False)

    def member_label(self) -> bool:
        card, labels = self._card(), list(self.board.labels)
        if card is None or not labels:
            return False
        label = self.luck.choice(labels)
        if label in card.labels:
            return self._do("DELETE", f"cards/{card.id}/idLabels/{label}")
        return self._do("POST", f"cards/{card.id}/idLabels", value=label)

    def member_assign(self) -> bool:
        card, joined = self._card(), sorted(self._joined())
        if card is None:
            return False
        who = self.luck.choice(joined)
        if who in card.members:
            return self._do("DELETE", f"cards/{card.id}/idMembers/{who}")
        return self._do("POST", f"cards/{card.id}/idMembers", value=who)

    def member_accept(self) -> bool:
        self.vendor.accept(ANA.key)
        return True

    def member_about(self) -> bool:
        """Write something about the board, above our line."""
        text, line = _parted(self.board.desc)
        desc = f"{text} {self.word()}\n\n{line}".strip()
        return self._do("PUT", f"boards/{self.board.id}", desc=desc)

    def member_comment(self) -> bool:
        card = self._card()
        return card is not None and self._do(
            "POST", f"cards/{card.id}/actions/comments", text=self.word()
        )

    def _bury(self, *things: str) -> None:
        bound = self.bound()
        self.dead |= {bound[one] for one in things if one in bound}


def _parted(desc: str) -> tuple[str, str]:
    """Return what people wrote, and our line where it stands last."""
    before, line, after = desc.rpartition("[smarketing]: #")
    return (before.rstrip(), line + after) if line else (desc, "")
