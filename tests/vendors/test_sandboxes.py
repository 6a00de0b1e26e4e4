"""One sandbox of both vendors: one clock, one cast, every call validated."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import requests

from smarketing.standin import Answer, Asked, query_of
from smarketing.web import NoReply, Web
from tests.vendors.heard import COUNTED, described
from tests.vendors.sandboxes import Vendors, sandbox

ROOT = Path(__file__).parents[2]


@pytest.fixture
def both() -> Vendors:
    return sandbox("trello", "google")


def trello(both: Vendors, key: str = "robot") -> Web:
    """Return a session of somebody at Trello."""
    account = both.account("trello", key)
    signed = f'OAuth oauth_consumer_key="{account["key"]}", oauth_token="{account["token"]}"'

    def authorise(request: requests.PreparedRequest) -> None:
        request.headers["Authorization"] = signed

    return Web(["api.trello.com"], authorise, transport=both.transport)


def google(both: Vendors, method: str, url: str, key: str = "robot") -> Any:
    """Return what somebody gets from Google."""
    account = both.account("google", key)
    kind = {"content-type": "application/x-www-form-urlencoded"}
    body = requests.Request("POST", "https://x", data={**account, "grant_type": "refresh_token"})
    form = str(body.prepare().body).encode()
    token = json.loads(both.sandbox.answer(Asked("POST", "/token", {}, kind, form)).body)
    path, _, query = url.partition("?")
    signed = {"authorization": f"Bearer {token['access_token']}"}
    answer: Answer = both.sandbox.answer(Asked(method, path, query_of(query), signed))
    return json.loads(answer.body)


ME = "https://api.trello.com/1/members/me"


def test_each_vendor_knows_the_same_people(both: Vendors) -> None:
    for key in ("robot", "ana"):
        about = google(both, "GET", "/drive/v3/about?fields=user", key)
        assert about["user"]["emailAddress"] == both.person(key).mail
        assert trello(both, key).get(ME).json()["fullName"] == both.person(key).name


def test_what_crosses_it_is_counted(both: Vendors) -> None:
    before = COUNTED.copy()
    google(both, "GET", "/drive/v3/about?fields=user")
    trello(both).get(ME)
    assert COUNTED["google requests"] == before["google requests"] + 2
    if described("trello"):
        assert COUNTED["trello replies"] == before["trello replies"] + 1


def test_a_fault_of_one_vendor_leaves_the_other_alone(both: Vendors) -> None:
    both.sandbox.fault("drop before", vendor="trello")
    with pytest.raises(NoReply):
        trello(both).get(ME)
    assert google(both, "GET", "/drive/v3/about?fields=user")["user"]["me"]


@pytest.mark.parametrize("why", ["rate limit", "unavailable", "error", "gateway"])
def test_every_refusal_is_in_a_form_that_the_vendor_describes(both: Vendors, why: str) -> None:
    for path, fields in (("/1/members/me", "fullName"), ("/drive/v3/about", "user")):
        fault = both.sandbox.fault(why, nth=1)
        answer = both.sandbox.answer(Asked("GET", path, query_of(f"fields={fields}"), {}))
        assert answer.status in (403, 429, 500, 502, 503)
        assert fault.met == 1
        both.sandbox.calm()


@pytest.mark.parametrize("vendor", ["trello", "google", "slack"])
def test_each_behaviour_that_was_assumed_is_named_in_the_vendors_readme(
    vendor: str,
) -> None:
    readme = ROOT / "integrations" / vendor / "README.md"
    named = set(
        re.findall(rf"^\| `({vendor}-[a-z0-9-]+)` \|", readme.read_text("utf-8"), re.MULTILINE)
    )
    assert named == set(sandbox(vendor).stand_in(vendor).switches)
