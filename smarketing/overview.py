"""What a start page shows of a workspace, gathered from its values. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from smarketing.address import container_of, key_of
from smarketing.agreement import Agreed, Open, agreed, still_to_agree, without_marks
from smarketing.desired import Desired, Item
from smarketing.kinds import Value
from smarketing.sentences import sentences
from smarketing.when import When, say, say_date, say_span
from smarketing.wording import called, capitalised, joined, number_of, one_line, plural, shortened

Values = Mapping[str, Mapping[str, Value]]

START = "start-here"
DOCUMENTS = "Documents"
GROUPS = (
    ("board", "Work"),
    ("meeting", "Meetings"),
    ("table", "Tables"),
    ("document", DOCUMENTS),
)


@dataclass(frozen=True, slots=True)
class Link:
    """One thing to open, and what it is for."""

    title: str
    address: str
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Meets:
    """A meeting: how often and when first, in words."""

    title: str
    when: str
    first: str

    @property
    def sentence(self) -> str:
        """Return `Every Monday at 10:00 for 45 minutes, first on Mon 7 Dec 2026, ...`."""
        parts = [self.when, f"first on {self.first}" if self.first else ""]
        return capitalised(", ".join(part for part in parts if part))


@dataclass(frozen=True, slots=True)
class Questions:
    """What one document, table or card leaves open."""

    title: str
    address: str
    count: Agreed
    open: tuple[Open, ...]

    @property
    def headline(self) -> str:
        """Return `3 of 9 agreed`, or how many questions wait."""
        done, total = self.count.done, self.count.total
        if total and self.count.stated:
            return f"{done} of {total} agreed"
        return plural(len(self.open), "open question", "open questions")


@dataclass(frozen=True, slots=True)
class Task:
    """A card."""

    title: str
    owner: str
    due: str
    done: bool
    ticked: int
    lines: int


@dataclass(frozen=True, slots=True)
class Lane:
    """A list of a board with its cards."""

    title: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Glance:
    """A board with its lists."""

    title: str
    address: str
    lanes: tuple[Lane, ...]

    @property
    def tasks(self) -> tuple[Task, ...]:
        """Return all cards of the board."""
        return tuple(task for lane in self.lanes for task in lane.tasks)

    @property
    def done(self) -> int:
        """Return how many cards are done."""
        return sum(task.done for task in self.tasks)


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything a start page shows."""

    title: str
    groups: tuple[tuple[str, tuple[Link, ...]], ...]
    meetings: tuple[Meets, ...]
    questions: tuple[Questions, ...]
    boards: tuple[Glance, ...]
    owners: tuple[tuple[str, tuple[str, ...]], ...]
    people: tuple[str, ...]

    @property
    def open(self) -> int:
        """Return how many questions wait for an answer."""
        return sum(len(about.open) for about in self.questions)


def overview(desired: Desired, values: Values) -> Overview:
    """Gather what the start page shows of what is there."""
    return _Gathering(desired, values).all()


