"""Upgrades meet documents that members lived in; and the measure sees what it is there for."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from bench.upgrades.googledocs import on_google_docs
from bench.upgrades.lived_in import edits
from bench.upgrades.markdown import SHARES, on_markdown
from bench.upgrades.measure import Figures, figures, lived_in, upgraded
from bench.upgrades.scripts import UPGRADES
from bench.upgrades.table import shipped_bodies


@pytest.fixture(scope="module")
def bodies() -> Mapping[str, str]:
    """The documents that the upgrades are written for."""
    return shipped_bodies()


def test_there_are_twenty_upgrades_and_five_degrees_of_editing() -> None:
    assert len(UPGRADES) >= 20
    assert SHARES == (0.05, 0.15, 0.30, 0.50, 0.75)


def test_upgrades_of_markdown_merge_and_lose_nothing(bodies: Mapping[str, str]) -> None:
    total = sum((found for _, _, found in on_markdown(bodies, teams=2)), Figures())
    assert total.both > 50
    assert total.merged >= 0.95 * total.both
    assert (total.lost, total.unsaid, total.nobodys) == (0, 0, 0)


@pytest.mark.slow
def test_upgrades_of_google_docs_lose_neither_words_nor_comments(
    bodies: Mapping[str, str], tmp_path: Path
) -> None:
    found = [figures for _, _, figures in on_google_docs(tmp_path / "teams", bodies, every=12)]
    total = sum(found, Figures())
    assert total.both
    assert total.merged >= 0.95 * total.both
    assert (total.lost, total.unsaid, total.nobodys, total.comments_lost) == (0, 0, 0, 0)
    assert total.comments > 20


def test_the_measure_sees_lost_words_unsaid_ones_and_those_of_nobody(
    bodies: Mapping[str, str],
) -> None:
    base, upgrade = bodies["handoff"], UPGRADES["a reason more"]["handoff"]
    made = edits(base, 0.5, seed=7)
    ours, newer = lived_in(base, made), upgraded(base, upgrade)
    assert figures(base, upgrade, made, newer, "").lost > 5
    assert figures(base, upgrade, made, ours, "").unsaid > 0
    assert figures(base, upgrade, made, ours, newer).unsaid == 0
    assert figures(base, upgrade, made, f"{ours}\nNobody ever wrote this.\n", "").nobodys == 1
