"""The shelf of what the program ships: one small playbook, and the editions that follow."""

import shutil
from dataclasses import dataclass
from pathlib import Path

CONFIG = """\
# Ask Ana before you change this.
id: k3v9-7q2m-x4dt
workspace: Acme
playbook: starter
start: 2026-12-07
integrations: {local: {folder: ./acme}}
"""

FIRST = """\
# What two teams share. Left of a colon stands our key.

playbook: starter
title: Our work
edition: 1

inputs:
  company: {ask: What is your company called?, default: Acme}

boards:
  work:
    title: Work board
    lists:
      week: This week
      stuck: Stuck
      done: Done
    cards:
      # The first thing to do.
      agree-lead:
        title: Agree what a lead is
        list: week
        text: |
          Sales and marketing mean different things by it. Write it down.

          Ten minutes are enough.
        checklist:
          - Each head writes it in one sentence
          - try: Both try it on ten leads
          - Read it aloud

      old-habit:
        title: Drop an old habit
        list: stuck

documents:
  words:
    title: Words
    text: documents/words.md
  rules:
    title: Rules
    text: documents/rules.md
"""
WORDS = """\
# Words

What we call things. Ana keeps it.

## Lead

Somebody who might buy. We know a name.

## Customer

Somebody who bought.
"""
RULES = "# Rules\n\nSales answers within a day.\n"

SECOND = FIRST.replace("edition: 1\n", "edition: 2\nnews: Leads need a name and a need.\n")
THIRD = (
    SECOND.replace("edition: 2\nnews: Leads need a name and a need.\n", "edition: 3\nnews: |\n"
                   "  A weekly meeting.\n  The old habit is gone.\n")
    .replace("title: Agree what a lead is", "title: Agree in writing what a lead is")
    .replace("Write it down.", "Write it down together.")
    .replace("          - Read it aloud\n", "          - Read it aloud\n          - sign: Both sign\n")
    .replace("\n      old-habit:\n        title: Drop an old habit\n        list: stuck\n", "")
    + "\nmeetings:\n  # Short, and every week.\n  weekly:\n    title: Weekly\n"
    "    when: every Monday at 10:00 for 45 minutes\n"
)  # fmt: skip
NEW_WORDS = WORDS.replace("We know a name.", "We know a name and a need.")


@dataclass(frozen=True, slots=True)
class Shelf:
    """The shipped playbooks, in a folder of the test's own."""

    folder: Path

    @property
    def newest(self) -> Path:
        """The folder of the newest edition."""
        return self.folder / "starter"

    def ship(self, edition: int) -> None:
        """Put an edition of three on the shelf, and keep those before it whole."""
        files = {
            1: {"playbook.yaml": FIRST, "documents/words.md": WORDS, "documents/rules.md": RULES},
            2: {"playbook.yaml": SECOND, "documents/words.md": NEW_WORDS,
                "documents/rules.md": RULES},
            3: {"playbook.yaml": THIRD, "documents/words.md": NEW_WORDS,
                "documents/rules.md": RULES},
        }  # fmt: skip
        self.put(edition, files[edition])

    def put(self, edition: int, files: dict[str, str]) -> None:
        """Put an edition with these files on the shelf, and keep the one before it whole."""
        if self.newest.exists():
            kept = self.folder / "kept"
            shutil.copytree(self.newest, kept, ignore=shutil.ignore_patterns("editions"))
            earlier = self.newest / "editions"
            earlier.mkdir(exist_ok=True)
            kept.rename(earlier / str(self._number()))
            for path in [*self.newest.glob("documents/*"), self.newest / "playbook.yaml"]:
                path.unlink()
        for name, text in files.items():
            (self.newest / name).parent.mkdir(parents=True, exist_ok=True)
            (self.newest / name).write_text(text, encoding="utf-8", newline="")
        assert self._number() == edition

    def _number(self) -> int:
        text = (self.newest / "playbook.yaml").read_text(encoding="utf-8")
        return int(text.split("edition:")[1].split()[0])
