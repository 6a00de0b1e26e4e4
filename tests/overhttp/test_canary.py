"""No secret of an account is in any byte that a run writes, says, logs or puts into a URL."""

import base64
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from smarketing.plan import as_json, recap_json
from smarketing.sandbox.faults import DROP_AFTER, REFUSALS
from smarketing.standin import Answer, Asked

from .miniature import BOTH
from .office import Office, office

ACCOUNTS = "accounts.json"
"""The one file that secrets are for."""


def secrets(made: Office) -> set[str]:
    """Return the secrets of our account, and the access tokens that were got with them."""
    kept = {
        secret
        for vendor in BOTH
        for name, secret in made.vendors.account(vendor).items()
        if name not in ("client_id", "key")  # these name an app, and no account
    }
    held = {
        asked.headers["authorization"].removeprefix("Bearer ")
        for asked in made.asked
        if asked.headers.get("authorization", "").startswith("Bearer ")
    }
    assert held, "Google was asked for nothing"
    return kept | held


def forms(secret: str) -> set[bytes]:
    """Return how a secret may be written."""
    plain = secret.encode()
    return {plain, quote(secret, safe="").encode(), base64.b64encode(plain).rstrip(b"=")}


def written(made: Office) -> Iterator[tuple[str, bytes]]:
    """Yield every file of the company but the one with its accounts."""
    for path in made.folder.rglob("*"):
        if path.is_file() and path.name != ACCOUNTS:
            yield path.name, path.read_bytes()


def said(made: Office) -> Iterator[tuple[str, bytes]]:
    """Yield what plans and recaps hold, as JSON and as Python shows them."""
    plan, recap = made.plan(), made.apply()
    yield "plan", json.dumps(as_json(plan)).encode()
    yield "recap", json.dumps(recap_json(recap)).encode()
    yield "repr", repr((plan, recap)).encode()


def urls(asked: Asked) -> str:
    return f"{asked.path}?{dict(asked.query)}"


@pytest.mark.parametrize(
    "fault",
    ["none", *(pytest.param(fault, marks=pytest.mark.slow) for fault in (*REFUSALS, DROP_AFTER))],
)
def test_no_secret_is_anywhere(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, fault: str
) -> None:
    made = office(tmp_path, BOTH)
    with caplog.at_level(logging.DEBUG):
        if fault != "none":
            made.vendors.sandbox.storm({fault: 0.3}, seed=3)
        told = [*said(made), *said(made)]
        made.vendors.sandbox.calm()
        told += said(made)
    places = [*told, *written(made), ("log", caplog.text.encode())]
    places += [(urls(asked), urls(asked).encode()) for asked in made.asked]
    assert len(places) > 30
    for secret in secrets(made):
        for form in forms(secret):
            assert not [name for name, held in places if form in held], "a secret got out"


def test_a_vendor_that_repeats_our_secrets_in_its_errors_is_not_repeated(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    made = office(tmp_path, BOTH)
    made.apply()
    made.asked.clear()
    honest = made.vendors.sandbox.answer

    def repeating(asked: Asked) -> Answer:
        if asked.path == "/token":
            return honest(asked)
        vendor = "trello" if asked.path.startswith("/1/") else "google"
        bearer = asked.headers["authorization"].removeprefix("Bearer ")
        known = " ".join((bearer, *made.vendors.account(vendor).values()))
        body = json.dumps({"message": known, "error": {"message": known}}).encode()
        return Answer(400, {"Content-Type": "application/json"}, body)

    made.vendors.sandbox.answer = repeating  # type: ignore[method-assign]
    made.playbook('"title": "Work"', '"title": "Our work"')
    with caplog.at_level(logging.DEBUG):
        plan = made.plan()
    assert plan.unreachable.keys() == {"trello", "google"}
    everything = json.dumps(as_json(plan)) + repr(plan) + caplog.text
    assert not [secret for secret in secrets(made) if secret in everything]


def test_each_secret_goes_to_its_own_vendor_alone(tmp_path: Path) -> None:
    made = office(tmp_path, BOTH)
    made.apply()
    key = made.vendors.account("trello")["key"].encode()
    google = made.vendors.account("google")["client_secret"].encode()
    bearer = b"Bearer "
    for asked in made.asked:
        whole = f"{urls(asked)} {dict(asked.headers)}".encode() + asked.body
        to_trello, for_a_token = asked.path.startswith("/1/"), asked.path == "/token"
        assert (key in whole) == to_trello, asked.path
        assert (google in whole) == for_a_token, asked.path
        assert (bearer in whole) == (not to_trello and not for_a_token), asked.path
