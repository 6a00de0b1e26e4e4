"""A company whose tools are validated stand-ins, whose runs can die at any moment."""

import json
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar
from unittest import mock

from bench.company import Company
from smarketing.plan import Keep, Plan, Recap, is_empty
from smarketing.planning.given import NOTHING_ASKED, Request
from smarketing.sandbox.faults import WRITES
from smarketing.sandbox.inprocess import InProcess
from smarketing.standin import Answer, Asked
from smarketing.state.sqlite import SqliteState
from tests.vendors.sandboxes import Vendors, sandbox

from . import miniature

T = TypeVar("T")

BEFORE, COMMITTED, REPLIED = "before it is sent", "before the reply", "before the journal"
POINTS = (BEFORE, COMMITTED, REPLIED)
"""Where a process dies at a write: nothing was done; it was, and nobody heard; it was heard."""

SIGN_IN = "/token"
"""Getting an access token is no write."""


A_REQUEST = 0.1
"""Seconds that a request takes: no two things are made at the same moment."""


class Crash(BaseException):
    """The process dies here."""


@dataclass(slots=True)
class Death:
    """Dies at the `nth` write, at one of its points; 0 lives, and counts the writes."""

    nth: int = 0
    point: str = BEFORE
    met: int = 0
    _due: bool = False
    _counting: AbstractContextManager[bool] = field(default_factory=Lock)

    def served(self, answer: Callable[[Asked], Answer], asked: Asked) -> Answer:
        """Let a request through, or die on the way."""
        return self.around(asked.method, asked.path, lambda: answer(asked))

    def around(self, method: str, path: str, send: Callable[[], T]) -> T:
        """Send a request, or die on the way."""
        self.pass_by()
        if method not in WRITES or path == SIGN_IN:
            return send()
        with self._counting:  # a run has several workers
            self.met += 1
            mine = self.met == self.nth
        if mine and self.point == BEFORE:
            raise Crash
        replied = send()
        if mine and self.point == COMMITTED:
            raise Crash
        if mine and self.point == REPLIED:
            self._due = True
        return replied

    def pass_by(self) -> None:
        """Die here if the reply has come and nothing was noted since."""
        if self._due:
            self._due = False
            raise Crash


@dataclass(slots=True)
class Meanwhile(Death):
    """Lives, and lets something happen just before its `nth` write."""

    act: Callable[[], object] = lambda: None

    def served(self, answer: Callable[[Asked], Answer], asked: Asked) -> Answer:
        """Let a request through."""
        if asked.method in WRITES and asked.path != SIGN_IN:
            self.met += 1
            if self.met == self.nth:
                self.act()
        return answer(asked)


@dataclass
class Office:
    """A company's computer, with a config and what it leads to."""

    folder: Path
    vendors: Vendors
    company: Company = field(init=False)
    config: Path = field(init=False)
    asked: list[Asked] = field(default_factory=list)
    kept: list[Keep] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.company = Company(self.folder, self.vendors.sandbox, self.vendors.clock)

    def write(self, names: Collection[str]) -> None:
        """Write the miniature and its config."""
        self.config = miniature.write(self.folder, names, self.company.integrations())

    def playbook(self, old: str, new: str) -> None:
        """Change words of the playbook."""
        path = self.folder / "playbook" / "playbook.yaml"
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def change_config(self, **values: Any) -> None:
        """Put other values into the config."""
        miniature.write_yaml(self.config, self.config_data() | values)

    def config_data(self) -> dict[str, Any]:
        """Return what the config says."""
        data: dict[str, Any] = json.loads(self.config.read_text(encoding="utf-8"))
        return data

    def document(self, name: str, text: str) -> None:
        """Write another text into one of the playbook's documents."""
        (self.folder / "playbook" / "documents" / name).write_text(text, encoding="utf-8")

    def apply(self, death: Death | None = None, request: Request = NOTHING_ASKED) -> Recap:
        """Run once; raise Crash where the run is to die."""
        with self._watched(death or Death()):
            recap = self.company.apply(self.config, request)
        self.kept += recap.plan.keeps
        return recap

    def dies(self, death: Death) -> None:
        """Begin a run that dies, and hold that it did."""
        with suppress(Crash):
            self.apply(death)
            raise AssertionError(f"it did not die at write {death.nth} of {death.met}")

    def plan(self) -> Plan:
        """Return what a run would do."""
        with self._watched(Death()):
            return self.company.plan(self.config)

    def settled(self) -> None:
        """Hold that a further run has nothing to do, and does nothing."""
        plan = self.plan()
        assert is_empty(plan), [(c.verb, c.address, dict(c.fields)) for c in plan.changes]
        before = self.picture()
        recap = self.apply()
        assert (recap.done, recap.failed) == ((), ())
        assert self.picture() == before

    def picture(self) -> dict[str, Any]:
        """Return what all the vendors hold."""
        return self.vendors.sandbox.picture()

    def mails(self) -> list[tuple[str, str, str]]:
        """Return every message that a vendor would have sent, as (vendor, to, subject)."""
        return sorted((mail.sent_by, mail.to, mail.subject) for mail in self.vendors.world.mails)

    def writes(self) -> list[Asked]:
        """Return the writes so far."""
        return [a for a in self.asked if a.method in WRITES and a.path != SIGN_IN]

    @contextmanager
    def _watched(self, death: Death) -> Iterator[None]:
        """Let the run pass its points: around each write, and before each note of its journal."""

        def answer(asked: Asked) -> Answer:
            self.asked.append(asked)
            self.vendors.clock.move(A_REQUEST)
            return death.served(self.vendors.sandbox.answer, asked)

        def noting(real: Callable[..., None]) -> Callable[..., None]:
            def note(*args: Any, **kwargs: Any) -> None:
                death.pass_by()
                real(*args, **kwargs)

            return note

        with (
            mock.patch("bench.company.InProcess", return_value=InProcess(answer)),
            mock.patch.object(SqliteState, "commit", noting(SqliteState.commit)),
            mock.patch.object(SqliteState, "open", noting(SqliteState.open)),
        ):
            yield


def office(folder: Path, names: Collection[str], **world: Any) -> Office:
    """Return an office with the miniature written down, and nothing built yet."""
    made = Office(folder, sandbox(*names, **world))
    made.write(names)
    return made


def second_computer(first: Office, folder: Path, names: Collection[str]) -> Office:
    """Return another computer in the same company, with the same config and a state of its own."""
    made = Office(folder, first.vendors)
    made.write(names)
    return made
