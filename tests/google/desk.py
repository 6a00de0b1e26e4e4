"""A Google in this process: its clock, its people, an integration, and a member's hands."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import RLock
from typing import Any
from urllib.parse import quote, urlencode

from smarketing.contract import Change, Remote, Setup
from smarketing.integrations.google.files import MIME
from smarketing.integrations.google.google import Google
from smarketing.integrations.google.manifest import NARROW, WIDER
from smarketing.integrations.google.sandbox import stand_in
from smarketing.kinds import Value
from smarketing.sandbox.inprocess import InProcess
from smarketing.standin import Answer, Asked, Person, query_of
from smarketing.standin import World as Tools
from smarketing.testing.site import World
from tests.vendors.desk import ANA, US, Kept, VendorDesk, VendorTeam, creation
from tests.vendors.sandboxes import validated

ROOT = "root:google"
ENDPOINT = "http://127.0.0.1:8460"


class Hands:
    """What a person does by hand: calls with a token of their own programs."""

    def __init__(self, answer: Callable[[Asked], Answer], person: Person) -> None:
        self._answer, self._person = answer, person

    def call(self, method: str, path: str, body: Any = None, **query: Any) -> Any:
        """Make one call; return what the reply holds."""
        headers = {
            "authorization": f"Bearer by-hand:{self._person.token}",
            "content-type": "application/json",
        }
        if path.startswith("/drive/v3/files"):
            query.setdefault("supportsAllDrives", "true")
        said = b"" if body is None else json.dumps(body).encode()
        asked = Asked(method, path, query_of(urlencode(query)), headers, said)
        answer = self._answer(asked)
        assert answer.status < 300, (method, path, answer.body)
        return json.loads(answer.body) if answer.body.strip() else {}

    def file(self, file: str, fields: str = "*") -> Any:
        return self.call("GET", f"/drive/v3/files/{file}", fields=fields)

    def rename(self, file: str, name: str) -> None:
        self.call("PATCH", f"/drive/v3/files/{file}", {"name": name})

    def trash(self, file: str) -> None:
        self.call("PATCH", f"/drive/v3/files/{file}", {"trashed": True})

    def make(self, parent: str, name: str, mime: str) -> str:
        body = {"name": name, "mimeType": mime, "parents": [parent]}
        return str(self.call("POST", "/drive/v3/files", body)["id"])

    def document(self, file: str) -> Any:
        return self.call("GET", f"/v1/documents/{file}")

    def edit(self, file: str, *requests: Any) -> Any:
        return self.call("POST", f"/v1/documents/{file}:batchUpdate", {"requests": requests})

    def type_over(self, file: str, text: str) -> None:
        """Replace everything in a document by one plain paragraph."""
        end = self.document(file)["body"]["content"][-1]["endIndex"]
        if end > 2:
            self.edit(
                file, {"deleteContentRange": {"range": {"startIndex": 1, "endIndex": end - 1}}}
            )
        whole = {"startIndex": 1, "endIndex": 2}
        plain = {"namedStyleType": "NORMAL_TEXT"}
        self.edit(
            file,
            {"deleteParagraphBullets": {"range": whole}},
            {
                "updateParagraphStyle": {
                    "range": whole,
                    "paragraphStyle": plain,
                    "fields": "namedStyleType",
                }
            },
            {"insertText": {"location": {"index": 1}, "text": text.strip("\n")}},
        )

    def cells(self, file: str) -> list[list[str]]:
        """Return what the first sheet shows."""
        reply = self.call("GET", f"/v4/spreadsheets/{file}/values/A1:Z1000")
        return [[str(cell) for cell in row] for row in reply.get("values", ())]

    def put_cell(self, file: str, place: str, text: str) -> None:
        """Type into a cell as a person would."""
        self.call(
            "PUT",
            f"/v4/spreadsheets/{file}/values/{place}",
            {"values": [[text]]},
            valueInputOption="USER_ENTERED",
        )

    def sheet(self, file: str, *requests: Any) -> Any:
        return self.call("POST", f"/v4/spreadsheets/{file}:batchUpdate", {"requests": requests})

    def event(self, calendar: str, event: str) -> Any:
        return self.call("GET", f"/calendar/v3/calendars/{quote(calendar)}/events/{event}")

    def change_event(self, calendar: str, event: str, **fields: Any) -> None:
        self.call("PATCH", f"/calendar/v3/calendars/{calendar}/events/{event}", fields)


@dataclass
class Desk(VendorDesk):
    """One Google with the people who use it."""

    lag: float = 0.0

    def __post_init__(self) -> None:
        self.tools = Tools(
            self.clock.now, self.people, self.switches, lag=self.lag, limits=self.limits
        )
        self.vendor = validated(stand_in(self.tools))
        self._lock = RLock()

    def integration(self) -> Google:
        """Return an integration of our own account."""
        return Google(self.setup(US))

    def setup(self, person: Person) -> Setup:
        """Return what an integration of this person's account is made from."""
        secrets = Kept(self.secrets(person))
        settings = {"endpoint": ENDPOINT, **self.settings}
        return Setup(settings, Path(), lambda host: secrets, InProcess(self.serve), self.clock.now)

    def secrets(self, person: Person = US) -> Mapping[str, str]:
        """Let a person sign in for just what this program asks for; return what is kept of it."""
        wider = self.settings.get("scope") == "wider"
        scopes = frozenset(NARROW + WIDER if wider else NARROW)
        token = self.vendor.accounts.signed_in(person, scopes)
        return {**self.vendor.account(person), "refresh_token": token}

    def serve(self, asked: Asked) -> Answer:
        """Serve a request of our own account; those for tokens are not remembered."""
        with self._lock:
            if asked.path == "/token":
                answered = self.before(asked) if self.before else None
                return self.answer(asked) if answered is None else answered
            return super().serve(asked)

    def answer(self, asked: Asked) -> Answer:
        with self._lock:
            answer: Answer = self.vendor.answer(asked)
            return answer

    def member(self, person: Person = ANA) -> Hands:
        """Return a person's own hands."""
        return Hands(self.answer, person)

    def let_in(self, file: str, person: Person = ANA, role: str = "writer") -> Hands:
        """Share a file or folder with a person, and return their hands."""
        body = {"type": "user", "role": role, "emailAddress": person.mail}
        path = f"/drive/v3/files/{file}/permissions"
        self.member(US).call("POST", path, body, sendNotificationEmail="false")
        return self.member(person)


