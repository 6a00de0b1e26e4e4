"""Signing in to a mail server with a name and a password, and what is worth knowing about it."""

import smtplib
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from smarketing.contract import Setup, Unreachable
from smarketing.problems import UserError
from smarketing.signin import SIGNED_IN, Asking, Finding, SignedIn, Wishes, remember

from .post import NotSent, Post
from .server import sender_in, server_in

HOSTS: tuple[str, ...] = ()
"""None of its own: the server is the one that config names."""

_DAY = 86_400.0
_SOON = 14


@dataclass(frozen=True, slots=True)
class _Typed:
    """What a person has just typed; nothing is stored yet."""

    secrets: Mapping[str, str] = field(repr=False)

    def get(self, name: str) -> str:
        return self.secrets.get(name, "")

    def put(self, name: str, secret: str) -> None:
        raise LookupError("nothing is stored before it was tried")


def sign_in(setup: Setup, asking: Asking, wishes: Wishes, now: float) -> SignedIn:
    """Ask for name and password, and try them: over TLS, and no message is sent."""
    server, sender = server_in(setup.settings), sender_in(setup.settings)
    asking.tell(
        f"Mail goes out through {server.host}, port {server.port}, from {sender.addr_spec}.\n"
        "Take a mailbox of its own for it, and where the provider has them a password for this "
        "program alone (an app password): it can only be used to send."
    )
    user = asking.secret("The name that signs in, often the whole mail address").strip()
    password = asking.secret("The password").strip("\r\n")
    if not user or not password:
        raise UserError("Name or password is empty. Nothing was stored.")
    typed = _Typed({"user": user, "password": password})
    with _connection(Post(server, typed, sender.domain)):
        pass
    kept = {**typed.secrets, SIGNED_IN: remember(password, now, who=user)}
    words = "Only sending is asked for: no mailbox is ever read."
    return SignedIn(user, kept, (words,))


def sign_out(setup: Setup) -> str:
    """Say how a person takes the right away: a mail server knows no signing out."""
    host = server_in(setup.settings).host
    return f"{host} can't be told that we sign out: delete the app password there, or change it."


def examine(setup: Setup, now: float) -> Sequence[Finding]:
    """Return who signs in, how safe the way is, and how long its certificate lasts."""
    server, sender = server_in(setup.settings), sender_in(setup.settings)
    post = Post(server, setup.secrets(server.account), sender.domain)
    try:
        user = post.user
    except Unreachable as error:
        return (Finding("who", "person", str(error)),)
    with _connection(post) as found:
        return (
            Finding("who", "fine", f"Signed in as {user}; the mail is from {sender.addr_spec}."),
            Finding("scope", "fine", "send: to send messages; no mailbox is read."),
            *_safety(found, now),
            Finding("limits", "note", "Ask your provider how many messages a day it takes."),
        )


def lasting(setup: Setup, now: float) -> Sequence[Finding]:
    """Return nothing: a password does not say how long it lasts."""
    return ()


@contextmanager
def _connection(post: Post) -> Iterator[smtplib.SMTP]:
    try:
        with post.signed_in() as held:
            yield held
    except NotSent as error:
        raise Unreachable(f"Mail can't be sent: {error}.") from None


def _safety(held: smtplib.SMTP, now: float) -> Iterator[Finding]:
    if not isinstance(held.sock, ssl.SSLSocket):
        return
    certificate = held.sock.getpeercert() or {}
    left = (ssl.cert_time_to_seconds(str(certificate.get("notAfter"))) - now) / _DAY
    words = f"{held.sock.version()}; the server's certificate lasts {max(0, int(left))} more days."
    if left < _SOON:
        yield Finding("tls", "note", f"{words} Whoever runs the server has to renew it.")
    else:
        yield Finding("tls", "fine", words)
