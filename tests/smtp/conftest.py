"""A mail server with TLS and sign-in, and an account that knows its way there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from smarketing.contract import Setup
from smarketing.integrations.smtp.smtp import Smtp

from .certificates import Authority, authority
from .office import PASSWORD, USER, Office, opened

NOW = datetime(2026, 12, 14, 8, 30, tzinfo=UTC)


@dataclass
class Kept:
    """The secrets of an account, in memory."""

    held: dict[str, str] = field(default_factory=lambda: {"user": USER, "password": PASSWORD})

    def get(self, name: str) -> str:
        return self.held.get(name, "")

    def put(self, name: str, secret: str) -> None:
        self.held[name] = secret


@dataclass
class Mail:
    """A server and our side of it."""

    office: Office
    server: Controller
    scheme: str
    kept: Kept = field(default_factory=Kept)
    base: Path = Path()

    @property
    def settings(self) -> dict[str, Any]:
        where = f"{self.scheme}://127.0.0.1:{self.server.port}"
        return {"endpoint": where, "from": "Smarketing <smarketing@acme.example>"}

    def setup(self) -> Setup:
        return Setup(self.settings, self.base, lambda host: self.kept)

    def tool(self) -> Smtp:
        made: Smtp = Smtp(self.setup(), lambda: NOW)
        return made


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Whoever signs this company's certificates."""
    return authority(tmp_path_factory.mktemp("company"))


@pytest.fixture(autouse=True)
def _trusted(company: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(company.file))


@pytest.fixture
def serve(company: Authority, tmp_path: Path) -> Iterator[Callable[[str], Mail]]:
    """Open a server: `starttls`, `smtps`, or one `in the clear`."""
    running: list[Controller] = []

    def open_one(how: str) -> Mail:
        tls = None if how == "in the clear" else company.server(tmp_path)
        office = Office()
        running.append(opened(office, tls, implicit=how == "smtps"))
        return Mail(office, running[-1], "smtps" if how == "smtps" else "smtp")

    yield open_one
    for server in running:
        server.stop()


@pytest.fixture
def mail(serve: Callable[[str], Mail]) -> Mail:
    """A server that begins TLS when asked to."""
    return serve("starttls")
