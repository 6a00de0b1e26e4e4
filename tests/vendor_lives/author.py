"""Whoever keeps the playbook, and edits it at random. Each of its words is new and its own."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random
from typing import ClassVar

from smarketing.address import container_of, is_within, moved_under
from smarketing.kinds import Value
from smarketing.resolve.desired import Desired, Item
from tests.histories.authors import reworded

PEOPLE = ("Ana Silva", "Ben Okoye", "Dana Wu")
MAILBOXES = {name: f"{name} <{name.split()[0].lower()}@acme.example>" for name in PEOPLE}
WORKSPACE = "k3v9-7q2m-x4dt"

LINK = re.compile(r"\(link:([^)]+)\)")

Edit = Callable[[Random], None]


@dataclass
class Author:
    """A playbook for one tool. `write` puts its first items there; parents come first."""

    place: ClassVar[str]
    order: ClassVar[tuple[str, ...]]

    company: str = "Acme"
    start: date = date(2026, 12, 7)
    items: dict[str, Item] = field(default_factory=dict)
    was: dict[str, str] = field(default_factory=dict)
    successors: dict[str, str] = field(default_factory=dict)
    shelf: dict[str, Item] = field(default_factory=dict)
    words: int = 0

    def __post_init__(self) -> None:
        self.write()

    @property
    def root(self) -> str:
        return f"root:{self.place}"

    def write(self) -> None:
        """Write the first playbook."""
        raise NotImplementedError

    def edits(self) -> tuple[Edit, ...]:
        """Return the ways to edit it; what is there twice happens twice as often."""
        return (
            self._edit_text, self._edit_text, self._retitle, self._remove, self._take_up,
            self._rename_key, self._rename_company, self._leave, self._drop_paragraph,
        )  # fmt: skip

    def edit(self, luck: Random) -> str:
        """Change one thing, and say which sort of change it was."""
        choice = luck.choice(self.edits())
        choice(luck)
        return choice.__name__.strip("_")

    def desired(self) -> Desired:
        """Return what the playbook asks for now."""
        items = sorted(self.items.values(), key=lambda item: self.order.index(item.kind))
        return Desired(
            WORKSPACE,
            f"Smarketing at {self.company}",
            self.start,
            {item.address: item for item in items},
            inputs={"company": self.company},
            was=dict(self.was),
            successors=dict(self.successors),
        )

    def now(self, address: str) -> str:
        """Return what became of an address."""
        for old, new in self.was.items():
            if is_within(address, old):
                return moved_under(address, old, new)
        return address

    def word(self) -> str:
        self.words += 1
        return f"play{self.words}"

    def body(self) -> str:
        return (
            f"# Heading {self.word()}\n\n{self.company} says {self.word()}. Then {self.word()}.\n\n"
            f"- point {self.word()}\n- [ ] tick {self.word()}\n\nLast {self.word()}.\n"
        )

    def put(self, address: str, parent: str, **fields: Value) -> None:
        kind = address.rpartition("/")[2].partition(":")[0]
        self.items[address] = Item(address, kind, self.place, parent, fields)

    def change(self, address: str, **fields: Value) -> None:
        item = self.items[address]
        self.items[address] = replace(item, fields={**item.fields, **fields})

    def of_kind(self, *kinds: str) -> list[str]:
        return [address for address, item in self.items.items() if item.kind in kinds]

    def texts(self) -> list[tuple[str, str, str]]:
        return [
            (address, name, text)
            for address, item in self.items.items()
            for name in ("body", "description")
            if isinstance(text := item.fields.get(name), str)
        ]

    def _edit_text(self, luck: Random) -> None:
        if texts := self.texts():
            address, name, text = luck.choice(texts)
            self.change(address, **{name: reworded(text, self.word(), luck)})

    def _drop_paragraph(self, luck: Random) -> None:
        if not (texts := self.texts()):
            return
        address, name, text = luck.choice(texts)
        parts = text.split("\n\n")
        if len(parts) > 2:
            parts.pop(luck.randrange(len(parts)))
            self.change(address, **{name: "\n\n".join(parts)})

    def _retitle(self, luck: Random) -> None:
        if titled := [a for a, item in self.items.items() if "title" in item.fields]:
            self.change(luck.choice(titled), title=f"Title {self.word()}")

    def _remove(self, luck: Random) -> None:
        leaves = [a for a in self.items if self._is_leaf(a)]
        if len(self.items) > 6 and leaves:
            address = luck.choice(leaves)
            self.shelf[address] = self.items.pop(address)
            self._relink(address, "")

    def _relink(self, old: str, new: str) -> None:
        """A playbook that links to what it does not hold is refused before a run."""
        link = re.compile(rf"\[([^\]]*)\]\(link:{re.escape(old)}\)")
        fresh = rf"[\1](link:{new})" if new else r"\1"
        for address, name, text in self.texts():
            self.change(address, **{name: link.sub(fresh, text)})

    def _is_leaf(self, address: str) -> bool:
        return not any(
            item.parent == address or container_of(item.address) == address
            for item in self.items.values()
        )

    def _take_up(self, luck: Random) -> None:
        back = [a for a, item in self.shelf.items() if item.parent in (*self.items, self.root)]
        if back:
            address = luck.choice(back)
            if self.now(address) == address:
                self.items[address] = self.shelf.pop(address)
                self.settle(address)

    def settle(self, address: str) -> None:
        """What was taken up again may name what is not there any more."""
        item = self.items[address]
        for name in ("body", "description"):
            for target in LINK.findall(str(item.fields.get(name, ""))):
                if target not in self.items:
                    self._relink(target, "")

    def rename(self, old: str, new: str) -> None:
        """Give an item, and all that is in it, another key."""
        self.items = {
            moved_under(a, old, new) if is_within(a, old) else a: replace(
                item,
                address=moved_under(a, old, new) if is_within(a, old) else a,
                parent=moved_under(item.parent, old, new)
                if is_within(item.parent, old)
                else item.parent,
            )
            for a, item in self.items.items()
        }
        self.was = {o: (new if n == old else n) for o, n in self.was.items()} | {old: new}
        self._relink(old, new)

    def _rename_key(self, luck: Random) -> None:
        if keyed := self.of_kind("document", "card"):
            old = luck.choice(keyed)
            self.rename(old, f"{old.rpartition(':')[0]}:{self.word()}")

    def _rename_company(self, luck: Random) -> None:
        old, self.company = self.company, f"Firm{self.word()}"
        for address, name, text in self.texts():
            self.change(address, **{name: text.replace(old, self.company)})

    def _leave(self, luck: Random) -> None:
        """The first of our people leaves; somebody else takes over, and all rights end."""
        stayer = luck.choice(PEOPLE[1:])
        self.successors = {PEOPLE[0]: stayer}
        gone = MAILBOXES[PEOPLE[0]]
        for address, item in list(self.items.items()):
            if item.fields.get("owner") == PEOPLE[0]:
                self.change(address, owner=stayer)
            access = item.fields.get("access")
            if isinstance(access, dict) and gone in access:
                self.change(address, access={w: r for w, r in access.items() if w != gone})
