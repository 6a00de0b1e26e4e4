"""The figures of the bench mean what its tables say."""

import sys
from pathlib import Path

import pytest

from bench import wall
from bench.timing import Command, CommandFailedError, run

NOTHING = Command("nothing", (sys.executable, "-S", "-c", "pass"), Path())


@pytest.mark.parametrize(
    ("calls", "seconds"), [(1, 0.1), (100, 0.1), (101, 10.1), (300, 20.1), (301, 30.1)]
)
def test_what_trello_allows_is_counted_in_full_windows(calls: int, seconds: float) -> None:
    assert wall.allowed(calls) == pytest.approx(seconds)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell the peak")
def test_the_peak_of_a_command_is_its_own_and_not_that_of_the_bench() -> None:
    before = run(NOTHING).megabytes
    held = bytearray(b"x" * 200_000_000)
    assert run(NOTHING).megabytes < before + 50
    del held


def test_the_time_and_the_work_of_a_command_are_told() -> None:
    code = "import time; time.sleep(0.2); sum(range(2_000_000))"
    taken = run(Command("some work", (sys.executable, "-S", "-c", code), Path()))
    assert taken.seconds >= 0.2
    assert sys.platform == "win32" or 0 < taken.busy < taken.seconds


def test_a_command_that_fails_is_no_figure() -> None:
    with pytest.raises(CommandFailedError, match="some work: no such luck"):
        run(Command("some work", (sys.executable, "-c", "exit('no such luck')"), Path()))
