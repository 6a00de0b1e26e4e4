"""Live many random histories: `python -m tests.histories 100000 --seed 1`."""

import argparse
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from random import Random

from .history import live


def live_some(seed: int, count: int) -> tuple[Counter[str], int, list[str]]:
    """Return the mix, the number of steps and what went wrong."""
    luck = Random(seed)
    mix: Counter[str] = Counter()
    steps = 0
    wrong: list[str] = []
    for _ in range(count):
        data = luck.randbytes(4 + luck.randrange(20, 40))
        try:
            history = live(data)
        except AssertionError as error:
            wrong.append(f"{data.hex()}: {error}")
        else:
            mix.update(history.mix)
            steps += history.steps
    return mix, steps, wrong


def main() -> int:
    """Print the mix and every history that broke a promise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    chunk = 500
    seeds = range(chosen.seed * 1_000_000, chosen.seed * 1_000_000 + -(-chosen.count // chunk))
    mix: Counter[str] = Counter()
    steps = 0
    wrong: list[str] = []
    with ProcessPoolExecutor() as pool:
        for part, number, failures in pool.map(live_some, seeds, [chunk] * len(seeds)):
            mix, steps, wrong = mix + part, steps + number, wrong + failures
    lives = chunk * len(seeds)
    sys.stdout.write(f"{lives} lives, {steps / lives:.1f} steps each, {len(wrong)} went wrong\n")
    sys.stdout.write("".join(f"{what}: {times}\n" for what, times in mix.most_common()))
    sys.stdout.write("".join(f"{line}\n" for line in wrong))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
