"""The published schemas agree with the loader."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from smarketing.config.schema import config_schema, playbook_schema
from smarketing.problems import Problems
from smarketing.yamlfiles.parse import parse

EXAMPLE = Path(__file__).parents[2] / "config.example.yaml"


def _errors(schema: dict[str, Any], text: str) -> list[str]:
    return [
        error.message for error in Draft202012Validator(schema).iter_errors(parse(text, "").data)
    ]


def test_both_are_valid_schemas() -> None:
    for schema in (playbook_schema(), config_schema()):
        Draft202012Validator.check_schema(schema)
        assert schema["$schema"].endswith("2020-12/schema")


def test_what_loads_fits_the_schema(playbook_text: str, config_text: str) -> None:
    assert _errors(playbook_schema(), playbook_text) == []
    assert _errors(config_schema(), config_text) == []
    assert _errors(config_schema(), EXAMPLE.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("part", "fits"),
    [
        ("essentials", True),
        ("rollout from 2027-03-01", True),
        ("rollout since 2027-03-01", False),
        ("rollout from Monday", False),
        ("Rollout", False),
    ],
)
def test_a_part_may_have_a_day_in_the_schema_as_in_the_loader(
    part: str, fits: bool, config_text: str, configure: Callable[[str], Any]
) -> None:
    text = config_text.replace("parts: [essentials]", f"parts: [{part}]")
    assert (_errors(config_schema(), text) == []) is fits
    if fits:
        assert configure(text).parts[0].words == part
    else:
        with pytest.raises(Problems):
            configure(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: Glossary", "titel: Glossary"),
        ("ticked: true", "ticked: [1]"),
        ("leadership: optional", "leadership: optionel"),
        ("marketing: edit", "marketing: own"),
        ("labels: [hot]", "labels: hot"),
        ("agree-on-lead:", "Agree On:"),
        ("when: every", "whenn: every"),
        ("statuses:", "status:"),
    ],
)
def test_what_does_not_load_does_not_fit_the_schema(
    old: str, new: str, playbook_text: str, load: Callable[[str], Any]
) -> None:
    broken = playbook_text.replace(old, new, 1)
    assert _errors(playbook_schema(), broken)
    with pytest.raises(Problems):
        load(broken)


@pytest.mark.parametrize(
    ("to", "fits"),
    [
        ("sales", True),
        ("channel:talk", True),
        ("[sales, channel:talk]", True),
        ("[]", False),
        ("board:work", False),
        ("'channel:'", False),
    ],
)
def test_a_digest_goes_to_roles_and_channels_in_the_schema_as_in_the_loader(
    to: str, fits: bool, load: Callable[[str], Any]
) -> None:
    text = (
        "playbook: p\ntitle: P\nroles: {sales: required}\nchannels: {talk: Talk}\n"
        f"digest: {{weekly: {{title: Week, when: 'every Monday at 8:30', to: {to}}}}}\n"
    )
    assert (_errors(playbook_schema(), text) == []) is fits
    if fits:
        assert load(text).digest["weekly"].to
    else:
        with pytest.raises(Problems):
            load(text)
