"""The shipped playbooks, resolved for every choice of parts, with and without people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml

from smarketing.config.loading import load_config
from smarketing.playbook.loading import load_playbook
from smarketing.playbook.playbook import Playbook
from smarketing.playbook.shipped import shipped_playbooks
from smarketing.resolve.desired import Desired
from smarketing.resolve.resolve import resolve
from tests.promises.conftest import new_desk
from tests.promises.desk import Desk

SHIPPED = tuple(shipped_playbooks())
TEAM = {
    "timezone": "Europe/London",
    "domains": ["acme.example"],
    "people": {
        "ana": "Ana Silva <ana@acme.example>",
        "ben": "Ben Okoye <ben@acme.example>",
        "dana": "Dana Wu <dana@acme.example>",
        "lea": "Lea Brandt <lea@acme.example>",
    },
    "teams": {
        "sales": {"title": "Sales", "plays": "sales", "lead": "ana", "members": ["ana", "ben"]},
        "market": {"title": "Marketing", "plays": "marketing", "lead": "dana"},
        "board": {"title": "Management", "plays": "leadership", "lead": "lea"},
    },
}
NOBODY = "nobody named"


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to use a shipped playbook; no parts are all of them."""

    playbook: str
    parts: tuple[str, ...] = ()
    has_people: bool = True

    def __str__(self) -> str:
        parts = "+".join(self.parts) or "everything"
        return f"{self.playbook}-{parts}" + ("" if self.has_people else f"-{NOBODY}")

    def config(self) -> str:
        """Return the text of a config with this choice."""
        said = {
            "id": "k3v9-7q2m-x4dt",
            "workspace": "Acme",
            "playbook": self.playbook,
            "start": "2026-12-07",
            "integrations": {"local": {"folder": "./acme"}},
        }
        chosen = {"parts": list(self.parts)} if self.parts else {}
        return yaml.safe_dump(said | chosen | (TEAM if self.has_people else {}))


@cache
def loaded(name: str) -> Playbook:
    """Return a shipped playbook; reading one takes longer than resolving it."""
    return load_playbook(name, Path())


def choices() -> Iterator[Choice]:
    """Return every part alone, what a new config begins with, and everything."""
    for name in SHIPPED:
        playbook = loaded(name)
        alone = [(part,) for part in playbook.parts]
        begin = [playbook.begin_with] if playbook.begin_with else []
        for parts in [(), *begin, *alone]:
            yield Choice(name, parts)
            yield Choice(name, parts, has_people=False)


def resolved(choice: Choice, folder: Path, **inputs: str) -> Desired:
    """Return all that a choice asks for."""
    path = folder / "config.yaml"
    path.write_text(choice.config(), encoding="utf-8")
    config = load_config(path).model_copy(update={"inputs": inputs})
    start = date(2026, 12, 7)
    return resolve(loaded(choice.playbook), config, workspace="k3v9-7q2m-x4dt", start=start)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return an empty desk."""
    return new_desk(tmp_path, monkeypatch)
