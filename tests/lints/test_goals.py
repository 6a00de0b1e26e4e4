"""What goals lack, held against goals that were labelled by hand before there was a lint."""

import hashlib
from dataclasses import astuple
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from smarketing.lints.goals import PARTS, Goal, lacking

GOALS: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("goals.yaml").read_text(encoding="utf-8")
)
GUIDE = Path(__file__).parents[2] / "docs" / "writing-a-playbook.md"


class Measured(NamedTuple):
    """How often a lack was rightly told, told where it is none, and not told."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed)


def goal_of(labelled: dict[str, Any]) -> Goal:
    """Return the goal without its labels."""
    return Goal(**{part: labelled.get(part, "") for part in Goal.__dataclass_fields__})


def measured(half: str, parts: tuple[str, ...] = PARTS) -> Measured:
    """Measure these lacks over the pairs of goal and lack of one half."""
    right = wrong = missed = 0
    for labelled in (one for one in GOALS if one["half"] == half):
        told = set(lacking(goal_of(labelled))) & set(parts)
        lacks = set(labelled["lacks"]) & set(parts)
        right += len(told & lacks)
        wrong += len(told - lacks)
        missed += len(lacks - told)
    return Measured(right, wrong, missed)


def test_there_are_enough_goals_and_the_halves_follow_from_their_words_alone() -> None:
    assert len(GOALS) >= 200
    for labelled in GOALS:
        words = "|".join(astuple(goal_of(labelled)))
        held_out = hashlib.sha256(words.encode()).digest()[0] % 2
        assert labelled["half"] == ("held-out" if held_out else "building")
        assert set(labelled["lacks"]) <= set(PARTS)


def test_goals_that_the_lint_was_not_built_with_are_told_apart(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = measured("held-out")
    with capsys.disabled():
        for name, parts in [*((part, (part,)) for part in PARTS), ("all", PARTS)]:
            one = measured("held-out", parts)
            print(f"\n{name:9} precision {one.precision:.3f}, recall {one.recall:.3f}", end="")  # noqa: T201
    assert told.precision >= 0.9
    assert told.recall >= 0.8
    goals = sum(one["half"] == "held-out" for one in GOALS)
    documented = GUIDE.read_text("utf-8")
    assert f"On {goals} goals that played no part in building it" in documented
    assert f"{told.precision * 100:.0f} % of what the lint called missing" in documented
    assert f"found {told.recall * 100:.0f} % of what was" in documented


def test_a_lint_that_tells_nothing_or_everything_would_not_pass() -> None:
    pairs = [(part in one["lacks"]) for one in GOALS if one["half"] == "held-out" for part in PARTS]
    assert sum(pairs) / len(pairs) < 0.5


@pytest.mark.parametrize(
    ("goal", "lacks"),
    [
        (Goal("Improve collaboration"), PARTS),
        (Goal("Increase revenue by 15 % this year"), ("baseline", "owner")),
        (Goal("Dana raises accepted leads from 5 to 7 of 10 by the end of Q2"), ()),
        (Goal("Double our B2B demos from the Q3 webinar"), ("baseline", "date", "owner")),
        (Goal("Implement ISO 9001"), PARTS),
        (Goal("Answer every lead within 4 hours"), ("baseline", "date", "owner")),
        (Goal("Win rate", "18 %", "25 %", "end of Q3", "head of sales"), ()),
        (Goal("Win rate", "not measured yet", "[to agree: which?]", "Q3", "Ben"), ()),
        (Goal("Win rate", "low", "higher", "soon", "everybody"), PARTS[1:]),
        (Goal("Win rate", "{{ a }}", "{{ b }}", "{{ start | day: 89 }}", "{{ roles.sales.lead }}"), ()),
        (Goal("Sales should grow by 10 % by 31/12/2027"), ("baseline", "owner")),
        (Goal(""), PARTS),
    ],
)  # fmt: skip
def test_a_goal_is_told_what_it_lacks_and_no_more(goal: Goal, lacks: tuple[str, ...]) -> None:
    assert lacking(goal) == lacks
