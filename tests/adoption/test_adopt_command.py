"""`adopt` proposes what is there, writes lines into config, and nothing in the tools."""

from pathlib import Path

import pytest

from tests.promises.desk import TEAM, Clock, Desk


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    made = Desk(tmp_path / "desk", tmp_path / "data", Clock(1_796_634_000.0))
    made.folder.mkdir()
    monkeypatch.chdir(made.folder)
    monkeypatch.setenv("SMARKETING_DATA", str(made.data))
    monkeypatch.setattr("smarketing.commands.shell.clock", lambda: made.clock)
    made.write("config.yaml", TEAM)
    made.write("acme/Our words/Glossary.md", "# Words\n\nLead: somebody who rang twice.\n")
    return made


def test_what_is_adopted_is_bound_and_not_made_anew(desk: Desk) -> None:
    told = desk.run("adopt", "--yes")
    assert "document:glossary: Our words/Glossary.md" in told.out
    assert "existing:" in desk.read("config.yaml")
    before = desk.read("acme/Our words/Glossary.md")
    desk.run("apply", "--yes")
    assert not desk.path("acme/Glossary.md").exists()
    assert desk.read("acme/Our words/Glossary.md").endswith(before)
    assert desk.run("adopt", "--json").data == {"proposals": []}


def test_a_no_writes_nothing(desk: Desk) -> None:
    before = desk.files()
    desk.run("adopt", answer="n\n")
    assert desk.files() == before
