"""A folder to work in, empty or with a small workspace."""

from pathlib import Path

import pytest

from .team import Team, all_done, creation


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path / "acme")


@pytest.fixture
def acme(team: Team) -> Team:
    """A small workspace: a folder, a document, a board, a table, a meeting, a page."""
    outcomes = team.apply(
        creation("root:local", "root", "", title="Acme", done=None),
        creation("folder:personas", "folder", title="Personas"),
        creation("document:glossary", "document", title="Glossary", body="# Lead\n\nA person.\n"),
        creation("document:olga", "document", "folder:personas", title="Persona: Olga", body="Hi\n"),
        creation("board:work", "board", title="Work"),
        creation("board:work/list:week", "list", "board:work", title="This week"),
        creation("board:work/list:done", "list", "board:work", title="Done"),
        creation(
            "board:work/card:agree", "card", "board:work/list:week",
            title="Agree what a lead is", description="Both heads.\n\nIn one room.",
            owner="Ana Silva", due="2026-12-13", labels=frozenset({"hand-off"}), done=False,
        ),
        creation("board:work/card:agree/check:one", "check", "board:work/card:agree",
                 title="Write it in one sentence", done=False),
        creation("table:tracker", "table", title="Status tracker"),
        creation("table:tracker/column:title", "column", "table:tracker", title="Title"),
        creation("table:tracker/column:status", "column", "table:tracker", title="Status"),
        creation("table:tracker/row:agree", "row", "table:tracker",
                 cells={"title": "Agree what a lead is", "status": "This week"}),
        creation("meeting:weekly", "meeting", title="Smarketing weekly", description="Zoë leads.",
                 start="2026-12-07T10:00", minutes=45, timezone="Europe/London",
                 rule="FREQ=WEEKLY;BYDAY=MO", notes="Weekly%20notes.md",
                 attendees=frozenset({"Ana Silva <ana@acme.example>", "ben@acme.example"})),
        creation("page:start", "page", title="Start here", content="<!DOCTYPE html>\n<p>Hi</p>\n"),
        creation("message:welcome", "message", to="all", subject="Welcome: all", body="Hello.\n"),
    )  # fmt: skip
    assert all_done(outcomes), outcomes
    return team
