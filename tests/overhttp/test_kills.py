"""A real process dies by a real signal over real HTTP; the next run ends as if nothing had been.

`python -m tests.overhttp.kills` kills at every write and every moment of it.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from smarketing.standin import Answer, Asked

from .kills import ROOT, Orders, environment, killed, orders, served, words
from .miniature import BOTH
from .office import POINTS, Office
from .test_crashes import Whole, undisturbed

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no fork"),
]


@pytest.fixture(scope="module")
def given() -> Iterator[Orders]:
    with orders() as given:
        yield given


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    return undisturbed(tmp_path_factory.mktemp("whole"), BOTH)


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("nth", [3, 11, 23])
def test_a_process_killed_at_a_write_is_finished_by_the_next(
    whole: Whole, given: Orders, tmp_path: Path, point: str, nth: int
) -> None:
    killed(tmp_path / "killed", (nth, point), whole, given, lags=False)


@pytest.mark.parametrize("point", POINTS)
def test_a_process_killed_while_searches_lag_makes_nothing_twice(
    whole: Whole, given: Orders, tmp_path: Path, point: str
) -> None:
    killed(tmp_path / "killed", (9, point), whole, given, lags=True)


def begun(made: Office) -> "subprocess.Popen[str]":
    """Begin the unchanged command, as a shell would."""
    return subprocess.Popen(
        [sys.executable, "-m", "smarketing", *words(made)],
        cwd=ROOT,
        env={**os.environ, **environment(made)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )


@pytest.mark.parametrize("nth", [2, 9, 16, 24])
def test_the_unchanged_command_killed_from_outside_is_finished_by_the_next(
    whole: Whole, given: Orders, tmp_path: Path, nth: int
) -> None:
    with served(tmp_path / "killed") as made:
        box, met = made.vendors.sandbox, 0
        validating = box.heard
        process = begun(made)

        def hear(vendor: str, asked: Asked, answer: Answer) -> None:
            nonlocal met
            if validating:
                validating(vendor, asked, answer)
            met += asked.method != "GET" and asked.path != "/token"
            if met == nth:
                process.kill()
                process.wait()

        box.heard = hear
        said, _ = process.communicate(timeout=120)
        assert process.returncode == -signal.SIGKILL, said
        box.heard = validating
        given.finish(made, whole, f"killed while the vendor answered write {nth}")
