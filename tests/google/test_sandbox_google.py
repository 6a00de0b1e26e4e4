"""What holds for all of Google: sign-in, batches, limits, refusals."""

import json
from importlib import import_module
from typing import Any

import pytest
from googleapiclient.errors import HttpError

from smarketing.standin import Asked

from .sandbox_world import ANA, DOC, FOLDER, FORM, ROBOT, Scene


def status(error: pytest.ExceptionInfo[HttpError]) -> int:
    """Return the status of an error."""
    return int(error.value.resp.status)


def folders(scene: Scene, count: int) -> dict[str, Any]:
    """Make folders in one batch; return what came back by request id."""
    drive, told = scene.drive(), {}

    def heard(request_id: str, reply: Any, error: Any) -> None:
        told[request_id] = error or reply

    batch = drive.new_batch_http_request(callback=heard)
    for number in range(count):
        body = {"name": f"Folder {number}", "mimeType": FOLDER}
        batch.add(drive.files().create(body=body), request_id=f"no {number}")
    batch.execute()
    return told


def test_an_access_token_lasts_an_hour() -> None:
    scene = Scene()
    drive = scene.drive()
    drive.files().list().execute()
    scene.time += 3600
    with pytest.raises(HttpError) as old:
        drive.files().list().execute()
    assert status(old) == 401
    scene.drive().files().list().execute()


def test_a_revoked_token_is_an_invalid_grant() -> None:
    scene = Scene()
    token = scene.robot()
    assert (
        scene.google.answer(Asked("POST", "/revoke", {"token": ("robot-token",)}, {})).status == 200
    )
    assert scene.exchanged("robot-token")["error"] == "invalid_grant"
    assert scene.ask("GET", "/drive/v3/files", token).status == 401


def test_consent_gives_a_code_and_the_code_gives_tokens_once() -> None:
    scene = Scene()
    account = scene.google.account(ANA)
    scope = "https://www.googleapis.com/auth/drive"
    query = {
        "client_id": (account["client_id"],), "redirect_uri": ("http://localhost:1/",),
        "scope": (scope,), "state": ("s",), "login_hint": (ANA.mail,),
    }  # fmt: skip
    back = scene.google.answer(Asked("GET", "/o/oauth2/v2/auth", query, {}))
    code = back.headers["Location"].partition("code=")[2].partition("&")[0].replace("%2F", "/")
    form = (
        f"grant_type=authorization_code&code={code}&client_id={account['client_id']}"
        f"&client_secret={account['client_secret']}"
    )
    asked = Asked("POST", "/token", {}, FORM, form.encode())
    told = scene.google.answer(asked)
    granted = json.loads(told.body)
    assert granted["scope"] == scope
    assert scene.exchanged(granted["refresh_token"])["scope"] == scope
    assert scene.google.answer(asked).status == 400


def test_the_vendors_own_credentials_sign_in() -> None:
    Credentials: Any = import_module("google.oauth2.credentials").Credentials  # noqa: N806
    Service: Any = import_module("google.oauth2.service_account").Credentials  # noqa: N806

    scene = Scene()

    def carry(
        url: str, method: str = "GET", body: Any = None, headers: Any = None, **_: Any
    ) -> Any:
        data = body.encode() if isinstance(body, str) else body or b""
        path = url.removeprefix("http://stand-in.test")
        said = {name.lower(): text for name, text in (headers or {}).items()}
        answer = scene.google.answer(Asked(method, path, {}, said, data))
        return type("Reply", (), {"status": answer.status, "data": answer.body, "headers": {}})

    uri = "http://stand-in.test/token"
    account = scene.google.account(ROBOT)
    person = Credentials(None, token_uri=uri, **account)
    person.refresh(carry)
    assert scene.drive(person.token).about().get(fields="user").execute()["user"]["me"]
    key = dict(scene.google.service_account(uri))
    scopes = ["https://www.googleapis.com/auth/drive"]
    service = Service.from_service_account_info(key, scopes=scopes)
    service.refresh(carry)
    who = scene.drive(service.token).about().get(fields="user(emailAddress)").execute()
    assert who["user"]["emailAddress"] == key["client_email"]
    as_ana = service.with_subject(ANA.mail)
    as_ana.refresh(carry)
    who = scene.drive(as_ana.token).about().get(fields="user(emailAddress)").execute()
    assert who["user"]["emailAddress"] == ANA.mail


def test_a_batch_serves_every_call_and_answers_in_no_order() -> None:
    scene = Scene()
    scene.world.limits = False
    told = folders(scene, 30)
    names = {name: reply["name"] for name, reply in told.items()}
    assert names == {f"no {number}": f"Folder {number}" for number in range(30)}
    assert list(told) == sorted(told, key=lambda name: int(name[3:]))  # the client sorts them
    raw = [f"--b\r\nContent-ID: <{n}>\r\n\r\nGET /drive/v3/about?fields=kind HTTP/1.1\r\n\r\n\r\n"
           for n in range(30)]  # fmt: skip
    body = ("".join(raw) + "--b--").encode()
    answer = scene.ask(
        "POST", "/batch/drive/v3", scene.robot(), body, content_type="multipart/mixed; boundary=b"
    )
    order = [int(line.partition("response-")[2].rstrip(">\r")) for line in answer.body.decode().split("\n")
             if line.startswith("Content-ID")]  # fmt: skip
    assert sorted(order) == list(range(30))
    assert order != list(range(30))


