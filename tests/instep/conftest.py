"""A desk with a small workspace in a folder: a board and a table that show the same work."""

from pathlib import Path

import pytest

from tests.promises.conftest import new_desk
from tests.promises.desk import TEAM, Desk

PLAYBOOK = """\
playbook: small
title: Small
roles: {sales: optional, marketing: optional}
statuses:
  week: {words: [this week, to do]}
  stuck: {words: [blocked]}
  done: {words: [finished], ticked: true}
boards:
  work:
    title: Work
    lists: {week: This week, stuck: Stuck, done: Done}
    labels: {leads: Leads, hot: Hot one}
    cards:
      agree:
        title: Agree what a lead is
        list: week
        owner: lead of sales
        due: day 5
        labels: [leads]
        checklist: [Write it, Try it]
      call:
        title: Call who waits
        list: week
        text: Quickly.
tables:
  tracker:
    title: Tracker
    columns:
      what: Title
      status: Status
      owner: Owner
      due: Due
      labels: Labels
      link: Link
sync:
  work:
    between: [board:work, table:tracker]
    fields: [title, status, owner, due, labels, link]
    new: everywhere
    prefer: board:work
    columns: {"table:tracker": {title: what}}
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk with the small workspace, built and in step."""
    desk = new_desk(tmp_path, monkeypatch)
    config = TEAM.replace("playbook: smarketing", "playbook: ./small")
    desk.write("config.yaml", config.replace("parts: [essentials]\n", ""))
    desk.write("small/playbook.yaml", PLAYBOOK)
    desk.apply()
    return desk
