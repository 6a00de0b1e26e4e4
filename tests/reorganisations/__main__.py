"""Reorganise at random: `python -m tests.reorganisations 100000 --seed 1`."""

import argparse
import sys

from tests.manylives import Lived, live_all

from .life import REORGANISATIONS, live

CHUNK = 25


def live_some(first: int) -> Lived:
    """Live the lives with these numbers, and collect what went wrong in each."""
    lived = Lived(lives=CHUNK)
    for number in range(first, first + CHUNK):
        try:
            life = live(number)
        except AssertionError as error:
            lived.wrong.append(f"life {number}: {error}")
        else:
            lived.mix.update(life.mix)
            lived.steps += life.done
    return lived


def main() -> int:
    """Print the mix and every life that broke a promise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=10_000, help="reorganisations")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=None)
    chosen = parser.parse_args()
    lives = -(-chosen.count // REORGANISATIONS)
    first = chosen.seed * 10_000_000
    parts = range(first, first + lives, CHUNK)
    return live_all(live_some, parts, chosen.workers, "reorganisations")


if __name__ == "__main__":
    sys.exit(main())
