"""A small world for the stand-in of Google, and the vendor's own client library over our session."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import httplib2
import requests
from googleapiclient.discovery import build_from_document

from smarketing.integrations.google.sandbox import Google, stand_in
from smarketing.sandbox.inprocess import InProcess
from smarketing.standin import Answer, Asked, Person, World, query_of
from smarketing.web import Refused, Web
from tests.vendors.sandboxes import validated

URL = "http://stand-in.test/"
ROBOT = Person("robot", "Acme Robot", "robot@acme.example", "robot-token")
ANA = Person("ana", "Ana Silva", "ana@acme.example", "ana-token")
BEN = Person("ben", "Ben Okoye", "ben@acme.example", "ben-token")

FORM = {"content-type": "application/x-www-form-urlencoded"}
FOLDER = "application/vnd.google-apps.folder"
DOC = "application/vnd.google-apps.document"
SHEET = "application/vnd.google-apps.spreadsheet"


@dataclass
class Scene:
    """A world, its Google, and a clock that the test moves."""

    time: float = 1_800_000_000.0
    google: Google = field(init=False)
    world: World = field(init=False)

    def __post_init__(self) -> None:
        self.world = World(lambda: self.time, (ROBOT, ANA, BEN))
        self.google = validated(stand_in(self.world))

    def switched(self, *names: str) -> "Scene":
        """Turn switches on."""
        self.world.switches = frozenset(names)
        return self

    def ask(self, method: str, path: str, token: str, body: Any = None, **headers: str) -> Answer:
        """Make one raw request."""
        path, _, query = path.partition("?")
        said = {"authorization": f"Bearer {token}"}
        said |= {name.replace("_", "-"): value for name, value in headers.items()}
        data = body if isinstance(body, bytes) else json.dumps(body).encode() if body else b""
        answer: Answer = self.google.answer(Asked(method, path, query_of(query), said, data))
        return answer

    def robot(self) -> str:
        """Return an access token of our app."""
        return self.token("robot-token")

    def token(self, refresh: str) -> str:
        """Return an access token for a refresh token of our app."""
        return str(self.exchanged(refresh)["access_token"])

    def exchanged(self, refresh: str) -> dict[str, Any]:
        """Return the reply of the token endpoint."""
        account = self.google.account(ROBOT)
        said = {**account, "refresh_token": refresh, "grant_type": "refresh_token"}
        body = requests.PreparedRequest()
        body.prepare("POST", URL, data=said)
        answer = self.google.answer(Asked("POST", "/token", {}, FORM, str(body.body).encode()))
        found: dict[str, Any] = json.loads(answer.body)
        return found

    def hand(self, person: Person) -> str:
        """Return the token of a person at Google's own pages."""
        return str(self.google.by_hand(person))

    def mails(self) -> list[tuple[str, str]]:
        """Return to whom what was mailed."""
        return [(mail.to, mail.subject) for mail in self.world.mails]

    def drive(self, token: str = "") -> Any:
        """Return the vendor's own client for Drive."""
        return service("drive.v3", OverWeb(self.google.answer, token or self.robot()))

    def calendar(self, token: str = "") -> Any:
        """Return the vendor's own client for Calendar."""
        return service("calendar.v3", OverWeb(self.google.answer, token or self.robot()))

    def docs(self, token: str = "") -> Any:
        """Return the vendor's own client for Docs."""
        return service("docs.v1", OverWeb(self.google.answer, token or self.robot()))


class OverWeb:
    """What the vendor's library takes for an httplib2.Http, over our session."""

    def __init__(self, answer: Callable[[Asked], Answer], token: str) -> None:
        def authorise(request: requests.PreparedRequest) -> None:
            request.headers["Authorization"] = f"Bearer {token}"

        self.web = Web({"stand-in.test"}, authorise, transport=InProcess(answer))

    def request(
        self,
        uri: str,
        method: str = "GET",
        body: Any = None,
        headers: Mapping[str, str] | None = None,
        **_: Any,
    ) -> tuple[httplib2.Response, bytes]:
        """Make a request as httplib2 would."""
        try:
            reply = self.web.request(method, uri, data=body, headers=dict(headers or {}))
        except Refused as no:
            return httplib2.Response({"status": str(no.status)}), json.dumps(no.data).encode()
        told = {name.lower(): value for name, value in reply.headers.items()}
        return httplib2.Response(told | {"status": str(reply.status_code)}), reply.content


@cache
def _described(api: str) -> str:
    folder = files("googleapiclient") / "discovery_cache" / "documents"
    described = json.loads((folder / f"{api}.json").read_text("utf-8"))
    described["rootUrl"] = URL
    described.pop("mtlsRootUrl", None)
    return json.dumps(described)


def service(api: str, http: OverWeb) -> Any:
    """Return the client of an API that leads to the stand-in."""
    return build_from_document(_described(api), http=http)
