"""`forget`: who left goes from config, state and history, and what still names them is listed."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from .conftest import new_desk
from .desk import TEAM, Desk

CLEO = "Cleo Brandt <cleo@acme.example>"
BEN = "  ben: Ben Okoye <ben@acme.example>\n"
LEFT = (
    f"  # Joined with the merger.\n  cleo:   # the third\n    name: {CLEO}\n"
    "    left: 2026-12-09   # on a Wednesday\n    work-to: ben\n  # Marketing\n"
)
NOTES = "acme/Meetings/Weekly notes.md"
MESSAGE = "acme/Outbox/Cleo, your shared workspace - Acme.txt"
STATE = "workspaces/k3v9-7q2m-x4dt.sqlite3"


@pytest.fixture(scope="session")
def parted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace of a team that Cleo led for two days; her leaving was applied."""
    base = tmp_path_factory.mktemp("parted")
    with pytest.MonkeyPatch.context() as patch:
        desk = new_desk(base, patch)
        desk.write("config.yaml", TEAM)
        desk.edit("config.yaml", BEN, f"{BEN}  cleo: {CLEO}\n")
        desk.edit(
            "config.yaml", "lead: ana, members: [ana, ben]", "lead: cleo, members: [ana, cleo, ben]"
        )
        desk.apply()
        _leaves(desk)
        desk.apply()
    return base