def test_a_batch_has_its_size_and_carries_no_upload() -> None:
    scene = Scene()
    scene.world.limits = False
    with pytest.raises(HttpError) as too_many:
        folders(scene, 101)
    assert status(too_many) == 400
    assert scene.drive().files().list().execute()["files"] == []


def test_docs_take_batches_only_where_switched() -> None:
    scene = Scene()
    made = scene.drive().files().create(body={"name": "Words", "mimeType": DOC}).execute()["id"]

    def asked_in_a_batch() -> Any:
        docs, told = scene.docs(), []
        batch = docs.new_batch_http_request(callback=lambda _, reply, error: told.append(reply))
        batch.add(docs.documents().get(documentId=made))
        batch.execute()
        return told

    with pytest.raises(HttpError):
        asked_in_a_batch()
    scene.switched("google-batch-docs")
    assert [one["title"] for one in asked_in_a_batch()] == ["Words"]


def test_drive_takes_three_writes_a_second_for_long() -> None:
    scene = Scene()
    told = folders(scene, 20)
    refused = [one for one in told.values() if isinstance(one, HttpError)]
    assert len(refused) == 10
    assert refused[0].resp.status == 403
    assert refused[0].error_details[0]["reason"] == "userRateLimitExceeded"
    scene.time += 2
    assert sum(isinstance(one, dict) for one in folders(scene, 20).values()) == 6
    scene.world.limits = False
    assert all(isinstance(one, dict) for one in folders(scene, 20).values())


def test_docs_take_sixty_writes_a_minute() -> None:
    scene = Scene()
    made = scene.drive().files().create(body={"name": "Words", "mimeType": DOC}).execute()["id"]
    path = f"/v1/documents/{made}:batchUpdate"
    body: dict[str, Any] = {"requests": []}
    token = scene.robot()
    told = [scene.ask("POST", path, token, body).status for _ in range(61)]
    assert told == [200] * 60 + [429]
    refused = json.loads(scene.ask("POST", path, token, body).body)["error"]
    assert refused["status"] == "RESOURCE_EXHAUSTED"
    scene.time += 60
    assert scene.ask("POST", path, token, body).status == 200


FILES, RIGHTS = "/drive/v3/files", "/drive/v3/files/x/permissions"
WORDS, CELLS = "/v1/documents/x:batchUpdate", "/v4/spreadsheets/x"
EVENTS, MANY_EVENTS = "/calendar/v3/calendars/x/events", "/batch/calendar/v3"


@pytest.mark.parametrize(
    ("why", "path", "code", "reason"),
    [
        ("rate limit", FILES, 429, "rateLimitExceeded"),
        ("rate limit", WORDS, 429, "RESOURCE_EXHAUSTED"),
        ("rate limit", CELLS, 429, "RESOURCE_EXHAUSTED"),
        ("rate limit", EVENTS, 403, "rateLimitExceeded"),
        ("forbidden rate", FILES, 403, "userRateLimitExceeded"),
        ("forbidden rate", MANY_EVENTS, 403, "userRateLimitExceeded"),
        ("forbidden rate", WORDS, 429, "RESOURCE_EXHAUSTED"),
        ("long limit", RIGHTS, 403, "sharingRateLimitExceeded"),
        ("long limit", FILES, 403, "dailyLimitExceeded"),
        ("long limit", EVENTS, 403, "quotaExceeded"),
        ("unavailable", FILES, 503, "backendError"),
        ("unavailable", CELLS, 503, "UNAVAILABLE"),
        ("error", FILES, 500, "internalError"),
        ("gateway", FILES, 502, ""),
        ("timeout", WORDS, 504, ""),
    ],
)
def test_each_api_refuses_in_its_own_words(why: str, path: str, code: int, reason: str) -> None:
    answer = Scene().google.refusal(why, Asked("POST", path, {}, {}))
    assert answer.status == code
    if reason:
        error = json.loads(answer.body)["error"]
        assert reason in (
            error.get("status"),
            *(each["reason"] for each in error.get("errors", ())),
        )


@pytest.mark.parametrize("api", ["sheets", "calendar", "drive"])
def test_each_api_takes_so_much_in_a_minute_and_no_more(api: str) -> None:
    scene = Scene()
    token = scene.robot()
    path, taken = {
        "sheets": ("/v4/spreadsheets/none", 60),
        "calendar": ("/calendar/v3/users/me/calendarList", 600),
        "drive": ("/drive/v3/files", 3250),  # a list of files counts 100
    }[api]
    told = [scene.ask("GET", path, token).status for _ in range(taken + 1)]
    assert set(told[:-1]) <= {200, 404}
    assert told[-1] == (403 if api == "calendar" else 429)
    scene.time += 60
    assert scene.ask("GET", path, token).status in (200, 404)


def test_each_switch_is_explained() -> None:
    switches = Scene().google.switches
    assert all(name.startswith("google-") for name in switches)
    assert all(switches.values())


def test_a_method_that_is_not_served_is_said() -> None:
    with pytest.raises(HttpError) as refused:
        Scene().drive().channels().stop(body={}).execute()
    assert status(refused) == 501
