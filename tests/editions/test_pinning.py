"""A newer edition is told in one line and merged only when a person says so."""

import pytest
import yaml

from tests.promises.desk import Desk

from .shelf import CONFIG, Shelf

LINE = (
    "Edition 3 of the playbook starter is there (you have 1): "
    "smarketing plan --edition 3 shows what it would change."
)


@pytest.fixture
def acme(desk: Desk, shelf: Shelf) -> Desk:
    """A workspace that was built when there was one edition; now there are three."""
    desk.write("config.yaml", CONFIG)
    desk.apply()
    shelf.ship(2)
    shelf.ship(3)
    return desk


def test_the_first_run_writes_the_edition_into_a_new_config(desk: Desk, shelf: Shelf) -> None:
    shelf.ship(2)
    desk.apply("--set", "playbook=starter")
    assert yaml.safe_load(desk.read("config.yaml"))["edition"] == 2
    desk.is_quiet()


def test_init_writes_the_edition(desk: Desk) -> None:
    desk.run("init", "--yes", "--set", "playbook=starter")
    assert "edition: 1 " in desk.read("config.yaml")


def test_the_first_run_with_a_config_of_ones_own_writes_it_and_keeps_the_comments(
    acme: Desk,
) -> None:
    text = acme.read("config.yaml")
    assert text.startswith("# Ask Ana before you change this.\n")
    assert text.splitlines()[-1] == "edition: 1"


def test_a_newer_edition_is_one_line_in_plan_apply_and_status_and_changes_nothing(
    acme: Desk,
) -> None:
    before = acme.files()
    for words in (("plan",), ("apply", "--yes"), ("status",)):
        lines = [line for line in acme.run(*words).out.splitlines() if "dition" in line]
        assert lines == [LINE], words
    acme.is_quiet()
    assert acme.files() == before


def test_programs_are_told_of_it_too(acme: Desk) -> None:
    for words in (("plan",), ("apply", "--yes"), ("status",)):
        told = acme.run(*words, "--json").data["newer_edition"]
        assert told == {"playbook": "starter", "edition": 3, "have": 1}
    acme.apply("--edition", "3")
    assert acme.run("plan", "--json").data["newer_edition"] is None


def test_the_line_names_the_config_that_it_is_about(acme: Desk) -> None:
    acme.path("config.yaml").rename(acme.path("team.yaml"))
    told = acme.run("plan", "--config", "team.yaml").out
    assert "smarketing plan --edition 3 --config team.yaml shows" in told


def test_plan_with_an_edition_shows_what_is_new_and_what_it_would_change_and_writes_nothing(
    acme: Desk,
) -> None:
    before = acme.files()
    told = acme.run("plan", "--edition", "3", "-v").out
    assert told.startswith("Edition 3 of the playbook starter (you have 1).\nWhat is new:\n")
    assert "  2: Leads need a name and a need.\n" in told
    assert "  3: A weekly meeting.\n     The old habit is gone.\n" in told
    assert "meeting:weekly" in told
    assert told.endswith("\n\nTo take edition 3: smarketing apply --edition 3\n")
    assert LINE not in told
    assert acme.files() == before


def test_the_list_of_changes_that_it_names_is_that_of_the_edition(acme: Desk) -> None:
    line = "For the list of changes: smarketing plan --edition 3 -v\n"
    assert line in acme.run("plan", "--edition", "3").out
    assert line in acme.run("apply", "--edition", "3", answer="n\n").out


def test_an_edition_can_be_looked_at_by_one_and_approved_by_another(acme: Desk) -> None:
    told = acme.run("plan", "--edition", "3", "--out", "plan.json").err
    words = told.split("smarketing apply ")[1].split()
    assert words[:2] == ["--edition", "3"]
    assert "is not the plan any more" in acme.run("apply", *words[2:], code=4).err
    assert "edition: 1" in acme.read("config.yaml")
    acme.run("apply", *words)
    assert "edition: 3" in acme.read("config.yaml")
    acme.is_quiet()


def test_apply_with_an_edition_asks_does_it_and_writes_it_down(acme: Desk) -> None:
    before = acme.files()
    told = acme.run("apply", "--edition", "3", answer="n\n")
    assert "A weekly meeting." in told.out
    assert acme.files() == before
    acme.run("apply", "--edition", "3", answer="y\n")
    assert "We know a name and a need." in acme.read("acme/Words.md")
    text = acme.read("config.yaml")
    assert text == before["config.yaml"].decode().replace("edition: 1", "edition: 3")
    assert LINE not in acme.run("plan").out
    acme.is_quiet()


