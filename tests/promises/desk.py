"""A desk to work at: an empty folder, a clock to set, and the commands."""

import json
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from smarketing.cli import commands

ROOT = Path(__file__).resolve().parents[2]
TEAM = """\
# Our workspace. Ask Ana before you change this.
id: k3v9-7q2m-x4dt
workspace: Acme
playbook: smarketing
parts: [essentials]
start: 2026-12-07
timezone: Europe/London
domains: [acme.example]
people:
  ana: Ana Silva <ana@acme.example>
  ben: Ben Okoye <ben@acme.example>
  dana: Dana Wu <dana@acme.example>
teams:
  north: {title: Sales North, plays: sales, lead: ana, members: [ana, ben]}
  market: {title: Marketing, plays: marketing, lead: dana, members: [dana]}
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err

    @property
    def data(self) -> Any:
        return json.loads(self.out)


@dataclass(slots=True)
class Clock:
    """A clock that stands until somebody sets it."""

    at: float

    def now(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += seconds

    def set(self, year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> None:
        self.at = datetime(year, month, day, hour, minute, tzinfo=UTC).timestamp()


@dataclass(slots=True)
class Desk:
    """A folder in which somebody works with smarketing."""

    folder: Path
    data: Path
    clock: Clock

    def run(self, *words: str, answer: str | None = None, code: int | None = 0) -> Answer:
        """Run a command; `code` is how it has to end, None where a test looks itself."""
        ran = CliRunner().invoke(commands, list(words), input=answer)
        if ran.exception and not isinstance(ran.exception, SystemExit):
            raise ran.exception
        got = Answer(ran.exit_code, ran.stdout, ran.stderr)
        if code is not None:
            assert got.code == code, f"{words} ended with {got.code}:\n{got.said}"
        assert "Traceback" not in got.said
        return got

    def apply(self, *words: str, code: int | None = 0) -> Answer:
        return self.run("apply", "--yes", *words, code=code)

    def plan(self, *words: str) -> Any:
        """Return the plan as data."""
        return self.run("plan", "--json", *words, code=None).data

    def path(self, name: str) -> Path:
        return self.folder / name

    def read(self, name: str) -> str:
        return self.path(name).read_bytes().decode()

    def write(self, name: str, text: str) -> None:
        self.path(name).parent.mkdir(parents=True, exist_ok=True)
        self.path(name).write_bytes(text.encode())

    def edit(self, name: str, old: str, new: str) -> None:
        """Change a file as a member does."""
        text = self.read(name)
        assert old in text, f"{old!r} is not in {name}:\n{text[:3000]}"
        self.write(name, text.replace(old, new, 1))

    def playbook(self, old: str = "", new: str = "", file: str = "playbook.yaml") -> None:
        """Change a word of the shipped playbook, in a copy of our own."""
        own = self.folder / "playbook"
        if not own.exists():
            shutil.copytree(ROOT / "playbooks" / "smarketing", own)
            if "playbook: smarketing" in self.read("config.yaml"):
                self.edit("config.yaml", "playbook: smarketing", "playbook: ./playbook")
        if old:
            self.edit(f"playbook/{file}", old, new)

    def forget(self) -> None:
        """Lose the state."""
        shutil.rmtree(self.data)

    def files(self) -> dict[str, bytes]:
        """Return every file under the desk's folder by its path."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }

    def times(self) -> dict[str, int]:
        """Return when each file and folder was last changed."""
        return {
            path.relative_to(self.folder).as_posix(): path.stat().st_mtime_ns
            for path in sorted(self.folder.rglob("*"))
        }

    def is_quiet(self) -> None:
        """Hold that there is nothing to do, and that doing it touches nothing."""
        plan = self.plan()
        assert not plan["changes"], plan["changes"]
        before, times = self.files(), self.times()
        recap = self.run("apply", "--yes", "--json").data
        assert recap["done"] == []
        assert recap["failed"] == []
        assert self.files() == before
        assert self.times() == times
