"""10,000 reorganisations with members in between lose no word, no object, no owner, no right."""

from collections import Counter

import pytest

from tests.planting import planted

from .author import ACTS
from .bugs import BUGS
from .life import EDITS, REORGANISATIONS, live

SHARDS = 8
LIVES_PER_SHARD = 64


def assert_mix(mix: Counter[str]) -> None:
    """Every sort of reorganisation and of edit was among them."""
    for act in ACTS:
        assert mix[act.__name__] >= 5, f"{act.__name__} happened {mix[act.__name__]} times"
    for edit in sorted(set(EDITS) - {"add"}):
        what = f"member {edit.replace('_', ' ')}"
        assert mix[what] >= 20, f"{what} happened {mix[what]} times"
    assert mix["crash"] >= 50
    assert mix["key proposed, taken"] >= 20
    assert mix["key proposed, refused"] >= 10


@pytest.mark.slow
@pytest.mark.parametrize("shard", range(SHARDS))
def test_no_reorganisation_loses_anything(shard: int, capsys: pytest.CaptureFixture[str]) -> None:
    mix: Counter[str] = Counter()
    done = 0
    for number in range(shard * LIVES_PER_SHARD, (shard + 1) * LIVES_PER_SHARD):
        life = live(number)
        mix.update(life.mix)
        done += life.done
    with capsys.disabled():
        print(f"\nshard {shard}: {LIVES_PER_SHARD} lives, {done} reorganisations, {dict(mix)}")
    assert done >= LIVES_PER_SHARD * REORGANISATIONS
    assert SHARDS * done >= 10_000
    assert_mix(mix)


def test_a_few_reorganisations_lose_nothing() -> None:
    for number in range(10_000, 10_010):
        live(number)


@pytest.mark.parametrize("bug", BUGS, ids=lambda bug: bug.__name__)
def test_a_planted_bug_is_found_within_50_lives(bug) -> None:  # type: ignore[no-untyped-def]
    with planted(bug):
        for number in range(50):
            try:
                live(number)
            except AssertionError:
                return
    pytest.fail(f"50 lives did not notice: {bug.__doc__}")
