"""A company with a workspace for each of its branches, all in one Trello and one Google account."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from click.testing import CliRunner

from bench.company import Company
from smarketing.cli import commands
from smarketing.plan import Recap
from smarketing.planning.given import NOTHING_ASKED, Request
from smarketing.sandbox.cast import ROBOT
from smarketing.sandbox.inprocess import InProcess
from smarketing.standin import Answer, Asked
from tests.instep.test_overhttp import SMALL
from tests.overhttp.members import InGoogle, InTrello, in_google, in_trello
from tests.overhttp.miniature import BOTH, CONFIG, use, write_yaml
from tests.overhttp.office import SIGN_IN
from tests.vendors.sandboxes import Vendors, sandbox

ALL = "branches/*.yaml"


@dataclass
class Branches:
    """The configs of the branches, what their runs asked the vendors, and members at work."""

    folder: Path
    count: int = 3
    vendors: Vendors = field(default_factory=lambda: sandbox(*BOTH))
    is_tiny: bool = False
    asked: list[Asked] = field(default_factory=list)
    down: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.vendors.stand_in("trello").subscribe(ROBOT)  # type: ignore[attr-defined]
        (self.folder / "branches").mkdir(parents=True)
        (self.folder / "playbook").mkdir()
        self.company = Company(self.folder, self.vendors.sandbox, self.vendors.clock)
        write_yaml(
            self.folder / "playbook" / "playbook.yaml", _tiny() if self.is_tiny else _playbook()
        )
        for number in range(1, self.count + 1):
            write_yaml(self.config(number), self._config(number))

    def config(self, number: int) -> Path:
        return self.folder / "branches" / f"{number:03d}.yaml"

    def _config(self, number: int) -> dict[str, Any]:
        return {
            **CONFIG,
            "id": f"k3v9-7q2m-{number:04d}".replace("0", "b").replace("1", "c"),
            "workspace": f"Branch {number}",
            "playbook": "../playbook",
            "inputs": {"company": f"Branch {number}"},
            "use": use(BOTH),
            "integrations": self.company.integrations(),
        }

    # Runs

    def built(self) -> "Branches":
        """Build every workspace, and bring it in step, as somebody does it one by one."""
        for number in range(1, self.count + 1):
            self.apply(number)
            self.apply(number, Request(sync=True))
        return self

    def settled(self) -> "Branches":
        """Build everything, let the member in, and bring it to rest."""
        self.built()
        assert self.trello
        assert self.google
        return self.at_rest()

    def at_rest(self) -> "Branches":
        """Sync until a round finds nothing to do."""
        self.down.clear()
        for _ in range(4):
            if self.sync() == f"Nothing happened in {self.count} workspaces.\n":
                return self
        raise AssertionError("the rounds do not end")

    def apply(self, number: int, request: Request = NOTHING_ASKED) -> Recap:
        with self._heard():
            return self.company.apply(self.config(number), request)

    def sync(self, *words: str, code: int = 0, which: str = ALL) -> str:
        """Sync as a scheduler does; return what is said. `asked` holds what this round asked."""
        self.asked.clear()
        with (
            self._heard(),
            self.company._at_home(),
            mock.patch("smarketing.commands.shell.clock", return_value=self.vendors.clock),
        ):
            typed = ["sync", "--config", str(self.folder / which), *words]
            ran = CliRunner().invoke(commands, typed)
        if ran.exception and not isinstance(ran.exception, SystemExit):
            raise ran.exception
        assert ran.exit_code == code, ran.output
        return ran.output

    @property
    def calls(self) -> list[str]:
        """The calls of the last round, as `trello GET /1/members/me/boards`."""
        return [f"{each.method} {each.path}" for each in self.asked if each.path != SIGN_IN]

    @contextmanager
    def _heard(self) -> Iterator[None]:
        def answer(asked: Asked) -> Answer:
            self.asked.append(asked)
            self.vendors.clock.move(0.1)
            if any(asked.path.startswith(start) for start in self.down):
                return Answer(503, {"content-type": "text/plain"}, b"Service unavailable")
            return self.vendors.sandbox.answer(asked)

        with mock.patch("bench.company.InProcess", return_value=InProcess(answer)):
            yield

    # Members

    @property
    def trello(self) -> InTrello:
        return in_trello(self.vendors)

    @property
    def google(self) -> InGoogle:
        return in_google(self.vendors)

    def move(self, number: int, lane: str = "Stuck") -> None:
        """Move the card of a branch to a list."""
        self.vendors.clock.move(5)
        card = self.trello.card(f"Agree at Branch {number}")
        lanes = self.trello._call("GET", f"boards/{card['idBoard']}/lists")
        (target,) = [each["id"] for each in lanes if each["name"] == lane]
        self.trello.change_card(card["name"], idList=target)

    def status(self, number: int) -> str:
        """Return the status that the row of a branch shows."""
        head, *rows = self.google.cells(f"Tracker of Branch {number}")
        (found,) = [row for row in rows if f"Agree at Branch {number}" in row]
        return found[head.index("Status")]

    def types(self, number: int, old: str, new: str) -> None:
        """Type something else into a cell of a branch."""
        self.vendors.clock.move(5)
        self.google.says_in_cell(f"Tracker of Branch {number}", old, new)

    def list_of(self, number: int) -> str:
        """Return the list in which the card of a branch stands."""
        card = self.trello.card(f"Agree at Branch {number}")
        lanes = self.trello._call("GET", f"boards/{card['idBoard']}/lists")
        (name,) = [each["name"] for each in lanes if each["id"] == card["idList"]]
        return str(name)


def _playbook() -> dict[str, Any]:
    playbook = deepcopy(SMALL)
    playbook["inputs"] = {"company": {"ask": "Which branch is it?", "default": "Branch"}}
    playbook["boards"]["work"]["title"] = "Work at {{ company }}"
    cards = playbook["boards"]["work"]["cards"]
    cards["agree"]["title"] = "Agree at {{ company }}"
    del cards["call"]
    playbook["tables"]["tracker"]["title"] = "Tracker of {{ company }}"
    return playbook


def _tiny() -> dict[str, Any]:
    """Return the playbook with next to nothing in it, for very many branches."""
    playbook = _playbook()
    board, table = playbook["boards"]["work"], playbook["tables"]["tracker"]
    for unused in ("folders", "statuses"):
        del playbook[unused]
    for unused in ("labels", "share"):
        del board[unused]
    del table["in"]
    board["lists"] = {"week": "This week"}
    board["cards"] = {"agree": {"title": "Agree at {{ company }}", "list": "week"}}
    table["columns"] = {"title": "Title", "status": "Status"}
    playbook["sync"]["work"] |= {"fields": ["title", "status"], "new": "nowhere"}
    return playbook
