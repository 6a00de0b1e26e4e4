"""One fault of each kind, planted into a shipped playbook, is found: that one and no other."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from smarketing.lints.advice import Advice
from smarketing.lints.playbooklints import advice_on
from smarketing.playbook.lintnames import NAMES
from smarketing.playbook.loading import load_playbook
from smarketing.playbook.shipped import shipped_playbooks

DOCUMENTS = {"glossary": "glossary", "handoff": "promises", "persona": "persona"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the shipped playbook in which documents say what they hold."""
    copy = tmp_path / "copy"
    shutil.copytree(shipped_playbooks()["smarketing"], copy)
    file = copy / "playbook.yaml"
    text = file.read_text("utf-8")
    for name, holds in DOCUMENTS.items():
        if f"holds: {holds}" not in text:
            line = f"    text: documents/{name}.md\n"
            text = text.replace(line, f"    holds: {holds}\n{line}")
    file.write_text(text, "utf-8")
    return copy


def looked_at(folder: Path) -> set[Advice]:
    """Return the advice, without places: what is planted moves the lines below it."""
    playbook = load_playbook(folder.name, folder.parent)
    values = {key: str(given.default) for key, given in playbook.inputs.items()}
    return {
        Advice("", 0, 0, one.message, one.instead, one.lint) for one in advice_on(playbook, values)
    }


def _edited(name: str, change: Callable[[str], str]) -> Callable[[Path], None]:
    def plant(folder: Path) -> None:
        file = folder / name
        before = file.read_text("utf-8")
        file.write_text(change(before), "utf-8")
        assert file.read_text("utf-8") != before

    return plant


GOALS = """tables:
  planted:
    title: Planted
    holds: goals
    columns: {goal: Goal, baseline: Baseline, now: Now, target: Target, by: By, owner: Owner}
    rows: {one: {goal: Improve the collaboration}}
"""
TWICE = "\n## Lead · proposed\n\nSomething else.\n"

FAULTS: dict[str, Callable[[Path], None]] = {
    "goal-without-number": _edited(
        "playbook.yaml", lambda text: text.replace("\ntables:\n", f"\n{GOALS}", 1)
    ),
    "promise-without-clock": _edited(
        "documents/handoff.md", lambda text: text + "\n## More\n\nSales calls each lead.\n"
    ),
    "persona-without-owner": _edited(
        "documents/persona.md", lambda text: re.sub(r"(?m)^- \*\*Owner:.*\n", "", text)
    ),
    "label-outside-glossary": _edited(
        "playbook.yaml",
        lambda text: text.replace("    labels:\n", "    labels:\n      zz: Zebra\n", 1),
    ),
    "word-to-avoid": _edited(
        "documents/persona.md", lambda text: text + "\nThey were an MQL once.\n"
    ),
    "word-used-twice": _edited("documents/glossary.md", lambda text: text + TWICE),
}


def test_a_fault_is_planted_for_each_lint() -> None:
    assert list(FAULTS) == list(NAMES)


@pytest.mark.parametrize("lint", NAMES)
def test_the_planted_fault_is_found_and_nothing_else(lint: str, folder: Path) -> None:
    before = looked_at(folder)
    FAULTS[lint](folder)
    assert [one.lint for one in looked_at(folder) - before] == [lint]
