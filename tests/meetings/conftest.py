"""A team whose sales meeting has a guest of marketing, in a plain folder."""

from pathlib import Path

import pytest

from tests.promises.desk import Desk
from tests.promises.small import built, small_config

CONFIG = small_config("meets", "zoe", "  zoe: Zoë Young <zoe@acme.example>\n")
PLAYBOOK = """\
playbook: meets
title: Meetings
roles: {sales: required, marketing: required}
meetings:
  sales:
    title: Sales meeting
    when: every Thursday at 9:00 for 45 minutes
    invite: [sales]
    guest: one of marketing
"""


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk of a team that has built its meeting; it is Monday morning, 7 December."""
    return built(tmp_path, monkeypatch, CONFIG, "meets/playbook.yaml", PLAYBOOK)
