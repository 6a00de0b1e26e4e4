"""Google's documents catch what is wrong in requests and replies, and let pass what is right."""

import json
from typing import Any

import pytest

from smarketing.standin import Answer, Asked, json_answer, query_of
from tests.vendors import heard, masks
from tests.vendors.defect import stale
from tests.vendors.google_defects import DEFECTS
from tests.vendors.google_spec import GoogleSpec, raw

DOC = "application/vnd.google-apps.document"
FILE = {"kind": "drive#file", "id": "f1", "name": "a", "mimeType": DOC}


@pytest.fixture(scope="module")
def spec() -> GoogleSpec:
    return GoogleSpec()


def asked(method: str, url: str, body: Any = None) -> Asked:
    """Return a request of a path with its query."""
    path, _, query = url.partition("?")
    headers = {"content-type": "application/json"} if body is not None else {}
    return Asked(method, path, query_of(query), headers, json_answer(body).body if body else b"")


def misfits(spec: GoogleSpec, request: Asked, reply: Any, status: int = 200) -> list[str]:
    """Return what does not fit in a request with this reply."""
    meant = status not in heard.PERHAPS_ON_PURPOSE
    return list(spec.misfits(request, json_answer(reply, status), meant))


EDIT = "/v1/documents/d1:batchUpdate"
INSERT = {"insertText": {"location": {"index": 1}, "text": "a"}}


@pytest.mark.parametrize("api", DEFECTS)
def test_every_defect_on_the_list_is_in_the_document_still(api: str) -> None:
    assert stale(raw(api), DEFECTS[api]) == []
    assert all(len(defect.reason) > 8 for defect in DEFECTS[api])


@pytest.mark.parametrize(
    ("request_", "reply"),
    [
        (asked("POST", "/drive/v3/files", {"name": "a", "appProperties": {"k": "v"}}), FILE),
        (asked("GET", "/drive/v3/files?pageSize=1000&fields=files(id,parents),nextPageToken"),
         {"files": [{"id": "f1", "parents": ["p"]}]}),
        (asked("PATCH", "/drive/v3/files/f1?addParents=p", {"appProperties": {"k": None}}), FILE),
        (asked("GET", "/drive/v3/files/f1?alt=media"), "x"),
        (asked("POST", EDIT, {"requests": [INSERT], "writeControl": {"requiredRevisionId": "r"}}),
         {"documentId": "d1", "replies": [{}], "writeControl": {"requiredRevisionId": "s"}}),
        (asked("GET", "/v4/spreadsheets/s1?ranges=A1:B2&ranges=C1"), {"spreadsheetId": "s1"}),
        (asked("GET", "/v4/spreadsheets/s1/values/Sheet1!A1:B2"), {"range": "A1:B2"}),
        (asked("POST", "/calendar/v3/calendars/c@group.calendar.google.com/events?sendUpdates=none",
               {"start": {"date": "2026-12-07"}, "end": {"date": "2026-12-08"}}),
         {"kind": "calendar#event", "status": "confirmed"}),
    ],
)  # fmt: skip
def test_what_is_right_passes(spec: GoogleSpec, request_: Asked, reply: Any) -> None:
    assert misfits(spec, request_, reply) == []


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        (asked("GET", "/drive/v3/filez"), "no such method"),
        (asked("PUT", "/drive/v3/files/f1"), "no such method"),
        (asked("GET", "/drive/v3/files?size=5"), "no parameter size"),
        (asked("GET", "/drive/v3/files?pageSize=5000"), "not from"),
        (asked("GET", "/drive/v3/files?pageSize=many"), "no whole number"),
        (asked("GET", "/drive/v3/files?supportsAllDrives=yes"), "no truth"),
        (asked("GET", "/drive/v3/files?pageSize=1&pageSize=2"), "2 times"),
        (asked("GET", "/drive/v3/changes"), "needs pageToken"),
        (asked("GET", "/v4/spreadsheets/s1?commentsViewMode=SOME"), "none of"),
        (asked("GET", "/drive/v3/files?fields=files(id,nmae)"), "has no files/nmae"),
        (asked("GET", "/drive/v3/files?fields=files(id"), "not closed"),
        (asked("POST", "/drive/v3/files", {"nmae": "a"}), "nmae"),
        (asked("POST", "/drive/v3/files/f1/permissions", {"type": "user", "role": "editor"}), "role"),
        (asked("POST", EDIT, {"requests": [{"insertTxt": {}}]}), "insertTxt"),
        (asked("POST", EDIT, {"requests": [{"insertText": {"location": {"index": "1"}}}]}), "index"),
        (asked("POST", EDIT, {"requests": [{"updateParagraphStyle": {
            "paragraphStyle": {"namedStyleType": "H1"}}}]}), "H1"),
        (asked("GET", "/v1/documents/d1", {"title": "a"}), "has no body"),
        (Asked("POST", "/drive/v3/files", {}, {}, b"{"), "body"),
        (asked("POST", "/calendar/v3/calendars/primary/events", {"summary": "a"}), "needs end"),
        (asked("POST", "/upload/drive/v3/files?uploadType=sideways"), "uploadType"),
    ],
)  # fmt: skip
def test_a_wrong_request_is_told(spec: GoogleSpec, request_: Asked, why: str) -> None:
    told = list(
        spec.misfits(request_, json_answer({"error": {"code": 429, "message": "later"}}, 429))
    )
    assert why in "\n".join(told)


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        ({**FILE, "nmae": "a"}, "nmae"),
        ({**FILE, "trashed": "false"}, "trashed"),
        ({**FILE, "version": 3}, "version"),
        ({**FILE, "createdTime": "yesterday"}, "createdTime"),
        ({**FILE, "permissions": [{"role": "editor"}]}, "role"),
        ({**FILE, "capabilities": {"canEdit": 1}}, "canEdit"),
        ([], "$"),
    ],
)
def test_a_wrong_reply_is_told(spec: GoogleSpec, reply: Any, why: str) -> None:
    assert why in "\n".join(misfits(spec, asked("GET", "/drive/v3/files/f1?fields=*"), reply))