def test_an_edition_that_changes_nothing_here_is_written_down_all_the_same(
    acme: Desk, shelf: Shelf
) -> None:
    acme.apply("--edition", "3")
    text = (shelf.newest / "playbook.yaml").read_text(encoding="utf-8")
    files = {"playbook.yaml": text.replace("edition: 3", "edition: 4")}
    for path in shelf.newest.glob("documents/*"):
        files[f"documents/{path.name}"] = path.read_text(encoding="utf-8")
    shelf.put(4, files)
    acme.run("apply", "--edition", "4", answer="y\n")
    assert "edition: 4" in acme.read("config.yaml")


def test_members_words_stay_through_an_edition_and_back(acme: Desk) -> None:
    acme.edit("acme/Words.md", "Somebody who bought.", "Somebody who bought twice.")
    acme.edit("acme/Work board.md", "Ten minutes are enough.", "Half an hour, said Ben.")
    acme.edit("acme/Words.md", "Ana keeps it.", "Ana keeps it. Ben helps.")
    acme.apply("--edition", "3")
    for edition in ("2", "1", "3"):
        words, board = acme.read("acme/Words.md"), acme.read("acme/Work board.md")
        assert "Somebody who bought twice." in words
        assert "Ana keeps it. Ben helps." in words
        assert "Half an hour, said Ben." in board
        acme.apply("--edition", edition)
        acme.is_quiet()


def test_going_back_to_an_earlier_edition_is_a_plan_like_any_other(acme: Desk) -> None:
    acme.apply("--edition", "3")
    told = acme.run("plan", "--edition", "1").out
    assert told.startswith("Edition 1 of the playbook starter (you have 3).\n\n")
    acme.apply("--edition", "1")
    assert "We know a name." in acme.read("acme/Words.md")
    assert "edition: 1\n" in acme.read("config.yaml")
    acme.is_quiet()


def test_a_pinned_edition_is_the_same_on_another_machine_and_without_state(acme: Desk) -> None:
    before = acme.read("acme/Words.md")
    acme.forget()
    acme.apply()
    assert acme.read("acme/Words.md") == before
    acme.is_quiet()


def test_a_config_that_lost_its_line_keeps_the_edition_last_applied(acme: Desk) -> None:
    acme.edit("config.yaml", "edition: 1\n", "")
    assert LINE in acme.run("plan").out
    assert acme.plan()["changes"] == []
    acme.apply()
    assert acme.read("config.yaml").endswith("edition: 1\n")
    acme.is_quiet()


def test_an_edition_that_is_not_there_gets_one_message_that_lists_those_that_are(
    acme: Desk,
) -> None:
    before = acme.files()
    told = acme.run("apply", "--yes", "--edition", "7", code=1).err
    assert told.startswith("Edition 7 of the playbook starter is not here. There are: 1, 2, 3.")
    acme.run("plan", "--edition", "0", code=2)
    assert acme.files() == before


def test_a_config_that_pins_more_than_this_program_has_is_told_at_its_line(acme: Desk) -> None:
    acme.edit("config.yaml", "edition: 1", "edition: 9")
    before = acme.files()
    for command in ("plan", "apply", "status", "validate"):
        told = acme.run(command, code=1).err
        assert "config.yaml:7:10: Edition 9 of the playbook starter is not here." in told
        assert "There are: 1, 2, 3. A later one comes with a later smarketing." in told
    assert acme.files() == before


def test_an_edition_is_a_number_from_one(acme: Desk) -> None:
    acme.edit("config.yaml", "edition: 1", "edition: 0")
    assert "'edition' has to be at least 1." in acme.run("plan", code=1).err


def test_another_playbook_begins_with_its_own_newest_edition(acme: Desk, shelf: Shelf) -> None:
    other = shelf.folder / "other"
    other.mkdir()
    (other / "playbook.yaml").write_text(
        "playbook: other\ntitle: Other\nedition: 1\ndocuments: {a: {title: A, text: One.}}\n"
    )
    acme.apply("--edition", "3")
    acme.apply("--set", "playbook=other")
    config = yaml.safe_load(acme.read("config.yaml"))
    assert (config["playbook"], config["edition"]) == ("other", 1)


def test_a_folder_of_ones_own_has_no_editions_to_choose_from(acme: Desk) -> None:
    acme.write("own/playbook.yaml", "playbook: own\ntitle: Own\n")
    acme.edit("config.yaml", "playbook: starter", "playbook: ./own")
    told = acme.run("plan", "--edition", "3", code=1).err
    assert "smarketing playbook merge ./own --edition 3" in told
    assert "dition" not in acme.run("plan").out


def test_several_configs_are_each_told_of_their_own(acme: Desk) -> None:
    acme.write("other.yaml", CONFIG.replace("k3v9", "aaaa").replace("./acme", "./other"))
    acme.apply("--config", "other.yaml")
    told = acme.run("plan", "--config", "config.yaml", "--config", "other.yaml").out
    assert told.count("is there (you have 1)") == 1
