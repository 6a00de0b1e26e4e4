"""Many lives of places in step from one seed, and how lively they have to be."""

from collections.abc import Iterator
from random import Random

from tests.manylives import Lived

from .history import RUNS, live
from .members import EDITS

MOST_STEPS = 27
"""Twenty steps and a few more: these lives are many rather than long."""

OFTEN = ("crash", "conflict", "run down", "run stale", "run half", "run empty", "playbook edit")
"""What happens in one of ten lives at least."""


def chances(seed: int, count: int) -> Iterator[bytes]:
    """Return the bytes of some lives."""
    luck = Random(seed)
    return (luck.randbytes(4 + luck.randrange(20, MOST_STEPS)) for _ in range(count))


def live_many(seed: int, count: int) -> Lived:
    """Live some lives, and collect what went wrong in each."""
    lived = Lived()
    for data in chances(seed, count):
        lived.lives += 1
        try:
            life = live(data)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other lives go on
            lived.wrong.append(f"{data.hex()}: {type(error).__name__}: {error}")
        else:
            lived.steps += life.steps
            lived.mix.update(life.mix)
            lived.seen.update(what for what, times in life.mix.items() if times)
    return lived


def assert_lively(lived: Lived) -> None:
    """Hold that there were enough crashes, conflicts, outages and edits of each kind."""
    assert lived.steps / lived.lives >= 20
    for what in OFTEN:
        assert lived.seen[what] >= lived.lives / 10, f"{what} in {lived.seen[what]} lives"
    for what in {f"member {edit.replace('_', ' ')}" for edit in EDITS} | {
        f"run {run}" for run in RUNS
    }:
        assert lived.seen[what] >= lived.lives / 50, f"{what} in {lived.seen[what]} lives"
