"""Known secrets are looked for in everything that the commands say, log, call and write."""

import json
import logging
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from keyring.backend import KeyringBackend

from smarketing.account.accounts import Account, Tool
from smarketing.standin import Answer, Asked, json_answer

from .conftest import Plug
from .desk import Desk
from .google_vendor import ACCESS, CLIENT, KEY, REFRESH, Google, service_account
from .rings import BrokenRing, Ring

TOKEN = "ATTAcanary-trello-token"
TRELLO_KEY = "canary-trello-key"
PRIVATE = json.loads(service_account())["private_key"].splitlines()[5]
SECRETS = (TOKEN, REFRESH, ACCESS, CLIENT["client_secret"], "4/canary-code", PRIVATE)


def trello(asked: Asked) -> Answer:
    me = {"fullName": "Ana", "username": "ana"}
    return json_answer([] if asked.path.endswith("boards") else me)


def echoing(asked: Asked) -> Answer:
    """Answer as the worst vendor: with an error that repeats all that was sent."""
    return Answer(500, {}, f"{asked.headers} {asked.query} {asked.body!r}".encode())


def refusing(asked: Asked) -> Answer:
    words = f"{asked.headers} {asked.query} {asked.body!r}"
    return json_answer({"error": "refused", "error_description": words}, 403)


@pytest.fixture
def busy(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """All that a person does with accounts, in good weather and in bad."""
    google = Google(desk.clock)
    monkeypatch.setattr("smarketing.commands.accounts.click.launch", google.browser)
    Path("client.json").write_text(json.dumps({"installed": CLIENT}))
    Path("robot.json").write_text(service_account())
    ways = (
        ("login", "trello", "--no-browser"),
        ("login", "google", "--client", "client.json"),
        ("doctor",),
        ("doctor", "--json"),
        ("logout", "google"),
        ("login", "google", "--service-account", "robot.json"),
        ("doctor", "google"),
        ("logout", "trello"),
        ("logout", "google"),
    )

    def work() -> None:
        for bad in (None, echoing, refusing):
            for words in ways:
                google.alive = True
                desk.vendors = {"trello": trello, "google": google}
                if bad and words[0] != "login":
                    for vendor in ("trello", "google"):
                        desk.run("login", vendor, *_how(vendor), typed=f"{TRELLO_KEY}\n{TOKEN}\n")
                if bad:
                    desk.vendors = {"trello": bad, "google": bad}
                desk.run(*words, typed=f"{TRELLO_KEY}\n{TOKEN}\n", code=None)

    return work


def _how(vendor: str) -> tuple[str, ...]:
    return ("--client", "client.json") if vendor == "google" else ("--no-browser",)


@pytest.mark.enable_socket
@pytest.mark.parametrize("ring_of", [Ring, BrokenRing])
def test_no_secret_is_said_logged_put_into_a_url_or_written_where_others_look(
    desk: Desk,
    busy: Callable[[], None],
    plug: Plug,
    ring_of: type[KeyringBackend],
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    plug(ring_of())
    given = {Path("client.json").absolute(), Path("robot.json").absolute()}
    with caplog.at_level(logging.DEBUG):
        busy()
    assert len(desk.said) > 40
    assert len(desk.asked) > 40
    said = "".join(one.all for one in desk.said) + caplog.text
    urls = "".join(f"{one.path} {one.query}" for one in desk.asked)
    for secret in SECRETS:
        assert secret not in said
        assert secret not in urls
        for file in tmp_path.rglob("*"):
            if (
                file.is_file()
                and file not in given
                and secret in file.read_text("utf-8", "replace")
            ):
                assert file.name == "accounts.json"
                assert os.name != "posix" or stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_canaries_are_real_secrets(desk: Desk, busy: Callable[[], None]) -> None:
    """What is looked for above does pass through: else nothing would have been proven."""
    assert PRIVATE in service_account()
    assert KEY.key_size == 2048
    account = Account(Tool("trello", ("api.trello.com",), {}, Path()), "api.trello.com")
    desk.vendors["trello"] = trello
    desk.run("login", "trello", "--no-browser", typed=f"{TRELLO_KEY}\n{TOKEN}\n")
    assert account.get("token") == TOKEN
    assert TOKEN in desk.asked[-1].headers["authorization"]
