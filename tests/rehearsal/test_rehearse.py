"""The coming weeks of one's own playbook, in a folder, and nothing else touched."""

from pathlib import Path

import pytest

from tests.meetings.conftest import CONFIG, PLAYBOOK
from tests.promises.conftest import new_desk
from tests.promises.desk import Desk

NOTES = """\
    notes:
      document: notes
      title: Sales notes
      ready: 3 hours before
      agenda: |
        Guest: {{ meeting.guest }}
boards:
  work:
    title: Work
    lists: {week: This week, done: Done}
    cards:
      agree: {title: Agree what a lead is, list: week, owner: lead of sales, due: day 12}
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A team that has built nothing yet: it is Friday, 27 November."""
    desk = new_desk(tmp_path, monkeypatch)
    desk.write("config.yaml", CONFIG)
    desk.write("meets/playbook.yaml", PLAYBOOK + NOTES)
    desk.clock.set(2026, 11, 27)
    return desk


def test_each_week_says_its_agendas_guests_and_what_falls_due(desk: Desk) -> None:
    lines = desk.run("rehearse", "--weeks", "3").out.splitlines()
    agenda = "Thu agenda of “Sales meeting”, guest"
    assert lines[0] == "Acme, rehearsed in acme-rehearsal: 3 weeks from Mon 7 Dec 2026 on."
    assert lines[1].startswith(f"  Week of Mon 7 Dec: {agenda} Dana Wu")
    assert lines[2] == (
        f"  Week of Mon 14 Dec: {agenda} Zoë Young; 1 card due: “Agree what a lead is”"
    )
    assert lines[3] == f"  Week of Mon 21 Dec: {agenda} Dana Wu"
    assert "Nobody works in a rehearsal, so 1 card is late at its end." in lines
    notes = desk.read("acme-rehearsal/Sales notes.md")
    assert "## Thu 24 Dec 2026, 09:00-09:45\n\nGuest: Dana Wu\n" in notes
    assert "31 Dec" not in notes


def test_a_digest_is_among_the_messages_of_its_week(desk: Desk) -> None:
    digest = "digest:\n  weekly: {title: Your week, when: every Friday at 15:00, to: [sales]}\n"
    desk.write("meets/playbook.yaml", desk.read("meets/playbook.yaml") + digest)
    line = desk.run("rehearse", "--weeks", "2").out.splitlines()[2]
    assert line.endswith("; Fri message “Your week, Fri 18 Dec 2026” to Ana Silva and Ben Okoye")


def test_a_digest_in_a_channel_is_told_with_the_name_of_the_channel(desk: Desk) -> None:
    digest = (
        "channels: {talk: Team talk}\n"
        "digest:\n  weekly: {title: Week, when: every Friday at 15:00, to: [sales, channel:talk]}\n"
    )
    desk.write("meets/playbook.yaml", desk.read("meets/playbook.yaml") + digest)
    line = desk.run("rehearse", "--weeks", "2").out.splitlines()[2]
    assert line.endswith("; Fri 2 messages to Ana Silva, Ben Okoye and Team talk")


def test_the_weeks_are_told_as_data(desk: Desk) -> None:
    data = desk.run("rehearse", "--weeks", "2", "--to", "trial", "--json").data
    assert (data["folder"], data["begins"], data["late"]) == ("trial", "2026-12-07", 1)
    assert data["weeks"][1] == {
        "monday": "2026-12-14",
        "meetings": [
            {
                "title": "Sales meeting",
                "start": "2026-12-17T09:00:00+00:00",
                "agenda_in": "Sales notes",
                "guest": "Zoë Young",
                "holiday": "",
            }
        ],
        "due": [{"title": "Agree what a lead is", "day": "2026-12-18", "owner": "Ana Silva"}],
        "messages": [],
    }


def test_nothing_but_the_folder_is_written_and_no_tool_is_asked(desk: Desk) -> None:
    desk.edit("config.yaml", "teams:", "use: {boards: trello, meetings: google}\nteams:")
    desk.write(
        "config.yaml", desk.read("config.yaml") + "existing: {board:work: https://x.y/b/1}\n"
    )
    before = desk.files()
    desk.run("rehearse", "--weeks", "1")
    after = {name: text for name, text in desk.files().items() if "rehearsal/" not in name}
    assert after == before
    assert not desk.data.exists(), "no state is kept"
    assert "acme-rehearsal/Work.md" in desk.files()


def test_the_real_workspace_is_as_it_was(desk: Desk) -> None:
    desk.apply()
    before = desk.files()
    desk.run("rehearse", "--weeks", "1", "--to", "trial")
    after = {name: text for name, text in desk.files().items() if not name.startswith("trial/")}
    assert after == before
    desk.is_quiet()


def test_a_workspace_that_runs_already_is_rehearsed_from_the_monday_to_come(desk: Desk) -> None:
    desk.clock.set(2027, 2, 3)
    first = desk.run("rehearse", "--weeks", "1").out.splitlines()[0]
    assert first.endswith("1 week from Mon 8 Feb 2027 on, as if it began then.")


def test_a_rehearsal_without_a_config_shows_the_shipped_playbook(desk: Desk) -> None:
    desk.path("config.yaml").unlink()
    said = desk.run("rehearse", "--weeks", "1", "--set", "company=Globex").out
    assert said.startswith("Globex, rehearsed in globex-rehearsal: 1 week")
    assert not desk.path("config.yaml").exists()


def test_a_folder_with_something_in_it_is_refused(desk: Desk) -> None:
    desk.write("mine/letter.txt", "Dear Ana\n")
    said = desk.run("rehearse", "--to", "mine", code=1).err
    assert said.startswith("mine is already there, and is not an empty folder.")
    assert desk.read("mine/letter.txt") == "Dear Ana\n"
    assert "is not an empty folder" in desk.run("rehearse", "--to", "config.yaml", code=1).err


def test_the_workspaces_own_folder_is_refused_before_it_is_there(desk: Desk) -> None:
    said = desk.run("rehearse", "--to", "acme", code=1).err
    assert said == "acme is the workspace's own folder. Name another one with --to.\n"
    assert not desk.path("acme").exists()


def test_the_folder_says_what_it_is(desk: Desk) -> None:
    said = desk.run("rehearse", "--weeks", "1").out
    assert desk.read("acme-rehearsal/This is a rehearsal.txt") == said
