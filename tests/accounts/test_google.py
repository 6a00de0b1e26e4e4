"""Signing in to Google and out again, and what the doctor says about it."""

import json
from pathlib import Path
from typing import Any

import pytest

from smarketing.account.accounts import KEYRING, Account
from smarketing.account.registry import tool
from smarketing.contract import Setup
from smarketing.integrations.google.manifest import NARROW, WIDER

from .desk import DAY, NOW, Desk
from .google_vendor import ACCESS, CLIENT, REFRESH, ROBOT, Google, claims, service_account

pytestmark = pytest.mark.enable_socket  # the browser comes back to a port of this computer


@pytest.fixture
def google(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Google:
    made = Google(desk.clock)
    desk.vendors["google"] = made
    monkeypatch.setattr("smarketing.commands.accounts.click.launch", made.browser)
    return made


@pytest.fixture
def client() -> str:
    # Its addresses are not followed: a token goes to the vendor's own place only.
    installed = {**CLIENT, "auth_uri": "https://evil.example", "token_uri": "https://evil.example"}
    Path("client.json").write_text(json.dumps({"installed": installed}))
    return "client.json"


def stored(name: str) -> str:
    said = tool("google", {}, Path())
    return Account(said, said.host).get(name)


def only(found: list[tuple[str, str, str]], about: str) -> tuple[str, str]:
    (one,) = [(grade, words) for name, grade, words in found if name == about]
    return one


def test_login_opens_googles_page_and_stores_what_it_gave(
    desk: Desk, google: Google, client: str
) -> None:
    said = desk.run("login", "google", "--client", client)
    assert "Ana Silva <ana@acme.example>" in said.out
    assert "7 days" in said.out
    assert stored("refresh_token") == REFRESH
    assert stored("client_id") == CLIENT["client_id"]
    assert google.asked_for["access_type"] == "offline"
    assert google.asked_for["prompt"] == "consent"
    assert google.asked_for["code_challenge_method"] == "S256"
    assert google.asked_for["redirect_uri"].startswith("http://127.0.0.1:")
    assert len(google.asked_for["state"]) > 20


def test_the_least_scopes_are_asked_for_and_each_is_explained(
    desk: Desk, google: Google, client: str
) -> None:
    said = desk.run("login", "google", "--client", client).err
    assert google.asked_for["scope"].split() == list(NARROW)
    for scope in NARROW:
        assert f"Asks for {scope.rsplit('/', 1)[1]}: to " in said


def test_the_wider_scope_is_asked_for_only_when_wanted_and_named(
    desk: Desk, google: Google, client: str
) -> None:
    said = desk.run("login", "google", "--client", client, "--wider")
    assert google.asked_for["scope"].split() == [*NARROW, *WIDER]
    assert "Asks for drive: to bind files that are there already" in said.err
    assert "scope: wider" in said.out


def test_signing_in_again_needs_no_client_file(desk: Desk, google: Google, client: str) -> None:
    desk.run("login", "google", "--client", client)
    desk.run("login", "google")
    assert stored("refresh_token") == REFRESH


def test_without_a_client_it_says_how_to_get_one(desk: Desk, google: Google) -> None:
    assert "--client FILE" in desk.run("login", "google", code=1).err
    assert desk.asked == []


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"web": {"client_id": "x"}}', "Desktop app"),
        ('{"type": "service_account"}', "--service-account"),
        ('{"installed": {"client_id": "canary"}}', "no OAuth client"),
        ("[]", "no OAuth client"),
        ("canary", "no JSON"),
    ],
)
def test_another_file_than_a_desktop_client_is_told_apart(
    desk: Desk, google: Google, content: str, words: str
) -> None:
    Path("client.json").write_text(content)
    said = desk.run("login", "google", "--client", "client.json", code=1)
    assert words in said.err
    assert "canary" not in said.all


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({"answer_with": "access_denied"}, "was told no"),
        ({"answer_with": "org_internal"}, "org_internal"),
        ({"state": "of-somebody-else"}, "mismatching_state"),
        ({"granted": NARROW[:1]}, "tick every box: calendar.app.created"),
        ({"lasting": False}, "no lasting token"),
    ],
)
def test_whatever_goes_wrong_on_the_page_is_one_clear_sentence(
    desk: Desk, google: Google, client: str, how: dict[str, Any], words: str
) -> None:
    for name, value in how.items():
        setattr(google, name, value)
    said = desk.run("login", "google", "--client", client, code=1)
    assert words in said.err
    assert len(said.err.splitlines()) <= 5
    assert stored("refresh_token") == ""


