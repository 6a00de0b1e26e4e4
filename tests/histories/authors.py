"""The two who write: the playbook's author, and members with the tool open."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from smarketing.kinds import Value
from smarketing.resolve.desired import Desired, Item

PLACE = "memory"
ROOT = f"root:{PLACE}"
PEOPLE = ("Ana Silva", "Ben Okoye", "Dana Wu")


@dataclass
class Author:
    """Keeps a playbook and edits it at random. Each of its words is new and its own."""

    company: str = "Acme"
    start: date = date(2026, 12, 7)
    items: dict[str, Item] = field(default_factory=dict)
    was: dict[str, str] = field(default_factory=dict)
    successors: dict[str, str] = field(default_factory=dict)
    shelf: dict[str, Item] = field(default_factory=dict)
    words: int = 0

    def __post_init__(self) -> None:
        self._put("folder:home", "folder", ROOT, title="Home")
        self._put("document:terms", "document", "folder:home", title="Terms", body=self._body())
        self._put("document:rule", "document", "folder:home", title="Rule", body=self._body())
        self._put("board:work", "board", ROOT, title="Work")
        for key in ("week", "done"):
            self._put(f"board:work/list:{key}", "list", "board:work", title=f"List {key}")
        for key in ("one", "two"):
            self._put_card(key)
        self._put("table:track", "table", ROOT, title="Track")
        self._put("table:track/row:first", "row", "table:track", cells={"a": "First", "b": "x"})

    def desired(self) -> Desired:
        """Return what the playbook asks for now, parents first."""
        order = {"folder": 0, "board": 0, "table": 0, "list": 1, "document": 1, "row": 1}
        items = sorted(self.items.values(), key=lambda i: order.get(i.kind, 2 + (i.kind != "card")))
        return Desired(
            "k3v9-7q2m-x4dt",
            f"Smarketing at {self.company}",
            self.start,
            {item.address: item for item in items},
            inputs={"company": self.company},
            was=dict(self.was),
            successors=dict(self.successors),
        )

    def edit(self, luck: Random) -> str:
        """Change one thing, and say which sort of change it was."""
        choice = luck.choice(
            (
                self._edit_text, self._edit_text, self._retitle, self._add_card, self._remove,
                self._take_up, self._move, self._rename_key, self._rename_company, self._leave,
                self._drop_paragraph,
            )
        )  # fmt: skip
        choice(luck)
        return choice.__name__.strip("_")

    def word(self) -> str:
        self.words += 1
        return f"play{self.words}"

    def _put(self, address: str, kind: str, parent: str, **fields: Value) -> None:
        self.items[address] = Item(address, kind, PLACE, parent, fields)

    def _put_card(self, key: str) -> None:
        address = f"board:work/card:{key}"
        self._put(
            address, "card", "board:work/list:week", title=f"Card {key} {self.word()}",
            description=f"About {self.word()} at {self.company}. Second {self.word()}.",
            owner=PEOPLE[0], labels=frozenset({"process"}), due="2026-12-13",
        )  # fmt: skip
        self._put(f"{address}/check:step", "check", address, title=f"Step {self.word()}")

    def _body(self) -> str:
        return (
            f"# Heading {self.word()}\n\n{self.company} says {self.word()}. Then {self.word()}.\n\n"
            f"- point {self.word()}\n- [ ] tick {self.word()}\n\nLast {self.word()}.\n"
        )

    def _change(self, address: str, **fields: Value) -> None:
        item = self.items[address]
        self.items[address] = Item(
            address, item.kind, item.place, item.parent, {**item.fields, **fields}
        )

    def _texts(self) -> list[tuple[str, str, str]]:
        return [
            (address, name, text)
            for address, item in self.items.items()
            for name in ("body", "description")
            if isinstance(text := item.fields.get(name), str)
        ]

    def _edit_text(self, luck: Random) -> None:
        if not (texts := self._texts()):
            return
        address, name, text = luck.choice(texts)
        self._change(address, **{name: reworded(text, self.word(), luck)})

    def _drop_paragraph(self, luck: Random) -> None:
        if not (texts := self._texts()):
            return
        address, name, text = luck.choice(texts)
        parts = text.split("\n\n")
        if len(parts) > 2:
            parts.pop(luck.randrange(len(parts)))
            self._change(address, **{name: "\n\n".join(parts)})

    def _retitle(self, luck: Random) -> None:
        titled = [a for a, item in self.items.items() if "title" in item.fields]
        if titled:
            self._change(luck.choice(titled), title=f"Title {self.word()}")

    def _add_card(self, luck: Random) -> None:
        keys = [k for k in ("three", "four", "five") if f"board:work/card:{k}" not in self.items]
        if "board:work/list:week" in self.items and keys:
            self._put_card(luck.choice(keys))

    def _remove(self, luck: Random) -> None:
        leaves = [a for a in self.items if not any(i.parent == a for i in self.items.values())]
        if len(self.items) > 6 and leaves:
            address = luck.choice(leaves)
            self.shelf[address] = self.items.pop(address)

    def _take_up(self, luck: Random) -> None:
        back = [a for a, item in self.shelf.items() if item.parent in (*self.items, ROOT)]
        if back:
            address = luck.choice(back)
            if address not in self.was:
                self.items[address] = self.shelf.pop(address)

    def _move(self, luck: Random) -> None:
        cards = [a for a, i in self.items.items() if i.kind == "card"]
        lists = [a for a, i in self.items.items() if i.kind == "list"]
        if cards and lists:
            item = self.items[luck.choice(cards)]
            parent = luck.choice(lists)
            self.items[item.address] = Item(item.address, "card", PLACE, parent, item.fields)

    def _rename_key(self, luck: Random) -> None:
        documents = [a for a, i in self.items.items() if i.kind == "document"]
        if documents:
            old = luck.choice(documents)
            new = f"document:{self.word()}"
            item = self.items.pop(old)
            self.items[new] = Item(new, item.kind, PLACE, item.parent, item.fields)
            self.was = {o: (new if n == old else n) for o, n in self.was.items()} | {old: new}

    def _rename_company(self, luck: Random) -> None:
        old, self.company = self.company, f"Firm{self.word()}"
        for address, name, text in self._texts():
            self._change(address, **{name: text.replace(old, self.company)})

    def _leave(self, luck: Random) -> None:
        stayer = luck.choice(PEOPLE[1:])
        self.successors = {PEOPLE[0]: stayer}
        for address, item in list(self.items.items()):
            if item.fields.get("owner") == PEOPLE[0]:
                self._change(address, owner=stayer)


def reworded(text: str, word: str, luck: Random) -> str:
    """Return the text with one of its sentences changed, added or its paragraph extended."""
    parts = text.split("\n\n")
    at = luck.randrange(len(parts))
    kind = luck.randrange(4)
    if kind == 0:
        parts.insert(at, f"New paragraph {word}.")
    elif kind == 1 and parts[at].startswith("- "):
        parts[at] += f"\n- added {word}"
    else:
        body = parts[at].rstrip("\n")
        end = parts[at][len(body) :]
        sentences = body.split(". ")
        which = luck.randrange(len(sentences))
        sentences[which] = f"{sentences[which].rstrip('.')} {word}"
        parts[at] = ". ".join(sentences) + ("." if body.endswith(".") else "") + end
    return "\n\n".join(parts)
