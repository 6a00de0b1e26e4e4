"""Signing in to a mail server: tried before it is kept, and what the doctor says about it."""

from pathlib import Path

import pytest

from smarketing.account.accounts import Account, opener
from smarketing.account.registry import tool
from tests.promises.conftest import new_desk
from tests.promises.desk import Desk

from .conftest import Mail
from .office import PASSWORD, USER

pytestmark = pytest.mark.enable_socket  # the mail server listens on this computer


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mail: Mail) -> Desk:
    """A desk whose config names the mail server, and a file for its secrets."""
    desk = new_desk(tmp_path, monkeypatch)
    endpoint = mail.settings["endpoint"]
    desk.write(
        "config.yaml",
        "workspace: Acme\nintegrations:\n  smtp:\n"
        f"    endpoint: {endpoint}\n    from: Smarketing <smarketing@acme.example>\n"
        "    secrets: accounts.json\n",
    )
    return desk


def test_login_tries_the_account_and_keeps_it_for_this_host_alone(desk: Desk, mail: Mail) -> None:
    said = desk.run("login", "smtp", answer=f"{USER}\n{PASSWORD}\n")
    assert f"Signed in to smtp at 127.0.0.1:{mail.server.port} as {USER}." in said.out
    assert PASSWORD not in said.said
    file = desk.path("accounts.json")
    assert file.stat().st_mode & 0o777 == 0o600
    assert mail.office.letters == []
    account = tool("smtp", {"endpoint": "smtp://elsewhere.example", "secrets": file}, desk.folder)
    assert Account(account, account.host).get("password") == ""


def test_a_wrong_password_is_not_kept(desk: Desk) -> None:
    said = desk.run("login", "smtp", answer=f"{USER}\nwrong horse\n", code=1)
    assert "Nothing was stored" in said.said
    assert "wrong horse" not in said.said
    assert not desk.path("accounts.json").exists()


def test_the_doctor_says_who_how_safe_and_what_for(desk: Desk) -> None:
    desk.run("login", "smtp", answer=f"{USER}\n{PASSWORD}\n")
    said = desk.run("doctor", "smtp", code=None)
    assert f"Signed in as {USER}; the mail is from smarketing@acme.example." in said.out
    assert "TLSv1." in said.out
    assert "no mailbox is read" in said.out
    assert PASSWORD not in said.said


def test_the_doctor_asks_for_a_sign_in_where_there_is_none(desk: Desk) -> None:
    said = desk.run("doctor", "smtp", code=None)
    assert "smarketing login smtp" in said.out


def test_logout_removes_it_here_and_says_what_to_do_there(desk: Desk) -> None:
    desk.run("login", "smtp", answer=f"{USER}\n{PASSWORD}\n")
    said = desk.run("logout", "smtp").out
    assert "delete the app password there" in said
    file = desk.path("accounts.json")
    assert not file.exists() or PASSWORD not in desk.read("accounts.json")


def test_validate_and_plan_say_all_that_is_missing_in_config_and_where(desk: Desk) -> None:
    desk.write("config.yaml", "workspace: Acme\nuse: {messages: smtp}\n")
    for command in ("validate", "plan"):
        said = desk.run(command, code=1).said
        assert said.startswith("config.yaml:2:17: Under integrations.smtp it is missing who")
        assert "\nconfig.yaml:2:17: Under integrations.smtp the server is missing" in said
        assert "endpoint: smtps://mail.acme.example" in said
        assert said.endswith("2 problems. Nothing was changed.\n")
    desk.write(
        "config.yaml",
        "workspace: Acme\nintegrations:\n  smtp: {endpoint: 'https://mail.acme.example'}\nuse: {messages: smtp}\n",
    )
    assert "config.yaml:3:9: `endpoint` under" in desk.run("validate", code=1).said


def test_the_doctor_names_no_host_where_config_names_none(desk: Desk) -> None:
    desk.write("config.yaml", "workspace: Acme\nuse: {messages: smtp}\n")
    said = desk.run("doctor", code=4).out
    assert said.startswith("smtp\n  DO     account: Under integrations.smtp")


def test_without_a_server_in_config_it_says_what_to_write(desk: Desk) -> None:
    desk.write("config.yaml", "workspace: Acme\n")
    said = desk.run("login", "smtp", answer="", code=1).said
    assert "endpoint: smtps://mail.acme.example" in said


def test_the_environment_speaks_of_the_host_that_it_names(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMARKETING_SMTP_PASSWORD", PASSWORD)
    ours = tool("smtp", {"endpoint": "smtp://mail.acme.example:587"}, desk.folder)
    assert opener(ours)(ours.host).get("password") == ""
    monkeypatch.setenv("SMARKETING_SMTP_HOST", "mail.acme.example:587")
    account = opener(ours)(ours.host)
    assert account.get("password") == PASSWORD
    assert account.variables() == ("SMARKETING_SMTP_PASSWORD",)
    other = tool("smtp", {"endpoint": "smtp://mail.evil.example:587"}, desk.folder)
    assert opener(other)(other.host).get("password") == ""
