"""`history` and `undo` as a person meets them, in a plain folder."""

import sqlite3
from contextlib import closing

import pytest

from .desk import Desk

GLOSSARY = "acme/Glossary.md"


@pytest.fixture
def rewritten(acme: Desk) -> Desk:
    """The desk of a team whose playbook was changed and applied a week later."""
    acme.clock.set(2026, 12, 14)
    acme.playbook("title: Glossary", "title: Our glossary")
    text = acme.read("playbook/documents/glossary.md")
    acme.write("playbook/documents/glossary.md", f"{text}\nA last paragraph of ours.\n")
    acme.apply()
    assert "A last paragraph of ours." in acme.read("acme/Our glossary.md")
    return acme


def test_history_lists_the_runs_that_wrote_with_who_when_and_how_much(rewritten: Desk) -> None:
    rewritten.clock.set(2026, 12, 15)
    rewritten.apply()
    lines = rewritten.run("history").out.splitlines()
    assert lines[0].startswith("   2  14 Dec 2026, 09:00 · ")
    assert lines[0].endswith("smarketing apply")
    assert "brought up to date" in lines[1]
    assert lines[2].startswith("   1  07 Dec 2026, 09:00 · ")
    assert lines[-1] == "Last looked at on 15 Dec 2026, 09:00."


def test_a_run_is_told_write_by_write_with_its_line_and_what_was_before(rewritten: Desk) -> None:
    told = rewritten.run("history", "2").out
    assert "title: “Glossary” → “Our glossary”" in told
    assert "A last paragr" in told
    assert "./playbook/playbook.yaml:" in told
    assert all(len(line) <= 80 for line in told.splitlines())


def test_history_as_json_holds_every_value(rewritten: Desk) -> None:
    runs = rewritten.run("history", "--json").data
    assert [run["run"] for run in runs["runs"]] == [2, 1]
    told = rewritten.run("history", "2", "--json").data
    (write,) = [w for w in told["writes"] if w["verb"] == "rename"]
    assert write["before"] == {"title": "Glossary"}
    assert write["after"] == {"title": "Our glossary"}
    assert told["playbook"].startswith("smarketing")


def test_the_last_run_is_taken_back_and_what_members_wrote_since_stays(rewritten: Desk) -> None:
    rewritten.edit(
        "acme/Our glossary.md", "A last paragraph of ours.", "A last paragraph of ours.\n\nTheirs."
    )
    told = rewritten.run("undo", answer="y\n")
    assert "This takes back run 2, `smarketing apply` of 14 Dec 2026" in told.out
    assert "A last paragraph of ours." not in rewritten.read(GLOSSARY)
    assert "Theirs." in rewritten.read(GLOSSARY)
    rewritten.is_quiet()


def test_an_undo_is_a_run_that_is_taken_back_like_any_other(rewritten: Desk) -> None:
    made = rewritten.files()
    rewritten.run("undo", "--yes")
    assert "takes back run 2" in rewritten.run("history").out
    rewritten.run("undo", "--yes")
    assert rewritten.files() == made
    rewritten.is_quiet()


def test_a_whole_workspace_is_taken_back_but_for_what_a_team_wrote_in(acme: Desk) -> None:
    before = acme.files()
    acme.edit(GLOSSARY, "# Glossary", "# Glossary\n\nOurs.")
    asked = acme.run("undo", "--yes", "--json", code=4).data
    word = asked["needs_approval"]
    plan = acme.run("undo", "--yes", "--json", "--approve", word).data
    assert plan["undoes"]["run"] == 1
    stays = " ".join(plan["undoes"]["stays"])
    assert "smarketing archive document:glossary" in stays
    assert "A message went to Ana" in stays
    assert "acme/Archive/Work board.md" in acme.files()
    assert "Ours." in acme.read(GLOSSARY)
    acme.is_quiet()
    acme.run("undo", "--yes")
    assert acme.files().keys() == before.keys()
    acme.is_quiet()


def test_saying_no_to_an_undo_changes_nothing(rewritten: Desk) -> None:
    before = rewritten.files()
    assert "Nothing was done." in rewritten.run("undo", answer="n\n").err
    assert rewritten.files() == before
    assert [run["run"] for run in rewritten.run("history", "--json").data["runs"]] == [2, 1]


def test_what_can_not_be_taken_back_is_told_with_what_to_do(desk: Desk, acme: Desk) -> None:
    assert "the last one is 1" in acme.run("undo", "7", code=1).err
    with closing(sqlite3.connect(acme.data / "workspaces" / "k3v9-7q2m-x4dt.sqlite3")) as state:
        state.execute("UPDATE run SET ended = NULL, outcome = ''")
        state.commit()
    assert "smarketing apply" in acme.run("undo", code=1).err
    assert "broken off" in acme.run("history").out
    with closing(sqlite3.connect(acme.data / "workspaces" / "k3v9-7q2m-x4dt.sqlite3")) as state:
        state.execute("DELETE FROM held")
        state.commit()
    assert "only the list is kept" in acme.run("undo", "1", code=1).err
    assert "The values are kept" in acme.run("history", "1").out


def test_where_nothing_was_made_there_is_no_history(desk: Desk) -> None:
    assert desk.run("history").out == "No run has written anything yet.\n"
    assert "nothing to take back" in desk.run("undo", code=1).err
    assert not desk.path("config.yaml").exists()
