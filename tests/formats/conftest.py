"""The playbook of these tests, and ways to load a text as a playbook or a config."""

from collections.abc import Callable
from pathlib import Path

import pytest

from smarketing.config.config import Config
from smarketing.config.loading import load_config
from smarketing.playbook.loading import load_playbook
from smarketing.playbook.playbook import Playbook

PLAYBOOK = """\
playbook: smarketing
title: Smarketing workspace
inputs:
  company: {ask: "What is your company called?", default: Acme}
  personas: {ask: "Who are your buyers?", default: {ops-olga: Operations Olga}}
roles:
  sales: required
  marketing: required
  leadership: optional
parts:
  essentials: [board:work, document:glossary, meeting:weekly]
statuses:
  week: {words: [this week, to do]}
  done: {words: [finished], ticked: true}
folders:
  home:
    title: Smarketing at {{ company }}
    share: {sales: edit, marketing: edit, leadership: view}
boards:
  work:
    title: Smarketing at {{ company }}
    lists:
      week: This week
      done: Done
    labels:
      hot: {title: Hot, color: red}
    cards:
      agree-on-lead:
        title: Agree what a qualified lead is
        list: week
        owner: lead of sales
        due: day 7
        labels: [hot]
        checklist:
          - Each head writes it in one sentence
          - try: Try both on last month's 20 leads
      say-hello: Say hello
documents:
  glossary:
    title: Glossary
    in: home
    text: documents/glossary.md
  persona:
    for-each: personas
    title: "Persona: {{ item.title }}"
    in: home
    text: "# {{ item.title }}"
tables:
  tracker:
    title: Status tracker
    in: home
    columns: [Title, Status, Owner, Due]
    rows:
      first: {title: Begin, status: week}
meetings:
  weekly:
    title: Smarketing weekly
    when: every Monday at 10:00 for 45 minutes
    invite: [sales, marketing]
    notes: {document: weekly-notes, agenda: documents/agenda.md}
sync:
  status:
    between: [board:work, table:tracker, document:weekly-notes]
    fields: [title, status, owner, due]
    new: everywhere
    prefer: board:work
"""

CONFIG = """\
id: k3v9-7q2m-x4dt          # written by the first run
workspace: Acme
playbook: smarketing
start: 2026-12-07
timezone: Europe/London
domains: [acme.example]
inputs: {company: Acme}
people:
  ana: Ana Silva <ana@acme.example>
  ben: Ben Okoye <ben@acme.example>
  cleo:
    name: Cleo Brandt <cleo@acme.example>
    left: 2027-02-26
    work-to: ben
teams:
  north: {title: Sales North, plays: sales, was: sales, lead: ana, members: [ana]}
  south: {title: Sales South, plays: sales, lead: ben, members: [ben]}
owners:
  sales: ben
use: {boards: trello, documents: google}
parts: [essentials]
existing:
  board:work: https://trello.com/b/AbCd1234
integrations:
  local: {folder: ./acme}
"""


@pytest.fixture
def playbook_text() -> str:
    return PLAYBOOK


@pytest.fixture
def config_text() -> str:
    return CONFIG


@pytest.fixture
def load(tmp_path: Path) -> Callable[[str], Playbook]:
    """Load a text as the playbook `p`, beside a glossary and an agenda."""
    documents = tmp_path / "p" / "documents"
    documents.mkdir(parents=True)
    (documents / "glossary.md").write_text("# Glossary\n", encoding="utf-8")
    (documents / "agenda.md").write_text("# Agenda\n", encoding="utf-8")

    def loaded(text: str) -> Playbook:
        (tmp_path / "p" / "playbook.yaml").write_text(text, encoding="utf-8", newline="")
        return load_playbook("p", tmp_path)

    return loaded


@pytest.fixture
def configure(tmp_path: Path) -> Callable[[str], Config]:
    """Load a text as config.yaml."""

    def loaded(text: str) -> Config:
        path = tmp_path / "config.yaml"
        path.write_text(text, encoding="utf-8", newline="")
        return load_config(path)

    return loaded
