"""Playbooks and configs that somebody broke: problems with a place, or a valid model."""

import random
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from smarketing.config.loading import load_config
from smarketing.problems import Problem, Problems
from smarketing.yamlfiles.parse import parse

COUNT = 10_000
Mutation = Callable[[random.Random, list[str]], None]


def _swap(dice: random.Random, lines: list[str]) -> None:
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _delete(dice: random.Random, lines: list[str]) -> None:
    del lines[dice.randrange(len(lines))]


def _double(dice: random.Random, lines: list[str]) -> None:
    at = dice.randrange(len(lines))
    lines.insert(dice.randrange(len(lines)) if dice.random() < 0.5 else at, lines[at])


def _indent(dice: random.Random, lines: list[str]) -> None:
    at = dice.randrange(len(lines))
    lines[at] = " " * dice.randrange(7) + lines[at].lstrip()


def _typo(dice: random.Random, lines: list[str]) -> None:
    at = dice.randrange(len(lines))
    place = dice.randrange(len(lines[at]) + 1)
    letter = dice.choice("abcxyz-_ .:,'\"[]{}#&*!|>@%0159éß中\u202e\x00\t🙂")
    lines[at] = lines[at][:place] + letter + lines[at][place + dice.randrange(2) :]


def _letter(dice: random.Random, lines: list[str]) -> None:
    at = dice.randrange(len(lines))
    places = [found.start() for found in re.finditer("[a-z]", lines[at])]
    if places:
        place = dice.choice(places)
        lines[at] = lines[at][:place] + dice.choice("aeiouxyz") + lines[at][place + 1 :]


def _value(dice: random.Random, lines: list[str]) -> None:
    at = dice.randrange(len(lines))
    key = lines[at].partition(":")[0]
    lines[at] = f"{key}: {dice.choice(_VALUES)}"


_VALUES = (
    "", "~", "true", "no", "7", "-1", "1.5", "1e999", "0x1F", "2026-02-30", "10:00", "[]", "{}",
    "[a, [b, {c: d}]]", "{a: {b: c}}", "x" * 3000, "é中🙂", '"\\u0000"', "'{{ company }}'",
    "{{ company }}", "../../etc/passwd", "/etc/passwd", "a@b.example", "https://a.example/",
    "ghp_0123456789abcdefghij", "documents", "documents/none.md", "con.md", ".", "..", "*a", "&a b",
    "!!python/name:os.system", "|", ">", "<<", "- a", "? a", "99999999999999999999999", ".inf",
)  # fmt: skip
_MUTATIONS: tuple[Mutation, ...] = (
    _swap, _delete, _double, _indent, _typo, _letter, _letter, _value, _value,
)  # fmt: skip


def _mutated(dice: random.Random, text: str) -> str:
    lines = text.splitlines()
    for _ in range(dice.choice((1, 1, 1, 1, 1, 2, 3))):
        if lines:
            dice.choice(_MUTATIONS)(dice, lines)
    return "\n".join(lines) + "\n"


def _is_yaml(text: str) -> bool:
    try:
        parse(text, "")
    except Problems:
        return False
    return True


def _problems(loader: Callable[[Any], Any], text: str | Path) -> tuple[Problem, ...] | None:
    try:
        loader(text)
    except Problems as found:
        return found.problems
    return None


def _all_have_a_place(problems: tuple[Problem, ...] | None, text: str) -> None:
    lines = len(text.splitlines()) + 1
    assert problems is None or problems, text
    for problem in problems or ():
        assert problem.file, text
        assert 1 <= problem.line <= lines, (str(problem), text)
        assert problem.column >= 1, text
        assert problem.message, text


@pytest.mark.slow
def test_ten_thousand_broken_files_end_in_placed_problems_or_a_valid_model(
    playbook_text: str,
    config_text: str,
    load: Callable[[str], Any],
    configure: Callable[[str], Any],
) -> None:
    dice = random.Random(20261207)
    began = time.process_time()
    readable = valid = 0
    for number in range(COUNT):
        text, loader = (config_text, configure) if number % 4 == 0 else (playbook_text, load)
        broken = _mutated(dice, text)
        readable += _is_yaml(broken)
        problems = _problems(loader, broken)
        valid += problems is None
        _all_have_a_place(problems, broken)
    assert readable >= COUNT // 2
    assert COUNT // 50 <= valid <= COUNT // 2
    assert time.process_time() - began < 60


_KEYS_OF_SHAPES = (
    "title", "list", "owner", "due", "labels", "checklist", "lists", "cards", "share", "in",
    "text", "for-each", "columns", "rows", "when", "invite", "notes", "between", "fields", "prefer",
    "words", "ticked", "roles", "folders", "boards", "tables", "meetings", "sync", "parts",
    "statuses", "documents", "new", "agenda", "document", "ask", "playbook",
)  # fmt: skip


@pytest.mark.parametrize("key", _KEYS_OF_SHAPES)
def test_a_typo_in_a_name_is_a_problem_at_its_own_line(
    key: str, playbook_text: str, load: Callable[[str], Any]
) -> None:
    found = list(
        re.finditer(rf"(?<=[\s{{]){key}(?=:(?:\s|$))|^{key}(?=:)", playbook_text, re.MULTILINE)
    )
    assert found
    for one in found:
        broken = playbook_text[: one.end()] + "q" + playbook_text[one.end() :]
        line = playbook_text.count("\n", 0, one.start()) + 1
        if _names_a_thing(playbook_text, one.start()):
            continue
        with pytest.raises(Problems) as told:
            load(broken)
        assert line in {problem.line for problem in told.value.problems}, str(told.value)


def _names_a_thing(text: str, at: int) -> bool:
    """Say whether the word is a key of somebody's own, which may be anything."""
    start = text.rfind("\n", 0, at) + 1
    return text[start:].startswith("      first: {title") or (
        text[start:at].strip() == "" and text[start : at + 8].strip().startswith("done")
    )


@pytest.mark.parametrize("key", ["workspace", "people", "teams", "plays", "lead", "members", "left",
                                 "work-to", "use", "boards", "domains", "timezone", "start", "id",
                                 "owners", "existing", "integrations", "inputs"])  # fmt: skip
def test_a_typo_in_a_name_of_a_config_is_a_problem_at_its_own_line(
    key: str, config_text: str, configure: Callable[[str], Any]
) -> None:
    for one in re.finditer(rf"(?<=[\s{{]){key}(?=: )|^{key}(?=:)", config_text, re.MULTILINE):
        broken = config_text[: one.end()] + "q" + config_text[one.end() :]
        line = config_text.count("\n", 0, one.start()) + 1
        with pytest.raises(Problems) as told:
            configure(broken)
        assert line in {problem.line for problem in told.value.problems}, str(told.value)


def test_a_config_that_is_a_folder_or_missing_is_told_with_its_name(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.yaml"):
        problems = _problems(load_config, path)
        assert problems
        assert problems[0].file == str(path)
