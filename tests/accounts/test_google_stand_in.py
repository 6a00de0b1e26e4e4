"""The same sign-in against the stand-in that all of Google's parts are tested with."""

import json
from pathlib import Path
from threading import Thread
from urllib.request import ProxyHandler, build_opener

import pytest

from smarketing.integrations.google.manifest import NARROW
from smarketing.integrations.google.sandbox import Google, stand_in
from smarketing.standin import Asked, Person, World, query_of
from tests.vendors.sandboxes import validated

from .desk import Desk

ANA = Person("ana", "Ana Silva", "ana@acme.example", "1//ana-refresh-token")
BEN = Person("ben", "Ben Okoye", "ben@acme.example", "1//ben-refresh-token")

pytestmark = pytest.mark.enable_socket  # the browser comes back to a port of this computer


@pytest.fixture
def google(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Google:
    made = validated(stand_in(World(desk.clock.now, (ANA, BEN))))
    desk.vendors["google"] = made.answer
    account = made.account(ANA)
    client = {name: account[name] for name in ("client_id", "client_secret")}
    Path("client.json").write_text(json.dumps({"installed": client}))

    def browser(url: str) -> None:
        path, _, query = url.removeprefix("https://accounts.google.com").partition("?")
        back = made.answer(Asked("GET", path, query_of(query), {})).headers["Location"]
        Thread(target=build_opener(ProxyHandler({})).open, args=(back,), daemon=True).start()

    monkeypatch.setattr("smarketing.commands.accounts.click.launch", browser)
    return made


def test_a_person_signs_in_is_examined_and_signs_out(desk: Desk, google: Google) -> None:
    said = desk.run("login", "google", "--client", "client.json").out
    assert "Ana Silva <ana@acme.example>" in said
    found = desk.doctor("google")
    assert ("who", "fine", "Signed in as Ana Silva <ana@acme.example>.") in found
    assert len([one for one in found if one[:2] == ("scope", "fine")]) == len(NARROW)
    assert "revoked at Google" in desk.run("logout", "google").out
    assert desk.doctor("google", code=4)[0][:2] == ("who", "person")


def test_a_revoked_sign_in_needs_a_person(desk: Desk, google: Google) -> None:
    desk.run("login", "google", "--client", "client.json")
    desk.doctor("google")
    renewals = [query_of(one.body.decode()) for one in desk.asked if one.path == "/token"]
    refresh = renewals[-1]["refresh_token"][0]
    google.answer(Asked("POST", "/revoke", {}, {}, f"token={refresh}".encode()))
    assert "any more" in desk.doctor("google", code=4)[-1][2]


def test_a_service_account_signs_in_for_a_scheduler(desk: Desk, google: Google) -> None:
    Path("robot.json").write_text(json.dumps(google.service_account("https://evil.example")))
    said = desk.run("login", "google", "--service-account", "robot.json").out
    assert "robot@smarketing.iam.gserviceaccount.com" in said
    desk.config(google={"subject": "ben@acme.example"})
    said = desk.run("login", "google", "--service-account", "robot.json").out
    assert "Ben Okoye" in said
    desk.config(google={"subject": "nobody@acme.example"})
    said = desk.run("login", "google", "--service-account", "robot.json", code=1).err
    assert "act as nobody@acme.example" in said


def test_the_root_of_a_workspace_hangs_on_who_made_it(desk: Desk, google: Google) -> None:
    from smarketing.account.registry import setup_of
    from smarketing.contract import Change, Done
    from smarketing.integrations.google import integration

    desk.run("login", "google", "--client", "client.json")
    made = integration(setup_of("google", {}, Path()))
    root = Change("create", "root:google", "root", {"title": "Acme"})
    (step,) = made.steps([root], "k3v9-7q2m-x4dt")
    (outcome,) = made.perform(step, {})
    assert isinstance(outcome, Done)
    told = [words for about, _, words in desk.doctor("google") if about == "one person"]
    assert len(told) == 1
    assert told[0].startswith("Acme: owned by ana@acme.example alone.")
