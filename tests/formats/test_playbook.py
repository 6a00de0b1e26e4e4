"""Playbooks: their forms, their references, and what is told when something is wrong."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from smarketing.playbook.forms import key_from
from smarketing.playbook.loading import load_playbook
from smarketing.playbook.playbook import Playbook
from smarketing.playbook.shipped import shipped_playbooks
from smarketing.problems import Problems

Load = Callable[[str], Playbook]


def _told(load: Load, text: str) -> list[str]:
    with pytest.raises(Problems) as told:
        load(text)
    return [str(problem).removeprefix("p/playbook.yaml:") for problem in told.value.problems]


def test_the_example_loads_with_the_place_of_everything(load: Load, playbook_text: str) -> None:
    playbook = load(playbook_text)
    card = playbook.boards["work"].cards["agree-on-lead"]
    assert (card.list_, card.owner, card.due, card.labels) == (
        "week", "lead of sales", "day 7", ("hot",),
    )  # fmt: skip
    line, column = playbook.mark("boards", "work", "cards", "agree-on-lead", "due")
    assert playbook_text.splitlines()[line - 1][column - 1 :] == "day 7"
    assert playbook.file == "p/playbook.yaml"
    assert playbook.documents["persona"].for_each == "personas"
    assert playbook.inputs["personas"].default == {"ops-olga": "Operations Olga"}


def test_texts_come_from_files_or_stand_in_the_playbook(load: Load, playbook_text: str) -> None:
    playbook = load(playbook_text)
    assert playbook.words(playbook.documents["glossary"].text) == "# Glossary\n"
    assert playbook.words(playbook.documents["persona"].text) == "# {{ item.title }}"
    assert set(playbook.texts) == {"documents/glossary.md", "documents/agenda.md"}


def test_a_plain_value_is_its_own_title(load: Load) -> None:
    playbook = load(
        "playbook: a\ntitle: 2027\ninputs: {company: Acme, who: {a: Anna}}\nfolders: {home: 10.5}\n"
        "boards: {b: {title: B, lists: {l: 1}, labels: {x: Hot}, cards: {c: true}}}\n"
        "tables: {t: {title: T, columns: [Title, Due], rows: {r: One, s: {due: day 1}}}}\n"
    )
    assert playbook.title == "2027"
    assert playbook.inputs["company"].default == "Acme"
    assert playbook.inputs["who"].default == {"a": "Anna"}
    assert playbook.folders["home"].title == "10.5"
    assert playbook.boards["b"].cards["c"].title == "true"
    assert playbook.tables["t"].rows["r"].cells == {"title": "One"}
    assert playbook.tables["t"].rows["s"].cells == {"due": "day 1"}


def test_lines_of_a_checklist_have_keys_of_their_own_or_from_their_text(load: Load) -> None:
    playbook = load(
        "playbook: a\ntitle: A\nboards:\n  b:\n    title: B\n    lists: {l: L}\n    cards:\n"
        "      c:\n        title: C\n        checklist: [Same, Same, {own: Text}, "
        "{other: {title: T, was: old}}, 中文]\n"
    )
    checks = playbook.boards["b"].cards["c"].checklist
    assert [(check.key, check.title, check.keyed) for check in checks[:3]] == [
        ("same", "Same", False), ("same-2", "Same", False), ("own", "Text", True),
    ]  # fmt: skip
    assert (checks[3].key, checks[3].was) == ("other", ("old",))
    assert checks[4].title == "中文"
    assert checks[4].key == key_from("中文")


def test_all_problems_are_told_at_once_with_what_to_write_instead(
    load: Load, playbook_text: str
) -> None:
    broken = (
        playbook_text.replace("list: week", "list: weak")
        .replace("due: day 7", "dew: day 7")
        .replace("title: Glossary", "titel: Glossary")
        .replace("for-each: personas", "for-each: person")
        .replace("invite: [sales, marketing]", "invite: [sales, marketting]")
        .replace("table:tracker,", "table:trakcer,")
        .replace("leadership: optional", "leadership: optionel")
        .replace("status: week}", "statsu: week}")
        .replace("labels: [hot]", "labels: [hut]")
        .replace("lead of sales", "lead of sails")
    )
    told = "\n".join(_told(load, broken))
    for suggestion in (
        "'week'", "'due'", "'title'", "'personas'", "'marketing'", "'table:tracker'", "'optional'",
        "'status'", "'hot'", "'lead of sales'",
    ):  # fmt: skip
        assert f"Did you mean {suggestion}?" in told
    assert len(told.splitlines()) == 11, told


def test_one_mistake_is_told_once(load: Load, playbook_text: str) -> None:
    told = _told(load, playbook_text.replace("  sales: required", "  sales: requird"))
    assert told == ["7:10: 'sales' can't have this value. Did you mean 'required'?"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("title: Glossary", "title:", "'title' is empty."),
        ("title: Glossary", "title: [a]", "'title' has to be a text, not a list."),
        ("title: Glossary", 'title: ""', "'title' is empty. Write a word or two."),
        ("title: Glossary", 'title: "  "', "'title' is empty. Write a word or two."),
        ("columns: [Title, Status, Owner, Due]", "columns: []", "'columns' needs at least 1 entry."),
        ("[board:work, table:tracker, document:weekly-notes]", "[board:work]", "needs at least 2 entries."),
        ("title: Glossary\n    ", "", "'title' is missing in 'glossary'."),
        ("labels: [hot]", "labels: hot", "'labels' has to be a list (lines of '- value'), not a text."),
        ("ticked: true", "ticked: maybe", "'ticked' has to be true or false, not a text."),
        ("agree-on-lead:", "Agree_On:", "'Agree_On' is not a key. A key has small letters"),
        ("  home:", "  Home Base:", "'Home Base' is not a key."),
        ("prefer: board:work", "prefer: the board", "'prefer' is not an address."),
        ("list: week", "list: week\n        was: say-hello", "'say-hello' is still here"),
        ("in: home\n    text: documents", "in: house\n    text: documents", "no folder 'house'"),
        ("document: weekly-notes", "document: glossary", "already under 'documents'"),
        ("documents/agenda.md", "documents/agend.md", "Did you mean 'documents/agenda.md'?"),
        ("for-each: personas", "for-each: company", "nothing to repeat"),
        ("title: Smarketing workspace", "title: Smarketing: all of it", "needs quotes"),
        ("title: Smarketing workspace", 'title: "a\\nb"', "has to be one line of text"),
        ("    lists:\n      week: This week\n      done: Done\n", "", "needs lists"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_words(
    old: str, new: str, words: str, load: Load, playbook_text: str
) -> None:
    assert old in playbook_text
    told = "\n".join(_told(load, playbook_text.replace(old, new, 1)))
    assert words in told


def test_folders_that_lie_in_each_other_are_told(load: Load) -> None:
    told = _told(
        load,
        "playbook: a\ntitle: A\nfolders:\n  a: {title: A, in: b}\n  b: {title: B, in: a}\n"
        "  c: {title: C, in: a}\n",
    )
    assert len(told) == 1
    assert "lies in itself" in told[0]


def test_a_playbook_that_is_not_there_is_told_with_a_name_that_is(tmp_path: Path) -> None:
    with pytest.raises(Problems, match="There is no playbook of this name"):
        load_playbook("strater", tmp_path)


def test_shipped_playbooks_load(tmp_path: Path) -> None:
    for name in shipped_playbooks():
        assert load_playbook(name, tmp_path).playbook == name


def test_ten_thousand_cards_load_fast_and_in_linear_time(load: Load) -> None:
    head = "playbook: big\ntitle: B\nboards:\n  w:\n    title: W\n    lists: {a: A}\n    cards:\n"

    def seconds(count: int) -> float:
        cards = (f"      c{n}: {{title: Card {n}, list: a}}\n" for n in range(count))
        text = head + "".join(cards)
        began = time.process_time()
        assert len(load(text).boards["w"].cards) == count
        return time.process_time() - began

    small, large = seconds(10_000), seconds(40_000)
    assert small < 1.5
    assert large < 8 * small


def test_a_thousand_mistakes_are_told_quickly(load: Load) -> None:
    lists = "".join(f"      l{n}: L\n" for n in range(5_000))
    cards = "".join(f"      c{n}: {{title: C, list: x{n}}}\n" for n in range(5_000))
    began = time.process_time()
    told = _told(
        load,
        f"playbook: a\ntitle: A\nboards:\n  b:\n    title: B\n    lists:\n{lists}    cards:\n{cards}",
    )
    assert len(told) == 200
    assert time.process_time() - began < 10
