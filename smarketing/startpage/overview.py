"""What a start page shows of a workspace: shapes, and the words they give of themselves."""

from dataclasses import dataclass

from smarketing.calendar.coming import Named
from smarketing.startpage.goalchart import Goal
from smarketing.text.agreement import Agreed, Open
from smarketing.text.wording import plural


@dataclass(frozen=True, slots=True)
class Link:
    """One thing to open, and what it is for."""

    title: str
    address: str
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind, or documents of one folder; `purpose` is the folder's."""

    name: str
    links: tuple[Link, ...]
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Meets:
    """A meeting, and the date of it that is known, never by the clock of who makes the page.

    `named` is None where nobody can tell.
    """

    link: Link
    named: Named | None
    notes: Link | None = None

    @property
    def sentence(self) -> str:
        """Return `Next: Monday 7 December 2026, 10:00 to 10:45; then every Monday`, or `On ...`
        for the only date there is; "" where nobody can tell."""
        if self.named is None:
            return ""
        return self.named.sentence

    @property
    def is_over(self) -> bool:
        """Whether no further date of it comes."""
        return self.named is not None and self.named.is_over


@dataclass(frozen=True, slots=True)
class Meetings:
    """The meetings, the soonest first; `times` says in a sentence whose clock they go by."""

    all: tuple[Meets, ...]
    times: str = ""


@dataclass(frozen=True, slots=True)
class Goals:
    """The goals of one table."""

    title: str
    address: str
    goals: tuple[Goal, ...]


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
    """A card; `day` is its due day as written, `due` the same in words."""

    title: str
    owner: str
    due: str
    day: str
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
class Owned:
    """A document or table, and who answers for it, in its own words."""

    link: Link
    owner: str


@dataclass(frozen=True, slots=True)
class Hand:
    """The open cards of one person, the first due first; of nobody, where `name` is ""."""

    name: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything a start page shows."""

    title: str
    boards: tuple[Link, ...]
    meetings: Meetings
    channels: tuple[Link, ...]
    tables: tuple[Link, ...]
    documents: tuple[Group, ...]
    goals: tuple[Goals, ...]
    questions: tuple[Questions, ...]
    glances: tuple[Glance, ...]
    owned: tuple[Owned, ...]
    hands: tuple[Hand, ...]

    @property
    def open(self) -> int:
        """Return how many questions wait for an answer."""
        return sum(len(about.open) for about in self.questions)

    @property
    def all_goals(self) -> tuple[Goal, ...]:
        """Return the goals of all tables."""
        return tuple(goal for table in self.goals for goal in table.goals)