@dataclass
class Team(VendorTeam[Google]):
    """A workspace on a desk, with the ids that a state would hold."""

    ROOT = ROOT
    desk: Desk = field(default_factory=Desk)

    def bound(self) -> dict[str, str]:
        """Return nothing: what is ours is found by its marks."""
        return {}


def small_workspace() -> list[Change]:
    """Return a folder with a document, a table and a meeting."""
    table = "table:tracker"
    return [
        creation(ROOT, title="Acme", done=False),
        creation("folder:home", ROOT, title="Home"),
        creation(
            "document:glossary",
            "folder:home",
            title="Glossary",
            body="# Glossary\n\nA *lead* is a person.\n\n- one\n- two\n",
        ),
        creation(table, "folder:home", title="Tracker"),
        creation(f"{table}/column:title", table, title="Title"),
        creation(
            f"{table}/column:status", table, title="Status", choices=frozenset({"open", "done"})
        ),
        creation(f"{table}/row:first", table, cells={"title": "Agree", "status": "open"}),
        creation(
            "meeting:weekly",
            ROOT,
            title="Weekly",
            start="2026-12-07T10:00",
            minutes=45,
            timezone="Europe/London",
            rule="FREQ=WEEKLY",
        ),
    ]


@dataclass(slots=True)
class GoogleWorld(World):
    """The conformance suite's world: Ana is the member whose hands it uses."""

    desk: Desk = field(default_factory=Desk)

    def reopen(self) -> Google:
        return self.desk.integration()

    def member(self, which: Remote, fields: Mapping[str, Value]) -> bool:
        hands = self.desk.let_in(which.id)
        for name, value in fields.items():
            if name == "body":
                hands.type_over(which.id, str(value))
            elif name == "title":
                hands.rename(which.id, str(value))
            else:
                return False
        return True

    def foreign(self, kind: str, parent: Remote, title: str) -> bool:
        if self.desk.settings.get("scope") != "wider":
            return False  # nobody shows us what we did not make
        self.desk.let_in(parent.id).make(parent.id, title, MIME[kind])
        return True

    def occurrence(self, series: Remote, day: str, start: str) -> bool:
        alter_occurrence(self.desk, series, day, start)
        return True

    def picture(self) -> object:
        vendor = self.desk.vendor
        files = {each.id: each.version for each in vendor.store.files.values()}
        return files, {each.id: each.number for each in vendor.calendars.calendars.values()}


def alter_occurrence(desk: Desk, series: Remote, day: str, start: str) -> None:
    """Move one occurrence to a local time, or delete it where `start` is "", in Google's page.

    Its owner does it: the calendar is theirs, whoever the program works for.
    """
    hands = desk.member(US)
    calendar, event = series.id.split("/")
    path = f"/calendar/v3/calendars/{calendar}/events/{event}/instances"
    found = hands.call("GET", path, showDeleted="true", maxResults="2500")["items"]
    (one,) = [e for e in found if e["originalStartTime"]["dateTime"].startswith(day)]
    if not start:
        hands.call("DELETE", f"/calendar/v3/calendars/{calendar}/events/{one['id']}")
        return
    zone = series.fields["timezone"]
    begins = datetime.fromisoformat(start)
    ends = begins + timedelta(minutes=45)
    times = {
        name: {"dateTime": at.isoformat(), "timeZone": zone}
        for name, at in (("start", begins), ("end", ends))
    }
    hands.change_event(calendar, one["id"], **times)


def google_world(desk: Desk | None = None) -> GoogleWorld:
    """Return the suite's world on a fresh Google."""
    desk = desk or Desk()
    secrets = (US.token, desk.vendor.account(US)["client_secret"])
    return GoogleWorld(desk.integration(), secrets=secrets, desk=desk)
