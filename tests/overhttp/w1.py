"""W1 dies at every write, at every moment of it: `python -m tests.overhttp.w1 [--shard N/M]`.

In process, each life of its own forked off one run; see test_large.py for the sample that every run
of the tests takes. Prints each point that went well, and at the end how many did not.
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import w1
from bench.world import USE
from smarketing.integrations.trello.sandbox.vendor import Trello
from tests.disk import not_waited_for
from tests.vendors.sandboxes import sandbox

from .forked import die, every_point
from .miniature import BOTH
from .office import Death, Office
from .test_crashes import Whole


def large(folder: Path) -> Office:
    """Return an office with W1 written down."""
    made = Office(folder, sandbox(*BOTH))
    trello = made.vendors.stand_in("trello")
    assert isinstance(trello, Trello)
    trello.subscribe("robot")  # a free workspace lets ten people in, and W1 has twelve
    made.config = w1.write(folder, use=USE, integrations=made.company.integrations())
    return made


def undisturbed(folder: Path) -> Whole:
    """Build W1 once."""
    whole = large(folder)
    life = Death()
    assert not whole.apply(life).failed
    return Whole(life.met, whole.picture(), whole.mails())


def main() -> int:
    """Die at every point of this shard; return 1 if any life went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shard", default="1/1", help="the Nth of M equal parts, as N/M")
    number, of = (int(part) for part in parser.parse_args().shard.split("/"))
    with TemporaryDirectory() as folder, not_waited_for():
        whole = undisturbed(Path(folder) / "whole")
        chosen = every_point(whole.writes)[number - 1 :: of]
        went = die(large(Path(folder) / "dying"), chosen, whole, tell)
    tell(f"{whole.writes} writes; died at {went.done} points, {len(went.wrong)} went wrong")
    for wrong in went.wrong:
        tell(wrong)
    return bool(went.wrong or went.done != len(chosen))


def tell(line: str) -> None:
    """Print at once: a long run shows how far it is."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