def test_with_an_endpoint_of_its_own_nothing_goes_to_google(
    desk: Desk, google: Google, client: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.config(google={"endpoint": "http://127.0.0.1:8460"})
    pages: list[str] = []

    def launch(url: str) -> None:
        pages.append(url)
        google.browser(url)

    monkeypatch.setattr("smarketing.commands.accounts.click.launch", launch)
    desk.run("login", "google", "--client", client)
    assert pages[0].startswith("http://127.0.0.1:8460/o/oauth2/v2/auth?")
    assert [asked.path for asked in desk.asked] == ["/token", "/drive/v3/about"]
    assert {asked.headers.get("host", "127.0.0.1:8460") for asked in desk.asked} == {
        "127.0.0.1:8460"
    }
    assert stored("refresh_token") == ""
    assert only(desk.doctor("google"), "who")[0] == "fine"


def test_the_doctor_says_who_where_what_for_and_how_full(
    desk: Desk, google: Google, client: str
) -> None:
    desk.run("login", "google", "--client", client)
    found = desk.doctor("google")
    assert found[0][2] == f"client_id, client_secret, refresh_token: in {KEYRING}."
    assert only(found, "who") == ("fine", "Signed in as Ana Silva <ana@acme.example>.")
    assert len([one for one in found if one[:2] == ("scope", "fine")]) == len(NARROW)
    assert only(found, "limits") == ("note", "95% of the account's storage is used.")


def test_the_trap_of_the_seventh_day_is_told_on_the_fifth(
    desk: Desk, google: Google, client: str
) -> None:
    desk.run("login", "google", "--client", client)
    desk.clock.at = NOW + 4.9 * DAY
    assert only(desk.doctor("google"), "token")[0] == "note"
    desk.clock.at = NOW + 5 * DAY
    grade, words = only(desk.doctor("google", code=4), "token")
    assert grade == "person"
    assert "in 2.0 days" in words
    assert "https://console.cloud.google.com/auth/audience" in words
    desk.clock.at = NOW + 8 * DAY
    assert only(desk.doctor("google"), "token") == (
        "fine",
        "It is 8 days old: the app is not in testing.",
    )


def test_a_sign_in_that_died_on_the_seventh_day_says_why(
    desk: Desk, google: Google, client: str
) -> None:
    desk.run("login", "google", "--client", client)
    google.alive = False
    assert "testing" not in only(desk.doctor("google", code=4), "who")[1]
    desk.clock.at = NOW + 7 * DAY
    grade, words = only(desk.doctor("google", code=4), "who")
    assert grade == "person"
    assert "was your app in testing?" in words
    assert "smarketing login google" in words


def test_a_scope_that_is_missing_or_not_needed_is_told(
    desk: Desk, google: Google, client: str
) -> None:
    desk.run("login", "google", "--client", client)
    google.granted = [NARROW[0], "https://www.googleapis.com/auth/gmail.send"]
    found = desk.doctor("google", code=4)
    assert ("scope", "note", "gmail.send: not needed by smarketing.") in found
    missing = [words for about, grade, words in found if (about, grade) == ("scope", "person")]
    assert missing[0].startswith("calendar.app.created is missing, to make a calendar")


def folder(name: str, ident: str, **other: Any) -> dict[str, Any]:
    owner = {"role": "owner", "emailAddress": "ana@acme.example"}
    marked = {"appProperties": {"sm_ws": "k3v9"}, "permissions": [owner]}
    return {"id": ident, "name": name, "parents": ["somewhere"], **marked, **other}


def test_a_root_folder_that_hangs_on_one_person_is_told(
    desk: Desk, google: Google, client: str
) -> None:
    desk.run("login", "google", "--client", client)
    google.folders = [
        folder("Acme", "f1"),
        folder("Inside", "f2", parents=["f1"]),
        folder("Shared", "f3", driveId="d1", permissions=[]),
        folder("Private", "f4", appProperties={}),
    ]
    grade, words = only(desk.doctor("google"), "one person")
    assert grade == "note"
    assert words.startswith("Acme: owned by ana@acme.example alone.")
    assert "shared drive" in words


def test_logout_revokes_with_the_token_in_the_body(desk: Desk, google: Google, client: str) -> None:
    desk.run("login", "google", "--client", client)
    said = desk.run("logout", "google").out
    assert "revoked at Google" in said
    assert f"Removed from {KEYRING}" in said
    assert not google.alive
    assert stored("refresh_token") == ""
    last = desk.asked[-1]
    assert last.path == "/revoke"
    assert not last.query


def test_logout_of_a_token_that_ended_already_still_forgets_it(
    desk: Desk, google: Google, client: str
) -> None:
    desk.run("login", "google", "--client", client)
    google.alive = False
    assert "ended this token already" in desk.run("logout", "google").out
    assert stored("refresh_token") == ""


def test_a_service_account_is_tried_and_stored(desk: Desk, google: Google) -> None:
    Path("robot.json").write_text(service_account())
    said = desk.run("login", "google", "--service-account", "robot.json").out
    assert "delete it, or lock it away" in said
    assert json.loads(stored("service_account"))["client_email"] == ROBOT
    said_claims = claims(google.used["assertion"])
    assert said_claims["scope"].split() == list(NARROW)
    assert said_claims["aud"] == "https://oauth2.googleapis.com/token"
    assert "sub" not in said_claims
    assert only(desk.doctor("google"), "token")[0] == "fine"
    assert "delete it in the console" in desk.run("logout", "google").out


def test_a_service_account_acts_as_whom_config_names(desk: Desk, google: Google) -> None:
    Path("robot.json").write_text(service_account())
    desk.config(google={"subject": "workspace@acme.example"})
    desk.run("login", "google", "--service-account", "robot.json")
    assert claims(google.used["assertion"])["sub"] == "workspace@acme.example"
    google.delegated = False
    said = desk.run("login", "google", "--service-account", "robot.json", code=1).err
    assert f"does not let {ROBOT} act as workspace@acme.example" in said
    assert only(desk.doctor("google", code=4), "who")[0] == "person"


def test_what_a_service_account_owns_by_itself_needs_a_person(desk: Desk, google: Google) -> None:
    Path("robot.json").write_text(service_account())
    desk.run("login", "google", "--service-account", "robot.json")
    google.folders = [folder("Acme", "f1", permissions=[{"role": "owner", "emailAddress": ROBOT}])]
    assert only(desk.doctor("google", code=4), "one person")[0] == "person"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('{"installed": {}}', "no key of a service account"),
        ('{"type": "service_account", "client_email": "x"}', "lacks private_key, private_key_id"),
        (service_account(private_key="canary"), "did not take the key"),
    ],
)
def test_a_bad_key_file_is_told_and_not_quoted(
    desk: Desk, google: Google, content: str, words: str
) -> None:
    Path("robot.json").write_text(content)
    said = desk.run("login", "google", "--service-account", "robot.json", code=1)
    assert words in said.err
    assert "canary" not in said.all


def test_the_integration_signs_in_with_what_login_stored(
    desk: Desk, google: Google, client: str
) -> None:
    from smarketing.account.registry import setup_of
    from smarketing.integrations.google import integration

    desk.run("login", "google", "--client", client)
    setup: Setup = setup_of("google", {}, Path())
    assert "ana@acme.example" in integration(setup).check()
    assert google.used["refresh_token"] == REFRESH
    assert desk.asked[-1].headers["authorization"] == f"Bearer {ACCESS}"