def test_a_reply_that_holds_more_than_was_asked_for_is_told(spec: GoogleSpec) -> None:
    more = {**FILE, "parents": ["p"]}
    assert misfits(spec, asked("GET", "/drive/v3/files/f1?fields=id,parents"), more)
    assert misfits(spec, asked("GET", "/drive/v3/files/f1"), more)
    assert not misfits(spec, asked("GET", "/drive/v3/files/f1"), FILE)


def test_a_request_that_was_refused_as_wrong_is_not_told_and_its_reply_is(spec: GoogleSpec) -> None:
    wrong = asked("GET", "/drive/v3/filez")
    assert misfits(spec, wrong, {"error": {"code": 404, "message": "no"}}, 404) == []
    assert misfits(spec, wrong, {"error": {"code": 400, "message": "no"}}, 404)
    assert misfits(spec, wrong, {"message": "no"}, 404)


def upload(metadata: Any, kind: str = "application/json") -> Asked:
    """Return a multipart upload as the library writes it, with bare line feeds."""
    body = (
        f"--b\nContent-Type: {kind}\nMIME-Version: 1.0\n\n{json.dumps(metadata)}\n"
        "--b\nContent-Type: text/markdown\nContent-Transfer-Encoding: binary\n\n# Zoë\n--b--"
    )
    headers = {"content-type": 'multipart/related; boundary="b"'}
    query = query_of("uploadType=multipart")
    return Asked("POST", "/upload/drive/v3/files", query, headers, body.encode())


def test_the_metadata_of_an_upload_is_held_to_its_schema(spec: GoogleSpec) -> None:
    assert misfits(spec, upload({"name": "a", "mimeType": DOC}), FILE) == []
    assert "nmae" in misfits(spec, upload({"nmae": "a"}), FILE)[0]
    assert "two parts" in misfits(spec, upload({}, "text/plain"), FILE)[0]


def batch(*inner: str) -> Asked:
    """Return an HTTP batch of requests."""
    parts = "".join(
        f"--b\nContent-Type: application/http\nContent-ID: <x+{n}>\n\n{one}\n\n"
        for n, one in enumerate(inner)
    )
    headers = {"content-type": 'multipart/mixed; boundary="b"'}
    return Asked("POST", "/batch/drive/v3", {}, headers, f"{parts}--b--".encode())


def batch_reply(*inner: Any) -> Answer:
    """Return the answer of a batch, in an order of its own."""
    parts = "".join(
        f"--r\r\nContent-Type: application/http\r\nContent-ID: <response-x+{n}>\r\n\r\n"
        f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{json.dumps(one)}\r\n"
        for n, one in reversed(list(enumerate(inner)))
    )
    return Answer(200, {"Content-Type": "multipart/mixed; boundary=r"}, f"{parts}--r--".encode())


GET = "GET /drive/v3/files/f1?fields=id HTTP/1.1\nHost: x"


def test_each_part_of_a_batch_is_held_to_its_method(spec: GoogleSpec) -> None:
    good = {"id": "f1"}
    assert list(spec.misfits(batch(GET, GET), batch_reply(good, good))) == []
    assert list(spec.misfits(batch(GET, GET), batch_reply(good)))
    assert list(spec.misfits(batch(GET), batch_reply(good, good)))
    assert list(spec.misfits(batch(GET, GET), batch_reply(good, {"id": 7})))
    assert list(spec.misfits(batch(GET.replace("fields", "feilds")), batch_reply(good)))
    assert list(spec.misfits(batch(*[GET] * 101), batch_reply(*[good] * 101)))
    assert list(spec.misfits(batch(), Answer(200, {}, b"{}")))


def test_an_exchange_of_tokens_is_held_to_its_standard(spec: GoogleSpec) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    request = Asked("POST", "/token", {}, form, b"grant_type=refresh_token")
    token = {"access_token": "a", "token_type": "Bearer", "expires_in": 3599}
    assert misfits(spec, request, token) == []
    assert misfits(spec, request, {"access_token": "a"})
    assert misfits(spec, request, {"error": "invalid_grant"}, 400) == []
    assert misfits(spec, Asked("GET", "/token", {}, {}), token)


def test_a_mask_is_read_as_google_writes_it() -> None:
    assert masks.parsed("a,b(c,d/e),f/g(h)") == {
        "a": {}, "b": {"c": {}, "d": {"e": {}}}, "f": {"g": {"h": {}}}
    }  # fmt: skip
    for wrong in ("a(", "a,,b", "a)b", "(a)", "a b;c"):
        with pytest.raises(ValueError, match="mask"):
            masks.parsed(wrong)


def test_a_mask_chooses_at_any_depth() -> None:
    reply = {"files": [{"id": "a", "name": "b"}], "kind": "x"}
    assert list(masks.outside(masks.parsed("files(id)"), reply)) == ["files/name", "kind"]
    assert list(masks.outside(masks.parsed("files,kind"), reply)) == []
    assert list(masks.outside(masks.parsed("*"), reply)) == []
