"""A mail server on this computer: aiosmtpd with TLS and sign-in, and what can go wrong there."""

import socket
from asyncio import AbstractServer, WriteTransport
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ssl import SSLContext
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER, PASSWORD = "robot@acme.example", "correct horse battery"


@dataclass
class Office:
    """What came in, and how the server behaves.

    `answers` are what it says to the next letters instead of taking them; `hang_up` says whether
    it breaks the connection once the letter is whole: "before" it is taken, or "after".
    """

    letters: list[EmailMessage] = field(default_factory=list)
    envelopes: list[Envelope] = field(default_factory=list)
    safe: list[bool] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    at_rcpt: list[str] = field(default_factory=list)
    hang_up: str = ""
    on_data: Callable[[], None] = lambda: None

    async def handle_RCPT(  # noqa: N802 - aiosmtpd looks for this name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.at_rcpt:
            return self.at_rcpt.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd looks for this name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.on_data()
        if self.answers:
            return self.answers.pop(0)
        if self.hang_up == "before":
            return self._hung_up(server)
        content = envelope.content
        assert isinstance(content, bytes)
        letter = message_from_bytes(content, policy=default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.envelopes.append(envelope)
        assert server.transport is not None
        self.safe.append(server.transport.get_extra_info("ssl_object") is not None)
        return self._hung_up(server) if self.hang_up == "after" else "250 Taken"

    def _hung_up(self, server: SMTP) -> str:
        assert isinstance(server.transport, WriteTransport)
        server.transport.abort()
        return "250 Nobody hears this"


def knows(server: SMTP, session: Session, envelope: Envelope, how: str, data: Any) -> AuthResult:
    """Let in whoever has the right name and password."""
    right = isinstance(data, LoginPassword) and data.login == USER.encode()
    right = right and data.password == PASSWORD.encode()
    return AuthResult(success=right, handled=False)


class _Bound(Controller):
    """A server at a port that is its own from the beginning: nobody else can take it meanwhile."""

    def __init__(self, office: Office, bound: socket.socket, **said: Any) -> None:
        self._bound = bound
        super().__init__(office, "127.0.0.1", bound.getsockname()[1], **said)

    def _create_server(self) -> Coroutine[Any, Any, AbstractServer]:
        return self.loop.create_server(
            self._factory_invoker, sock=self._bound, ssl=self.ssl_context
        )


def opened(office: Office, tls: SSLContext | None, *, implicit: bool = False) -> Controller:
    """Return a running server; stop it in the end."""
    said: dict[str, Any] = {}
    if implicit:
        # To aiosmtpd TLS is what STARTTLS brings: it does not see that it is there already.
        said = {"ssl_context": tls, "auth_require_tls": False}
    elif tls is not None:
        said = {"tls_context": tls, "require_starttls": True}
    if tls is not None:
        said |= {"authenticator": knows, "auth_required": True}
    made = _Bound(office, socket.create_server(("127.0.0.1", 0)), **said)
    made.start()
    return made


def free_port() -> int:
    """Return a port of this computer that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
