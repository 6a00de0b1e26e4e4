"""The start pages are made anew exactly where something that they are made from has changed."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from smarketing.kinds import Value, Values
from smarketing.resolve.desired import Desired, Item
from smarketing.startpage.derived import derived_pages
from smarketing.startpage.startpage import start_page
from smarketing.template.filled import Filled

CARD = "board:work/card:call"
ITEMS = {
    "board:work": Item("board:work", "board", "local", "root:local", {}),
    "board:work/list:week": Item("board:work/list:week", "list", "local", "board:work", {}),
    CARD: Item(CARD, "card", "local", "board:work/list:week", {}),
    "table:goals": Item("table:goals", "table", "local", "root:local", {}),
}
DESIRED = Desired("id", "Acme", date(2026, 12, 7), ITEMS, purposes={"board:work": "The work"})
VALUES: dict[str, dict[str, Value]] = {
    "board:work": {"title": "Work"},
    "board:work/list:week": {"title": "Week"},
    CARD: {"title": "Call", "labels": frozenset({"b", "a"}), "parent": "board:work/list:week"},
    "table:goals": {"title": "Goals"},
    "table:goals/row:a": {"cells": {"goal": "More", "now": "1"}},
    "document:start-here": {"body": "what the last run made"},
}


class Shelf(Filled):
    """Remembers what it was asked to keep."""

    def __init__(self) -> None:
        super().__init__()
        self.made: dict[str, str] = {}

    def kept(self, key: str) -> str | None:
        return self.made.get(key)

    def keep(self, key: str, text: str) -> None:
        self.made[key] = text


def with_value(address: str, name: str, value: Value) -> Callable[[], tuple[Desired, Values]]:
    return lambda: (DESIRED, {**VALUES, address: {**VALUES.get(address, {}), name: value}})


def asked(**changed: object) -> Callable[[], tuple[Desired, Values]]:
    return lambda: (replace(DESIRED, **changed), VALUES)  # type: ignore[arg-type]


def test_what_nothing_has_changed_of_is_taken_from_before() -> None:
    shelf = Shelf()
    first = derived_pages(DESIRED, VALUES, shelf)
    marked = {key: f"{text} (kept)" for key, text in shelf.made.items()}
    shelf.made = dict(marked)
    again = derived_pages(DESIRED, VALUES, shelf)
    assert shelf.made == marked
    for address, fields in first.items():
        name = {"document": "body", "page": "content"}[address.partition(":")[0]]
        assert again[address][name] == f"{fields[name]} (kept)"


def test_what_the_last_run_made_of_the_page_changes_nothing() -> None:
    shelf = Shelf()
    derived_pages(DESIRED, VALUES, shelf)
    known = dict(shelf.made)
    derived_pages(*with_value("document:start-here", "body", "other")(), shelf)
    assert shelf.made == known


@pytest.mark.parametrize(
    "world",
    [
        with_value(CARD, "title", "Call them"),
        with_value(CARD, "done", True),
        with_value(CARD, "labels", frozenset({"a"})),
        with_value("table:goals/row:a", "cells", {"goal": "More", "now": "2"}),
        with_value("document:new", "title", "New"),
        lambda: (DESIRED, {a: f for a, f in VALUES.items() if a != CARD}),
        asked(title="Bolt"),
        asked(purposes={"board:work": "Our work"}),
        asked(goals=frozenset({"table:goals"})),
        asked(items=dict(reversed(ITEMS.items()))),
        asked(items={**ITEMS, CARD: replace(ITEMS[CARD], parent="board:work")}),
    ],
)
def test_whatever_changes_gives_another_page(world: Callable[[], tuple[Desired, Values]]) -> None:
    shelf = Shelf()
    derived_pages(DESIRED, VALUES, shelf)
    desired, values = world()
    page = start_page(desired, values)
    assert derived_pages(desired, values, shelf) == {
        "document:start-here": {"title": "Start here", "body": page.markdown},
        "page:start-here": {"title": "Start here", "content": page.html},
    }
    assert len(shelf.made) == 4


def test_another_version_of_the_program_makes_them_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf()
    derived_pages(DESIRED, VALUES, shelf)
    monkeypatch.setattr("smarketing.startpage.derived._program", lambda: "another")
    derived_pages(DESIRED, VALUES, shelf)
    assert len(shelf.made) == 4


def test_a_run_that_knows_its_pages_does_not_load_what_makes_them(tmp_path: Path) -> None:
    path = tmp_path / "filled.json"
    filled = Filled()
    derived_pages(Desired("id", "Acme", date(2026, 12, 7), {}), {}, filled)
    filled.save(path)
    code = (
        "import sys; from datetime import date; from pathlib import Path\n"
        "from smarketing.startpage.derived import derived_pages; from smarketing.resolve.desired import Desired\n"
        "from smarketing.template.filled import Filled\n"
        f"filled = Filled.load(Path({str(path)!r}))\n"
        "derived_pages(Desired('id', 'Acme', date(2026, 12, 7), {}), {}, filled)\n"
        "assert 'smarketing.startpage.startpage' not in sys.modules and 'html' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
