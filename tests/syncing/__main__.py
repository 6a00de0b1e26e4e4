"""Live many random lives of places in step: `python -m tests.syncing 100000 --seed 1`."""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor

from tests.histories.lived import Lived

from .history import live
from .many import assert_lively, live_many

CHUNK = 250


def main() -> int:
    """Print the mix, hold it, and print every life that broke a promise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", default="", help="the bytes of one life")
    parser.add_argument("--processes", type=int)
    chosen = parser.parse_args()
    if chosen.again:
        live(bytes.fromhex(chosen.again))
        return 0
    chunks = -(-chosen.count // CHUNK)
    seeds = range(chosen.seed * 1_000_000, chosen.seed * 1_000_000 + chunks)
    total = Lived()
    with ProcessPoolExecutor(chosen.processes) as pool:
        for lived in pool.map(live_many, seeds, [CHUNK] * chunks):
            total.add(lived)
    sys.stdout.write(f"{total.told()}\n")
    assert_lively(total)
    return bool(total.wrong)


if __name__ == "__main__":
    sys.exit(main())
