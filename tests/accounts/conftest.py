"""A computer with nobody signed in: an empty data folder, no environment, a keyring that works."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from .desk import Desk
from .rings import Ring

Plug = Callable[[KeyringBackend], None]


@pytest.fixture(autouse=True)
def ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ring]:
    """The keyring of a computer that is all our own."""
    for name in [name for name in os.environ if name.startswith("SMARKETING_")]:
        monkeypatch.delenv(name)
    folder = tmp_path / "desk"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SMARKETING_DATA", str(tmp_path / "data"))
    before = keyring.get_keyring()
    ours = Ring()
    keyring.set_keyring(ours)
    yield ours
    keyring.set_keyring(before)


@pytest.fixture
def plug(ring: Ring) -> Plug:
    """Put another keyring into the computer."""
    return keyring.set_keyring


@pytest.fixture
def desk(ring: Ring, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A computer with the commands, whose calls go to stand-ins."""
    desk = Desk()
    desk.plug(monkeypatch)
    return desk
