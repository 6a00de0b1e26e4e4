"""What ships: every playbook says its edition, and earlier ones are kept whole."""

from pathlib import Path

import pytest

from smarketing.playbook.loading import load_playbook
from smarketing.playbook.shipped import shipped_editions, shipped_playbooks
from smarketing.problems import UserError

from .shelf import Shelf


def test_every_shipped_playbook_and_edition_loads_and_says_its_number(tmp_path: Path) -> None:
    for name in shipped_playbooks():
        editions = shipped_editions(name)
        assert editions is not None
        assert list(editions.folders) == list(range(1, editions.newest + 1))
        for number in editions.folders:
            playbook = load_playbook(name, tmp_path, number)
            assert (playbook.playbook, playbook.edition) == (name, number)
            assert playbook.copy_of is None
            assert number == 1 or playbook.news.strip()


def test_an_earlier_edition_is_read_from_its_own_folder(shelf: Shelf, tmp_path: Path) -> None:
    shelf.ship(2)
    shelf.ship(3)
    for number, title in ((1, "Agree what a lead is"), (3, "Agree in writing what a lead is")):
        playbook = load_playbook("starter", tmp_path, number)
        assert playbook.boards["work"].cards["agree-lead"].title == title
    assert (
        load_playbook("starter", tmp_path, 1).file == "playbooks/starter/editions/1/playbook.yaml"
    )
    assert load_playbook("starter", tmp_path).edition == 3


def test_an_edition_that_is_not_there_is_told(shelf: Shelf, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"Edition 2 .* is not here\. There is: 1\."):
        load_playbook("starter", tmp_path, 2)
