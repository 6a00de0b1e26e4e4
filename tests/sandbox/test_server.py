"""The sandbox over HTTP: connections that stay open, faults on the wire, its control."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pytest
import requests

from smarketing.sandbox.sandbox import Sandbox
from smarketing.sandbox.server import Server
from smarketing.web import NoReply, Web, parsed

from .notebook import ANA, BEN, Notebook, sandbox

pytestmark = pytest.mark.enable_socket
TOKEN = "the-token-of-the-control"


@contextmanager
def serving(box: Sandbox) -> Iterator[Server]:
    """Serve on a free port as long as this lasts."""
    with Server(box, 0, TOKEN) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def notebook() -> tuple[Sandbox, Notebook]:
    return sandbox()


@pytest.fixture
def server(notebook: tuple[Sandbox, Notebook]) -> Iterator[Server]:
    with serving(notebook[0]) as server:
        yield server


@pytest.fixture
def ana(server: Server) -> Iterator[Web]:
    def authorise(request: requests.PreparedRequest) -> None:
        request.headers["Authorization"] = ANA.token

    with Web([server.url.partition("//")[2]], authorise) as web:
        web.trust_env = False
        yield web


def control(server: Server, method: str, name: str, said: object = None) -> requests.Response:
    """Ask the control with its token."""
    headers = {"Authorization": f"Bearer {TOKEN}"}
    url = f"{server.url}/_sandbox/{name}"
    return requests.request(method, url, json=said, headers=headers, timeout=5)


def raw(server: Server, sent: bytes) -> bytes:
    """Send bytes as they are and return all that comes back."""
    with socket.create_connection(("127.0.0.1", server.server_address[1]), timeout=5) as line:
        line.sendall(sent)
        line.shutdown(socket.SHUT_WR)
        got = b""
        while part := line.recv(65536):
            got += part
        return got


def test_many_requests_go_over_one_connection(server: Server) -> None:
    one = b"GET /notes HTTP/1.1\r\nHost: x\r\nAuthorization: " + ANA.token.encode() + b"\r\n\r\n"
    assert raw(server, one * 3).count(b"HTTP/1.1 200") == 3


def test_it_listens_on_this_computer_alone(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_a_write_arrives_with_its_query_and_body(server: Server, ana: Web) -> None:
    assert parsed(ana.post(f"{server.url}/notes?a=b%20c", json={"text": "Zoë"})) == [["ana", "Zoë"]]


@pytest.mark.parametrize(
    "sent",
    [
        b"\r\n\r\n",
        b"nonsense\r\n\r\n",
        b"GET\r\n\r\n",
        b"BREW /notes HTTP/1.1\r\n\r\n",
        b"GET /notes HTTP/9.9\r\n\r\n",
        b"GET " + b"/" * 70000 + b" HTTP/1.1\r\n\r\n",
        b"GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /notes HTTP/1.1\r\n" + b"A: b\r\n" * 200 + b"\r\n",
        b"POST /notes HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"POST /notes HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n",
        b"POST /notes HTTP/1.1\r\nContent-Length: 10\r\n\r\nabc",
        b"POST /notes HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /notes HTTP/1.1\r\nAuthorization: token-of-ana\r\nContent-Length: 3\r\n\r\n{{{",
        b"GET /notes/broken HTTP/1.1\r\nAuthorization: token-of-ana\r\n\r\n",
        b"\x00\xff\xfe" * 50,
    ],
)
def test_a_bad_request_shows_no_traceback_and_ends_nothing(
    server: Server, ana: Web, sent: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    got = raw(server, sent)
    assert b"Traceback" not in got
    assert b"HTTP/1.1 200" not in got
    assert "Traceback" not in "".join(capfd.readouterr())
    assert parsed(ana.get(f"{server.url}/notes")) == []


@pytest.mark.parametrize("what", ["drop before", "drop after", "cut", "cut json"])
def test_a_reply_that_does_not_arrive_whole_is_no_reply(
    server: Server, ana: Web, notebook: tuple[Sandbox, Notebook], what: str
) -> None:
    notebook[0].fault(what, methods=["POST"], nth=1)
    with pytest.raises(NoReply):
        parsed(ana.post(f"{server.url}/notes", json={"text": "hello"}))
    assert len(notebook[1].notes) == (0 if what == "drop before" else 1)
    assert parsed(ana.get(f"{server.url}/notes")) == notebook[1].picture()


def test_a_slow_reply_holds_up_nobody_else(
    server: Server, ana: Web, notebook: tuple[Sandbox, Notebook]
) -> None:
    notebook[0].fault("slow", methods=["POST"], seconds=0.5)
    slow = Thread(target=lambda: ana.post(f"{server.url}/notes", json={"text": "slow"}))
    slow.start()
    try:
        seen = parsed(requests.get(f"{server.url}/notes", headers=_as(ANA.token), timeout=0.4))
    finally:
        slow.join()
    assert seen in ([], [["ana", "slow"]])
    assert notebook[1].notes == [("ana", "slow")]


def _as(token: str) -> dict[str, str]:
    return {"Authorization": token}


@pytest.mark.parametrize("token", ["", "Bearer wrong", "Bearer "])
def test_the_control_is_closed_without_its_token(server: Server, token: str) -> None:
    url = f"{server.url}/_sandbox/calls"
    assert requests.get(url, headers=_as(token), timeout=5).status_code == 401


def test_a_sandbox_without_a_token_has_a_closed_control() -> None:
    with Server(sandbox()[0]) as server:
        thread = Thread(target=server.handle_request)
        thread.start()
        url = f"{server.url}/_sandbox/calls"
        assert requests.get(url, headers=_as("Bearer "), timeout=5).status_code == 401
        thread.join()


def test_faults_are_asked_for_over_http_and_taken_away(server: Server, ana: Web) -> None:
    asked = {"what": "drop after", "methods": ["POST"], "path": "notes", "nth": 1}
    assert control(server, "POST", "faults", asked).status_code == 200
    with pytest.raises(NoReply):
        ana.post(f"{server.url}/notes", json={"text": "hello"})
    control(server, "POST", "storm", {"rates": {"drop after": 1.0}, "seed": 3})
    with pytest.raises(NoReply):
        ana.post(f"{server.url}/notes", json={"text": "again"})
    control(server, "DELETE", "faults")
    assert parsed(ana.get(f"{server.url}/notes")) == [["ana", "hello"], ["ana", "again"]]


def test_a_members_edit_is_asked_for_as_a_request(server: Server, ana: Web) -> None:
    request = {"method": "POST", "path": "/notes", "headers": _as(BEN.token), "json": {"text": "b"}}
    asked = {"what": "edit", "methods": ["POST"], "nth": 1, "request": request}
    assert control(server, "POST", "faults", asked).status_code == 200
    assert parsed(ana.post(f"{server.url}/notes", json={"text": "a"})) == [
        ["ben", "b"],
        ["ana", "a"],
    ]


def test_calls_mails_picture_and_clock_are_shown(server: Server, ana: Web) -> None:
    ana.post(f"{server.url}/notes", json={"text": "hello"})
    assert control(server, "GET", "calls").json() == {
        "calls": [{"vendor": "notebook", "method": "POST", "path": "/notes", "count": 1}]
    }
    assert [mail["to"] for mail in control(server, "GET", "mails").json()["mails"]] == [ANA.mail]
    assert control(server, "GET", "picture").json() == {"picture": {"notebook": [["ana", "hello"]]}}
    now = control(server, "GET", "clock").json()["clock"]["now"]
    assert control(server, "POST", "clock", {"move": 60}).json()["clock"]["now"] == now + 60


def test_lag_and_latency_are_set_over_http(
    server: Server, notebook: tuple[Sandbox, Notebook]
) -> None:
    control(server, "POST", "lag", {"seconds": 60})
    control(server, "POST", "latency", {"seconds": 0.01})
    assert (notebook[0].world.lag, notebook[0].latency) == (60.0, 0.01)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("faults", {"what": "earthquake"}),
        ("faults", {"what": "edit"}),
        ("faults", {"what": "error", "request": {}}),
        ("faults", {"waht": "error"}),
        ("faults", ["error"]),
        ("storm", {"rates": {"error": 2}}),
        ("storm", {"rates": 3}),
        ("clock", {"move": -1}),
        ("clock", {"move": "soon"}),
        ("lag", {"seconds": -1}),
        ("latency", {"minutes": 1}),
    ],
)
def test_what_the_control_does_not_understand_changes_nothing(
    server: Server, ana: Web, name: str, said: object
) -> None:
    answer = control(server, "POST", name, said)
    assert answer.status_code == 400
    assert answer.json()["error"]
    assert parsed(ana.get(f"{server.url}/notes")) == []


def test_the_control_says_what_there_is(server: Server) -> None:
    answer = control(server, "GET", "nothing")
    assert answer.status_code == 404
    assert "POST /_sandbox/faults" in answer.json()["there is"]
