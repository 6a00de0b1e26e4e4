"""A small team with a playbook of its own: where tests begin that need no more than that."""

from pathlib import Path

import pytest

from .conftest import new_desk
from .desk import Desk


def small_config(playbook: str, marketing: str = "dana", more_people: str = "") -> str:
    """Return a config of three people or more in two teams; `marketing` are those whom Dana leads."""
    return f"""\
id: k3v9-7q2m-x4dt
workspace: Acme
playbook: ./{playbook}
start: 2026-12-07
timezone: Europe/London
people:
  ana: Ana Silva <ana@acme.example>
  ben: Ben Okoye <ben@acme.example>
  dana: Dana Wu <dana@acme.example>
{more_people}teams:
  sales: {{title: Sales, plays: sales, lead: ana, members: [ben]}}
  market: {{title: Marketing, plays: marketing, lead: dana, members: [{marketing}]}}
"""


def built(base: Path, monkeypatch: pytest.MonkeyPatch, config: str, path: str, text: str) -> Desk:
    """Return the desk of a team that has built its playbook; it is Monday morning, 7 December."""
    desk = new_desk(base, monkeypatch)
    desk.write("config.yaml", config)
    desk.write(path, text)
    desk.apply()
    return desk
