"""How the stand-in signs in, paces, and refuses."""

import json
from typing import Any
from urllib.parse import quote

import pytest

from smarketing.standin import Asked, Person
from tests.trello.sandbox_client import ANA, BEN, Caller, Site


def error_of(caller: Caller, method: str, path: str, **given: Any) -> str:
    status, text = caller.refused(method, path, **given)
    assert status == 429
    return str(json.loads(text)["error"])


def test_a_token_gets_a_hundred_answers_in_ten_seconds() -> None:
    site = Site(limits=True)
    ana = site(ANA)
    for _ in range(100):
        ana.get("members/me/boards")
    assert error_of(ana, "POST", "boards", name="x") == "API_TOKEN_LIMIT_EXCEEDED"
    assert site.trello.picture()["boards"] == []
    assert site(BEN).get("members/me/boards") == []
    site.now += 10
    assert ana.get("members/me/boards") == []


def test_a_key_gets_three_hundred_answers_in_ten_seconds() -> None:
    people = tuple(Person(f"p{n}", f"P {n}", f"p{n}@acme.example", f"t{n}") for n in range(4))
    site = Site(limits=True, people=people)
    for person in people[:3]:
        for _ in range(100):
            site(person).get("members/me/boards")
    assert error_of(site(people[3]), "GET", "members/me/boards") == "API_KEY_LIMIT_EXCEEDED"


def test_who_goes_on_after_two_hundred_refusals_takes_the_window_from_all() -> None:
    site = Site(limits=True)
    ana = site(ANA)
    for _ in range(100):
        ana.get("members/me/boards")
    for _ in range(201):
        ana.refused("GET", "members/me/boards")
    assert error_of(site(BEN), "GET", "members/me/boards") == "API_KEY_LIMIT_EXCEEDED"
    site.now += 10
    assert site(BEN).get("members/me/boards") == []


def test_reading_members_is_rarer_and_what_is_nested_does_not_count() -> None:
    site = Site(limits=True)
    ana = site(ANA)
    for number in range(100):
        site.now += 0.2 if number else 0
        ana.get("members/me")
    site.now += 10
    assert error_of(ana, "GET", "members/me") == "API_TOKEN_LIMIT_EXCEEDED"
    assert ana.get("members/me/boards") == []
    site.now += 900
    assert ana.get("members/me")["fullName"] == "Ana Silva"


@pytest.mark.parametrize(
    ("switches", "left"), [(frozenset(), 99), ({"trello-batch-counts-each"}, 90)]
)
def test_a_batch_counts_as_one_request_or_as_each_of_its_own(
    switches: frozenset[str], left: int
) -> None:
    site = Site(frozenset(switches), limits=True)
    ana = site(ANA)
    ana.get("batch", urls=",".join(["/members/me/boards"] * 10))
    for _ in range(left):
        ana.get("members/me/boards")
    assert ana.refused("GET", "members/me/boards")[0] == 429


def test_a_batch_answers_each_url_on_its_own() -> None:
    ana = Site()(ANA)
    board = ana.board()["id"]
    masked = quote(f"/boards/{board}?fields=name,closed", safe="/?=")
    answers = ana.get("batch", urls=f"{masked},/boards/{'0' * 24}")
    assert answers[0]["200"] == {"id": board, "name": "Launch", "closed": False}
    assert (answers[1]["statusCode"], answers[1]["message"]) == (404, "board not found")
    assert ana.refused("GET", "batch", urls=",".join(["/members/me"] * 11))[0] == 400


def test_nothing_is_paced_where_the_world_has_no_limits() -> None:
    ana = Site()(ANA)
    for _ in range(120):
        ana.get("members/me")


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ('OAuth oauth_consumer_key="{key}", oauth_token="wrong"', "invalid token"),
        ('OAuth oauth_consumer_key="wrong", oauth_token="ana-token"', "invalid key"),
        ("", "invalid key"),
    ],
)
def test_who_is_not_known_is_refused_in_plain_text(header: str, words: str) -> None:
    site = Site()
    signed = header.format(key=site.trello.account(ANA)["key"])
    answer = site.trello.answer(Asked("GET", "/1/members/me", {}, {"authorization": signed}))
    assert (answer.status, answer.body.decode()) == (401, words)
    assert answer.headers["Content-Type"].startswith("text/plain")


def test_key_and_token_are_taken_from_query_and_body_too() -> None:
    site = Site()
    account = dict(site.trello.account(ANA))
    query = {name: (value,) for name, value in account.items()}
    body = json.dumps(account | {"name": "Launch"}).encode()
    kind = {"content-type": "application/json"}
    assert site.trello.answer(Asked("GET", "/1/members/me", query, {})).status == 200
    assert site.trello.answer(Asked("POST", "/1/boards/", {}, kind, body)).status == 200


def test_a_revoked_token_opens_nothing_any_more() -> None:
    ana = Site()(ANA)
    token = ana.get(f"tokens/{ANA.token}")
    assert token["idMember"] == ana.get("members/me")["id"]
    assert ana.refused("GET", f"tokens/{BEN.token}")[0] == 404
    ana.delete(f"tokens/{ANA.token}/")
    assert ana.refused("GET", "members/me") == (401, "invalid token")


@pytest.mark.parametrize(
    ("why", "status", "code"),
    [
        ("rate limit", 429, "API_TOKEN_LIMIT_EXCEEDED"),
        ("forbidden rate", 429, "API_KEY_LIMIT_EXCEEDED"),
        ("long limit", 429, "API_TOKEN_DB_LIMIT_EXCEEDED"),
        ("unavailable", 503, ""),
        ("error", 500, ""),
        ("gateway", 502, ""),
        ("timeout", 504, ""),
    ],
)
def test_refusals_on_request_have_trellos_form(why: str, status: int, code: str) -> None:
    answer = Site().trello.refusal(why, Asked("GET", "/1/boards", {}, {}))
    assert answer.status == status
    assert answer.body
    if code:
        assert json.loads(answer.body)["error"] == code


def test_each_container_is_full_at_some_point() -> None:
    site = Site()
    site.trello.store.most |= {
        "openCards": 1, "openLists": 1, "labels": 1, "checklists": 1, "checkItems": 1,
        "attachments": 1, "members": 1,
    }  # fmt: skip
    ana = site(ANA)
    board = ana.board()
    place = ana.list(board)
    card = ana.card(place)["id"]
    checklist = ana.checklist({"id": card}, "Ask")["id"]
    ana.label(board, "Hot")
    ana.post(f"cards/{card}/attachments", url="https://docs.example/a")
    before = site.trello.picture()
    for path, given in (
        ("cards", {"idList": place["id"], "name": "x"}),
        ("lists", {"idBoard": board["id"], "name": "x"}),
        ("labels", {"idBoard": board["id"], "name": "x", "color": "red"}),
        ("checklists", {"idCard": card, "name": "x"}),
        (f"checklists/{checklist}/checkItems", {"name": "x"}),
        (f"cards/{card}/attachments", {"url": "https://docs.example/b"}),
    ):
        assert ana.refused("POST", path, **given)[0] == 403
    assert ana.refused("PUT", f"boards/{board['id']}/members", email=BEN.mail)[0] == 403
    assert site.trello.picture() == before


@pytest.mark.parametrize("body", [b"{", b"\xff"])
def test_a_body_that_is_no_json_is_refused(body: bytes) -> None:
    site = Site()
    account = site.trello.account(ANA)
    query = {name: (value,) for name, value in account.items()}
    kind = {"content-type": "application/json"}
    assert site.trello.answer(Asked("POST", "/1/boards", query, kind, body)).status == 400
