"""Random weeks of a team: past minutes stay, nobody is told twice, and in the end all is in step.

`python -m tests.teamlives` lives many more.
"""

import sys

import pytest

from tests.planting import Bug, planted

from .bugs import BUGS
from .life import live
from .many import assert_lively, live_many

LIVES = 10
MOST = 20


@pytest.mark.slow
def test_in_any_weeks_of_a_team_every_promise_holds(capsys: pytest.CaptureFixture[str]) -> None:
    lived = live_many(0, LIVES)
    with capsys.disabled():
        sys.stdout.write(f"\n{lived.told('runs')}\n")
    assert not lived.wrong
    assert_lively(lived)


@pytest.mark.slow
@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.__name__)
def test_a_planted_bug_is_found_within_20_lives(bug: Bug) -> None:
    with planted(bug):
        for seed in range(MOST):
            try:
                live(seed)
            except AssertionError:
                return
    pytest.fail(f"{MOST} lives did not notice: {bug.__doc__}")
