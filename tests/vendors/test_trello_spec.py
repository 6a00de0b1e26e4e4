"""Trello's description catches what is wrong in requests and replies, and lets pass what is right."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from smarketing.standin import Answer, Asked, json_answer, query_of
from tests.vendors import heard
from tests.vendors.defect import stale
from tests.vendors.sandboxes import Vendors, sandbox
from tests.vendors.trello_defects import DEFECTS
from tests.vendors.trello_spec import FILE, TrelloSpec, raw

pytestmark = pytest.mark.skipif(not FILE.exists(), reason="Trello's description is not here")
ID = "5abbe4b7ddc1b351ef961414"


@pytest.fixture(scope="module")
def spec() -> TrelloSpec:
    return TrelloSpec()


def asked(method: str, url: str, body: Any = None) -> Asked:
    """Return a request of a path with its query."""
    path, _, query = url.partition("?")
    headers = {"content-type": "application/json"} if body is not None else {}
    return Asked(
        method, f"/1{path}", query_of(query), headers, json_answer(body).body if body else b""
    )


def misfits(spec: TrelloSpec, request: Asked, reply: Any = None, status: int = 200) -> list[str]:
    """Return what does not fit in a request with this reply."""
    meant = status not in heard.PERHAPS_ON_PURPOSE
    return list(spec.misfits(request, json_answer({} if reply is None else reply, status), meant))


def test_every_defect_on_the_list_is_in_the_file_still() -> None:
    assert stale(raw(), DEFECTS) == []


def test_every_defect_has_a_reason() -> None:
    assert all(len(defect.reason) > 8 for defect in DEFECTS)


@pytest.mark.parametrize(
    ("method", "url", "body"),
    [
        ("GET", f"/boards/{ID}?lists=all&list_fields=name,closed,pos&cards=all&labels_limit=1000", None),
        ("GET", "/boards/dQHqCohZ?fields=name,dateLastActivity", None),
        ("POST", f"/cards?idList={ID}&name=a&due=2026-12-07T10:00:00.000Z&idLabels={ID},{ID}", None),
        ("POST", "/cards", {"idList": ID, "name": "a", "pos": "top", "dueComplete": False}),
        ("PUT", f"/cards/{ID}?due=null&pos=3.5", None),
        ("PUT", f"/cards/{ID}/name?value=x", None),
        ("PUT", f"/boards/{ID}/members?email=ana@acme.example&type=normal", {"fullName": "Ana"}),
        ("POST", "/boards?name=a&defaultLists=false&keepFromSource=cards", None),
        ("GET", "/members/me/boards?filter=open&fields=id,dateLastActivity", None),
        ("POST", f"/cards?idList={ID}&idCardSource={ID}&keepFromSource=checklists,labels", None),
        ("GET", f"/boards/{ID}?key=a&token=b", None),
    ],
)  # fmt: skip
def test_a_right_request_passes(spec: TrelloSpec, method: str, url: str, body: Any) -> None:
    request = asked(method, url, body)
    operation, named = spec.operation(request.method, request.path)
    assert list(spec.request_misfits(request, operation, named)) == []


@pytest.mark.parametrize(
    ("method", "url", "body", "why"),
    [
        ("GET", "/cardz", None, "no such operation"),
        ("PATCH", f"/cards/{ID}", None, "no such operation"),
        ("GET", "/cards/nonsense!", None, "does not match"),
        ("GET", f"/boards/{ID}?card_field=name", None, "has no parameter card_field"),
        ("POST", "/cards", {"idList": ID, "nmae": "a"}, "has no parameter nmae"),
        ("POST", "/cards?name=a", None, "needs idList"),
        ("POST", f"/cards?idList={ID}&name=a&name=b", None, "given twice"),
        ("POST", f"/cards?idList={ID}&dueComplete=maybe", None, "dueComplete"),
        ("POST", "/cards", {"idList": ID, "dueComplete": "maybe"}, "dueComplete"),
        ("POST", f"/cards?idList={ID}&pos=middle", None, "pos"),
        ("POST", f"/cards?idList={ID}&due=tomorrow", None, "due"),
        ("POST", f"/cards?idList={ID}&idLabels={ID},green", None, "idLabels"),
        ("POST", f"/cards?idList={ID}&keepFromSource=labels,words", None, "keepFromSource"),
        ("POST", f"/labels?name=a&color=chartreuse&idBoard={ID}", None, "color"),
        ("GET", f"/boards/{ID}?card_fields=name,nmae", None, "Card has no"),
        ("GET", f"/boards/{ID}?labels_limit=1001", None, "labels_limit"),
        ("PUT", f"/boards/{ID}/members?email=ana", None, "email"),
        ("POST", "/boards?name=", None, "name"),
    ],
)  # fmt: skip
def test_a_wrong_request_is_told(
    spec: TrelloSpec, method: str, url: str, body: Any, why: str
) -> None:
    request = asked(method, url, body)
    operation, named = spec.operation(request.method, request.path)
    assert why in "\n".join(spec.request_misfits(request, operation, named))


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        ({"id": "short"}, "$.id"),
        ({"id": ID, "nmae": "a"}, "nmae"),
        ({"id": ID, "closed": "false"}, "$.closed"),
        ({"id": ID, "name": None}, "$.name"),
        ({"id": ID, "due": "tomorrow"}, "$.due"),
        ({"id": ID, "labels": [ID]}, "$.labels[0]"),
        ({"id": ID, "badges": {"checkItems": "3"}}, "$.badges.checkItems"),
        ({"id": ID, "cover": {"size": "enormous"}}, "$.cover.size"),
        ([], "$"),
    ],
)  # fmt: skip
def test_a_wrong_reply_is_told(spec: TrelloSpec, reply: Any, why: str) -> None:
    assert why in "\n".join(misfits(spec, asked("GET", f"/cards/{ID}"), reply))


def test_a_reply_that_is_cut_or_of_an_unknown_status_is_told(spec: TrelloSpec) -> None:
    request = asked("GET", f"/cards/{ID}")
    assert list(spec.misfits(request, Answer(200, {}, b'{"id": ')))
    assert misfits(spec, request, {"id": ID}, 201)
    assert misfits(spec, request, {"message": "x"}, 418)
    assert misfits(spec, request, [1], 429)


def test_requests_and_replies_inside_a_batch_are_told(spec: TrelloSpec) -> None:
    good = asked("GET", f"/batch?urls=/cards/{ID},/cards/{ID}?fields=name")
    card = {"200": {"id": ID, "name": "a"}}
    assert misfits(spec, good, [card, card]) == []
    assert misfits(spec, good, [card])
    assert misfits(spec, good, [card, {"200": {"id": 7}}])
    assert misfits(spec, asked("GET", f"/batch?urls=/cards/{ID}?field=name"), [card])


def test_a_request_that_was_refused_as_wrong_is_not_told_and_its_reply_is(
    spec: TrelloSpec,
) -> None:
    wrong = asked("POST", "/cards?name=a")
    assert list(spec.misfits(wrong, Answer(400, {}, b"invalid value for idList"), False)) == []
    assert "needs idList" in misfits(spec, wrong, {"message": "later"}, 429)[0]


def test_a_misfit_fails_the_test_that_caused_it(pytester_like: Mapping[str, Any]) -> None:
    assert pytester_like["found"] == [f"GET /1/cards/{ID}: $.id: 7 is not of type 'string'"]


@pytest.fixture
def pytester_like() -> Mapping[str, Any]:
    with pytest.raises(heard.Misfit):
        heard.heard("trello", asked("GET", f"/cards/{ID}"), json_answer({"id": 7}))
    return {"found": heard.taken()}


class Member:
    """Somebody who calls Trello's own API."""

    def __init__(self, vendors: Vendors, key: str = "robot") -> None:
        account = vendors.account("trello", key)
        self._signed = (
            f'OAuth oauth_consumer_key="{account["key"]}", oauth_token="{account["token"]}"'
        )
        self._vendors = vendors

    def __call__(self, method: str, url: str) -> Any:
        request = asked(method, url)
        signed = Asked(method, request.path, request.query, {"authorization": self._signed})
        answer = self._vendors.sandbox.answer(signed)
        assert answer.status == 200, answer.body
        return json.loads(answer.body)


