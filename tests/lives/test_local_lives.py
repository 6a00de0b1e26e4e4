"""No word of a member is lost in a real folder, and every trouble ends: hundreds of lives."""

import shutil
import sys
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, seed

from tests.histories.test_histories import STEPS, quietly

from .life import live
from .members import EDITS

SHARDS = 2
LIVES_PER_SHARD = 180  # enough for the shares below to mean something


def lived(base: Path, data: bytes, mix: Counter[str], seen: Counter[str]) -> None:
    """Live one life in a folder of its own, which is gone afterwards."""
    life = live(base, data)
    shutil.rmtree(base)
    mix.update(life.mix)
    mix["steps"] += life.steps
    seen.update(what for what, times in life.mix.items() if times)


@pytest.mark.slow
@pytest.mark.parametrize("shard", range(SHARDS))
def test_no_word_is_lost_in_any_life_of_a_folder(
    shard: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mix: Counter[str] = Counter()
    seen: Counter[str] = Counter()

    @seed(shard)
    @quietly(LIVES_PER_SHARD)
    @given(STEPS)
    def one_life(data: bytes) -> None:
        mix["lives"] += 1
        lived(tmp_path / str(mix["lives"]), data, mix, seen)

    one_life()
    with capsys.disabled():
        sys.stdout.write(f"\nshard {shard}: {dict(mix.most_common())}\n")
    assert mix["lives"] >= LIVES_PER_SHARD
    assert_lively(mix, seen)


def assert_lively(mix: Counter[str], seen: Counter[str]) -> None:
    """The lives had enough crashes, conflicts and edits of each kind."""
    lives = mix["lives"]
    assert mix["steps"] / lives >= 20
    assert seen["crash"] >= lives / 10
    assert seen["conflict"] >= lives / 20
    assert seen["refused"]
    for edit in EDITS:
        assert seen[f"member {edit}"] >= lives / 50, f"{edit} in {seen[f'member {edit}']} lives"


def test_no_word_is_lost_in_a_few_lives_of_a_folder(tmp_path: Path) -> None:
    for number in range(30):
        luck = Random(number)
        data = luck.randbytes(4 + luck.randrange(20, 40))
        lived(tmp_path / str(number), data, Counter(), Counter())
