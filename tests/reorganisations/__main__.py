"""Reorganise at random: `python -m tests.reorganisations 100000 --seed 1`."""

import argparse
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from .life import REORGANISATIONS, live

_CHUNK = 25


def live_some(first: int) -> tuple[Counter[str], int, list[str]]:
    """Return the mix, the number of reorganisations and what went wrong."""
    mix: Counter[str] = Counter()
    done = 0
    wrong: list[str] = []
    for number in range(first, first + _CHUNK):
        try:
            life = live(number)
        except AssertionError as error:
            wrong.append(f"life {number}: {error}")
        else:
            mix.update(life.mix)
            done += life.done
    return mix, done, wrong


def main() -> int:
    """Print the mix and every life that broke a promise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=10_000, help="reorganisations")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=None)
    chosen = parser.parse_args()
    lives = -(-chosen.count // REORGANISATIONS)
    begin = chosen.seed * 10_000_000
    mix: Counter[str] = Counter()
    done = 0
    wrong: list[str] = []
    with ProcessPoolExecutor(chosen.workers) as pool:
        for part, number, failures in pool.map(live_some, range(begin, begin + lives, _CHUNK)):
            mix, done, wrong = mix + part, done + number, wrong + failures
    sys.stdout.write(f"{done} reorganisations, {len(wrong)} lives went wrong\n")
    sys.stdout.write("".join(f"{what}: {times}\n" for what, times in mix.most_common()))
    sys.stdout.write("".join(f"{line}\n" for line in wrong))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
