"""What a vendor's `signin` module offers beside its integration: how a person signs in and out.

It also says how an account is. The commands `login`, `logout` and `doctor` need nothing else.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Literal, Protocol

from smarketing.contract import Setup

Grade = Literal["fine", "note", "person", "error"]
"""`note` is worth knowing, `person` waits for one, `error` could not be found out."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing about an account: what it is about, how it is, and what to do."""

    about: str
    grade: Grade
    words: str


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person asked of `login`. `client` and `service_account` are files."""

    client: Path | None = None
    service_account: Path | None = None
    wider: bool = False
    expires: str = "never"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An account that the vendor let in. `words` is what the person should know of it."""

    who: str
    secrets: Mapping[str, str] = field(repr=False)
    words: Sequence[str] = ()


class Asking(Protocol):
    """The person at the keyboard."""

    def tell(self, words: str) -> None:
        """Say something."""
        ...

    def secret(self, words: str) -> str:
        """Ask for a secret; it is not shown while it is typed."""
        ...

    def open(self, url: str) -> None:
        """Show a page of the vendor's, in a browser where the person wants one."""
        ...


class Signing(Protocol):
    """The module `signin` of an integration's package.

    `HOSTS` are the vendor's own hosts, as in its manifest. Each function raises Unreachable
    where the vendor does not answer, and UserError where the person has to do something.
    """

    HOSTS: tuple[str, ...]

    def sign_in(self, setup: Setup, asking: Asking, wishes: Wishes, now: float) -> SignedIn:
        """Lead a person through it, and try what they gave in one call. Nothing is stored yet."""
        ...

    def sign_out(self, setup: Setup) -> str:
        """Take the account's rights away at the vendor, and say so; or say how a person can."""
        ...

    def examine(self, setup: Setup, now: float) -> Sequence[Finding]:
        """Return all that is worth knowing about the account. It reads only."""
        ...

    def lasting(self, setup: Setup, now: float) -> Sequence[Finding]:
        """Return how long the sign-in lasts, as far as is known here without a call."""
        ...


SIGNED_IN = "signed_in"
"""The name under which an account keeps who signed in, when, and for what."""

MOST_SKEW = 60.0


def remember(secret: str, now: float, **facts: object) -> str:
    """Return the record of a sign-in, bound to the secret that it gave."""
    return json.dumps({"at": now, "of": _mark(secret), **facts})


def recall(record: str, secret: str) -> dict[str, Any]:
    """Return the record, {} if there is none or it belongs to another secret."""
    try:
        data = json.loads(record) if record else {}
    except ValueError:
        return {}
    fits = isinstance(data, dict) and data.get("of") == _mark(secret)
    return data if fits and isinstance(data.get("at"), int | float) else {}


def _mark(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()[:12]


def clock_finding(date: str | None, now: float) -> Sequence[Finding]:
    """Return how our clock stands to the Date header of a reply; nothing if it has none."""
    try:
        theirs = parsedate_to_datetime(date or "").timestamp()
    except ValueError:
        return ()
    apart = now - theirs
    if abs(apart) <= MOST_SKEW:
        return (Finding("clock", "fine", "This computer's clock is right."),)
    way = "fast" if apart > 0 else "slow"
    words = (
        f"This computer's clock is {abs(apart):.0f} seconds {way}. Set it: sign-ins with a signed "
        "request fail, and what is due is reckoned wrongly."
    )
    return (Finding("clock", "person", words),)
