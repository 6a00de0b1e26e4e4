"""A config without somebody who left, in every way that people write one."""

from pathlib import Path

import pytest

from smarketing.config.loading import load_config
from smarketing.config.parting import without_person
from smarketing.problems import Problems

HEAD = "workspace: Acme\nplaybook: smarketing\n"


def parted(path: Path, text: str, key: str = "cleo") -> str:
    """Return the text of a config once the person is out of it."""
    path.write_bytes((HEAD + text).encode())
    (edited,), _ = without_person(load_config(path), key)
    return edited.after.text.removeprefix(HEAD)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.yaml"


BEN = "  ben: Ben Okoye <ben@acme.example>\n"
CLEO = "  cleo: {name: Cleo Brandt, left: 2026-12-09, work-to: ben} # gone\n"


def test_lists_written_line_by_line_lose_one_line(file: Path) -> None:
    text = (
        f"people:\n  # sales\n{CLEO}  # south\n{BEN}"
        "teams:\n  north:\n    title: North\n    lead: cleo  # for now\n    members:\n"
        "      # all of them\n      - cleo  # since May\n      - ben  # since June\n"
        "owners: {sales: cleo} # for ever\nguests:  # few\n# one\n- cleo\n# the end\n"
    )
    assert parted(file, text) == (
        f"people:\n  # sales\n  # south\n{BEN}"
        "teams:\n  north:\n    title: North\n    lead: ben  # for now\n    members:\n"
        "      # all of them\n      - ben  # since June\n"
        "owners: {sales: ben} # for ever\nguests: []  # few\n# one\n# the end\n"
    )


def test_line_ends_and_spaces_of_others_stay(file: Path) -> None:
    text = f"people:\n{BEN}{CLEO}teams: {{n: {{title: N,  lead: ben, members: [ ben,cleo ]}}}}\n"
    after = parted(file, text.replace("\n", "\r\n").replace(HEAD, HEAD))
    assert after == (
        f"people:\n{BEN}teams: {{n: {{title: N,  lead: ben, members: [ ben ]}}}}\n"
    ).replace("\n", "\r\n")


def test_json_is_edited_between_its_commas(file: Path) -> None:
    text = (
        'people: {\n "cleo": {"name": "Cleo", "left": "2026-12-09", "work-to": "ben"},\n'
        ' "ben": {"name": "Ben"},\n "dana": {"name": "Dana", "work-to": "cleo"}\n}\n'
    )
    assert parted(file, text) == (
        'people: {\n "ben": {"name": "Ben"},\n "dana": {"name": "Dana", "work-to": ben}\n}\n'
    )


def test_nobody_is_made_to_take_over_from_themselves(file: Path) -> None:
    text = f"people:\n{CLEO}  ben: {{name: Ben Okoye, work-to: cleo}}\n"
    assert parted(file, text) == "people:\n  ben: {name: Ben Okoye}\n"


def test_the_last_person_can_go(file: Path) -> None:
    text = "people:\n  cleo: {name: Cleo Brandt, left: 2026-12-09}\nparts: []\n"
    assert parted(file, text) == "people: {}\nparts: []\n"


def test_an_entry_that_others_repeat_is_left_to_a_person(file: Path) -> None:
    text = (
        "people:\n  cleo: &c {name: Cleo Brandt, left: 2026-12-09}\n"
        "  eve: {<<: *c, name: Eve Doe}\n"
    )
    with pytest.raises(Problems) as refused:
        parted(file, text)
    (problem,) = refused.value.problems
    assert (problem.line, problem.instead) == (4, "Take it out by hand, then run this again.")
