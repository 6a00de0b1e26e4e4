"""Many lives of places in step from one seed, and how lively they have to be."""

from tests.histories.lived import Lived, chances, live_each

from .history import RUNS, live
from .members import EDITS

MOST_STEPS = 27
"""Twenty steps and a few more: these lives are many rather than long."""

OFTEN = ("crash", "conflict", "run down", "run stale", "run half", "run empty", "playbook edit")
"""What happens in one of ten lives at least."""


def live_many(seed: int, count: int) -> Lived:
    """Live some lives, and collect what went wrong in each."""
    return live_each(live, chances(seed, count, MOST_STEPS))


def assert_lively(lived: Lived) -> None:
    """Hold that there were enough crashes, conflicts, outages and edits of each kind."""
    assert lived.steps / lived.lives >= 20
    for what in OFTEN:
        assert lived.seen[what] >= lived.lives / 10, f"{what} in {lived.seen[what]} lives"
    for what in {f"member {edit.replace('_', ' ')}" for edit in EDITS} | {
        f"run {run}" for run in RUNS
    }:
        assert lived.seen[what] >= lived.lives / 50, f"{what} in {lived.seen[what]} lives"