def test_what_the_stand_in_answers_is_as_described() -> None:
    vendors = sandbox("trello")
    call = Member(vendors)
    board = call("POST", "/boards?name=Work&desc=d&defaultLists=false")
    one = call("POST", f"/lists?name=Week&idBoard={board['id']}&pos=bottom")
    label = call("POST", f"/labels?name=Lead&color=green&idBoard={board['id']}")
    card = call("POST", f"/cards?idList={one['id']}&name=a&due=2026-12-07&idLabels={label['id']}")
    checklist = call("POST", f"/cards/{card['id']}/checklists?name=Checklist")
    item = call("POST", f"/checklists/{checklist['id']}/checkItems?name=i&checked=false")
    call("PUT", f"/cards/{card['id']}/checkItem/{item['id']}?state=complete")
    call("PUT", f"/cards/{card['id']}?name=b")
    call("PUT", f"/boards/{board['id']}/members?email=ana@acme.example&type=normal")
    call("PUT", f"/boards/{board['id']}/members?email=new@acme.example&type=normal")
    call("GET", f"/boards/{board['id']}/actions?limit=1000")
    call("GET", "/members/me?fields=all")
    call("GET", "/members/me/boards?filter=open&fields=id,dateLastActivity")
    call("GET", "/members/me/organizations?fields=all")
    whole = call(
        "GET",
        f"/boards/{board['id']}?fields=all&lists=all&cards=all&card_fields=all&labels=all"
        "&labels_limit=1000&checklists=all&members=all&memberships=all&membersInvited=all"
        "&card_attachments=true&card_pluginData=true&actions=all&organization=true",
    )
    assert [one["name"] for one in whole["cards"]] == ["b"]
    call("GET", f"/cards/{card['id']}?fields=all&checklists=all&attachments=true&members=true")
    copy = call("POST", f"/boards?name=Copy&idBoardSource={board['id']}&keepFromSource=cards")
    call("DELETE", f"/boards/{copy['id']}")
    counted = heard.COUNTED
    assert counted["trello requests"] >= 17
    assert counted["trello replies"] >= 17
