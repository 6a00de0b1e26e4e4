"""`adopt` proposes what is there, writes lines into config, and nothing in the tools."""

from pathlib import Path

import pytest

from tests.promises.desk import TEAM, Clock, Desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = Desk(tmp_path / "desk", tmp_path / "data", Clock(1_796_634_000.0))
    made.folder.mkdir()
    monkeypatch.chdir(made.folder)
    monkeypatch.setenv("SMARKETING_DATA", str(made.data))
    monkeypatch.setattr("smarketing.commands.shell.clock", lambda: made.clock)
    made.write("config.yaml", TEAM)
    made.write("acme/Our words/Glossary.md", "# Words\n\nLead: somebody who rang twice.\n")
    return made


def test_what_is_adopted_is_bound_and_not_made_anew(desk: Desk) -> None:
    told = desk.run("adopt", "--yes")
    assert "document:glossary: Our words/Glossary.md" in told.out
    assert "existing:" in desk.read("config.yaml")
    before = desk.read("acme/Our words/Glossary.md")
    desk.run("apply", "--yes")
    assert not desk.path("acme/Glossary.md").exists()
    assert desk.read("acme/Our words/Glossary.md").endswith(before)
    assert desk.run("adopt", "--json").data == {"proposals": []}


def test_a_no_writes_nothing(desk: Desk) -> None:
    before = desk.files()
    desk.run("adopt", answer="n\n")
    assert desk.files() == before


def test_who_ends_adopt_at_its_question_is_told_that_nothing_was_changed(desk: Desk) -> None:
    before = desk.files()
    told = desk.run("adopt", answer="", code=1)
    assert "Stopped. Nothing was changed." in told.err
    assert "Stopped. Nothing was changed." in desk.run("apply", answer="", code=1).err
    assert desk.files() == before


BOARD = """\
---
kanban-plugin: board
---

## This week

- [ ] Agree what a lead is, for our team
\tOur own words.
- [ ] Something else

"""
PLAYBOOK = """\
playbook: small
title: Small
roles: {sales: required}
boards:
  work:
    title: Work
    lists: {week: This week, done: Done}
    cards:
      agree: {title: "Agree what a lead is, for our team", list: week, text: Each head writes it.}
      other: {title: Call who waits, list: done}
tables:
  tracker:
    title: Tracker
    columns: {what: What, now: Now}
    rows:
      leads: {what: Leads, now: Not measured yet}
      calls: {what: Calls, now: Not measured yet}
"""


@pytest.fixture
def small(desk: Desk) -> Desk:
    """A desk with a small playbook, a board and a table that a team has already."""
    desk.write("small/playbook.yaml", PLAYBOOK)
    desk.edit("config.yaml", "playbook: smarketing", "playbook: ./small")
    desk.edit("config.yaml", "parts: [essentials]\n", "")
    desk.edit("config.yaml", "plays: marketing", "plays: sales")
    desk.path("acme/Our words/Glossary.md").unlink()
    desk.write("acme/Work.md", BOARD)
    desk.write("acme/Tracker.csv", "What,Now,Ours\nCalls,12,yes\nOur own row,3,no\n")
    return desk


def test_what_is_inside_is_proposed_along_with_its_board_or_table(small: Desk) -> None:
    found = {each["address"]: each for each in small.run("adopt", "--json").data["proposals"]}
    within = {address: each["within"] for address, each in found.items() if each["within"]}
    assert within == {
        "board:work/list:week": "board:work",
        "board:work/card:agree": "board:work",
        "table:tracker/row:calls": "table:tracker",
    }
    assert all(each["confidence"] == 0.95 for each in found.values())
    told = small.run("adopt", "--yes").out
    assert "“Agree what a lead is, for our team” comes with board:work, 95% sure" in told
    assert "card:" not in small.read("config.yaml")
    small.apply()
    board = small.read("acme/Work.md")
    assert board.count("Agree what a lead is, for our team") == 1
    assert board.count("## This week") == 1
    assert "Our own words." in board
    assert "Each head writes it." not in board
    table = small.read("acme/Tracker.csv")
    assert table.count("Calls") == 1
    assert "Calls,12,yes" in table
    small.is_quiet()
    small.edit("acme/Work.md", "Our own words.", "Other words of ours.")
    small.edit("acme/Tracker.csv", "Calls,12,yes", "Calls,14,yes")
    small.apply()
    small.is_quiet()
    assert "Other words of ours." in small.read("acme/Work.md")
    assert "Calls,14,yes" in small.read("acme/Tracker.csv")


def test_two_cards_of_one_title_are_left_to_a_person(small: Desk) -> None:
    small.edit("acme/Work.md", "Something else", "Agree what a lead is, for our team")
    told = small.run("adopt", "--yes", code=4).out
    assert "several called “Agree what a lead is, for our team” in board:work" in told
    small.apply()
    assert small.read("acme/Work.md").count("Agree what a lead is, for our team") == 2
    small.is_quiet()
