"""No word of a member is lost, nothing is made twice, and every trouble ends: 20,000 lives."""

from collections import Counter
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from tests.planting import planted

from .bugs import BUGS
from .history import MEMBER_EDITS, History, live

SHARDS = 16
LIVES_PER_SHARD = 1_250
STEPS = st.binary(min_size=4 + 20, max_size=4 + 40)


def quietly(examples: int) -> settings:
    """Only generate: no database, no deadline, no shrinking of what fails."""
    return settings(
        max_examples=examples,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


def assert_mix(lives: int, steps: int, mix: Counter[str], seen: Counter[str]) -> None:
    """The lives were lively: enough crashes, conflicts and edits of each kind."""
    assert steps / lives >= 20
    assert seen["crash"] >= lives / 10
    assert seen["conflict"] >= lives / 10
    for edit in sorted(set(MEMBER_EDITS)):
        what = f"member {edit.replace('_', ' ')}"
        assert seen[what] >= lives / 50, f"{what} happened in {seen[what]} of {lives} lives"


@pytest.mark.slow
@pytest.mark.parametrize("shard", range(SHARDS))
def test_no_word_is_lost_in_any_life(shard: int, capsys: pytest.CaptureFixture[str]) -> None:
    lives, steps = 0, 0
    mix: Counter[str] = Counter()
    seen: Counter[str] = Counter()

    @seed(shard)
    @quietly(LIVES_PER_SHARD)
    @given(STEPS)
    def one_life(data: bytes) -> None:
        nonlocal lives, steps
        history = live(data)
        lives, steps = lives + 1, steps + history.steps
        mix.update(history.mix)
        seen.update(what for what, times in history.mix.items() if times)

    one_life()
    with capsys.disabled():
        print(f"\nshard {shard}: {lives} lives, {steps / lives:.1f} steps each, {dict(mix)}")
    assert lives >= LIVES_PER_SHARD
    assert_mix(lives, steps, mix, seen)


def test_no_word_is_lost_in_a_few_lives() -> None:
    for number in range(60):
        luck = Random(number)
        live(luck.randbytes(4 + luck.randrange(20, 40)))


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.__name__)
def test_a_planted_bug_is_found_within_2000_lives(bug) -> None:  # type: ignore[no-untyped-def]
    luck = Random(7)
    with planted(bug):
        for _ in range(2_000):
            try:
                live(luck.randbytes(4 + luck.randrange(20, 40)))
            except AssertionError:
                return
    pytest.fail(f"2,000 lives did not notice: {bug.__doc__}")


class Lives(RuleBasedStateMachine):
    """The same lives with steps that Hypothesis chooses, so that a failure shrinks."""

    def __init__(self) -> None:
        super().__init__()
        self.history = History(Random(0))

    @rule(kind=st.sampled_from(MEMBER_EDITS), luck=st.integers(0, 2**16))
    def member(self, kind: str, luck: int) -> None:
        self.history.luck.seed(luck)
        self.history.as_member(kind)

    @rule(luck=st.integers(0, 2**16))
    def author(self, luck: int) -> None:
        self.history.author.edit(Random(luck))

    @rule(number=st.integers(160, 255), luck=st.integers(0, 2**16))
    def apply(self, number: int, luck: int) -> None:
        self.history.luck.seed(luck)
        self.history.take(number)

    def teardown(self) -> None:
        self.history.end()


def test_no_word_is_lost_whatever_hypothesis_tries() -> None:
    run_state_machine_as_test(
        Lives,
        settings=settings(
            max_examples=60,
            stateful_step_count=30,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
