"""The commands, run as a person runs them, against stand-ins in this process."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from smarketing.cli import commands
from smarketing.sandbox.inprocess import InProcess
from smarketing.standin import Answer, Asked
from tests.clocks import Clock

NOW = 1_796_000_000.0
DAY = 86400.0


@dataclass(frozen=True, slots=True)
class Said:
    """How a command ended, and all that it said."""

    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        return self.out + self.err

    def findings(self, vendor: str) -> list[tuple[str, str, str]]:
        """Return what `doctor --json` found of a vendor."""
        accounts = {a["vendor"]: a for a in json.loads(self.out)["accounts"]}
        found = accounts[vendor]["findings"]
        return [(one["about"], one["grade"], one["words"]) for one in found]


@dataclass(slots=True)
class Desk:
    """A computer at which somebody signs in. `asked` are all requests that left it."""

    clock: Clock = field(default_factory=lambda: Clock(NOW))
    vendors: dict[str, Callable[[Asked], Answer]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)

    def plug(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("smarketing.commands.shell.clock", lambda: self.clock)
        monkeypatch.setattr("smarketing.account.registry.network", self._network)

    def run(self, *words: str, typed: str = "", code: int | None = 0) -> Said:
        ran = CliRunner().invoke(commands, list(words), input=typed)
        if ran.exception and not isinstance(ran.exception, SystemExit):
            raise ran.exception
        said = Said(ran.exit_code, ran.stdout, ran.stderr)
        self.said.append(said)
        if code is not None:
            assert said.code == code, said.all
        return said

    def doctor(self, vendor: str, code: int = 0) -> list[tuple[str, str, str]]:
        """Return what the doctor finds of a vendor."""
        return self.run("doctor", vendor, "--json", code=code).findings(vendor)

    def config(self, **integrations: Any) -> None:
        lines = ["workspace: Acme", "integrations:"]
        for vendor, settings in integrations.items():
            lines += [f"  {vendor}:"] + [f"    {name}: {v}" for name, v in settings.items()]
        Path("config.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _network(self, vendor: str) -> InProcess:
        def answer(asked: Asked) -> Answer:
            self.asked.append(asked)
            return self.vendors[vendor](asked)

        return InProcess(answer)
