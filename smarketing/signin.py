"""What a vendor's `signin` module offers beside its integration: how a person signs in and out.

It also says how an account is. The commands `login`, `logout` and `doctor` need nothing else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

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
    act_as: str = ""
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
