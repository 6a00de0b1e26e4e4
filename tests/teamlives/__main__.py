"""Live many random weeks of teams: `python -m tests.teamlives 1000 --seed 1`."""

import argparse
import sys
from functools import partial

from tests.manylives import live_all

from .life import live
from .many import WEEKS, assert_lively, live_many

CHUNK = 10


def main() -> int:
    """Print the mix, hold it, and print every life that broke a promise; or live one again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", type=int, help="the number of one life")
    parser.add_argument("--processes", type=int)
    chosen = parser.parse_args()
    if chosen.again is not None:
        live(chosen.again, WEEKS)
        return 0
    first = chosen.seed * 100_000
    parts = range(first, first + -(-chosen.count // CHUNK))
    some = partial(live_many, count=CHUNK)
    return live_all(some, parts, chosen.processes, "runs", assert_lively)


if __name__ == "__main__":
    sys.exit(main())
