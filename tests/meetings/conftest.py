"""A team whose sales meeting has a guest of marketing, in a plain folder."""

from pathlib import Path

import pytest

from tests.promises.conftest import new_desk
from tests.promises.desk import Desk

CONFIG = """\
id: k3v9-7q2m-x4dt
workspace: Acme
playbook: ./meets
start: 2026-12-07
timezone: Europe/London
people:
  ana: Ana Silva <ana@acme.example>
  ben: Ben Okoye <ben@acme.example>
  dana: Dana Wu <dana@acme.example>
  zoe: Zoë Young <zoe@acme.example>
teams:
  sales: {title: Sales, plays: sales, lead: ana, members: [ben]}
  market: {title: Marketing, plays: marketing, lead: dana, members: [zoe]}
"""
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
    desk = new_desk(tmp_path, monkeypatch)
    desk.write("config.yaml", CONFIG)
    desk.write("meets/playbook.yaml", PLAYBOOK)
    desk.apply()
    return desk
