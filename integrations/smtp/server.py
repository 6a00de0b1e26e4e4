"""Which server config means, and whose name the mail bears. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.headerregistry import Address
from typing import Any
from urllib.parse import urlsplit

from smarketing.problems import UserError

from .unseen import one_line

_PORTS = {"smtps": 465, "smtp": 587}
_ENDPOINT = "smtps://mail.acme.example, or smtp://mail.acme.example:587"
_FROM = "from: Smarketing <smarketing@acme.example>"


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server. `implicit` is TLS from the first byte on; else STARTTLS comes first of all.

    `account` is what the secrets are kept under: the host as config writes it.
    """

    host: str
    port: int
    implicit: bool
    account: str


def server_in(settings: Mapping[str, Any]) -> Server:
    """Return the server that `endpoint` names; raise UserError with what to write instead."""
    said = str(settings.get("endpoint") or "").strip()
    if not said:
        raise UserError(f"Under integrations.smtp the server is missing: endpoint: {_ENDPOINT}")
    parts = urlsplit(said)
    try:
        port = parts.port
    except ValueError:
        port = 0
    plain = not (parts.username or parts.password or parts.query or parts.fragment)
    if parts.scheme not in _PORTS or not parts.hostname or port == 0 or not plain:
        raise UserError(
            "`endpoint` under integrations.smtp is no address of a mail server. Write "
            f"{_ENDPOINT}, without a name or a password in it."
        )
    implicit = parts.scheme == "smtps"
    return Server(parts.hostname, port or _PORTS[parts.scheme], implicit, parts.netloc)


def sender_in(settings: Mapping[str, Any]) -> Address:
    """Return whose name the mail bears; raise UserError with what to write instead."""
    said = str(settings.get("from") or "").strip()
    if not said:
        raise UserError(f"Under integrations.smtp it is missing who the mail is from: {_FROM}")
    try:
        return mailbox(said)
    except ValueError:
        raise UserError(
            f"'{said[:80]}' under integrations.smtp is no mailbox. Write {_FROM}"
        ) from None


def server_and_sender(settings: Mapping[str, Any]) -> tuple[Server, Address]:
    """Return both; raise one UserError for all that is wrong."""
    wrong: list[str] = []
    server, sender = None, None
    try:
        server = server_in(settings)
    except UserError as error:
        wrong.append(str(error))
    try:
        sender = sender_in(settings)
    except UserError as error:
        wrong.append(str(error))
    if server is None or sender is None:
        raise UserError("\n".join(wrong))
    return server, sender


def mailbox(said: str) -> Address:
    """Return the one mailbox in `Ana Silva <ana@acme.example>`; raise ValueError for anything else."""
    name, bracket, rest = said.rpartition("<")
    spec = rest.removesuffix(">").strip() if bracket else said.strip()
    if (bracket and not rest.rstrip().endswith(">")) or any(c in name for c in "<>@"):
        raise ValueError("a mailbox is one name with one address")
    if not spec.isascii() or not spec.isprintable() or any(c in spec for c in ' ,;:<>"()'):
        raise ValueError("a mailbox has one plain address")
    try:
        found = Address(display_name=one_line(name).strip('" '), addr_spec=spec)
    except (HeaderParseError, IndexError, ValueError):
        raise ValueError("a mailbox has one plain address") from None
    if not found.username or not found.domain:
        raise ValueError("an address has a name and a domain")
    return found
