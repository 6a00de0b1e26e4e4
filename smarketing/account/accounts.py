"""Where the secrets of an account are kept: the environment, a named file, the keyring, our file.

An account is one vendor at one host. What is kept for one host is never given for another.
"""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from smarketing.account import secretfile
from smarketing.datafolder import data_folder
from smarketing.problems import UserError
from smarketing.signin import SIGNED_IN

_SERVICE = "smarketing"
_HOST = "host"
"""Names, in the environment, the host that its secrets are for, where a vendor has none."""
_THIS_COMPUTER = ("127.0.0.1", "localhost", "::1")
ENVIRONMENT = "the environment"
KEYRING = "the keyring of this computer"


@dataclass(frozen=True, slots=True)
class Tool:
    """What is said of a vendor's account without opening it.

    `hosts` are the vendor's own, the first stands for all of them; `settings` are config's.
    """

    vendor: str
    hosts: tuple[str, ...]
    settings: Mapping[str, Any]
    base: Path

    @property
    def host(self) -> str:
        """The host of the account that config means."""
        endpoint = str(self.settings.get("endpoint", ""))
        return urlsplit(endpoint).netloc if endpoint else next(iter(self.hosts), "")

    @property
    def is_in_the_clear(self) -> bool:
        """Say whether anybody on the way to the host could read along."""
        endpoint = urlsplit(str(self.settings.get("endpoint", "")))
        return endpoint.scheme == "http" and endpoint.hostname not in _THIS_COMPUTER

    @property
    def file(self) -> Path | None:
        """The file of secrets that config names."""
        named = self.settings.get("secrets")
        return self.base / Path(str(named)).expanduser() if named else None


class Account:
    """The secrets of one vendor at one host."""

    def __init__(self, tool: Tool, host: str) -> None:
        self.vendor = tool.vendor
        self.host = tool.hosts[0] if host in tool.hosts else host
        self._is_vendors = host in tool.hosts or (not tool.hosts and self._is_meant(host))
        self._named = tool.file
        self._read: tuple[str, Mapping[str, str]] | None = None

    def __repr__(self) -> str:
        return f"Account({self.vendor} at {self.host})"

    def _is_meant(self, host: str) -> bool:
        """Say whether the environment speaks of this host, where a vendor has none of its own."""
        return bool(host) and os.environ.get(self.variable(_HOST), "").strip() == host

    def get(self, name: str) -> str:
        """Return a secret, "" if there is none."""
        return self._given(name) or self._stored()[1].get(name, "")

    def put(self, name: str, secret: str) -> None:
        """Keep a secret that the vendor renewed, where the others of this account are."""
        if self._given(name):
            raise UserError(f"{self.variable(name)} holds this secret: renew it there.")
        self.keep({**self._stored()[1], name: secret})

    def keep(self, secrets: Mapping[str, str]) -> str:
        """Replace all that is stored of this account; return the place."""
        self._read = None
        if self._named is not None:
            secretfile.keep(self._named, self.vendor, self.host, secrets)
            return str(self._named)
        # A keyring that shows what it was given is one; a null or a broken one does not.
        if self._write_keyring(secrets) and self._keyring() == dict(secrets):
            secretfile.keep(own_file(), self.vendor, self.host, {})
            return KEYRING
        self._write_keyring({})
        secretfile.keep(own_file(), self.vendor, self.host, secrets)
        if self._keyring():
            raise UserError(
                f"The keyring holds an older account for {self.vendor} and can't be written. "
                "Unlock it, then sign in again."
            )
        return str(own_file())

    def remove(self) -> tuple[str, ...]:
        """Remove all that is stored of this account; return the places it was in."""
        places: list[str] = []
        while (place := self._look()[0]) and place not in places:
            places.append(place)
            if place == KEYRING:
                self._write_keyring({})
            else:
                secretfile.keep(Path(place), self.vendor, self.host, {})
        if place:
            raise UserError(f"What {place} holds can't be removed. Remove it there by hand.")
        self._read = None
        return tuple(places)

    def where(self, name: str) -> str:
        """Return the place a secret comes from, "" if there is none."""
        if self._given(name):
            return f"{ENVIRONMENT} ({self.variable(name)})"
        place, secrets = self._stored()
        return place if secrets.get(name) else ""

    def places(self) -> dict[str, tuple[str, ...]]:
        """Return where this account's secrets come from: the names in each place."""
        stored, secrets = self._stored()
        given = self.variables()
        found = {ENVIRONMENT: given} if given else {}
        over = {name for name in secrets if self.variable(name) in given}
        left = tuple(name for name in secrets if name not in over and name != SIGNED_IN)
        return {**found, stored: left} if left else found

    def variables(self) -> tuple[str, ...]:
        """Return the environment variables that hold secrets of this account."""
        if not self._is_vendors:
            return ()
        start = self.variable("")
        return tuple(
            sorted(
                name
                for name, said in os.environ.items()
                if name.startswith(start) and said and name != self.variable(_HOST)
            )
        )

    def variable(self, name: str) -> str:
        """Return the environment variable for a secret."""
        return f"{_SERVICE}_{self.vendor}_{name}".upper().replace("-", "_")

    def _given(self, name: str) -> str:
        """Return what the environment says: it speaks of the vendor's own host, and no other."""
        if not self._is_vendors:
            return ""
        said = os.environ.get(self.variable(name), "").strip()
        if Path(said).is_absolute() and Path(said).is_file():
            return Path(said).read_text(encoding="utf-8").strip()
        return said

    def _stored(self) -> tuple[str, Mapping[str, str]]:
        """Return the first place that has this account, and what it holds; looked up once."""
        if self._read is None:
            self._read = self._look()
        return self._read

    def _look(self) -> tuple[str, Mapping[str, str]]:
        if self._named is not None and (held := self._in(self._named)):
            return str(self._named), held
        if held := self._keyring():
            return KEYRING, held
        if held := self._in(own_file()):
            return str(own_file()), held
        return "", {}

    def _in(self, path: Path) -> Mapping[str, str]:
        return secretfile.read(path).get(self.vendor, {}).get(self.host, {})

    def _keyring(self) -> dict[str, str]:
        return _secrets(_from_keyring(self._entry))

    def _write_keyring(self, secrets: Mapping[str, str]) -> bool:
        return _to_keyring(self._entry, json.dumps(dict(secrets)) if secrets else "")

    @property
    def _entry(self) -> str:
        return f"{self.vendor} at {self.host}"