@pytest.fixture
def cleo(parted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk of that team, in a copy of its own."""
    shutil.copytree(parted, tmp_path, dirs_exist_ok=True)
    return new_desk(tmp_path, monkeypatch)


def _leaves(desk: Desk) -> None:
    desk.edit("config.yaml", f"  cleo: {CLEO}\n", LEFT)


def _line(desk: Desk, begins: str) -> str:
    """Return where a line of the config stands, as messages say it."""
    lines = desk.read("config.yaml").splitlines()
    return f"config.yaml:{[line.startswith(begins) for line in lines].index(True) + 1}:"


def _named_in_data(desk: Desk) -> list[str]:
    """Return the files of the data folder in which any byte names Cleo."""
    files = [path for path in desk.data.rglob("*") if path.is_file()]
    return [path.name for path in files if _is_named(path)]


def _is_named(path: Path) -> bool:
    raw = path.read_bytes()
    return b"Cleo" in raw or b"cleo@" in raw.lower() or b"Cleo" in str(path).encode()


def _clean(desk: Desk) -> None:
    """Take the name out of what members can reach, as they do."""
    desk.path(MESSAGE).unlink()
    desk.write(NOTES, desk.read(NOTES).replace("Cleo Brandt", "our former lead"))


def test_no_byte_of_name_and_mail_is_left_once_no_document_holds_them(cleo: Desk) -> None:
    _clean(cleo)
    cleo.apply()
    assert _named_in_data(cleo) == ["k3v9-7q2m-x4dt.sqlite3"]
    told = cleo.run("forget", "cleo", "--yes").out
    assert _named_in_data(cleo) == []
    assert "Cleo" not in cleo.read("config.yaml")
    assert "These still hold the name" not in told
    assert "mails and messages that were sent" in told
    cleo.is_quiet()
    assert _named_in_data(cleo) == []


def test_what_a_document_says_stays_and_is_listed_until_somebody_changes_it(cleo: Desk) -> None:
    cleo.edit("acme/Glossary.md", "# Glossary\n", "# Glossary\n\nCleo Brandt wrote this.\n")
    cleo.apply()
    told = cleo.run("forget", "cleo", "--yes").out
    assert "“Glossary”, once: acme/Glossary.md" in told
    assert f"“Weekly notes”, twice: {NOTES}" in told
    assert MESSAGE in told
    assert f"smarketing forget '{CLEO}'" in told
    assert "Cleo Brandt wrote this." in cleo.read("acme/Glossary.md")
    cleo.is_quiet()
    _clean(cleo)
    cleo.edit("acme/Glossary.md", "Cleo Brandt wrote this.", "A colleague wrote this.")
    cleo.apply()
    cleo.run("forget", CLEO, "--yes")
    assert _named_in_data(cleo) == []
    cleo.is_quiet()


def test_config_keeps_every_other_byte_and_who_took_over_leads(cleo: Desk) -> None:
    before = cleo.read("config.yaml")
    entry = LEFT.partition("merger.\n")[2].partition("  # Marketing")[0]
    after = before.replace(entry, "").replace(
        "lead: cleo, members: [ana, cleo, ben]", "lead: ben, members: [ana, ben]"
    )
    cleo.run("forget", "Cleo Brandt", "--yes")
    assert cleo.read("config.yaml") == after
    assert "# Joined with the merger.\n  # Marketing\n" in after


def test_the_second_time_there_is_nothing_to_do(cleo: Desk) -> None:
    cleo.run("forget", "cleo@acme.example", "--yes")
    before, state = cleo.files(), (cleo.data / STATE).read_bytes()
    told = cleo.run("forget", CLEO).out
    assert told.startswith("Config, state and history hold no more of Cleo Brandt")
    assert cleo.files() == before
    assert (cleo.data / STATE).read_bytes() == state


def test_the_key_the_second_time_is_answered_in_one_line_without_the_name(cleo: Desk) -> None:
    cleo.run("forget", "cleo", "--yes")
    for _ in range(2):
        before, state = cleo.files(), (cleo.data / STATE).read_bytes()
        (line,) = cleo.run("forget", "cleo").said.splitlines()
        assert line.startswith("Nothing is left to forget of 'cleo'")
        assert "Cleo" not in cleo.run("forget", "cleo", "--json").said
        assert (cleo.files(), (cleo.data / STATE).read_bytes()) == (before, state)
        cleo.apply()
    assert "There is nobody called 'clea'" in cleo.run("forget", "clea", code=1).err


def test_a_key_whose_name_state_still_holds_wants_name_and_mail(cleo: Desk) -> None:
    cleo.edit("config.yaml", LEFT, "")
    cleo.edit("config.yaml", "lead: cleo, members: [ana, cleo, ben]", "lead: ben, members: [ben]")
    assert "give name and mail" in cleo.run("forget", "cleo", code=1).err


def test_history_keeps_that_something_was_written_and_undo_says_why_not(cleo: Desk) -> None:
    before = cleo.run("history", "2", "--json").data["writes"]
    cleo.run("forget", "cleo", "--yes")
    writes = cleo.run("history", "2", "--json").data["writes"]
    assert [write["verb"] for write in writes] == [write["verb"] for write in before]
    made = cleo.run("history", "1", "--json").data["writes"]
    assert "message:forgotten" in [write["address"] for write in made]
    assert "somebody who was forgotten" in cleo.run("history", "2").out
    assert "somebody who was forgotten" in cleo.run("undo", "2", "--yes", code=1).err


def test_nobody_is_forgotten_who_is_here(cleo: Desk) -> None:
    before = cleo.files()
    refused = cleo.run("forget", "Ana Silva", "--yes", code=1)
    assert "Ana Silva is still here. Write `left:`" in refused.err
    assert _line(cleo, "  ana:") in refused.err
    assert cleo.files() == before


def test_leaving_is_applied_before_somebody_is_forgotten(desk: Desk, acme: Desk) -> None:
    acme.edit("config.yaml", BEN, f"{BEN}  cleo: {CLEO}\n")
    acme.edit("config.yaml", "lead: ana, members: [ana, ben]", "lead: cleo, members: [ana, ben]")
    acme.edit(
        "acme/Work board.md", "## Next\n", "## Next\n\n- [ ] Call a friend @[[Cleo Brandt]]\n"
    )
    acme.apply()
    _leaves(acme)
    before = acme.files()
    refused = acme.run("forget", "cleo", "--yes", code=1)
    assert "Open work is still Cleo Brandt <cleo@acme.example>'s" in refused.err
    assert "First run `smarketing apply`" in refused.err
    assert acme.files() == before
    acme.apply()
    acme.run("forget", "cleo", "--yes")


def test_what_was_broken_off_is_finished_by_the_same_command(
    cleo: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _clean(cleo)
    cleo.apply()
    with monkeypatch.context() as full:
        full.setattr("smarketing.config.writing.os.fsync", _disk_is_full)
        assert "No space left" in cleo.run("forget", "cleo", "--yes", code=1).err
    assert "Cleo" in cleo.read("config.yaml")
    cleo.run("forget", "cleo", "--yes")
    assert "Cleo" not in cleo.read("config.yaml")
    assert _named_in_data(cleo) == []
    cleo.is_quiet()


def _disk_is_full(handle: int) -> None:
    raise OSError(28, "No space left on device")


def test_another_workspace_on_this_computer_that_names_them_is_told(cleo: Desk) -> None:
    shutil.copy(cleo.data / STATE, cleo.data / "workspaces" / "aaaa-bbbb-cccc.sqlite3")
    told = cleo.run("forget", "cleo", "--yes").out
    assert "The workspace “Acme” (id: aaaa-bbbb-cccc) here names them, too" in told


def test_a_workspace_of_which_no_title_is_known_is_told_by_its_id(cleo: Desk) -> None:
    (cleo.data / "workspaces" / "aaaa-bbbb-cccc.sqlite3").write_bytes(b"Cleo Brandt")
    told = cleo.run("forget", "cleo", "--yes").out
    assert "The workspace aaaa-bbbb-cccc here names them, too" in told


def test_a_line_of_config_or_playbook_that_names_them_is_told(cleo: Desk) -> None:
    cleo.edit("config.yaml", "# Our workspace.", "# Our workspace, made by Cleo Brandt.")
    (mention,) = (
        each
        for each in cleo.run("forget", "cleo", "--yes", "--json").data["workspaces"][0][
            "still_named_in"
        ]
        if each["title"] == "config.yaml"
    )
    assert mention["where"] == "config.yaml:1"


def test_saying_no_changes_nothing(cleo: Desk) -> None:
    before, state = cleo.files(), (cleo.data / STATE).read_bytes()
    asked = cleo.run("forget", "cleo", answer="n\n")
    assert f"{_line(cleo, '  cleo:')} people.cleo goes" in asked.out
    assert "Nothing was done." in asked.err
    assert cleo.files() == before
    assert (cleo.data / STATE).read_bytes() == state


def test_a_name_within_another_word_or_name_is_no_mention(cleo: Desk) -> None:
    cleo.edit(
        "acme/Glossary.md",
        "# Glossary\n",
        "# Glossary\n\nCleo Brandtner, cleo brandt, mcleo@acme.example, CLEO@ACME.EXAMPLE.\n",
    )
    cleo.apply()
    (glossary,) = (
        mention
        for mention in cleo.run("forget", "cleo", "--json", "--yes").data["workspaces"][0][
            "still_named_in"
        ]
        if mention["title"] == "Glossary"
    )
    assert glossary["times"] == 1


def test_the_file_that_says_it_is_the_one_that_is_changed(cleo: Desk) -> None:
    own: list[str] = []
    people: list[str] = []
    for line in cleo.read("config.yaml").splitlines(keepends=True):
        (people if people or line.startswith("people:") else own).append(line)
    rest = [line for line in people if line.startswith(("edition", "integrations"))]
    shared = (
        "".join(line for line in people if line not in rest) + "guests:\n- cleo  # once\n- ana\n"
    )
    cleo.write("shared.yaml", shared)
    cleo.write("config.yaml", "".join(["extends: shared.yaml\n", *own, *rest]))
    cleo.is_quiet()
    before = cleo.read("config.yaml")
    told = cleo.run("forget", "cleo", "--yes").out
    assert "shared.yaml:5: people.cleo goes" in told
    assert "Other workspaces that extend shared.yaml" in told
    assert cleo.read("config.yaml") == before
    assert "leo" not in cleo.read("shared.yaml")
    assert cleo.read("shared.yaml").endswith("guests:\n- ana\n")
    cleo.is_quiet()


def test_what_can_not_be_taken_out_of_config_safely_is_left_to_a_person(cleo: Desk) -> None:
    cleo.edit("config.yaml", "  cleo:   # the third", "  cleo: &third")
    cleo.edit("config.yaml", "  # Marketing\n", "  eve: {<<: *third, name: Eve Doe}\n")
    before, state = cleo.files(), (cleo.data / STATE).read_bytes()
    refused = cleo.run("forget", "cleo", "--yes", code=1).err
    assert _line(cleo, "  cleo:") in refused
    assert "by hand" in refused
    assert "Nothing was changed." in refused
    assert cleo.files() == before
    assert (cleo.data / STATE).read_bytes() == state


def test_a_paused_workspace_forgets_nobody(cleo: Desk) -> None:
    cleo.run("pause", "--why", "Cleo Brandt is away")
    assert "Paused by" in cleo.run("forget", "cleo", "--yes", code=4).err
    cleo.run("resume")
    cleo.run("forget", "cleo", "--yes")


def test_somebody_of_the_same_name_stays_known(cleo: Desk) -> None:
    cleo.edit("config.yaml", BEN, f"{BEN}  clea: Cleo Brandt <clea@acme.example>\n")
    assert "clea or cleo" in cleo.run("forget", "Cleo Brandt", "--yes", code=1).err
    told = cleo.run("forget", "cleo", "--yes").out
    assert told.startswith("This takes cleo@acme.example out")
    with closing(sqlite3.connect(cleo.data / STATE)) as state:
        kept = "".join(text for (text,) in state.execute("SELECT content FROM record"))
    assert "cleo@" not in kept


def test_workspaces_that_share_their_people_forget_together(cleo: Desk) -> None:
    lines = cleo.read("config.yaml").splitlines(keepends=True)
    at, end = lines.index("people:\n"), lines.index("teams:\n")
    cleo.write("shared.yaml", "".join(lines[at:end]))
    cleo.write("config.yaml", "".join(["extends: shared.yaml\n", *lines[:at], *lines[end:]]))
    other = cleo.read("config.yaml").replace("k3v9-7q2m-x4dt", "aaaa-bbbb-cccc")
    cleo.write("other.yaml", other.replace("lead: cleo", "lead: ben").replace("cleo, ", ""))
    words = ("forget", "cleo", "--yes", "--config", "config.yaml", "--config", "other.yaml")
    told = cleo.run(*words).out
    assert told.count("people.cleo goes") == 1
    assert not any(b"leo" in cleo.files()[name] for name in ("shared.yaml", "other.yaml"))
    cleo.is_quiet()
    assert cleo.run("validate", "--config", "other.yaml").code == 0
