"""`playbook copy` makes a playbook of one's own that remembers what it is a copy of."""

import os
from pathlib import Path

import pytest
import yaml

from tests.promises.conftest import new_desk
from tests.promises.desk import TEAM, Desk

from .shelf import CONFIG, FIRST, WORDS, Shelf


@pytest.fixture
def acme(desk: Desk) -> Desk:
    """A workspace that was built from the shipped playbook."""
    desk.write("config.yaml", CONFIG)
    desk.apply()
    return desk


def test_a_copy_is_the_pinned_edition_word_for_word_with_one_line_more(
    acme: Desk, shelf: Shelf
) -> None:
    shelf.ship(2)
    told = acme.run("playbook", "copy", answer="n\n").out
    assert "Copied edition 1 of the playbook starter into playbook." in told
    lines = acme.read("playbook/playbook.yaml").splitlines(keepends=True)
    (own,) = [line for line in lines if line.startswith("copy-of: starter")]
    assert "".join(line for line in lines if line != own) == FIRST
    assert acme.read("playbook/documents/words.md") == WORDS
    assert not acme.path("playbook/editions").exists()


def test_a_config_that_uses_the_copy_has_nothing_to_do(acme: Desk) -> None:
    before = acme.read("config.yaml")
    acme.run("playbook", "copy", "--yes")
    wanted = before.replace("playbook: starter", "playbook: ./playbook")
    assert acme.read("config.yaml") == wanted.replace("edition: 1\n", "")
    acme.is_quiet()
    acme.edit("playbook/playbook.yaml", "title: Words", "title: Our words")
    assert [change["address"] for change in acme.plan()["changes"]] == [
        "document:words",
        "document:start-here",
        "page:start-here",
    ]


def test_a_comment_beside_the_edition_of_a_config_stays(acme: Desk) -> None:
    acme.edit("config.yaml", "edition: 1", "edition: 1  # asked by Ben")
    acme.run("playbook", "copy", "--yes")
    assert "# edition: 1  # asked by Ben\n" in acme.read("config.yaml")
    acme.is_quiet()


def test_copying_asks_before_it_changes_the_config(acme: Desk) -> None:
    before = acme.read("config.yaml")
    told = acme.run("playbook", "copy", "starter", "ours", answer="n\n")
    assert "Let config.yaml use it (playbook: ./ours)?" in told.err
    assert "write `playbook: ./ours` into config.yaml" in told.out
    assert acme.read("config.yaml") == before
    assert acme.path("ours/playbook.yaml").exists()


def test_the_config_names_the_copy_by_the_way_from_where_it_lies(desk: Desk) -> None:
    desk.write("team/config.yaml", CONFIG)
    desk.apply("--config", "team/config.yaml")
    desk.run("playbook", "copy", "starter", "books/ours", "--yes", "--config", "team/config.yaml")
    assert yaml.safe_load(desk.read("team/config.yaml"))["playbook"] == "../books/ours"
    assert "Nothing to do" in desk.run("plan", "--config", "team/config.yaml").out


def test_a_copy_without_a_name_lies_beside_the_config(desk: Desk) -> None:
    desk.write("team/config.yaml", CONFIG)
    desk.apply("--config", "team/config.yaml")
    desk.run("playbook", "copy", "--yes", "--config", "team/config.yaml")
    assert desk.path("team/playbook/playbook.yaml").exists()
    assert yaml.safe_load(desk.read("team/config.yaml"))["playbook"] == "./playbook"


def test_what_is_there_is_never_written_over(acme: Desk) -> None:
    acme.write("playbook/notes.md", "mine")
    before = acme.files()
    told = acme.run("playbook", "copy", "--yes", code=1).err
    assert told == "playbook is there already. Name another folder for the copy.\n"
    assert acme.files() == before


def test_without_a_config_the_newest_edition_is_copied(desk: Desk, shelf: Shelf) -> None:
    shelf.ship(2)
    told = desk.run("playbook", "copy", "starter").out
    assert "Copied edition 2" in told
    assert "smarketing plan --set playbook=./playbook" in told
    desk.apply("--set", "playbook=./playbook")
    desk.is_quiet()
    assert "edition" not in yaml.safe_load(desk.read("config.yaml"))


def test_a_name_that_is_not_shipped_is_told(acme: Desk) -> None:
    told = acme.run("playbook", "copy", "startr", code=1).err
    assert "No playbook of the name 'startr' comes with smarketing." in told
    assert "Did you mean 'starter'?" in told
    assert not acme.path("playbook").exists()


def test_a_workspace_with_a_playbook_of_its_own_is_told_so(acme: Desk) -> None:
    acme.run("playbook", "copy", "--yes")
    told = acme.run("playbook", "copy", "--yes", code=1).err
    assert told == "config.yaml uses a copy already: ./playbook. Change it there.\n"
    acme.edit("playbook/playbook.yaml", "copy-of: starter", "# copy-of: starter")
    told = acme.run("playbook", "copy", code=1).err
    assert told == "config.yaml has a playbook of its own already: ./playbook. Change it there.\n"


def test_a_copy_that_cannot_be_finished_leaves_nothing(
    acme: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = acme.files()
    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", full)
        assert "No space left" in acme.run("playbook", "copy", "--yes", code=1).err
    assert acme.files() == before
    assert not [path for path in acme.folder.iterdir() if path.name.startswith(".playbook")]


def test_a_newer_edition_is_told_to_a_copy_in_one_line_of_its_own(acme: Desk, shelf: Shelf) -> None:
    acme.run("playbook", "copy", "--yes")
    shelf.ship(2)
    line = (
        "Edition 2 of the playbook starter is there (your copy is of 1): "
        "smarketing playbook merge ./playbook shows what it would change."
    )
    for command in ("plan", "status"):
        told = acme.run(command).out
        assert [each for each in told.splitlines() if "dition" in each] == [line]
    assert acme.plan()["changes"] == []


def test_going_back_from_a_copy_keeps_the_edition_that_it_was_of(acme: Desk, shelf: Shelf) -> None:
    acme.run("playbook", "copy", "--yes")
    acme.apply()
    shelf.ship(2)
    acme.edit("config.yaml", "playbook: ./playbook", "playbook: starter")
    assert acme.plan()["changes"] == []
    acme.apply()
    assert "edition: 1" in acme.read("config.yaml")


def test_every_shipped_playbook_can_be_copied_with_nothing_to_do_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = new_desk(tmp_path, monkeypatch)
    desk.write("config.yaml", TEAM)
    desk.apply()
    desk.run("playbook", "copy", "--yes")
    desk.is_quiet()
