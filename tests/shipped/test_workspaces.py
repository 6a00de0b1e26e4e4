"""Every shipped playbook makes a workspace in which nothing is left to do and no link is dead."""

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.promises.desk import Desk

from .conftest import Choice, choices, loaded

_TARGET = re.compile(r"\]\((?!https?:)([^()\s]+)\)")
MADE = [c for c in choices() if c.has_people or len(c.parts) == 2 or not loaded(c.playbook).parts]
"""With people every choice; without, what a new config begins with."""


def dead_links(folder: Path) -> list[str]:
    """Return the links of all pages that lead to no file."""
    return [
        f"{page.name}: {target}"
        for page in sorted(folder.rglob("*.md"))
        for target in _TARGET.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / unquote(target.partition("#")[0])).exists()
    ]


@pytest.mark.parametrize("choice", MADE, ids=str)
def test_after_apply_the_plan_is_empty_and_every_link_leads_somewhere(
    choice: Choice, desk: Desk
) -> None:
    desk.write("config.yaml", choice.config())
    recap = desk.run("apply", "--yes", "--json").data
    assert recap["failed"] == []
    assert recap["conflicts"] == []
    assert desk.plan()["changes"] == []
    pages = list((desk.folder / "acme").rglob("*.md"))
    assert pages
    assert not [p.name for p in pages if "link:" in p.read_text(encoding="utf-8")]
    assert dead_links(desk.folder / "acme") == []
    desk.clock.set(2027, 12, 8)
    assert desk.plan()["changes"] == []


def test_a_dead_link_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("[x](b%20c.md) [y](gone.md)", encoding="utf-8")
    (tmp_path / "b c.md").write_text("x", encoding="utf-8")
    assert dead_links(tmp_path) == ["a.md: gone.md"]


def test_parts_are_taken_up_one_after_the_other_and_keep_what_members_wrote(desk: Desk) -> None:
    desk.write("config.yaml", Choice("smarketing", ("essentials", "rollout")).config())
    desk.apply()
    board = "acme/Rollout in 90 days.md"
    desk.edit(board, "Without a first answer nobody can say", "Else nobody can say")
    desk.edit("acme/Glossary.md", "argue about a word", "quarrel over a word")
    for last, part in (("rollout", "audit"), ("audit from 2026-12-14", "goals")):
        desk.edit("config.yaml", f"- {last}\n", f"- {last}\n- {part}\n")
        recap = desk.run("apply", "--yes", "--json").data
        assert (recap["failed"], recap["conflicts"]) == ([], [])
        assert {c["verb"] for c in recap["done"]} <= {"create", "update", "notify"}
    assert "Else nobody can say" in desk.read(board)
    assert "[the seven questions](" in desk.read(board)
    assert "quarrel over a word" in desk.read("acme/Glossary.md")
    assert "the card stays until it is met" in desk.read("acme/Glossary.md")
    assert dead_links(desk.folder / "acme") == []
    assert desk.plan()["changes"] == []


def test_a_part_that_is_taken_out_is_released_and_stays(desk: Desk) -> None:
    desk.write("config.yaml", Choice("smarketing", ("goals",)).config())
    desk.apply()
    desk.edit("config.yaml", "- goals\n", "- essentials\n")
    recap = desk.run("apply", "--yes", "--json").data
    assert recap["counts"]["archive"] == 0
    assert "Raise the share" in desk.read("acme/Working together/Goals.csv")
    desk.edit("config.yaml", "- essentials from 2026-12-14\n", "- goals\n")
    again = desk.run("apply", "--yes", "--json").data
    assert again["counts"]["create"] == 0
    assert desk.plan()["changes"] == []
