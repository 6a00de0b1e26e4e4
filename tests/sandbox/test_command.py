"""`smarketing sandbox` in a process of its own: its config, its end, and what it refuses."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from smarketing.config.loading import load_config

pytestmark = pytest.mark.enable_socket
POSIX = os.name == "posix"


@dataclass(frozen=True, slots=True)
class Running:
    """A sandbox that runs, and the folder that it wrote."""

    process: "subprocess.Popen[str]"
    folder: Path

    @property
    def control(self) -> Any:
        return json.loads((self.folder / "sandbox.json").read_text("utf-8"))

    def stop(self) -> str:
        """End it as a service manager would; return what it said."""
        self.process.terminate()
        out, err = self.process.communicate(timeout=20)
        return out + err


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "smarketing", *words]


@contextmanager
def started(folder: Path, *words: str) -> Iterator[Running]:
    """Run a sandbox until this ends; begin once its config is there."""
    with subprocess.Popen(
        command("sandbox", "--write-config", str(folder), *words),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        try:
            wait_for(folder / "config.yaml", process)
            yield Running(process, folder)
        finally:
            process.kill()


def wait_for(path: Path, process: "subprocess.Popen[str]") -> None:
    """Wait until a file is there; fail where the process ends before."""
    end = time.monotonic() + 30
    while not path.exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.02)


def refused(*words: str) -> str:
    """Run a sandbox that ends at once with an error; return what it said."""
    ran = subprocess.run(
        command("sandbox", *words), capture_output=True, encoding="utf-8", timeout=30, check=False
    )
    assert ran.returncode == 1, ran
    assert "Traceback" not in ran.stderr
    return ran.stderr


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with started(tmp_path_factory.mktemp("trial")) as running:
        yield running


def test_the_config_is_whole_and_leads_to_the_port_that_answers(running: Running) -> None:
    config = load_config(running.folder / "config.yaml")
    assert config.workspace == "Acme"
    assert {"boards", "documents", "tables", "meetings"} <= config.use.keys()
    assert set(config.use.values()) == {"trello", "google", "slack"}
    for vendor in ("trello", "google"):
        endpoint = config.integrations[vendor]["endpoint"]
        ready = requests.get(f"{endpoint}/_sandbox/ready", timeout=5)
        assert ready.json() == {"ready": True}


@pytest.mark.skipif(not POSIX, reason="files have other rights there")
def test_tokens_are_for_their_owner_alone(running: Running) -> None:
    for name in ("accounts.json", "sandbox.json"):
        assert (running.folder / name).stat().st_mode & 0o777 == 0o600


def test_the_config_holds_no_token(running: Running) -> None:
    text = (running.folder / "config.yaml").read_text("utf-8")
    accounts = json.loads((running.folder / "accounts.json").read_text("utf-8"))
    host = running.control["url"].partition("//")[2]
    secrets = [secret for vendor in accounts.values() for secret in vendor[host].values()]
    assert secrets
    assert not [secret for secret in (*secrets, running.control["token"]) if secret in text]


def test_trellos_own_client_gets_an_answer(running: Running) -> None:
    from trello import TrelloClient

    account = running.control["people"]["ana"]["trello"]
    client = TrelloClient(account["key"], token=account["token"], http_service=Redirected(running))
    assert client.fetch_json("/members/me")["fullName"] == "Ana Silva"
    assert client.list_boards() == []


class Redirected:
    """Sends what is for Trello to the sandbox instead."""

    def __init__(self, running: Running) -> None:
        self._url = running.control["url"]

    def request(self, method: str, url: str, **kwargs: Any) -> requests.Response:
        here = url.replace("https://api.trello.com", self._url)
        return requests.request(method, here, timeout=10, **kwargs)


def test_googles_own_client_gets_an_answer(running: Running) -> None:
    import httplib2
    from googleapiclient.discovery import build_from_document

    from tests.vendors.google_spec import raw

    url = running.control["url"]
    document = {**raw("drive.v3"), "rootUrl": f"{url}/"}
    document.pop("mtlsRootUrl", None)
    token = _access(url, running.control["people"]["ana"]["google"])
    http = _Signed(token, httplib2.Http(proxy_info=None))
    with build_from_document(document, http=http) as drive:
        about = drive.about().get(fields="user").execute()
    assert about["user"]["emailAddress"] == "ana@acme.example"


def _access(url: str, account: dict[str, str]) -> str:
    form = {"grant_type": "refresh_token", **account}
    answer = requests.post(f"{url}/token", data=form, timeout=5)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])


class _Signed:
    """Puts a token into each request of a client that has no credentials of its own."""

    def __init__(self, token: str, http: Any) -> None:
        self._token, self._http = token, http

    def request(self, uri: str, method: str = "GET", body: Any = None, headers: Any = None,
                **more: Any) -> Any:  # fmt: skip
        signed = {**(headers or {}), "authorization": f"Bearer {self._token}"}
        return self._http.request(uri, method, body, signed, **more)

    def close(self) -> None:
        self._http.close()


def test_with_one_vendor_the_config_leads_to_it_alone(tmp_path: Path) -> None:
    with started(tmp_path, "--use", "trello") as running:
        config = load_config(running.folder / "config.yaml")
        accounts = json.loads((running.folder / "accounts.json").read_text("utf-8"))
        url = running.control["url"]
    assert config.integrations.keys() == {"trello", "local"}
    assert config.integrations["trello"]["endpoint"] == url
    assert config.use["boards"] == "trello"
    assert "google" not in config.use.values()
    assert accounts.keys() == {"trello"}


@pytest.mark.skipif(not POSIX, reason="a signal ends a process there at once")
def test_at_its_end_it_takes_its_files_away_and_says_so(tmp_path: Path) -> None:
    with started(tmp_path) as running:
        said = running.stop()
        assert running.process.returncode == 0
    assert "Stopped." in said
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not POSIX, reason="a signal ends a process there at once")
def test_a_config_that_was_edited_stays_without_the_tokens_and_is_not_overwritten(
    tmp_path: Path,
) -> None:
    config = tmp_path / "config.yaml"
    with started(tmp_path, "--use", "trello") as running:
        config.write_text(config.read_text("utf-8") + "# mine\n", encoding="utf-8")
        running.stop()
    before = config.read_bytes()
    assert list(tmp_path.iterdir()) == [config], "the tokens go with the sandbox"
    assert "Name another folder" in refused("--use", "trello", "--write-config", str(tmp_path))
    assert config.read_bytes() == before


def test_what_a_killed_sandbox_left_behind_is_replaced(tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    with started(tmp_path, "--use", "trello") as running:
        running.process.kill()
    left = config.read_bytes()
    with started(tmp_path, "--use", "trello") as running:
        deadline = time.monotonic() + 30
        while not config.exists() or config.read_bytes() == left:
            assert running.process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.02)
        load_config(config)


def test_a_port_that_is_taken_is_said() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert f"Port {port} can't be used" in refused("--use", "trello", "--port", port)


def test_what_there_is_not_is_said_with_what_there_is() -> None:
    assert "There is: google, slack, trello" in refused("--use", "trelo")
    assert "trello-no-data-old" in refused("--use", "trello", "--switch", "nonsense")


@pytest.mark.slow
def test_the_playbook_is_made_there_and_a_second_run_writes_nothing(tmp_path: Path) -> None:
    environment = {**os.environ, "SMARKETING_DATA": str(tmp_path / "data")}
    with started(tmp_path / "trial") as running:
        # One part is enough here: the vendors' limits are waited for in real time.
        config = running.folder / "config.yaml"
        text = config.read_text("utf-8").replace("[essentials, rollout]", "[essentials]")
        config.write_text(text, encoding="utf-8")
        first = applied(running, environment)
        assert "In Trello: a board" in first
        assert "In Google Drive: 5 documents" in first
        assert len(asked(running)) > 20
        assert "Nothing had to be done" in applied(running, environment)
        writes = [call for call in asked(running) if call["method"] != "GET"]
        assert {call["path"] for call in writes} <= {"/token"}


def applied(running: Running, environment: dict[str, str]) -> str:
    """Apply the config of a sandbox with an empty count of calls; return what it said."""
    control(running, "DELETE", "calls")
    ran = subprocess.run(
        command("apply", "--config", str(running.folder / "config.yaml"), "--yes"),
        capture_output=True, encoding="utf-8", timeout=180, check=False, env=environment,
    )  # fmt: skip
    assert ran.returncode == 0, ran
    return ran.stdout + ran.stderr


def asked(running: Running) -> list[dict[str, Any]]:
    """Return which calls were made how often."""
    calls: list[dict[str, Any]] = control(running, "GET", "calls")["calls"]
    return calls


def control(running: Running, method: str, name: str) -> Any:
    """Ask the sandbox itself."""
    signed = {"Authorization": f"Bearer {running.control['token']}"}
    url = f"{running.control['url']}/_sandbox/{name}"
    return requests.request(method, url, headers=signed, timeout=10).json()
