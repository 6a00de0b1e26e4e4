"""A real process dies by SIGKILL around each record of its journal; the next run ends as ever."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from .team import FIRST, RENAMED, REORGANISED, Team, Wish
from .test_crashes import lasting

ROOT = Path(__file__).parents[2]
WITH_BUYERS = Wish(
    personas="{one: Buyer One, two: Buyer Two, three: Buyer Three, four: Buyer Four}"
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not hasattr(os, "fork"),
        reason="this system has no fork, and a process for each kill is slow",
    ),
]

Order = Callable[[Path, Wish, int], dict[str, int]]


@pytest.fixture
def order() -> Iterator[Order]:
    """Give orders to one process that has everything imported and forks a run for each."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.lives.killed"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
    ) as runner:  # fmt: skip
        assert runner.stdin
        assert runner.stdout

        def give(base: Path, wish: Wish, at: int) -> dict[str, int]:
            said = json.dumps({"base": os.fspath(base), "wish": asdict(wish), "at": at})
            runner.stdin.write(f"{said}\n")  # type: ignore[union-attr]
            runner.stdin.flush()  # type: ignore[union-attr]
            answer: Any = json.loads(runner.stdout.readline())  # type: ignore[union-attr]
            return dict(answer)

        yield give
        runner.stdin.close()


def kill_everywhere(base: Path, before: Path | None, wish: Wish, order: Order) -> int:
    """Kill this run at each of its points in turn; return the number of kills."""
    team = Team(base / "team")

    def begin() -> None:
        shutil.rmtree(team.base, ignore_errors=True)
        shutil.copytree(before, team.base) if before else team.base.mkdir(parents=True)

    begin()
    whole = order(team.base, wish, 0)
    assert whole["code"] == whole["signal"] == 0
    settled = team.files()
    for number in range(1, whole["passed"] + 1):
        begin()
        assert order(team.base, wish, number)["signal"] == signal.SIGKILL
        after = order(team.base, wish, 0)
        assert after["code"] == after["signal"] == 0
        assert lasting(team.files()) == settled, f"killed at {number} of {whole['passed']}"
    return whole["passed"]


def edited(base: Path, order: Order) -> Path:
    """Return the folder of a team that has worked in what its first run made."""
    team = Team(base / "before")
    team.base.mkdir(parents=True)
    assert order(team.base, FIRST, 0)["code"] == 0
    team.edit()
    return team.base


RUNS = {
    "first apply": (None, FIRST, 70),
    "first apply, four buyers": (None, WITH_BUYERS, 75),
    "company renamed": (edited, RENAMED, 35),
    "reorganised": (edited, REORGANISED, 45),
}
"""Each kind of run: what was there before it, what it asks for, how many kills it is at least."""
KILLS = 200


def test_there_are_kills_enough() -> None:
    assert sum(least for _, _, least in RUNS.values()) >= KILLS


@pytest.mark.parametrize("kind", RUNS)
def test_a_killed_run_is_finished_by_the_next(
    kind: str, order: Order, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prepared, wish, least = RUNS[kind]
    before = prepared(tmp_path, order) if prepared else None
    kills = kill_everywhere(tmp_path / "run", before, wish, order)
    with capsys.disabled():
        sys.stdout.write(f"\nkilled: {kills} times, {kind}\n")
    assert kills >= least
