"""The tour, block by block: what the page shows is what the program prints."""

from pathlib import Path

import pytest

from .tour import PAGE, WHERE, WHO, as_it_prints, blocks, desk_in


def test_every_block_of_the_tour_prints_what_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = PAGE.read_text(encoding="utf-8")
    desk = desk_in(tmp_path)
    monkeypatch.chdir(desk.folder)
    monkeypatch.setenv("SMARKETING_DATA", str(desk.data))
    monkeypatch.setattr("smarketing.commands.shell.clock", lambda: desk.clock)
    monkeypatch.setattr("getpass.getuser", lambda: WHO)
    monkeypatch.setattr("socket.gethostname", lambda: WHERE)
    assert as_it_prints(page, desk) == page


def test_the_tour_leads_from_nothing_through_a_reorganisation() -> None:
    done = [block.body.splitlines()[0] for block in blocks(PAGE.read_text(encoding="utf-8"))]
    assert done[0] == "$ smarketing apply --yes"
    assert len(done) >= 8
    assert done[-1].startswith("$ smarketing")
