"""Configs: people, teams and tools that fit together, or are told where they don't."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from smarketing.config.config import Config, Person, Team
from smarketing.config.loading import load_config
from smarketing.config.roster import successor
from smarketing.problems import Problems

Configure = Callable[[str], Config]
EXAMPLE = Path(__file__).parents[2] / "config.example.yaml"


def _told(configure: Configure, text: str) -> list[str]:
    with pytest.raises(Problems) as told:
        configure(text)
    return [str(problem) for problem in told.value.problems]


def test_the_example_loads_with_the_place_of_everything(
    configure: Configure, config_text: str
) -> None:
    config = configure(config_text)
    assert config.start == date(2026, 12, 7)
    assert (config.people["ana"].name, config.people["ana"].mail) == (
        "Ana Silva",
        "ana@acme.example",
    )
    assert config.people["cleo"].left == date(2027, 2, 26)
    assert config.teams["north"].plays == ("sales",)
    assert config.existing == {"board:work": "https://trello.com/b/AbCd1234"}
    assert config.mark("teams", "south", "lead")[0] == 17
    assert successor(config, "cleo") == "ben"
    assert config.folder == config.path.parent if config.path else False


def test_a_config_without_a_file_has_its_defaults() -> None:
    config = Config.default("Acme", inputs={"company": "Acme"})
    assert (config.workspace, config.playbook, config.timezone) == ("Acme", "smarketing", "UTC")
    assert config.inputs == {"company": "Acme"}
    assert config.id is None
    assert str(config.problem(("start",), "No start.")) == "No start."


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2026-12-07", "2026-02-30", "There is no day 2026-02-30 in the calendar."),
        ("2026-12-07", "next Monday", "A day is written like 2026-12-07."),
        ("2026-12-07", "20261207", "A day is written like 2026-12-07."),
        ("2026-12-07", "2199-12-30", "Write a day from 2000-01-01 to 2099-12-31."),
        ("2026-12-07", "1900-01-01", "Write a day from 2000-01-01 to 2099-12-31."),
        ("Europe/London", "Europe/Londn", "Did you mean 'Europe/London'?"),
        ("Europe/London", "London", "Did you mean 'Europe/London'?"),
        ("Europe/London", "../etc/passwd", "There is no time zone"),
        ("[acme.example]", "[acme]", "'acme' is not a domain."),
        ("<ana@acme.example>", "<ana@other.example>", "add 'ana' to the list under 'guests:'"),
        ("<ana@acme.example>", "ana@acme.example", "Write: Ana Silva <ana@acme.example>"),
        ("<ana@acme.example>", "<ana>", "is not a mail address"),
        ("local: {", "local: {endpoint: ftp://x, ", "is not the address of a server"),
        ("local: {", "local: {endpoint: 'http://a b', ", "not the address of a server"),
        ("work-to: ben", "work-to: bem", "Did you mean 'ben'?"),
        ("work-to: ben", "work-to: cleo", "can't take over their own work"),
        ("lead: ana", "lead: anna", "Did you mean 'ana'?"),
        ("members: [ben]", "members: [ben, bob]", "nobody called 'bob'"),
        ("  sales: ben", "  sales: benn", "Did you mean 'ben'?"),
        ("boards: trello", "bords: trello", "Did you mean 'boards'?"),
        ("boards: trello", "boards: trelo", "called 'trelo'. Did you mean 'trello'?"),
        ("  local: {", "  gogle: {}\n  local: {", "called 'gogle'. Did you mean 'google'?"),
        ("board:work:", "the board:", "is not an address"),
        ("was: sales", "was: south", "The team 'south' is still here"),
        ("workspace: Acme", "workspace:", "'workspace' is empty."),
        ("id: k3v9-7q2m-x4dt", "id: x", "is not the id of a workspace"),
        ("local: {", "local: {token: ghp_0123456789abcdefghij, ", "run 'smarketing login'"),
        ("playbook: smarketing", "playbok: smarketing", "Did you mean 'playbook'?"),
        ("playbook: smarketing", "extends: none.yaml", "There is no file 'none.yaml'"),
        ("playbook: smarketing", "extends: config.yaml", "extend each other"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_words_at_its_line(
    old: str, new: str, words: str, configure: Configure, config_text: str
) -> None:
    line = config_text.count("\n", 0, config_text.index(old)) + 1
    told = _told(configure, config_text.replace(old, new, 1))
    assert len(told) == 1, told
    assert words in told[0]
    assert f"config.yaml:{line}:" in told[0]
    assert "ghp_" not in told[0]


def test_a_lead_who_left_without_a_successor_is_told(
    configure: Configure, config_text: str
) -> None:
    text = config_text.replace("    work-to: ben\n", "").replace("lead: ana", "lead: cleo")
    [told] = _told(configure, text)
    assert "The lead 'cleo' has left, and nobody takes over." in told


def test_two_people_of_one_address_are_told(configure: Configure, config_text: str) -> None:
    [told] = _told(configure, config_text.replace("<ben@acme", "<Ana@acme"))
    assert "'ben' has the same e-mail address as 'ana'." in told
    line = config_text.count("\n", 0, config_text.index("  ben:")) + 1
    assert f"config.yaml:{line}:" in told


def test_successors_who_left_in_a_circle_are_told(configure: Configure, config_text: str) -> None:
    text = config_text.replace(
        "  cleo:", "  gus: {name: Gus, left: 2027-01-01, work-to: cleo}\n  cleo:"
    ).replace("work-to: ben", "work-to: gus")
    told = "\n".join(_told(configure, text))
    assert told.count("has left, too") == 2


def test_a_guest_may_be_from_elsewhere(configure: Configure, config_text: str) -> None:
    text = config_text.replace("ana@acme.example", "ana@other.example")
    for guest in ("ana", "ana@other.example"):
        assert configure(f"{text}guests: [{guest}]\n").guests == (guest,)


def test_a_config_takes_over_people_and_tools_but_never_the_id(
    configure: Configure, config_text: str, tmp_path: Path
) -> None:
    (tmp_path / "base.yaml").write_text(config_text, encoding="utf-8")
    config = configure(
        "extends: base.yaml\nworkspace: Campaign\npeople: {dana: Dana Wu <dana@acme.example>}\n"
    )
    assert list(config.people) == ["ana", "ben", "cleo", "dana"]
    assert (config.id, config.start, config.existing, config.parts) == (None, None, {}, None)
    assert config.timezone == "Europe/London"
    assert config.integrations == {}
    assert config.problem(("teams", "north", "lead"), "x").file.endswith("base.yaml")
    assert config.problem(("people", "dana"), "x").file.endswith("config.yaml")


def test_a_mistake_in_a_file_taken_over_is_told_with_that_file(
    configure: Configure, config_text: str, tmp_path: Path
) -> None:
    broken = config_text.replace("lead: ana", "lead: anna")
    (tmp_path / "base.yaml").write_text(broken, encoding="utf-8")
    [told] = _told(configure, "extends: base.yaml\nworkspace: Campaign\n")
    assert "base.yaml:16:" in told


def test_the_example_of_every_option_loads() -> None:
    config = load_config(EXAMPLE)
    assert config.workspace == "Acme"


@pytest.mark.parametrize("shape", [Config, Person, Team])
def test_the_example_names_every_option(shape: type[Config | Person | Team]) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    for name, field in shape.model_fields.items():
        assert re.search(rf"^[#\s]*(?:.*[{{,] *)?{field.alias or name}:", text, re.MULTILINE), (
            field.alias
        )


def test_the_address_of_a_file_is_no_secret_and_a_token_in_it_is(configure: Configure) -> None:
    url = "https://docs.google.com/document/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgVE2upms/edit"
    start = "workspace: Acme\nexisting:\n  document:glossary: "
    assert configure(f"{start}{url}\n").existing == {"document:glossary": url}
    told = _told(configure, f"{start}{url}?access_token=ya29A0AfH6SMBxkQw7ZzR1sT4uV8yXcN2pL5mK9\n")
    assert any("looks like a secret" in line for line in told)
