"""An empty desk for every test."""

import shutil
from pathlib import Path

import pytest

from .desk import TEAM, Clock, Desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An empty folder to stand in, own state, a clock to set."""
    return new_desk(tmp_path, monkeypatch)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped workspace of a team, built once for all tests that begin with it."""
    base = tmp_path_factory.mktemp("built")
    with pytest.MonkeyPatch.context() as patch:
        desk = new_desk(base, patch)
        desk.write("config.yaml", TEAM)
        desk.apply()
    return base


@pytest.fixture
def acme(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk of a team that has built the shipped workspace, in a copy of its own."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    return new_desk(tmp_path, monkeypatch)


def new_desk(base: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    clock = Clock(0)
    clock.set(2026, 12, 7)
    folder = base / "desk"
    folder.mkdir(exist_ok=True)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SMARKETING_DATA", str(base / "data"))
    monkeypatch.setattr("smarketing.commands.shell.clock", lambda: clock)
    return Desk(folder, base / "data", clock)
