"""A team with the shipped playbook, whose first run, upgrade and edits are the same every time."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

from smarketing.datafolder import DATA_VARIABLE
from smarketing.plan import Recap
from smarketing.planning.given import Workspace
from smarketing.run import engine
from smarketing.workspace.opening import Opened, open_config
from smarketing.workspace.workspace import opened_workspace
from tests.histories.history import StillClock

CONFIG = """\
id: k3v9-7q2m-x4dt
workspace: Acme
playbook: smarketing
parts: [essentials]
start: 2026-12-07
timezone: Europe/London
inputs:
  company: {company}
  personas: {personas}
people:
  ana: Ana Silva <ana@acme.example>
  ben: Ben Okoye <ben@acme.example>
  dana: {dana}
teams:
  north: {{title: Sales North, plays: sales, lead: {lead}, members: [{members}]}}
  market: {{title: Marketing, plays: marketing, lead: dana, members: [dana]}}
integrations:
  local: {{folder: ./acme}}
"""
DANA = "Dana Wu <dana@acme.example>"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a config asks for."""

    company: str = "Acme"
    personas: str = "{operations: Operations Manager, finance: Finance Director}"
    lead: str = "ana"
    members: str = "ana, ben"

    def text(self) -> str:
        """Return the config file."""
        said = {"company": self.company, "personas": self.personas, "dana": DANA}
        return CONFIG.format(**said, lead=self.lead, members=self.members)


FIRST = Wish()
RENAMED = Wish(company="Globex")
REORGANISED = Wish(
    company="Initech",
    personas="{operations: Head of Operations, finance: Finance Director, buyer: Buyer Bo}",
    lead="ben",
    members="ben",
)


@dataclass(frozen=True, slots=True)
class Team:
    """One team's files: config, folder and state, all below `base`."""

    base: Path

    @property
    def folder(self) -> Path:
        return self.base / "acme"

    def opened(self, wish: Wish) -> Opened:
        """Return the workspace that a config asks for."""
        os.environ[DATA_VARIABLE] = os.fspath(self.base / "data")
        self.base.mkdir(exist_ok=True)
        path = self.base / "config.yaml"
        path.write_text(wish.text(), encoding="utf-8")
        return open_config(path, {}, StillClock())

    def apply(self, opened: Opened) -> Recap:
        """Apply it with nobody there to answer a question, one step after the other."""
        os.environ[DATA_VARIABLE] = os.fspath(self.base / "data")
        with opened_workspace(opened, StillClock(), for_writing=True) as workspace:
            recap = engine.apply(alone(workspace))
        assert not recap.plan.needs_approval
        assert not recap.failed, recap.failed
        return recap

    def files(self) -> dict[str, bytes]:
        """Return every file of the folder, hidden ones too."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }

    def edit(self) -> None:
        """Members write, rename, tick and move."""
        glossary = self.folder / "Glossary.md"
        text = glossary.read_text(encoding="utf-8")
        glossary.write_text(f"{text}\nOur own last word.\n", encoding="utf-8", newline="\n")
        board = self.folder / "Work board.md"
        text = board.read_text(encoding="utf-8")
        board.write_text(text.replace("- [ ]", "- [x]", 2), encoding="utf-8", newline="\n")
        (self.folder / "Our notes").mkdir()
        rule = next(self.folder.glob("*and-off*.md"))
        rule.rename(self.folder / "Our notes" / "Who takes over.md")
        (self.folder / "Mine.md").write_text("Acme is mine.\n", encoding="utf-8")


def alone(workspace: Workspace) -> Workspace:
    """Return the workspace worked on by one thread, so that every run takes the same way."""
    return replace(workspace, workers=0)
