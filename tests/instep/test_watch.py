"""`sync --watch` goes on until it is asked to stop, and then ends well; cron asks once."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from tests.promises.desk import Desk

from .test_folder import BOARD, LEAD, TABLE, rows

PATIENCE = 60.0
"""Seconds after which a test gives up."""


def until(comes: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE
    while not comes():
        assert time.monotonic() < deadline, what
        time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without a signal")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_watching_keeps_in_step_until_it_is_stopped(folder: Desk, number: signal.Signals) -> None:
    command = [sys.executable, "-m", "smarketing", "sync", "--watch", "--every", "1s", "--json"]
    with subprocess.Popen(
        command, cwd=folder.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=dict(os.environ),
    ) as watching:  # fmt: skip
        until(lambda: LEAD in folder.read(TABLE), "the first round")
        folder.edit(BOARD, "@{2026-12-11}", "@{2026-12-15}")
        until(lambda: rows(folder)[LEAD]["Due"] == "2026-12-15", "a later round")
        watching.send_signal(number)
        out, err = watching.communicate(timeout=PATIENCE)
    assert watching.returncode == 0, err
    assert "Keeping in step" in err
    assert err.endswith("Stopped.\n")
    assert all(json.loads(line)["workspace"] == "Acme" for line in out.splitlines())
    assert folder.run("sync").out == "Acme: everything is in step.\n"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without a signal")
def test_watching_outlives_a_config_that_is_being_saved_a_lost_state_and_an_apply(
    folder: Desk,
) -> None:
    folder.run("sync")
    command = [sys.executable, "-m", "smarketing", "sync", "--watch", "--every", "1s"]
    log = folder.path("said.txt")
    with (
        log.open("w", encoding="utf-8") as said,
        subprocess.Popen(
            command, cwd=folder.folder, stdout=said, stderr=said, env=dict(os.environ)
        ) as watching,
    ):
        until(lambda: "Keeping in step" in folder.read("said.txt"), "the beginning")
        folder.path("config.yaml").rename(folder.path("config.new"))
        until(lambda: "There is no file config.yaml" in folder.read("said.txt"), "a round without")
        time.sleep(2.5)  # two rounds more
        folder.path("config.new").rename(folder.path("config.yaml"))
        next(folder.data.rglob("*.sqlite3")).unlink()
        until(lambda: "nothing is known here yet" in folder.read("said.txt"), "a round without")
        assert not list(folder.data.rglob("*.sqlite3")), "a state was begun that nobody asked for"
        folder.apply()
        folder.run("sync")
        folder.edit(BOARD, "@{2026-12-11}", "@{2026-12-15}")
        until(lambda: rows(folder)[LEAD]["Due"] == "2026-12-15", "a later round")
        watching.send_signal(signal.SIGINT)
        assert watching.wait(PATIENCE) == 0
    assert "Traceback" not in folder.read("said.txt")
    assert folder.read("said.txt").count("There is no file config.yaml") == 1
    assert len(rows(folder)) == 2


def test_a_config_that_is_not_there_is_told_and_begins_no_state(folder: Desk) -> None:
    folder.path("config.yaml").unlink()
    before = sorted(folder.data.rglob("*"))
    assert "There is no file config.yaml here." in folder.run("sync", code=1).err
    assert sorted(folder.data.rglob("*")) == before


def test_one_run_keeps_several_workspaces_in_step(folder: Desk) -> None:
    other = folder.read("config.yaml").replace("k3v9-7q2m-x4dt", "k3v9-7q2m-x4du")
    other = other.replace("workspace: Acme", "workspace: Bolt").replace("./acme", "./bolt")
    folder.write("teams.d/bolt.yaml", other.replace("./small", "../small"))
    folder.write("teams.d/acme.yaml", folder.read("config.yaml").replace("./small", "../small"))
    folder.apply("--config", "teams.d/bolt.yaml")
    folder.path("teams.d/acme.yaml").unlink()
    told = folder.run("sync", "--config", "teams.d/*.yaml", "--config", "config.yaml").out
    assert told == "Bolt: 2 rows are new.\nAcme: 2 rows are new.\n"


def test_a_plan_of_several_workspaces_says_above_each_which_it_is(folder: Desk) -> None:
    other = folder.read("config.yaml").replace("k3v9-7q2m-x4dt", "k3v9-7q2m-x4du")
    other = other.replace("workspace: Acme", "workspace: Bolt").replace("./acme", "./bolt")
    folder.write("bolt.yaml", other)
    folder.apply("--config", "bolt.yaml")
    both = ("--config", "config.yaml", "--config", "bolt.yaml")
    nothing = "Nothing to do: the workspace is as the playbook asks.\n"
    assert folder.run("plan", *both).out == f"Acme:\n{nothing}Bolt:\n{nothing}"
    assert folder.run("plan").out == nothing


def test_an_apply_of_several_workspaces_says_above_each_which_it_is(folder: Desk) -> None:
    other = folder.read("config.yaml").replace("k3v9-7q2m-x4dt", "k3v9-7q2m-x4du")
    other = other.replace("workspace: Acme", "workspace: Bolt").replace("./acme", "./bolt")
    folder.write("bolt.yaml", other)
    both = ("--config", "config.yaml", "--config", "bolt.yaml")
    ran = folder.run("apply", *both, "--yes")
    for told in (ran.err, ran.out):
        assert told.index("Acme:\n") < told.index("Bolt:\n")
    alone = folder.run("apply", "--yes")
    assert "Acme:" not in alone.err + alone.out


def test_a_place_that_can_not_be_read_is_told_and_the_code_says_so(folder: Desk) -> None:
    folder.run("sync")
    folder.path("acme").rename(folder.path("away"))
    told = folder.run("sync", code=1)
    assert "was not reached, and follows later" in told.out


def test_a_playbook_without_sync_is_said(folder: Desk) -> None:
    text = folder.read("small/playbook.yaml")
    folder.write("small/playbook.yaml", text[: text.index("sync:\n")])
    assert "the playbook has no `sync:`" in folder.run("sync").out


@pytest.mark.parametrize("time", ["5", "0s", "5 weeks", "8d", "-1m"])
def test_a_time_that_is_none_is_refused_with_what_to_write(folder: Desk, time: str) -> None:
    refused = folder.run("sync", "--every", time, code=None)
    if time == "5":
        assert refused.code == 0, "a bare number counts minutes"
    else:
        assert refused.code == 2
        assert "write 30s, 5m or 2h" in " ".join(refused.err.split())
