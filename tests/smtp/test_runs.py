"""Whole runs with mail: who is invited, who gets the digest, and what is told when an answer is lost."""

from pathlib import Path

import pytest

from smarketing.changes.sending import is_unknown
from smarketing.testing.awkward import Awkward
from tests.digest.conftest import CONFIG, PLAYBOOK
from tests.digest.office import Crash
from tests.digest.office import Office as Team
from tests.promises.conftest import new_desk
from tests.promises.desk import Desk

from .conftest import Mail
from .office import PASSWORD, USER

pytestmark = pytest.mark.enable_socket  # the mail server listens on this computer


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mail: Mail) -> Desk:
    """A desk whose messages go by mail; the secrets stand in the environment."""
    desk = new_desk(tmp_path, monkeypatch)
    endpoint = str(mail.settings["endpoint"])
    monkeypatch.setenv("SMARKETING_SMTP_HOST", endpoint.removeprefix("smtp://"))
    monkeypatch.setenv("SMARKETING_SMTP_USER", USER)
    monkeypatch.setenv("SMARKETING_SMTP_PASSWORD", PASSWORD)
    use = (
        "use: {messages: smtp}\n"
        "integrations:\n"
        f"  smtp: {{endpoint: '{endpoint}', from: Smarketing <smarketing@acme.example>}}\n"
    )
    desk.write("config.yaml", CONFIG + use)
    share = "    title: Work\n    share: {sales: edit, marketing: edit}\n"
    desk.write("week/playbook.yaml", PLAYBOOK.replace("    title: Work\n", share))
    return desk


def subjects(mail: Mail) -> list[str]:
    return sorted(str(letter["Subject"]) for letter in mail.office.letters)


def test_everybody_is_invited_once_by_mail(desk: Desk, mail: Mail) -> None:
    plan = desk.run("plan").out
    assert "Mail can't be looked for once it has left" in " ".join(plan.split())
    desk.apply()
    assert subjects(mail) == [
        f"{name}, your shared workspace: Acme" for name in ("Ana", "Ben", "Dana")
    ]
    desk.apply()
    desk.is_quiet()
    assert len(mail.office.letters) == 3


def test_who_is_invited_to_a_folder_hears_whom_to_ask_where_it_is(desk: Desk, mail: Mail) -> None:
    desk.apply()
    letters = [letter.get_content() for letter in mail.office.letters]
    assert len(letters) == 3
    assert all("ask the lead of your team, or who set it up." in each for each in letters)


def test_after_lost_state_nobody_is_invited_again(desk: Desk, mail: Mail) -> None:
    desk.apply()
    desk.forget()
    for _ in range(2):
        desk.apply(code=None)
    assert len(mail.office.letters) == 3


def test_the_digest_goes_by_mail_and_says_where_it_all_is(desk: Desk, mail: Mail) -> None:
    desk.apply()
    desk.clock.set(2026, 12, 14, 9)
    said = desk.run("sync").out
    assert "The digest went to Ana Silva, Ben Okoye and Dana Wu." in said
    mails = [str(each["To"]) for each in mail.office.letters[3:]]
    assert sorted(mails) == [
        "Ana Silva <ana@acme.example>",
        "Ben Okoye <ben@acme.example>",
        "Dana Wu <dana@acme.example>",
    ]
    assert "Agree what a lead is (Ana Silva)" in mail.office.letters[3].get_content()
    assert "everything is in step" in desk.run("sync").out
    assert len(mail.office.letters) == 6


def test_who_got_a_digest_first_is_invited_all_the_same(desk: Desk, mail: Mail) -> None:
    desk.apply("--hold-invitations")
    desk.clock.set(2026, 12, 14, 9)
    desk.run("sync")
    assert len(mail.office.letters) == 3
    desk.apply()
    assert sum("your shared workspace" in subject for subject in subjects(mail)) == 3


def test_an_invitation_whose_answer_was_lost_is_told_and_not_repeated(
    desk: Desk, mail: Mail
) -> None:
    mail.office.hang_up = "after"
    said = desk.apply(code=3).said
    assert "nobody knows whether it was sent" in " ".join(said.split())
    mail.office.hang_up = ""
    desk.apply()
    assert len(mail.office.letters) == 3
    status = desk.run("status", code=None).out
    assert "went to Ana Silva <ana@acme.example> or did not" in status


def test_a_wrong_password_is_told_and_nothing_else_is_held_up(
    desk: Desk, mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMARKETING_SMTP_PASSWORD", "another horse")
    said = desk.apply(code=3).said
    assert "does not let robot@acme.example in" in " ".join(said.split())
    assert "another horse" not in said
    assert desk.path("acme/Work.md").exists()
    monkeypatch.setenv("SMARKETING_SMTP_PASSWORD", PASSWORD)
    desk.apply()
    assert len(mail.office.letters) == 3


def test_secrets_of_the_environment_go_to_the_host_that_it_names_alone(
    desk: Desk, mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMARKETING_SMTP_HOST", "mail.other.example")
    said = desk.apply(code=3).said
    assert "Nobody is signed in to the mail server" in " ".join(said.split())
    assert mail.office.letters == []


@pytest.mark.parametrize("before", [True, False])
def test_a_run_that_dies_at_any_write_mails_nobody_two(mail: Mail, before: bool) -> None:
    probe = Team(Awkward(), mail.tool())
    begun = probe.state.stored
    probe.run()
    total = probe.state.stored - begun
    for number in range(1, total + 1):
        mail.office.letters.clear()
        team = Team(Awkward(), mail.tool())
        team.state.dies_at, team.state.before = team.state.stored + number, before
        with pytest.raises(Crash):
            team.run()
        for sync in (True, False, True):
            team.run(sync)
        got = [str(letter["To"]) for letter in mail.office.letters]
        assert len(set(got)) == len(got)
        records = team.state.load().records.values()
        unknown = sum(is_unknown(record) for record in records)
        assert len(got) + unknown >= 2
