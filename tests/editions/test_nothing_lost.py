"""Whatever both sides change in a playbook, nothing that a person wrote is lost."""

import random
import re
from pathlib import Path
from typing import Any

import pytest

from smarketing.edition.copying import copy_playbook
from smarketing.edition.merging import merge_edition
from smarketing.playbook.shipped import shipped_editions
from smarketing.yamlfiles.merging import MergedYaml, merge_yaml
from smarketing.yamlfiles.parse import parse
from smarketing.yamlfiles.source import Source

from .rewriting import Writer, page, playbook, rewritten
from .shelf import FIRST, RULES, THIRD, Shelf

SEEDS = range(100)


def source(text: str) -> Source:
    return parse(text, "playbook.yaml")


def merged(base: str, theirs: str, mine: str) -> MergedYaml:
    return merge_yaml(source(base), source(theirs), source(mine))


def three(seed: int) -> tuple[str, str, str]:
    """Return a playbook, what the next edition makes of it, and what a person does."""
    chance = random.Random(seed)
    base = playbook(chance)
    theirs = Writer("new", chance, comments=False).rewrite(base, chance.randint(1, 12))
    mine = Writer("mine", chance, comments=True).rewrite(base, chance.randint(1, 12))
    return base, theirs, mine


def names(data: Any) -> set[str]:
    """Return the keys of cards, lists and documents."""
    board = data["boards"]["work"]
    return {*(board["cards"] or {}), *(board["lists"] or {}), *(data["documents"] or {})}


def renamed(data: Any) -> set[str]:
    cards = data["boards"]["work"]["cards"] or {}
    return {card["was"] for card in cards.values() if "was" in card}


@pytest.mark.parametrize("seed", SEEDS)
def test_all_that_a_person_wrote_is_there_and_what_they_took_out_is_not(seed: int) -> None:
    base, theirs, mine = three(seed)
    result = merged(base, theirs, mine)
    for word in re.findall(r"mine\d+", mine):
        assert re.search(rf"\b{word}\b", result.text), (word, result.text)
    data = source(result.text).data
    taken_out = names(source(base).data) - names(source(mine).data) - renamed(source(mine).data)
    assert not taken_out & names(data)


@pytest.mark.parametrize("seed", SEEDS)
def test_all_that_the_edition_brings_is_there_or_told(seed: int) -> None:
    base, theirs, mine = three(seed)
    result = merged(base, theirs, mine)
    told = " ".join(f"{each.where} {each.theirs}" for each in result.open)
    for word in re.findall(r"new\d+", theirs):
        assert re.search(rf"\b{word}\b", f"{result.text} {told}"), (word, result.text)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_nobody_wrote_is_not_there(seed: int) -> None:
    base, theirs, mine = three(seed)
    result = merged(base, theirs, mine)
    words = set(re.findall(r"\w+", base + theirs + mine))
    assert set(re.findall(r"\w+", result.text)) <= words


@pytest.mark.parametrize("seed", SEEDS)
def test_merging_again_changes_nothing_and_one_side_alone_stands_as_it_is(seed: int) -> None:
    base, theirs, mine = three(seed)
    once = merged(base, theirs, mine).text
    assert merged(base, theirs, once).text == once
    assert merged(base, base, mine).text == mine
    assert source(merged(base, theirs, base).text).data == source(theirs).data


@pytest.mark.parametrize("seed", range(40))
def test_in_a_document_too_every_word_stands_or_is_told(
    seed: int, shelf: Shelf, tmp_path: Path
) -> None:
    chance = random.Random(seed)
    base = page(chance)
    theirs, mine = rewritten(base, "new", chance), rewritten(base, "mine", chance)
    for edition, text, parts in (
        (2, FIRST.replace("edition: 1", "edition: 2"), base),
        (3, THIRD, theirs),
    ):
        words = "\n\n".join(parts) + "\n"
        files = {"documents/words.md": words, "documents/rules.md": RULES}
        shelf.put(edition, {"playbook.yaml": text, **files})
    editions = shipped_editions("starter")
    assert editions is not None
    copy_playbook(editions, 2, tmp_path / "ours")
    own = "\n\n".join(mine) + "\n"
    (tmp_path / "ours/documents/words.md").write_text(own, encoding="utf-8", newline="")
    _, result = merge_edition("ours", tmp_path)
    text = (result.files.get("documents/words.md") or own.encode()).decode()
    told = " ".join(f"{each.theirs}" for _, each in result.open)
    for word in re.findall(r"\bmine\d+", own):
        assert re.search(rf"\b{word}\b", text), (word, text)
    for word in re.findall(r"\bnew\d+", " ".join(theirs)):
        assert re.search(rf"\b{word}\b", f"{text} {told}"), (word, text)
    for part in base:
        if part not in mine and part in theirs and not any(part in each for each in mine):
            assert part not in text.split("\n\n"), part
