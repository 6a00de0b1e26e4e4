"""One writer per workspace, and no lock outlives its process."""

import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from smarketing.lock import only_writer
from smarketing.problems import Held

NOW = datetime(2026, 12, 7, 10, 0)
HOLDER = """
import sys, time
from datetime import datetime
from pathlib import Path
from smarketing.lock import only_writer
brief = bool(sys.argv[2:])
with only_writer(Path(sys.argv[1]), datetime(2026, 12, 7, 9, 30), is_brief=brief):
    print("held", flush=True)
    time.sleep(0.3 if brief else 60)
"""


def hold(path: Path, *words: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", HOLDER, str(path), *words]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_writer_is_told_who_holds_the_workspace_and_since_when(tmp_path: Path) -> None:
    with hold(tmp_path / "w.lock") as process:
        try:
            with (
                pytest.raises(Held, match=f"since 07 Dec 2026, 09:30, process {process.pid}"),
                only_writer(tmp_path / "w.lock", NOW),
            ):
                pytest.fail("two writers at once")
        finally:
            process.kill()


def test_a_killed_writer_leaves_no_lock_behind(tmp_path: Path) -> None:
    with hold(tmp_path / "w.lock") as process:
        process.kill()
    with only_writer(tmp_path / "w.lock", NOW):
        pass


def test_the_lock_is_free_again_after_use(tmp_path: Path) -> None:
    for _ in range(2):
        with only_writer(tmp_path / "w.lock", NOW):
            pass


def test_a_run_that_asks_nobody_anything_is_waited_for(tmp_path: Path) -> None:
    with hold(tmp_path / "w.lock", "brief") as process:
        with only_writer(tmp_path / "w.lock", NOW):
            pass
        assert process.wait() == 0
