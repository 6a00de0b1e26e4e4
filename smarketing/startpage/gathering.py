"""From the values of a workspace to what its start page shows. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from smarketing.address import container_of, key_of, kind_of
from smarketing.calendar.coming import FIELD, Coming, named
from smarketing.calendar.nextmeeting import InWords
from smarketing.calendar.occurrences import series_of
from smarketing.calendar.said import say_date
from smarketing.kinds import Values
from smarketing.resolve.desired import Desired, Item
from smarketing.startpage.goalchart import Goal
from smarketing.startpage.overview import (
    Glance,
    Goals,
    Group,
    Hand,
    Lane,
    Link,
    Meetings,
    Meets,
    Overview,
    Owned,
    Questions,
    Task,
)
from smarketing.text.agreement import Agreed, agreed, still_to_agree, without_marks
from smarketing.text.sentences import sentences
from smarketing.text.wording import called, joined, one_line, shortened

_START = "start-here"
_UNCOUNTED = Agreed(0, 0, False)
_OWNER = re.compile(
    r"^(?:[-*+][ \t]+)?\**owners?(?::\**|\**:)[ \t]+(\S.*)$", re.MULTILINE | re.IGNORECASE
)
_ENTRIES = re.compile(r"^##[ \t]", re.MULTILINE)
_OWNERS_END = re.compile(r";|:[ ]|\[")


def overview(desired: Desired, values: Values) -> Overview:
    """Gather what the start page shows of what is there."""
    return _Gathering(desired, values).all()


class _Gathering:
    def __init__(self, desired: Desired, values: Values) -> None:
        self.desired = desired
        self.values = values
        self._inside: dict[tuple[str, str], list[Item]] = {}
        for item in desired.items.values():
            if item.address in values and key_of(item.address) != _START:
                within = item.address
                while within:
                    self._inside.setdefault((item.kind, within), []).append(item)
                    within = container_of(within)
                self._inside.setdefault((item.kind, ""), []).append(item)

    def all(self) -> Overview:
        glances = tuple(self.glance(item) for item in self.there("board"))
        return Overview(
            title=one_line(self.desired.title),
            boards=tuple(map(self.link, self.there("board"))),
            meetings=_meetings(map(self.meets, self.there("meeting"))),
            channels=tuple(map(self.link, self.there("channel"))),
            tables=tuple(map(self.link, self.there("table"))),
            documents=tuple(self.documents()),
            goals=tuple(self.goals()),
            questions=tuple(self.questions()),
            glances=glances,
            owned=tuple(self.owned()),
            hands=tuple(_hands(task for glance in glances for task in glance.tasks)),
        )

    def there(self, kind: str, within: str = "") -> list[Item]:
        return self._inside.get((kind, within), [])

    def text(self, address: str, name: str) -> str:
        value = self.values.get(address, {}).get(name)
        return value if isinstance(value, str) else ""

    def title(self, address: str) -> str:
        return called(address, self.text(address, "title"))

    def link(self, item: Item) -> Link:
        purpose = self.desired.purposes.get(item.address, "")
        return Link(self.title(item.address), item.address, one_line(purpose))

    # What there is

    def documents(self) -> Iterator[Group]:
        """Yield the documents by the folder they lie in, those in none first.

        The notes of a meeting are not among them: they stand with their meeting.
        """
        notes = {self.text(item.address, "notes") for item in self.there("meeting")}
        groups: dict[str, list[Link]] = {"": []}
        for item in self.there("document"):
            if f"link:{item.address}" not in notes:
                parent = self.text(item.address, "parent")
                home = parent if kind_of(parent) == "folder" and parent in self.values else ""
                groups.setdefault(home, []).append(self.link(item))
        for home, links in groups.items():
            name = f"Documents in {self.title(home)}" if home else "Documents"
            if links:
                yield Group(name, tuple(links), one_line(self.desired.purposes.get(home, "")))

    def meets(self, item: Item) -> Meets:
        address = self.text(item.address, "notes").removeprefix("link:")
        notes = Link(self.title(address), address) if address in self.values else None
        meeting = series_of(self.values[item.address])
        known = Coming.of(self.values[item.address].get(FIELD))
        said = named(meeting, self.text(address, "body"), known) if meeting else None
        return Meets(self.link(item), said, notes)

    # Goals and questions

    def goals(self) -> Iterator[Goals]:
        for item in self.there("table"):
            if item.address in self.desired.goals:
                found = tuple(goal for cells in self.rows(item) if (goal := _goal(cells)).goal)
                if found:
                    yield Goals(self.title(item.address), item.address, found)

    def questions(self) -> Iterator[Questions]:
        for item in self.there("document"):
            body = self.text(item.address, "body")
            count, found = agreed(body), tuple(still_to_agree(body))
            if found or count.stated:
                yield Questions(self.title(item.address), item.address, count, found)
        for item in self.there("table"):
            texts = (text for cells in self.rows(item) for text in cells.values())
            if found := tuple(o for text in texts for o in still_to_agree(text)):
                yield Questions(self.title(item.address), item.address, _UNCOUNTED, found)
        for item in self.there("card"):
            if found := tuple(o for text in self.words(item) for o in still_to_agree(text)):
                yield Questions(self.title(item.address), item.address, _UNCOUNTED, found)

    def rows(self, table: Item) -> Iterator[Mapping[str, str]]:
        for row in self.there("row", table.address):
            cells = self.values[row.address].get("cells")
            if isinstance(cells, Mapping):
                yield cells

    def words(self, card: Item) -> Iterator[str]:
        yield self.text(card.address, "title")
        yield self.text(card.address, "description")
        yield from (self.text(c.address, "title") for c in self.there("check", card.address))

    # Who owns what

    def owned(self) -> Iterator[Owned]:
        for item in self.there("document"):
            if owner := _owner(self.text(item.address, "body")):
                yield Owned(Link(self.title(item.address), item.address), owner)
        for item in self.there("table"):
            named = dict.fromkeys(_person(cells.get("owner", "")) for cells in self.rows(item))
            if owners := [name for name in named if name]:
                said = f"{joined(owners, most=6)}, row by row" if owners[1:] else owners[0]
                yield Owned(Link(self.title(item.address), item.address), said)

    def glance(self, board: Item) -> Glance:
        lists = self.there("list", board.address)
        cards: dict[str, list[Task]] = {item.address: [] for item in lists}
        elsewhere: list[Task] = []
        checks: dict[str, list[bool]] = {}
        for check in self.there("check", board.address):
            done = self.values[check.address].get("done") is True
            checks.setdefault(container_of(check.address), []).append(done)
        for card in self.there("card", board.address):
            parent = self.values[card.address].get("parent") or card.parent
            ticks = checks.get(card.address, [])
            cards.get(str(parent), elsewhere).append(self.task(card, ticks))
        lanes = [Lane(self.title(a), tuple(tasks)) for a, tasks in cards.items()]
        if elsewhere:
            lanes.append(Lane("In other lists", tuple(elsewhere)))
        return Glance(self.title(board.address), board.address, tuple(lanes))

    def task(self, card: Item, ticks: list[bool]) -> Task:
        day = self.text(card.address, "due")
        return Task(
            title=self.title(card.address),
            owner=_person(self.text(card.address, "owner")),
            due=_day(day),
            day=day,
            done=self.values[card.address].get("done") is True,
            ticked=sum(ticks),
            lines=len(ticks),
        )


def _goal(cells: Mapping[str, str]) -> Goal:
    names = ("goal", "baseline", "now", "target", "by", "owner")
    return Goal(*(one_line(without_marks(str(cells.get(name) or ""))) for name in names))


def _hands(tasks: Iterable[Task]) -> Iterator[Hand]:
    """Yield who has which open cards; those of nobody last, and not where all are nobody's."""
    held: dict[str, list[Task]] = {}
    for task in tasks:
        if not task.done:
            held.setdefault(task.owner, []).append(task)
    for name in sorted(held, key=lambda name: (not name, name)):
        if name or len(held) > 1:
            # A card without a day comes after those with one.
            ordered = sorted(held[name], key=lambda task: (not task.day, task.day))
            yield Hand(name, tuple(ordered))


