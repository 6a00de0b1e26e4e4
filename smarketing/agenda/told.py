"""What an agenda tells of: values, as boards, tables and the last notes hold them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise of last time: `status` is the word for how it stands, `carried` how often it was
    carried over though its day had come, this time included, `was_late` that it was seen to be open
    after its day."""

    title: str
    owner: str = ""
    due: date | None = None
    status: str = ""
    is_kept: bool = False
    target: str = ""
    carried: int = 0
    was_late: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """A card: since when it stands where it does (None: nobody knows), and what it waits for."""

    title: str
    target: str = ""
    owner: str = ""
    since: date | None = None
    due: date | None = None
    waits_for: str = ""


@dataclass(frozen=True, slots=True)
class Campaign:
    """A row of the campaign calendar, or a card with its label; the days as the row says them."""

    title: str
    target: str = ""
    status: str = ""
    starts: str = ""
    ends: str = ""
    result: str = ""
    counterpart: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Idea:
    """An idea, as Markdown on one line, and since when it is tried (None: not yet)."""

    words: str
    votes: int = 0
    tried: date | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a meeting decided, as Markdown on one line, and on which day.

    `has_come` says that a day it names has come since.
    """

    words: str
    on: date
    has_come: bool = False


@dataclass(frozen=True, slots=True)
class Number:
    """A number and its target, each as its table says it; `last` is what it was last time, `since`
    the day of the agenda that first said that nobody has measured it."""

    title: str
    now: str = ""
    target: str = ""
    by: str = ""
    owner: str = ""
    last: str = ""
    source: str = ""
    since: date | None = None

    def with_goal(self, target: str, by: str) -> "Number":
        """Return the number with another target."""
        return replace(self, target=target, by=by)


@dataclass(frozen=True, slots=True)
class Score:
    """A question of the audit, and what each team answered now and the first time."""

    title: str
    sales: str = ""
    marketing: str = ""
    before: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Question:
    """A question that should be answered by now, and the title of where it is asked.

    `late` says when it was due, "" if that is now.
    """

    question: str
    owner: str = ""
    title: str = ""
    target: str = ""
    late: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """All that an agenda is made of. `since` is the day of the meeting before, None if none."""

    since: date | None = None
    promises: Sequence[Promise] = ()
    decided: Sequence[Decision] = ()
    wins: Sequence[Work] = ()
    agreed: Sequence[str] = ()
    stuck: Sequence[Work] = ()
    late: Sequence[Work] = ()
    due: Sequence[Work] = ()
    campaigns: Sequence[Campaign] | None = None
    ideas: Sequence[Idea] = ()
    numbers: Sequence[Number] = ()
    scores: Sequence[Score] = ()
    questions: Sequence[Question] = ()
