"""A team with a board and a digest, in a plain folder."""

from pathlib import Path

import pytest

from tests.promises.conftest import new_desk
from tests.promises.desk import Desk

CONFIG = """\
id: k3v9-7q2m-x4dt
workspace: Acme
playbook: ./week
start: 2026-12-07
timezone: Europe/London
people:
  ana: Ana Silva <ana@acme.example>
  ben: Ben Okoye <ben@acme.example>
  dana: Dana Wu <dana@acme.example>
teams:
  sales: {title: Sales, plays: sales, lead: ana, members: [ben]}
  market: {title: Marketing, plays: marketing, lead: dana, members: [dana]}
"""
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
    desk = new_desk(tmp_path, monkeypatch)
    desk.write("config.yaml", CONFIG)
    desk.write("week/playbook.yaml", PLAYBOOK)
    desk.apply()
    return desk
