"""Live many random lives of places in step: `python -m tests.syncing 100000 --seed 1`."""

import argparse
import sys
from functools import partial

from tests.manylives import live_all

from .history import live
from .many import assert_lively, live_many

CHUNK = 250


def main() -> int:
    """Print the mix, hold it, and print every life that broke a promise; or live one again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", default="", help="the bytes of one life")
    parser.add_argument("--processes", type=int)
    chosen = parser.parse_args()
    if chosen.again:
        live(bytes.fromhex(chosen.again))
        return 0
    first = chosen.seed * 1_000_000
    parts = range(first, first + -(-chosen.count // CHUNK))
    some = partial(live_many, count=CHUNK)
    return live_all(some, parts, chosen.processes, hold=assert_lively)


if __name__ == "__main__":
    sys.exit(main())
