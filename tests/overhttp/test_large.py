"""W1, the workspace whose calls are counted, dies at a sample of its writes, in process."""

from pathlib import Path

import pytest

from bench import w1
from bench.world import USE
from smarketing.integrations.trello.sandbox.vendor import Trello
from tests.vendors.sandboxes import sandbox

from .miniature import BOTH
from .office import POINTS, Death, Office

WRITES = (2, 14, 25, 40, 77, 130, 200, 290, 318)

pytestmark = pytest.mark.slow


def large(folder: Path) -> Office:
    """Return an office with W1 written down."""
    made = Office(folder, sandbox(*BOTH))
    trello = made.vendors.stand_in("trello")
    assert isinstance(trello, Trello)
    trello.subscribe("robot")  # a free workspace lets ten people in, and W1 has twelve
    made.config = w1.write(folder, use=USE, integrations=made.company.integrations())
    return made


def test_w1_dies_at_writes_all_along_and_is_finished_by_the_next_run(tmp_path: Path) -> None:
    whole = large(tmp_path / "whole")
    life = Death()
    assert not whole.apply(life).failed
    assert life.met > max(WRITES)
    for number, nth in enumerate(WRITES):
        point = POINTS[number % len(POINTS)]
        killed = large(tmp_path / str(nth))
        killed.dies(Death(nth, point))
        assert not killed.apply().failed
        assert killed.picture() == whole.picture(), f"died at write {nth} {point}"
        assert killed.mails() == whole.mails()
        killed.settled()
