"""The vendor's library over our session: tokens, batches, replies that are cut short."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import requests

from smarketing.contract import Calls, Failed, Later, Lost, Setup, Unreachable
from smarketing.integrations.google.client import Client
from smarketing.integrations.google.refusals import is_pacing, outcome
from smarketing.sandbox.inprocess import InProcess
from smarketing.standin import Answer, Asked, json_answer
from smarketing.web import NoReply, Refused

SECRETS = {"refresh_token": "refresh-me", "client_id": "cid", "client_secret": "never-shown"}
ENDPOINT = "http://127.0.0.1:8460"


class Kept:
    """Secrets of one account, and the hosts that they were opened for."""

    def __init__(self) -> None:
        self.hosts: list[str] = []

    def __call__(self, host: str) -> "Kept":
        self.hosts.append(host)
        return self

    def get(self, name: str) -> str:
        return SECRETS.get(name, "")

    def put(self, name: str, secret: str) -> None:
        raise AssertionError("a renewed token need not be kept")


class Wire:
    """Answers tokens itself, and all else by a function; keeps what was asked."""

    def __init__(self, answer: Callable[[Asked], Answer]) -> None:
        self.answer, self.asked, self.tokens = answer, list[Asked](), 0

    def __call__(self, asked: Asked) -> Answer:
        if asked.path == "/token":
            self.tokens += 1
            return json_answer({"access_token": f"access-{self.tokens}", "expires_in": 3600})
        self.asked.append(asked)
        return self.answer(asked)


def client_of(answer: Callable[[Asked], Answer], **settings: str) -> tuple[Client, Wire, Kept]:
    wire, kept = Wire(answer), Kept()
    setup = Setup({"endpoint": ENDPOINT, **settings}, Path(), kept, InProcess(wire))
    return Client(setup), wire, kept


def a_file(client: Client) -> object:
    return client.drive.files().get(fileId="f1", fields="id")


def test_a_call_carries_a_token_and_goes_to_the_endpoint_alone() -> None:
    client, wire, kept = client_of(lambda asked: json_answer({"id": "f1"}))
    assert client.call(a_file(client)) == {"id": "f1"}
    assert wire.asked[0].path == "/drive/v3/files/f1"
    assert wire.asked[0].headers["authorization"] == "Bearer access-1"
    assert kept.hosts == ["127.0.0.1:8460"]


def test_one_token_serves_many_calls_and_is_not_counted() -> None:
    client, wire, _ = client_of(lambda asked: json_answer({"id": "f1"}))
    for _ in range(3):
        client.call(a_file(client))
    assert wire.tokens == 1
    assert client.spent() == Calls(3, 0)


def test_without_a_sign_in_it_says_what_to_do(tmp_path: Path) -> None:
    client = Client(Setup({"endpoint": ENDPOINT}, tmp_path, transport=InProcess(Wire(json_answer))))
    words = "^Nobody is signed in to Google: run `smarketing login google` first.$"
    with pytest.raises(Unreachable, match=words):
        client.call(a_file(client))


def test_a_sign_in_that_was_taken_back_says_sign_in_again(tmp_path: Path) -> None:
    def answer(asked: Asked) -> Answer:
        return json_answer({"error": "invalid_grant"}, 400)

    client = Client(Setup({"endpoint": ENDPOINT}, tmp_path, Kept(), InProcess(answer)))
    with pytest.raises(Unreachable, match="sign in with `smarketing login google`") as told:
        client.call(a_file(client))
    assert "never-shown" not in str(told.value)


def test_a_token_that_ended_early_is_renewed_once() -> None:
    def answer(asked: Asked) -> Answer:
        fresh = asked.headers["authorization"] == "Bearer access-2"
        return json_answer({"id": "f1"}) if fresh else json_answer({"error": {}}, 401)

    client, wire, _ = client_of(answer)
    assert client.call(a_file(client)) == {"id": "f1"}
    assert wire.tokens == 2


def test_trouble_at_the_token_endpoint_writes_nothing_and_does_not_wait(tmp_path: Path) -> None:
    asked: list[Asked] = []

    def answer(one: Asked) -> Answer:
        asked.append(one)
        return json_answer({}, 503)

    client = Client(Setup({"endpoint": ENDPOINT}, tmp_path, Kept(), InProcess(answer)))
    with pytest.raises(NoReply) as told:
        client.call(client.drive.files().create(body={"name": "x"}))
    assert not told.value.may_have_arrived
    assert len(asked) == 1


@pytest.mark.parametrize(("method", "may_have_arrived"), [("get", False), ("create", True)])
def test_a_reply_that_was_cut_short_is_none(method: str, may_have_arrived: bool) -> None:
    client, _, _ = client_of(lambda asked: Answer(200, {}, b'{"id": "f'))
    files = client.drive.files()
    request = files.get(fileId="f1") if method == "get" else files.create(body={"name": "x"})
    with pytest.raises(NoReply) as told:
        client.call(request)
    assert told.value.may_have_arrived is may_have_arrived


def in_parts(asked: Asked, *parts: tuple[int, object]) -> Answer:
    """Return a batch's reply with its parts the other way round: their order is free."""
    ids = [
        line.split(b": ", 1)[1].strip(b"<>\r ").decode()
        for line in asked.body.splitlines()
        if line.lower().startswith(b"content-id")
    ]
    texts = [
        f"--b\r\nContent-Type: application/http\r\nContent-ID: <response-{ident}>\r\n\r\n"
        f"HTTP/1.1 {status} OK\r\nContent-Type: application/json\r\n\r\n{json.dumps(data)}\r\n"
        for ident, (status, data) in zip(ids, parts, strict=True)
    ]
    body = "".join(reversed(texts)) + "--b--\r\n"
    return Answer(200, {"Content-Type": "multipart/mixed; boundary=b"}, body.encode())


