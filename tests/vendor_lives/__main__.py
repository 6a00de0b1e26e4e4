"""Live many random lives on a vendor's stand-in: `python -m tests.vendor_lives trello 500`."""

import argparse
import sys
from functools import partial

from tests.manylives import live_all

from .many import LIVES, live, live_many

CHUNK = 25


def main() -> int:
    """Print the mix and every life that broke a promise; or live one life again, by its bytes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("place", choices=sorted(LIVES))
    parser.add_argument("count", type=int, nargs="?", default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--again", default="", help="the bytes of one life")
    parser.add_argument("--processes", type=int)
    chosen = parser.parse_args()
    if chosen.again:
        live(chosen.place, bytes.fromhex(chosen.again))
        return 0
    first = chosen.seed * 1_000_000
    seeds = range(first, first + -(-chosen.count // CHUNK))
    return live_all(partial(live_many, chosen.place, count=CHUNK), seeds, chosen.processes)


if __name__ == "__main__":
    sys.exit(main())
