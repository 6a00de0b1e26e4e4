"""Live many random histories: `python -m tests.histories 100000 --seed 1`."""

import argparse
import sys
from random import Random

from tests.manylives import Lived, live_all

from .history import live

CHUNK = 500


def live_some(seed: int) -> Lived:
    """Live some histories, and collect what went wrong in each."""
    luck = Random(seed)
    lived = Lived(lives=CHUNK)
    for _ in range(CHUNK):
        data = luck.randbytes(4 + luck.randrange(20, 40))
        try:
            history = live(data)
        except AssertionError as error:
            lived.wrong.append(f"{data.hex()}: {error}")
        else:
            lived.mix.update(history.mix)
            lived.steps += history.steps
    return lived


def main() -> int:
    """Print the mix and every history that broke a promise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int, nargs="?", default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    first = chosen.seed * 1_000_000
    return live_all(live_some, range(first, first + -(-chosen.count // CHUNK)))


if __name__ == "__main__":
    sys.exit(main())
