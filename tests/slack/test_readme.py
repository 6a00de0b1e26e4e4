"""The scopes stand in the README and in the app's manifest as the integration asks for them."""

import re
from pathlib import Path

from smarketing.integrations.slack.manifest import SCOPES
from smarketing.integrations.slack.sandbox.vendor import SCOPES as GIVEN

ROOT = Path(__file__).parents[2]


def test_the_readme_gives_the_reason_of_each_scope() -> None:
    text = (ROOT / "integrations" / "slack" / "README.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `([a-z.:]+)` \| (.+?)(?:;.*)? \|$", text, re.MULTILINE))
    assert {name: rows.get(name) for name in SCOPES} == SCOPES


def test_the_manifest_of_the_app_asks_for_these_scopes_and_no_more() -> None:
    text = (ROOT / "docs" / "slack.md").read_text("utf-8")
    assert set(re.findall(r"^ +- ([a-z.]+:[a-z.]+)", text, re.MULTILINE)) == set(SCOPES)
    assert set(GIVEN.split(",")) == set(SCOPES)
