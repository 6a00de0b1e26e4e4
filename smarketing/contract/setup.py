"""What an integration is made from."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit


class Secrets(Protocol):
    """The secrets of one account: of one vendor, at one host."""

    def get(self, name: str) -> str:
        """Return a secret, "" if there is none."""
        ...

    def put(self, name: str, secret: str) -> None:
        """Keep a secret that the vendor renewed."""
        ...


@dataclass(frozen=True, slots=True)
class Setup:
    """What an integration is made from.

    `settings` are those under `integrations:` in config, `base` the folder of the config file.
    `secrets` opens the account at a host. `transport` replaces the network where given: a
    requests adapter. `now` tells the time, in seconds since 1970.
    """

    settings: Mapping[str, Any]
    base: Path
    secrets: Callable[[str], Secrets] = field(repr=False, default=lambda host: NoSecrets())
    transport: Any = field(repr=False, default=None)
    now: Callable[[], float] = field(repr=False, default=time.time)

    @property
    def endpoint(self) -> str:
        """What config names instead of the vendor's own address, "" for nothing."""
        return str(self.settings.get("endpoint") or "")

    def today(self) -> date:
        """Return the day where this machine stands."""
        return date.fromtimestamp(self.now())

    def account(self, host: str) -> Secrets:
        """Return the secrets of the account at the endpoint, else at the vendor's host."""
        return self.secrets(urlsplit(self.endpoint).netloc or host)


class NoSecrets:
    """An account without secrets."""

    def get(self, name: str) -> str:
        return ""

    def put(self, name: str, secret: str) -> None:
        raise LookupError("there is no account to keep a secret for")
