"""A company with its own clock whose tools are stand-ins in this process, and the runs it makes."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from unittest import mock
from urllib.parse import urlsplit

from smarketing.account import secretfile
from smarketing.datafolder import DATA_VARIABLE
from smarketing.plan import Plan, Recap
from smarketing.planning.given import NOTHING_ASKED, Request, Workspace
from smarketing.run import engine
from smarketing.sandbox.cast import ROBOT, named
from smarketing.sandbox.clock import Clock
from smarketing.sandbox.inprocess import InProcess
from smarketing.sandbox.sandbox import Sandbox
from smarketing.state.pace import Pace
from smarketing.workspace.opening import open_config
from smarketing.workspace.workspace import opened_workspace

URL = "http://127.0.0.1:8460"


@dataclass
class Company:
    """A folder with configs, a data folder for the state, and a sandbox behind every tool.

    `url` is where the configs say that the sandbox listens; runs in this process ask it directly.
    """

    folder: Path
    sandbox: Sandbox
    clock: Clock
    workers: int = 0
    url: str = URL
    paces: dict[str, Pace] = field(default_factory=dict)
    data: Path = field(init=False)

    def __post_init__(self) -> None:
        self.data = self.folder / "data"

    @property
    def vendors(self) -> Sequence[str]:
        return [stand_in.name for stand_in in self.sandbox.stand_ins]

    def integrations(self) -> dict[str, dict[str, str]]:
        """Return the settings that lead to the sandbox, with the accounts written beside."""
        accounts = self.folder / "accounts.json"
        for stand_in in self.sandbox.stand_ins:
            secrets = stand_in.account(named(self.sandbox.world.people, ROBOT))
            secretfile.keep(accounts, stand_in.name, urlsplit(self.url).netloc, secrets)
        return {name: {"endpoint": self.url, "secrets": str(accounts)} for name in self.vendors}

    def plan(self, config: Path) -> Plan:
        """Return what a run would do."""
        with self._at_home(), self._opened(config) as workspace:
            return engine.make_plan(workspace)

    def apply(self, config: Path, request: Request = NOTHING_ASKED) -> Recap:
        """Run once."""
        with self._at_home(), self._opened(config) as workspace:
            return engine.apply(workspace, request)

    def forget(self) -> None:
        """Lose all state, as on another machine."""
        self.data = self.data.with_name(self.data.name + "+")

    @contextmanager
    def _opened(self, config: Path) -> Iterator[Workspace]:
        opened = open_config(config, {}, self.clock)
        with opened_workspace(opened, self.clock, for_writing=True, paces=self.paces) as workspace:
            yield replace(workspace, workers=self.workers)

    @contextmanager
    def _at_home(self) -> Iterator[None]:
        network = InProcess(self.sandbox.answer)
        with (
            mock.patch.dict(os.environ, {DATA_VARIABLE: str(self.data)}),
            mock.patch("smarketing.account.registry.network", return_value=network),
        ):
            yield
