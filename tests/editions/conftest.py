"""A desk whose program ships a small playbook in as many editions as a test wants."""

from pathlib import Path

import pytest

from tests.promises.conftest import new_desk
from tests.promises.desk import Desk

from .shelf import Shelf


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """The folder of what the program ships: the playbook `starter` in its first edition."""
    folder = tmp_path / "shipped"
    monkeypatch.setattr("smarketing.playbook.shipped.shipped_folder", lambda: folder)
    shelf = Shelf(folder)
    shelf.ship(1)
    return shelf


@pytest.fixture
def desk(shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """An empty desk beside it."""
    return new_desk(tmp_path, monkeypatch)
