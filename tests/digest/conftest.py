"""A team with a board and a digest, in a plain folder."""

from pathlib import Path

import pytest

from tests.promises.desk import Desk
from tests.promises.small import built, small_config

CONFIG = small_config("week")
PLAYBOOK = """\
playbook: week
title: Weeks
roles: {sales: required, marketing: required}
boards:
  work:
    title: Work
    lists: {week: This week, done: Done}
    cards:
      agree: {title: Agree what a lead is, list: week, owner: lead of sales, due: day 9}
      call: {title: Call who waits, list: week, owner: lead of marketing, due: day 16}
digest:
  weekly:
    title: Your week
    when: every Monday at 8:30
    to: [sales, marketing]
"""


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk of a team that has built its board; it is Monday morning, 7 December."""
    return built(tmp_path, monkeypatch, CONFIG, "week/playbook.yaml", PLAYBOOK)
