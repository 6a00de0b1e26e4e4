"""Whoever reorganises: a playbook and a config that change at random, one reorganisation a time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from smarketing.config.config import Config
from smarketing.config.people import People
from smarketing.kinds import Value
from smarketing.resolve.desired import Desired, Item

PLACE = "memory"
ROOT = f"root:{PLACE}"
ROLES = ("sales", "marketing")


@dataclass
class Thing:
    """One item of the playbook. `was` is what it was called, `who` tells it from all others."""

    who: int
    kind: str
    title: str
    holder: str = ""
    sections: list[tuple[str, str]] = field(default_factory=list)
    role: str = ""
    was: tuple[str, ...] = ()
    is_fresh: bool = False
    is_off: bool = False


class Author:
    """Keeps playbook and config. `things` are by address; each word of the playbook is its own."""

    def __init__(self, luck: Random) -> None:
        self.luck = luck
        self.number = 0
        self.things: dict[str, Thing] = {}
        self.people: dict[str, Any] = {}
        self.teams: dict[str, Any] = {}
        self.splits: dict[str, str] = {}
        for key in ("home", "north", "south"):
            self.add(f"folder:{key}", "folder", holder="" if key == "home" else "folder:home")
        for key in ("terms", "rule", "book"):
            holder = self.any("folder")
            self.add(f"document:{key}", "document", holder=holder, sections=self._sections(3))
        for key in ("week", "stuck", "done"):
            self.add(f"board:work/list:{key}", "list")
        for key in ("one", "two", "three", "four"):
            self._add_card(key)
        for role in ROLES:
            lead, other = self._hire(), self._hire()
            team = {"title": f"Team {self.word()}", "plays": [role]}
            self.teams[self.key()] = team | {"lead": lead, "members": [lead, other]}

    # What it asks for

    def desired(self) -> Desired:
        people = People(self.config())
        items = {i.address: i for i in self._items(people)}
        was: dict[str, str] = {}
        splits: dict[str, str] = {}
        for address, thing in self.things.items():
            for old in thing.was if not thing.is_off else ():
                if was.setdefault(old, address) != address:
                    splits[address] = old
        return Desired(
            "k3v9-7q2m-x4dt", "Acme", date(2026, 12, 7), items,
            was=was, splits=splits, people=people.here, names=people.names, roster=people.roster,
            fresh=frozenset(a for a, thing in self.things.items() if thing.is_fresh),
            asleep=frozenset(a for a, thing in self.things.items() if thing.is_off),
        )  # fmt: skip

    def config(self) -> Config:
        return Config.model_validate(
            {"workspace": "Acme", "people": self.people, "teams": self.teams}
        )

    def _items(self, people: People) -> Iterator[Item]:
        access = people.access(dict.fromkeys(ROLES, "edit"))
        share: dict[str, Value] = {"access": access}
        yield Item("board:work", "board", PLACE, ROOT, {"title": "Work", **share}, source="p:1")
        order = ("folder", "list", "document", "card")
        for address in sorted(
            (a for a, thing in self.things.items() if not thing.is_off),
            key=lambda a: (order.index(self.things[a].kind), self._depth(a)),
        ):
            yield self._item(address, self.things[address], people, share)
        attendees = people.mailboxes(ROLES)
        weekly: dict[str, Value] = {"title": "Weekly", "start": "2026-12-07T10:00", "minutes": 45}
        weekly |= {"timezone": "Europe/London", "rule": "FREQ=WEEKLY", "attendees": attendees}
        yield Item("meeting:weekly", "meeting", PLACE, ROOT, weekly, source="p:1")

    def _depth(self, address: str) -> int:
        thing = self.things[address]
        inside = thing.kind == "folder" and thing.holder
        return 1 + self._depth(thing.holder) if inside else 0

    def _item(self, address: str, thing: Thing, people: People, share: dict[str, Value]) -> Item:
        fields: dict[str, Value] = {"title": thing.title}
        parent = thing.holder or ("board:work" if thing.kind == "list" else ROOT)
        if thing.kind == "document":
            fields["body"] = self.body(thing)
        if thing.kind in ("folder", "document"):
            fields |= share
        if thing.kind == "card":
            fields["description"] = f"Do {thing.who} first. Then tell the others."
            if lead := people.lead(thing.role):
                fields["owner"] = people.name(lead)
        return Item(address, thing.kind, PLACE, parent, fields, source=f"p:{thing.who}")

    def body(self, thing: Thing) -> str:
        parts = [f"# Document {thing.who}", f"Read {thing.who} once."]
        for heading, text in thing.sections:
            parts += [f"## {heading}", text]
        return "\n\n".join(parts) + "\n"

    # Words and things

    def word(self) -> str:
        self.number += 1
        return f"play{self.number}"

    def key(self) -> str:
        self.number += 1
        return f"k{self.number}"

    def add(self, address: str, kind: str, **values: Any) -> Thing:
        self.number += 1
        thing = Thing(self.number, kind, f"{kind.capitalize()} {self.word()}", **values)
        self.things[address] = thing
        return thing

    def _add_card(self, key: str) -> None:
        holder, role = self.any("list"), self.luck.choice(ROLES)
        self.add(f"board:work/card:{key}", "card", holder=holder, role=role)

    def _sections(self, count: int) -> list[tuple[str, str]]:
        return [
            (f"About {self.word()}", f"We say {self.word()} here. It holds {self.word()}.")
            for _ in range(count)
        ]

    def all(self, kind: str) -> list[str]:
        return [a for a, thing in self.things.items() if thing.kind == kind and not thing.is_off]

    def any(self, kind: str) -> str:
        return self.luck.choice(self.all(kind))

    def _hire(self) -> str:
        key = self.key()
        self.people[key] = f"Person {key.upper()} <{key}@acme.example>"
        return key

    def here(self) -> list[str]:
        return [k for k, one in self.people.items() if isinstance(one, str)]

    # Reorganisations

    def reorganise(self) -> str:
        """Do one reorganisation; return its name, "" where it makes no sense now."""
        for thing in self.things.values():
            thing.was, thing.is_fresh = (), False
        act = self.luck.choice(ACTS)
        return act.__name__ if act(self) is not False else ""

    def rename_key(self, old: str, said: bool = True) -> str:
        """Give something another key, in the same place of the file."""
        kind = self.things[old].kind
        new = f"{old.rpartition(':')[0]}:{self.key()}"
        self.things = {new if a == old else a: thing for a, thing in self.things.items()}
        thing = self.things[new]
        thing.was = (old,) if said else ()
        if kind in ("list", "folder"):
            self.rehome(old, new)
        return new

    def rehome(self, old: str, new: str) -> None:
        """Put what lay in one thing into another."""
        for thing in self.things.values():
            if thing.holder == old:
                thing.holder = new


def title_changes(author: Author) -> bool:
    thing = author.things[author.any(author.luck.choice(("folder", "document", "list", "card")))]
    thing.title = f"{thing.kind.capitalize()} {author.word()}"
    return True


def key_changes(author: Author) -> bool:
    author.rename_key(author.any(author.luck.choice(("folder", "document", "list", "card"))))
    return True


def team_is_renamed(author: Author) -> bool:
    key = author.luck.choice(list(author.teams))
    team = author.teams.pop(key)
    author.teams[author.key()] = team | {"title": f"Team {author.word()}", "was": [key]}
    return True


def team_splits(author: Author) -> bool:
    if len(author.teams) > 4:
        return False
    key = author.luck.choice(list(author.teams))
    team = author.teams.pop(key)
    people = list(team["members"])
    while len(people) < 2:
        people.append(author._hire())
    half = len(people) // 2
    for part in (people[:half], people[half:]):
        lead = team["lead"] if team["lead"] in part else part[0]
        author.teams[author.key()] = {
            "title": f"Team {author.word()}", "plays": team["plays"], "was": [key],
            "lead": lead, "members": part,
        }  # fmt: skip
    return True


def teams_merge(author: Author) -> bool:
    if len(author.teams) < 3:
        return False
    one, two = author.luck.sample(list(author.teams), 2)
    a, b = author.teams.pop(one), author.teams.pop(two)
    author.teams[author.key()] = {
        "title": f"Team {author.word()}", "was": [one, two], "lead": a["lead"],
        "plays": sorted({*a["plays"], *b["plays"]}),
        "members": list(dict.fromkeys([*a["members"], *b["members"]])),
    }  # fmt: skip
    return True


def team_is_transferred(author: Author) -> bool:
    team = author.luck.choice(list(author.teams.values()))
    team["plays"] = sorted(author.luck.sample(ROLES, author.luck.randint(1, 2)))
    return True


def person_joins(author: Author) -> bool:
    if len(author.here()) > 10:
        return False
    author.luck.choice(list(author.teams.values()))["members"].append(author._hire())
    return True


def person_moves(author: Author) -> bool:
    one, two = author.luck.choices(list(author.teams.values()), k=2)
    movable = [who for who in one["members"] if who != one["lead"]]
    if one is two or not movable:
        return False
    who = author.luck.choice(movable)
    one["members"].remove(who)
    if who not in two["members"]:
        two["members"].append(who)
    return True


def person_leaves(author: Author) -> bool:
    who = author.luck.choice(author.here())
    others = [each for each in author.here() if each != who]
    if len(others) < 3:
        return False
    how = author.luck.randrange(3)
    if how == 0:  # gone from the file, and out of every list
        del author.people[who]
    elif how == 1:
        author.people[who] = {"name": author.people[who], "left": "2027-01-04"}
    else:
        heir = author.luck.choice(others)
        author.people[who] = {"name": author.people[who], "left": "2027-01-04", "work-to": heir}
    for other in author.people.values():
        if isinstance(other, dict) and other.get("work-to") == who and how < 2:
            del other["work-to"]
    for team in author.teams.values():
        if how == 0 or author.luck.random() < 0.5:
            team["members"] = [each for each in team["members"] if each != who]
        if team["lead"] == who:
            staying = [each for each in team["members"] if each in author.here()]
            team["lead"] = staying[0] if staying else author.luck.choice(author.here())
    return True


def lists_merge(author: Author) -> bool:
    return _merge(author, "list", 3)


def folders_merge(author: Author) -> bool:
    free = [f for f in author.all("folder") if author.things[f].holder]
    return len(free) > 1 and _merge(author, "folder", 2, free)


def documents_merge(author: Author) -> bool:
    return _merge(author, "document", 3)


def _merge(author: Author, kind: str, least: int, among: list[str] | None = None) -> bool:
    known = among or author.all(kind)
    if len(author.all(kind)) < least or len(known) < 2:
        return False
    one, two = author.luck.sample(known, 2)
    if kind == "folder" and _holds(author, two, one):
        one, two = two, one
    gone = author.things.pop(two)
    author.rehome(two, one)
    new = author.rename_key(one) if author.luck.random() < 0.5 else one
    into = author.things[new]
    into.was = (*into.was, two)
    keep = author.luck.random() < 0.7
    into.sections += gone.sections if keep else gone.sections[:1]
    return True


def _holds(author: Author, outer: str, inner: str) -> bool:
    while inner:
        inner = author.things[inner].holder
        if inner == outer:
            return True
    return False


def list_splits(author: Author) -> bool:
    return _split(author, "list", 5)


def folder_splits(author: Author) -> bool:
    return _split(author, "folder", 5)


def document_splits(author: Author) -> bool:
    return _split(author, "document", 6)


def _split(author: Author, kind: str, most: int) -> bool:
    free = [a for a in author.all(kind) if kind != "folder" or author.things[a].holder]
    if len(author.all(kind)) >= most or not free:
        return False
    old = author.luck.choice(free)
    first = author.rename_key(old)
    thing = author.things[first]
    new = f"{old.rpartition(':')[0]}:{author.key()}"
    made = author.add(new, kind, holder=thing.holder)
    made.was = (old,)
    half = len(thing.sections) // 2
    thing.sections, made.sections = thing.sections[:half], thing.sections[half:]
    for other in author.things.values():
        if other.holder == first and other is not made and author.luck.random() < 0.5:
            other.holder = new
    return True


def section_moves(author: Author) -> bool:
    documents = [a for a in author.all("document") if author.things[a].sections]
    if not documents or len(author.all("document")) < 2:
        return False
    source = author.luck.choice(documents)
    target = author.luck.choice([a for a in author.all("document") if a != source])
    sections = author.things[source].sections
    section = sections.pop(author.luck.randrange(len(sections)))
    there = author.things[target].sections
    there.insert(author.luck.randint(0, len(there)), section)
    return True


def section_is_reworded(author: Author) -> bool:
    thing = author.things[author.any("document")]
    if not thing.sections:
        return False
    at = author.luck.randrange(len(thing.sections))
    heading, text = thing.sections[at]
    thing.sections[at] = (heading, f"{text} Also {author.word()}.")
    return True


def document_moves(author: Author) -> bool:
    author.things[author.any("document")].holder = author.any("folder")
    return True


def folder_moves(author: Author) -> bool:
    free = [f for f in author.all("folder") if author.things[f].holder]
    if not free:
        return False
    moved = author.luck.choice(free)
    targets = [f for f in author.all("folder") if f != moved and not _holds(author, moved, f)]
    author.things[moved].holder = author.luck.choice(targets or author.all("folder"))
    return bool(targets)


def card_moves(author: Author) -> bool:
    author.things[author.any("card")].holder = author.any("list")
    return True


def part_goes_off(author: Author) -> bool:
    if sum(thing.is_off for thing in author.things.values()) > 2:
        return False
    kind = author.luck.choice(("document", "card"))
    if len(author.all(kind)) < 3:
        return False
    author.things[author.any(kind)].is_off = True
    return True


def part_comes_on(author: Author) -> bool:
    off = [thing for thing in author.things.values() if thing.is_off]
    if not off:
        return False
    author.luck.choice(off).is_off = False
    return True


ACTS: tuple[Callable[[Author], bool], ...] = (
    title_changes, key_changes, team_is_renamed, team_splits, teams_merge, team_is_transferred,
    person_joins, person_moves, person_leaves, lists_merge, folders_merge, documents_merge,
    list_splits, folder_splits, document_splits, section_moves, section_is_reworded,
    document_moves, folder_moves, card_moves, part_goes_off, part_comes_on,
)  # fmt: skip