def opener(tool: Tool) -> Callable[[str], Account]:
    """Return what opens this vendor's account at a host."""
    return lambda host: Account(tool, host)


def known_of(tool: Tool) -> str:
    """Return who is signed in as far as this computer knows: a name, else where the secrets are."""
    account = Account(tool, tool.host)
    if account.variables():
        return f"the account of {ENVIRONMENT}"
    places = [place for place in account.places() if place]
    if not places:
        return ""
    try:
        record = json.loads(account.get(SIGNED_IN) or "{}")
    except ValueError:
        record = {}
    who = str(record.get("who") or "") if isinstance(record, dict) else ""
    return who or f"the account in {places[0]}"


def own_file() -> Path:
    """Return the file for accounts where there is no keyring."""
    return data_folder() / "accounts.json"


def _secrets(text: str) -> dict[str, str]:
    try:
        data = json.loads(text) if text else {}
    except ValueError:
        return {}
    if not isinstance(data, dict):
        return {}
    return {str(name): str(secret) for name, secret in data.items()}


# What a keyring raises depends on the system behind it, and is not always an error of the
# library's own. No keyring at all is an ordinary thing on a server: then our file is used.


def _from_keyring(entry: str) -> str:
    import keyring

    try:
        return keyring.get_password(_SERVICE, entry) or ""
    except Exception:  # noqa: BLE001 - see above
        return ""


def _to_keyring(entry: str, text: str) -> bool:
    """Say whether it was taken; "" removes the entry."""
    import keyring

    try:
        if text:
            keyring.set_password(_SERVICE, entry, text)
        elif keyring.get_password(_SERVICE, entry) is not None:
            keyring.delete_password(_SERVICE, entry)
    except Exception:  # noqa: BLE001 - see above
        return False
    return True
