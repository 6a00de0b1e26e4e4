"""W1, the workspace whose calls are counted, dies at a sample of its writes, in process.

`python -m tests.overhttp.w1` lets it die at all of them.
"""

import os
from pathlib import Path

import pytest

from .forked import die
from .office import POINTS
from .w1 import large, undisturbed

WRITES = (2, 14, 25, 40, 77, 130, 200, 290, 318)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork"),
]


def test_w1_dies_at_writes_all_along_and_is_finished_by_the_next_run(tmp_path: Path) -> None:
    whole = undisturbed(tmp_path / "whole")
    assert whole.writes >= max(WRITES)
    chosen = [(nth, POINTS[number % len(POINTS)]) for number, nth in enumerate(WRITES)]
    went = die(large(tmp_path / "dying"), chosen, whole, lambda line: None)
    assert went.wrong == []
    assert went.done == len(chosen)