def _owner(body: str) -> str:
    """Return who answers for a document, as the line `Owner: ...` above its first entry says."""
    above = _ENTRIES.split(body.replace("\r\n", "\n"), maxsplit=1)[0]
    found = _OWNER.search(above)
    said = without_marks(_OWNERS_END.split(found[1])[0]) if found else ""
    first = sentences(said)[0].text if said else ""
    return shortened(first, 100).rstrip(" .,")


def _person(said: str) -> str:
    """Return the name alone: an address of a mailbox is nobody's business on a page."""
    return one_line(said.partition("<")[0]) or one_line(said.strip("<> "))


def _day(said: str) -> str:
    try:
        return say_date(date.fromisoformat(said[:10]))
    except ValueError:
        return one_line(said)


def _meetings(found: Iterable[Meets]) -> Meetings:
    """Order the meetings, and say whose times theirs are: once, if it is the same for all."""
    ordered = sorted(found, key=_when)
    zones = {words.timezone for meets in ordered if (words := _words(meets)) and words.timezone}
    if len(zones) == 1:
        return Meetings(tuple(ordered), f"All times are in {zones.pop()}")
    return Meetings(tuple(_with_zone(meets) for meets in ordered))


def _words(meets: Meets) -> InWords | None:
    return meets.named.words if meets.named else None


def _when(meets: Meets) -> tuple[bool, datetime]:
    words = _words(meets)
    return meets.is_over, words.start if words else datetime.max


def _with_zone(meets: Meets) -> Meets:
    words = _words(meets)
    if meets.named is None or words is None or not words.timezone:
        return meets
    words = replace(words, clock=f"{words.clock} ({words.timezone})")
    return replace(meets, named=replace(meets.named, words=words))
