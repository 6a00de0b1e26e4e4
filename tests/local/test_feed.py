"""Whether anything happened in a folder is seen without opening a file."""

from pathlib import Path

import pytest

from smarketing.contract import Calls, Unreachable

from .team import Team


def test_an_edit_a_new_file_and_a_renamed_one_touch_the_folder(acme: Team) -> None:
    cursor = acme.local.changes("").cursor
    assert acme.local.changes(cursor).touched == frozenset()
    board = acme.root / "Work.md"
    edits = (
        lambda: board.write_bytes(board.read_bytes().replace(b"Both heads", b"Both teams")),
        lambda: (acme.root / "Personas" / "Mine.md").write_text("mine", encoding="utf-8"),
        lambda: board.rename(acme.root / "Our work.md"),
        lambda: (acme.root / "Glossary.md").unlink(),
    )
    for edit in edits:
        edit()
        told = acme.local.changes(cursor)
        assert told.touched == {"."}
        cursor = told.cursor


def test_it_takes_no_call(acme: Team) -> None:
    tool = acme.local
    tool.changes(tool.changes("").cursor)
    assert tool.spent() == Calls(0, 0)


def test_a_folder_that_is_gone_is_touched(tmp_path: Path) -> None:
    team = Team(tmp_path / "acme")
    team.root.mkdir()
    cursor = team.local.changes("").cursor
    (team.root / "Work.md").write_text("", encoding="utf-8")
    full = team.local.changes(cursor)
    (team.root / "Work.md").unlink()
    team.root.rmdir()
    assert full.touched == team.local.changes(full.cursor).touched == {"."}


def test_a_folder_that_nobody_may_read_is_told(acme: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.scandir", refused)
    with pytest.raises(Unreachable, match="run again"):
        acme.local.changes("")
