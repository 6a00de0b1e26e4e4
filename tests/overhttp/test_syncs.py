"""A sync in which everything is due dies at each of its writes, at every moment of it, in process.

A Monday of a company over HTTP: cards, rows, lines of notes, an agenda and guests are due at once.
"""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from smarketing.given import Request
from tests.halfyear.hands import WEEKLY
from tests.halfyear.running import FIRST, SYNC
from tests.halfyear.year import HalfYear

from .forked import die, every_point
from .office import Death
from .test_crashes import Whole

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork"),
]
EDITS = 12


def begun(folder: Path) -> HalfYear:
    """Return the company on the morning on which everything is due that a sync can do."""
    year = HalfYear(folder, seed=3)
    year.meet(WEEKLY, FIRST, 10)
    year.wait(FIRST + timedelta(days=4), 12)
    for _ in range(EDITS):
        year.act()
    year.wait(FIRST + timedelta(days=28), 8, 30)
    return year


def undisturbed(folder: Path) -> Whole:
    """Let that sync end."""
    made, life = begun(folder).office, Death()
    assert not made.apply(life, SYNC).failed
    return Whole(life.met, made.picture(), made.mails())


def test_a_sync_that_dies_at_any_write_is_finished_by_the_next(tmp_path: Path) -> None:
    whole = undisturbed(tmp_path / "whole")
    assert whole.writes >= 8
    made = begun(tmp_path / "dying").office
    went = die(made, every_point(whole.writes), whole, lambda line: None, SYNC)
    assert (went.wrong, went.done) == ([], 3 * whole.writes)
    for request in (Request(), SYNC):
        assert made.apply(request=request).done == ()
