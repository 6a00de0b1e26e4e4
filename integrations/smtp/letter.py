"""A message as a letter: plain text in UTF-8, one person, headers that hold what we say alone. Pure."""

import re
from collections.abc import Mapping
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from smarketing.kinds import Value

from .server import mailbox
from .unseen import is_hidden, one_line

_LINK = re.compile(r"\[(?P<title>[^\]\n]*)\]\((?P<url>[^)\s]*)\)")
_LONGEST_SUBJECT = 200


def message_id(workspace: str, address: str, sender: Address) -> str:
    """Return the Message-ID: the same for the same message, however often it is asked for."""
    digest = sha256(f"{workspace} {address}".encode()).hexdigest()[:32]
    return f"<{digest}@{sender.domain}>"


def letter(
    fields: Mapping[str, Value], sender: Address, identity: str, now: datetime
) -> EmailMessage:
    """Return the letter; raise ValueError where `to` is not one mailbox."""
    made = EmailMessage(policy=SMTP)
    made["From"] = sender
    made["To"] = mailbox(str(fields.get("to") or ""))
    made["Subject"] = one_line(str(fields.get("subject") or ""))[:_LONGEST_SUBJECT]
    made["Date"] = format_datetime(now)
    made["Message-ID"] = identity
    # Whoever is on holiday need not answer a program (RFC 3834).
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(words(str(fields.get("body") or "")), charset="utf-8", cte="quoted-printable")
    return made


def on_the_wire(made: EmailMessage) -> bytes:
    """Return the letter as it follows DATA: CRLF, doubled dots, the dot that ends it."""
    data = made.as_bytes(policy=SMTP)
    return re.sub(rb"(?m)^\.", b"..", data).removesuffix(b"\r\n") + b"\r\n.\r\n"


def words(body: str) -> str:
    """Return what a person reads: each link as title and url, one without a url as its title."""

    def shown(found: re.Match[str]) -> str:
        is_url = found["url"].startswith(("https://", "http://"))
        return f"{found['title']}: {found['url']}" if is_url else found["title"]

    text = _LINK.sub(shown, body.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(c for c in text if c in "\n\t" or not is_hidden(c)).rstrip("\n") + "\n"