class _Gathering:
    def __init__(self, desired: Desired, values: Values) -> None:
        self.desired = desired
        self.values = values
        self._inside: dict[tuple[str, str], list[Item]] = {}
        for item in desired.items.values():
            if item.address in values and key_of(item.address) != START:
                within = item.address
                while within:
                    self._inside.setdefault((item.kind, within), []).append(item)
                    within = container_of(within)
                self._inside.setdefault((item.kind, ""), []).append(item)

    def all(self) -> Overview:
        boards = tuple(self.glance(item) for item in self.there("board"))
        return Overview(
            title=one_line(self.desired.title),
            groups=tuple((name, found) for kind, name in GROUPS if (found := self.links(kind))),
            meetings=tuple(self.meets(item) for item in self.there("meeting")),
            questions=tuple(self.questions()),
            boards=boards,
            owners=_owners(task for board in boards for task in board.tasks),
            people=tuple(map(one_line, self.desired.people.values())),
        )

    def there(self, kind: str, within: str = "") -> list[Item]:
        return self._inside.get((kind, within), [])

    def text(self, address: str, name: str) -> str:
        value = self.values.get(address, {}).get(name)
        return value if isinstance(value, str) else ""

    def title(self, address: str) -> str:
        return called(address, self.text(address, "title"))

    def links(self, kind: str) -> tuple[Link, ...]:
        return tuple(
            Link(self.title(item.address), item.address, self.purpose(item))
            for item in self.there(kind)
        )

    def purpose(self, item: Item) -> str:
        inside = item.address
        match item.kind:
            case "board":
                cards, lists = len(self.there("card", inside)), len(self.there("list", inside))
                return f"Who does what by when: {number_of(cards, 'card')} in {number_of(lists, 'list')}"
            case "table":
                columns = [self.title(c.address) for c in self.there("column", inside)]
                rows = number_of(len(self.there("row", inside)), "row")
                return f"{rows}: {joined(columns, most=6)}" if columns else rows
            case "meeting":
                return self.meets(item).sentence
            case _ if meeting := self.notes_of(item):
                return f"Agenda and notes of {meeting}"
            case _:
                return _first_sentence(self.text(item.address, "body"))

    def meets(self, item: Item) -> Meets:
        values = self.values[item.address]
        return Meets(self.title(item.address), *_rhythm(values))

    def notes_of(self, document: Item) -> str:
        """Return the title of the meeting that keeps its notes in this document."""
        notes = f"link:{document.address}"
        meetings = self.there("meeting")
        return next(
            (self.title(m.address) for m in meetings if self.text(m.address, "notes") == notes), ""
        )

    def questions(self) -> Iterator[Questions]:
        for item in self.there("document"):
            body = self.text(item.address, "body")
            count, found = agreed(body), tuple(still_to_agree(body))
            if found or count.stated:
                yield Questions(self.title(item.address), item.address, count, found)
        for item in self.there("table"):
            if found := tuple(o for text in self.cells(item) for o in still_to_agree(text)):
                yield Questions(self.title(item.address), item.address, _UNCOUNTED, found)
        for item in self.there("card"):
            if found := tuple(o for text in self.words(item) for o in still_to_agree(text)):
                yield Questions(self.title(item.address), item.address, _UNCOUNTED, found)

    def cells(self, table: Item) -> Iterator[str]:
        for row in self.there("row", table.address):
            cells = self.values[row.address].get("cells")
            yield from cells.values() if isinstance(cells, Mapping) else ()

    def words(self, card: Item) -> Iterator[str]:
        yield self.text(card.address, "title")
        yield self.text(card.address, "description")
        yield from (self.text(c.address, "title") for c in self.there("check", card.address))

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
        return Task(
            title=self.title(card.address),
            owner=_person(self.text(card.address, "owner")),
            due=_day(self.text(card.address, "due")),
            done=self.values[card.address].get("done") is True,
            ticked=sum(ticks),
            lines=len(ticks),
        )


_UNCOUNTED = Agreed(0, 0, False)


def _owners(tasks: Iterable[Task]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    owned: dict[str, list[str]] = {}
    for task in tasks:
        if task.owner and not task.done:
            owned.setdefault(task.owner, []).append(task.title)
    return tuple((owner, tuple(titles)) for owner, titles in sorted(owned.items()))


def _person(said: str) -> str:
    """Return the name alone: an address of a mailbox is nobody's business on a page."""
    return one_line(said.partition("<")[0]) or one_line(said.strip("<> "))


def _day(said: str) -> str:
    try:
        return say_date(date.fromisoformat(said[:10]))
    except ValueError:
        return one_line(said)


def _rhythm(values: Mapping[str, Value]) -> tuple[str, str]:
    """Return how often a meeting is, and its first date: never which one comes next today."""
    start = _moment(values.get("start"))
    minutes = values.get("minutes")
    length = minutes if isinstance(minutes, int) and 0 < minutes < 10_000 else 60
    zone = one_line(str(values.get("timezone") or ""))
    if start is None:
        return "", ""
    first = f"{say_date(start.date())}, {say_span(start, length)}" + (f" ({zone})" if zone else "")
    return _sentence(str(values.get("rule") or ""), start.time(), length, zone), first


def _moment(said: Value) -> datetime | None:
    try:
        return datetime.fromisoformat(str(said)).replace(tzinfo=None) if said else None
    except ValueError:
        return None


def _sentence(rule: str, clock: time, minutes: int, zone: str) -> str:
    if not rule:
        return "once"
    try:
        return say(When(rule, clock, minutes, zone))
    except (ValueError, KeyError, IndexError):
        return "a rhythm of its own"  # a member may set any rule in a calendar


def _first_sentence(body: str) -> str:
    """Return the first sentence of prose: what the document is for, in its own words."""
    paragraphs = body.replace("\r\n", "\n").split("\n\n")
    for paragraph in map(str.strip, paragraphs[:12]):
        if paragraph and paragraph[0] not in "#>|-+=~<[`" and not paragraph[:2] in ("* ", "1."):
            found = sentences(paragraph)
            return shortened(without_marks(found[0].text), 180) if found else ""
    return ""
