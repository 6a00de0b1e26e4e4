"""A real process dies by a real signal over real HTTP; the next run ends as if nothing had been."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

from smarketing.sandbox.clock import Clock
from smarketing.sandbox.server import Server
from smarketing.standin import Answer, Asked
from tests.vendors.sandboxes import sandbox

from .miniature import BOTH, write
from .office import POINTS, Office
from .test_crashes import Whole, undisturbed

ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.enable_socket,
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL"),
]


@contextmanager
def served(folder: Path) -> Iterator[Office]:
    """Serve an office's sandbox on a port of this machine."""
    made = Office(folder, sandbox(*BOTH, clock=Clock()))
    with Server(made.vendors.sandbox) as server:
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        made.company.url = server.url
        made.config = write(folder, BOTH, made.company.integrations())
        try:
            yield made
        finally:
            server.shutdown()


def begun(made: Office, *program: str) -> "subprocess.Popen[str]":
    """Begin `apply` in a process of its own."""
    words = ["apply", "--config", str(made.config), "--yes"]
    return subprocess.Popen(
        [sys.executable, "-m", *program, *words],
        cwd=ROOT,
        env={**os.environ, "SMARKETING_DATA": str(made.company.data)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )


def ended(process: "subprocess.Popen[str]") -> tuple[int, str]:
    said, _ = process.communicate(timeout=120)
    return process.returncode, said


def finished(made: Office, whole: Whole, how: str) -> None:
    """Let the unchanged command finish, and hold what came of it."""
    code, said = ended(begun(made, "smarketing"))
    assert code == 0, said
    whole.equals(made, how)
    code, said = ended(begun(made, "smarketing"))
    assert code == 0, said
    whole.equals(made, f"{how}, and run again")


@pytest.mark.parametrize("point", POINTS)
@pytest.mark.parametrize("nth", [3, 11, 23])
def test_a_process_killed_at_a_write_is_finished_by_the_next(
    tmp_path: Path, point: str, nth: int
) -> None:
    whole = undisturbed(tmp_path / "whole", BOTH)
    with served(tmp_path / "killed") as made:
        code, said = ended(begun(made, "tests.overhttp.killed", str(nth), point))
        assert code == -signal.SIGKILL, said
        finished(made, whole, f"killed at write {nth} {point}")


@pytest.mark.parametrize("nth", [2, 9, 16, 24])
def test_the_unchanged_command_killed_from_outside_is_finished_by_the_next(
    tmp_path: Path, nth: int
) -> None:
    whole = undisturbed(tmp_path / "whole", BOTH)
    with served(tmp_path / "killed") as made:
        box, met = made.vendors.sandbox, 0
        validating = box.heard
        process = begun(made, "smarketing")

        def hear(vendor: str, asked: Asked, answer: Answer) -> None:
            nonlocal met
            if validating:
                validating(vendor, asked, answer)
            met += asked.method != "GET" and asked.path != "/token"
            if met == nth:
                process.kill()
                process.wait()

        box.heard = hear
        code, said = ended(process)
        assert code == -signal.SIGKILL, said
        box.heard = validating
        finished(made, whole, f"killed while the vendor answered write {nth}")
