"""Many random weeks of teams, and how lively they have to be."""

from tests.manylives import Lived

from .changes import CHANGES
from .life import RUNS, live

WEEKS = 2
OFTEN = ("crash", "agenda", "told", "run lost", "run down", "run meanwhile", "run reorganise")
"""What happens in half of all lives at least."""


def live_many(seed: int, count: int) -> Lived:
    """Live some lives, and collect what went wrong in each."""
    lived = Lived()
    for number in range(seed * count, (seed + 1) * count):
        lived.lives += 1
        try:
            life = live(number, WEEKS)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other lives go on
            lived.wrong.append(f"--again {number}: {type(error).__name__}: {error}")
        else:
            lived.steps += sum(life.mix[f"run {how}"] for how in set(RUNS))
            lived.mix.update(life.mix)
            lived.seen.update(what for what, times in life.mix.items() if times)
    return lived


def assert_lively(lived: Lived) -> None:
    """Hold that there was enough trouble, and in many lives each change and conflict."""
    assert lived.steps / lived.lives >= 20
    for what in OFTEN:
        assert lived.seen[what] >= lived.lives / 2, f"{what} in {lived.seen[what]} lives"
    if lived.lives >= 100:
        names = [change.__name__.replace("_", " ") for change in CHANGES]
        for what in ("conflict", *names):
            assert lived.seen[what] >= lived.lives / 20, f"{what} in {lived.seen[what]} lives"
