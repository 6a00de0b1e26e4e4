"""The shipped playbook dies at each single point of a run, and the next run ends as if it had not."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from smarketing.state.sqlite import SqliteState
from smarketing.workspace.opening import Opened

from .faults import Crash, watched
from .team import FIRST, RENAMED, REORGANISED, Team, Wish

SHARDS = 4
"""Parts into which the points of a run are dealt out, for several workers to share."""

LEFT_OVER = (".smarketing/new-", ".smarketing/old-")


@pytest.fixture(autouse=True)
def _own_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMARKETING_DATA", "")


@contextmanager
def points(team: Team, at: Callable[[str], None]) -> Iterator[None]:
    """Call `at` before and after each write of state and each operation on a file."""

    def around(real: Callable[..., None]) -> Callable[..., None]:
        def write(*args: Any, **kwargs: Any) -> None:
            at(real.__name__)
            real(*args, **kwargs)
            at(real.__name__)

        return write

    with (
        patch.object(SqliteState, "commit", around(SqliteState.commit)),
        patch.object(SqliteState, "open", around(SqliteState.open)),
        watched(team.folder, at),
    ):
        yield


def dying_at(number: int) -> Callable[[str], None]:
    left = number

    def at(point: str) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            raise Crash(point)

    return at


def passed(team: Team, opened: Opened) -> list[str]:
    """Run without an interruption; return the points that it passed."""
    names: list[str] = []
    with points(team, names.append):
        team.apply(opened)
    return names


def lasting(files: dict[str, bytes]) -> dict[str, bytes]:
    """Leave out what a cut-off write left in our hidden folder: the next write clears it away."""
    return {name: data for name, data in files.items() if not name.startswith(LEFT_OVER)}


def crash_everywhere(base: Path, before: Path | None, wish: Wish, shard: int) -> int:
    """Crash at each point of this run in turn, a shard of them; return how many there are in all."""
    team = Team(base / "team")

    def begin() -> None:
        shutil.rmtree(team.base)
        shutil.copytree(before, team.base) if before else team.base.mkdir()

    opened = team.opened(wish)
    begin()
    names = passed(team, opened)
    settled = team.files()
    for number, name in list(enumerate(names, start=1))[shard::SHARDS]:
        begin()
        with pytest.raises(Crash), points(team, dying_at(number)):
            team.apply(opened)
        team.apply(opened)
        where = f"crash at point {number} of {len(names)}, {name}"
        files = team.files()
        assert lasting(files).keys() == settled.keys(), where
        assert lasting(files) == settled, where
    return len(names)


@pytest.mark.slow
@pytest.mark.parametrize("shard", range(SHARDS))
def test_a_first_apply_may_die_anywhere(shard: int, tmp_path: Path) -> None:
    assert crash_everywhere(tmp_path, None, FIRST, shard) > 150


@pytest.mark.slow
@pytest.mark.parametrize("shard", range(SHARDS))
@pytest.mark.parametrize("wish", [RENAMED, REORGANISED], ids=["renamed", "reorganised"])
def test_an_upgrade_of_what_members_edited_may_die_anywhere(
    wish: Wish, shard: int, tmp_path: Path
) -> None:
    team = Team(tmp_path / "team")
    team.apply(team.opened(FIRST))
    team.edit()
    shutil.copytree(team.base, tmp_path / "before")
    assert crash_everywhere(tmp_path, tmp_path / "before", wish, shard) > 80


def test_a_run_after_the_one_after_a_crash_notes_only_that_it_looked(tmp_path: Path) -> None:
    team = Team(tmp_path / "team")
    opened = team.opened(FIRST)
    with pytest.raises(Crash), points(team, dying_at(60)):
        team.apply(opened)
    team.apply(opened)
    assert passed(team, opened) == ["commit", "commit"]


def test_the_next_write_clears_away_what_a_crash_left(tmp_path: Path) -> None:
    team = Team(tmp_path / "team")
    opened = team.opened(FIRST)
    team.apply(opened)
    opened = team.opened(RENAMED)
    names = passed(Team(tmp_path / "team"), opened)
    opened = team.opened(FIRST)
    with pytest.raises(Crash), points(team, dying_at(names.index("replace") + 2)):
        team.apply(opened)
    assert lasting(team.files()) != team.files()
    team.apply(opened)
    assert lasting(team.files()) == team.files()
