"""No word of a member is lost and no place is left behind, in 20,000 lives of places in step."""

from collections.abc import Callable, Iterator
from random import Random

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from tests.planting import planted

from . import toy
from .bugs import BUGS
from .history import RUNS, History, live
from .many import assert_lively, chances, live_many
from .members import EDITS

SHARDS = 16
LIVES_PER_SHARD = 1_250


@pytest.mark.slow
@pytest.mark.parametrize("shard", range(SHARDS))
def test_places_stay_in_step_in_any_life(shard: int, capsys: pytest.CaptureFixture[str]) -> None:
    lived = live_many(shard, LIVES_PER_SHARD)
    with capsys.disabled():
        print(f"\nshard {shard}: {lived.told()}")
    assert not lived.wrong
    assert lived.lives >= LIVES_PER_SHARD
    assert_lively(lived)


def test_places_stay_in_step_in_a_few_lives() -> None:
    assert all(live(data).steps >= 20 for data in chances(5, 60))


@pytest.mark.slow
@pytest.mark.parametrize("shard", range(4))
def test_the_design_in_little_loses_nothing(shard: int) -> None:
    lives = [toy.live(seed) for seed in range(shard * 5_000, (shard + 1) * 5_000)]
    assert sum(life.mix["conflict"] > 0 for life in lives) > len(lives) / 10


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.__name__)
def test_a_planted_bug_is_found_within_2000_lives(bug: Callable[[], Iterator[None]]) -> None:
    with planted(bug):
        for data in chances(7, 2_000):
            try:
                live(data)
            except AssertionError:
                return
    pytest.fail(f"2,000 lives did not notice: {bug.__doc__}")


class Lives(RuleBasedStateMachine):
    """The same lives with steps that Hypothesis chooses, so that a failure shrinks."""

    def __init__(self) -> None:
        super().__init__()
        self.history = History(Random(0))

    @rule(kind=st.sampled_from(EDITS), luck=st.integers(0, 2**16))
    def member(self, kind: str, luck: int) -> None:
        self.history.luck.seed(luck)
        self.history.members.edit(kind)

    @rule(how=st.sampled_from(RUNS), luck=st.integers(0, 2**16))
    def sync(self, how: str, luck: int) -> None:
        self.history.luck.seed(luck)
        self.history.run_somehow(how)

    def teardown(self) -> None:
        self.history.end()


def test_places_stay_in_step_whatever_hypothesis_tries() -> None:
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=40,
            stateful_step_count=25,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
