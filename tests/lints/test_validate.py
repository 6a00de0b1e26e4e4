"""`smarketing validate` gives advice that stops nobody, and keeps to itself what is ignored."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from smarketing.cli import commands
from smarketing.lints.playbooklints import advice_on
from smarketing.playbook.lintnames import NAMES
from smarketing.playbook.loading import load_playbook
from smarketing.playbook.shipped import shipped_playbooks
from smarketing.problems import Problems
from tests.lints.conftest import TOP
from tests.lints.test_advice import GOALS

ROOT = Path(__file__).parents[2]


@pytest.fixture
def validate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Validate":
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SMARKETING_DATA", str(tmp_path / "data"))
    return Validate(tmp_path)


class Validate:
    """A workspace whose playbook can be written and validated."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "config.yaml").write_text(
            "workspace: Acme\nplaybook: ./ours\ntimezone: Europe/London\nstart: 2026-12-07\n",
            "utf-8",
        )

    def __call__(self, playbook: str, *words: str) -> Result:
        (self.folder / "ours").mkdir(exist_ok=True)
        (self.folder / "ours" / "playbook.yaml").write_text(TOP + playbook, "utf-8")
        return CliRunner().invoke(commands, ["validate", *words])


def test_advice_comes_after_the_problems_and_does_not_fail(validate: Validate) -> None:
    answer = validate(GOALS)
    lines = answer.output.splitlines()
    assert answer.exit_code == 0, answer.output
    assert lines[0].startswith("Acme: ")
    assert lines[0].endswith("no problems.")
    assert lines[1].startswith("./ours/playbook.yaml:18:16: This goal does not say")
    assert lines[-1] == (
        "2 pieces of advice. Nothing has to change; 'ignore:' in the playbook silences one."
    )


def test_strict_fails_on_advice_and_only_then(validate: Validate) -> None:
    assert validate(GOALS, "--strict").exit_code == 1
    assert validate("ignore: [goal-without-number]\n" + GOALS, "--strict").exit_code == 0


def test_json_holds_advice_beside_the_problems(validate: Validate) -> None:
    answer = json.loads(validate(GOALS, "--json").output)
    assert answer["problems"] == []
    first, second = answer["advice"]
    assert list(first) == ["file", "line", "column", "message", "instead", "lint"]
    assert (first["line"], first["column"], first["lint"]) == (18, 16, "goal-without-number")
    assert second["line"] == 22


def test_workspaces_that_share_a_playbook_get_its_advice_once(validate: Validate) -> None:
    (validate.folder / "b.yaml").write_text((validate.folder / "config.yaml").read_text("utf-8"))
    answer = validate(GOALS, "--config", "config.yaml", "--config", "b.yaml", "--json")
    assert len(json.loads(answer.output)["advice"]) == 2


def test_an_unknown_lint_is_a_problem_with_the_one_that_is_meant(validate: Validate) -> None:
    answer = validate("ignore: [goal-without-numbers]\n" + GOALS)
    assert answer.exit_code == 1
    assert "Did you mean 'goal-without-number'?" in answer.output


def test_a_table_of_goals_needs_the_columns_of_a_goal(tmp_path: Path) -> None:
    (tmp_path / "ours").mkdir()
    said = GOALS.replace("baseline: Baseline, now: Now, ", "").split("    rows:")[0]
    (tmp_path / "ours" / "playbook.yaml").write_text(TOP + said, "utf-8")
    with pytest.raises(Problems) as told:
        load_playbook("ours", tmp_path)
    assert str(told.value) == (
        "ours/playbook.yaml:8:5: A table that holds goals needs a column with the key 'baseline' "
        "and 'now'. Its columns have the keys goal, baseline, now, target, by and owner; their "
        "titles are yours."
    )


@pytest.mark.parametrize("name", sorted(shipped_playbooks()))
def test_the_playbooks_that_we_ship_need_no_advice(name: str) -> None:
    playbook = load_playbook(name, ROOT)
    values = {
        key: given.default
        for key, given in playbook.inputs.items()
        if isinstance(given.default, str)
    }
    assert [str(one) for one in advice_on(playbook, values)] == []
    assert playbook.ignore == ()


def test_every_lint_is_documented_with_an_example() -> None:
    text = (ROOT / "docs" / "writing-a-playbook.md").read_text("utf-8")
    for name in NAMES:
        assert f"| `{name}` | " in text


def test_validate_finds_a_tool_that_is_not_there_at_its_line(validate: Validate) -> None:
    with (validate.folder / "config.yaml").open("a", encoding="utf-8") as config:
        config.write("use: {boards: trelo}\nintegrations: {gogle: {}}\n")
    answer = validate(GOALS)
    assert answer.exit_code == 1
    assert "config.yaml:5:15: There is no integration called 'trelo'." in answer.output
    assert "config.yaml:6:16: There is no integration called 'gogle'." in answer.output
