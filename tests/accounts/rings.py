"""Keyrings as systems have them: one that works, and those that only seem to."""

from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, PasswordDeleteError


class Ring(KeyringBackend):
    """A keyring that works."""

    priority = 1

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.held:
            raise PasswordDeleteError("not found")
        del self.held[service, username]


class NullRing(Ring):
    """A keyring that takes everything and keeps nothing."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class BrokenRing(Ring):
    """A keyring that fails in a way of its own, as those of some systems do."""

    def get_password(self, service: str, username: str) -> str | None:
        raise OSError("the bus is down")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise OSError("the bus is down")


class LockedRing(Ring):
    """A keyring that can be read, and not written."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringError("locked")

    def delete_password(self, service: str, username: str) -> None:
        raise KeyringError("locked")