def test_a_batch_gives_each_request_its_own_answer() -> None:
    missing = {"error": {"code": 404, "errors": [{"reason": "notFound"}]}}
    client, wire, _ = client_of(lambda asked: in_parts(asked, (200, {"id": "f1"}), (404, missing)))
    one, two = client.batch("drive", [a_file(client), a_file(client)], reads=True)
    assert one == {"id": "f1"}
    assert isinstance(two, Refused)
    assert two.status == 404
    assert wire.asked[0].path == "/batch/drive/v3"
    assert client.spent() == Calls(1, 0)


def test_a_batch_that_was_cut_short_may_have_arrived() -> None:
    def answer(asked: Asked) -> Answer:
        whole = in_parts(asked, (200, {"id": "f1"}), (200, {"id": "f2"}))
        return Answer(200, whole.headers, whole.body[: len(whole.body) // 2])

    client, _, _ = client_of(answer)
    requests = [a_file(client), a_file(client)]
    with pytest.raises(NoReply) as told:
        client.batch("drive", requests)
    assert told.value.may_have_arrived


def refused(status: int, reason: str) -> Refused:
    data = {"error": {"code": status, "errors": [{"reason": reason}]}}
    return Refused(status, reason, None, data)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (refused(403, "userRateLimitExceeded"), Later),
        (refused(403, "rateLimitExceeded"), Later),
        (refused(429, "rateLimitExceeded"), Later),
        (refused(503, "backendError"), Later),
        (refused(403, "sharingRateLimitExceeded"), Failed),
        (refused(403, "dailyLimitExceeded"), Failed),
        (refused(403, "insufficientFilePermissions"), Failed),
        (refused(500, "backendError"), Lost),
        (NoReply("the connection broke", True), Lost),
        (NoReply("the connection broke", False), Failed),
    ],
)
def test_what_a_refusal_means(error: Refused | NoReply, kind: type) -> None:
    assert isinstance(outcome(error), kind)


def test_a_limit_that_lasts_for_hours_is_not_waited_for() -> None:
    assert not is_pacing(refused(429, "dailyLimitExceeded"))


def test_no_secret_shows() -> None:
    client, _, _ = client_of(lambda asked: json_answer({"error": "refresh-me never-shown"}, 400))
    with pytest.raises(Refused) as told:
        client.call(a_file(client))
    shown = repr((client, told.value, vars(client)))
    assert not any(secret in shown for secret in ("refresh-me", "never-shown", "access-1"))


def test_a_token_goes_to_no_other_host() -> None:
    client, wire, _ = client_of(lambda asked: json_answer({}))
    with pytest.raises(ValueError, match="not a host"):
        client._web.get("https://www.googleapis.com/drive/v3/files")
    assert not wire.asked
    assert isinstance(client._web, requests.Session)


def test_threads_that_want_a_service_at_once_make_it_once(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from googleapiclient import discovery

    made: list[object] = []
    real = discovery.build_from_document

    def build(*args: object, **named: object) -> object:
        made.append(args)
        return real(*args, **named)

    monkeypatch.setattr(discovery, "build_from_document", build)
    client = Client(Setup({"endpoint": "http://127.0.0.1:8461"}, tmp_path, Kept()))
    with ThreadPoolExecutor(6) as pool:
        asked = list(pool.map(lambda _: client.docs.documents(), range(6)))
    assert (len(made), len({id(each) for each in asked})) == (1, 1)


def test_a_service_knows_which_lists_have_pages(tmp_path: Path) -> None:
    client = Client(Setup({"endpoint": ENDPOINT}, tmp_path, Kept()))
    first = client.drive.files().list(pageSize=1)
    assert "pageToken=on" in client.drive.files().list_next(first, {"nextPageToken": "on"}).uri
