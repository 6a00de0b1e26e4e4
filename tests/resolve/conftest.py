"""A small world: a playbook and a config from texts in view, resolved together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from smarketing.config.config import Config
from smarketing.config.loading import load_config
from smarketing.playbook.loading import load_playbook
from smarketing.problems import Problems
from smarketing.resolve.desired import Desired
from smarketing.resolve.resolve import resolve


@dataclass(frozen=True, slots=True)
class World:
    """Where the texts of a test become files."""

    folder: Path
    start: date = date(2026, 12, 7)

    def resolve(
        self, playbook: str, config: str = "", texts: Mapping[str, str] | None = None
    ) -> Desired:
        """Resolve a playbook, which is given without its first two lines."""
        folder = self.folder / "book"
        folder.mkdir(exist_ok=True)
        head = "playbook: book\ntitle: A book\n"
        (folder / "playbook.yaml").write_text(head + dedent(playbook), encoding="utf-8")
        for name, text in (texts or {}).items():
            (folder / name).write_text(dedent(text), encoding="utf-8")
        return resolve(
            load_playbook("book", self.folder),
            self.config(config),
            workspace="k3v9-7q2m-x4dt",
            start=self.start,
        )

    def config(self, text: str) -> Config:
        """Load a config, which is given without its first two lines; "" is one without a file."""
        if not text:
            return Config.default("Acme", "book")
        path = self.folder / "config.yaml"
        path.write_text("workspace: Acme\nplaybook: book\n" + dedent(text), encoding="utf-8")
        return load_config(path)

    def problems(
        self, playbook: str, config: str = "", texts: Mapping[str, str] | None = None
    ) -> list[str]:
        """Resolve what can't be resolved; return the problems as they are told."""
        with pytest.raises(Problems) as caught:
            self.resolve(playbook, config, texts)
        return [str(problem) for problem in caught.value.problems]


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Return a world in an empty folder."""
    return World(tmp_path)
