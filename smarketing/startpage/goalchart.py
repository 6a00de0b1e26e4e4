"""How far a goal has come, in words and as a small chart. Pure: no day goes into it.

What its cells don't say for certain is told in their own words, and nothing is drawn.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from smarketing.text.agreement import without_questions
from smarketing.text.wording import capitalised, shortened

_NUMBER = re.compile(r"[0-9]")
_WIDTH = 100.0
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Goal:
    """A row of a table of goals, in the words of its cells; "" where a cell is empty."""

    goal: str
    baseline: str = ""
    now: str = ""
    target: str = ""
    by: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a goal has come: `share` is 0 at the start and 1 at the target.

    The texts are the amounts as they were written, without remarks.
    """

    share: float
    baseline: str
    now: str
    target: str
    falling: bool

    @property
    def is_met(self) -> bool:
        """Whether the target is reached."""
        return self.share >= 1

    @property
    def sentence(self) -> str:
        """Return `58 % of 80 %, started at 41 %`, or `3 days, down to 1 day, started at 5 days`."""
        if self.falling:
            reached = f"{self.now}, down to {self.target}"
        elif " of " in self.now + self.target:
            reached = f"{self.now}, target {self.target}"
        else:
            reached = f"{self.now} of {self.target}"
        return f"{reached}, started at {self.baseline}"

    @property
    def verdict(self) -> str:
        """Return `43 % of the way`: never whether that is enough for today."""
        if self.is_met:
            return "met"
        if self.share < 0:
            return "further away than at the start"
        return f"{int(self.share * 100)} % of the way"


def progress(goal: Goal) -> Progress | None:
    """Return how far the goal has come; None where its three amounts don't say so for certain."""
    if not all(_NUMBER.search(cell) for cell in (goal.baseline, goal.now, goal.target)):
        return None
    from smarketing.text.amounts import read_amount  # most goals begin without a number

    start, now, target = map(read_amount, (goal.baseline, goal.now, goal.target))
    if start is None or now is None or target is None or start.bound or now.bound:
        return None
    way = target.number - start.number
    # Nought is the same in every unit.
    units = {each.unit for each in (start, now, target) if each.unit or each.number}
    if len(units) > 1 or not way:
        return None
    if target.bound and (target.bound in ("most", "under")) != (way < 0):
        return None
    if target.bound in ("over", "under") and now.number == target.number:
        return None
    share = (now.number - start.number) / way or 0.0  # never -0.0
    return Progress(share, start.text, now.text, target.text, way < 0)


def told(goal: Goal) -> str:
    """Return the state of a goal on one line."""
    if found := progress(goal):
        return f"{found.sentence}: {found.verdict}"
    return capitalised(", ".join(_parts(goal)))


def _parts(goal: Goal) -> Iterator[str]:
    now, target, baseline = map(_words, (goal.now, goal.target, goal.baseline))
    yield now or "not measured yet"
    if target:
        yield f"target: {target}"
    if baseline and not baseline.lower().startswith("not measured"):
        yield f"start: {baseline}"


def _words(cell: str) -> str:
    return shortened(without_questions(cell), _LONGEST).rstrip(".")


def drawn(found: Progress) -> str:
    """Return the chart as SVG; its label is for those who hear the page.

    From the start on the left to the target on the right, both marked by a line; a bar for what
    was done, empty and dashed for what was lost. Whoever sees no colour reads it too.
    """
    low, high = min(0.0, found.share), max(1.0, found.share)

    def at(share: float) -> float:
        return round(_WIDTH * (share - low) / (high - low), 2)

    label = f"{found.verdict}, from {found.baseline} to {found.target}"
    left, right = sorted((at(0), at(found.share)))
    bar = "lost" if found.share < 0 else "gained"
    return (
        f'<svg class="chart" role="img" aria-label="Chart: {escape(label)}" '
        'viewBox="0 0 100 16" preserveAspectRatio="none">'
        f'<rect class="way" x="{at(0)}" y="5" width="{round(at(1) - at(0), 2)}" height="6"/>'
        f'<rect class="{bar}" x="{left}" y="5" width="{round(right - left, 2)}" height="6"/>'
        f'<path class="mark" d="M{at(0)} 3V13M{at(1)} 0V16"/></svg>'
    )
