"""W1 by a straightforward script on py-trello and googleapiclient: find by name, else create.

It is what the benchmarks compare with, written as tightly as stays simple. It never looks
whether what it finds is still as it was made. `python -m bench.naive ENDPOINT ACCOUNTS FOLDER`
"""

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build_from_document
from googleapiclient.discovery_cache import get_static_doc
from requests.adapters import HTTPAdapter
from trello import TrelloClient
from urllib3.util import Retry

RETRIES = 10
FILES = "application/vnd.google-apps."
START = date(2026, 12, 7)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


class Elsewhere(requests.Session):
    """py-trello has no setting for its address."""

    def __init__(self, endpoint: str) -> None:
        super().__init__()
        self._endpoint = endpoint
        tries = Retry(
            RETRIES, status_forcelist=[429], allowed_methods=None, backoff_factor=0.5, backoff_max=5
        )
        self.mount("http://", HTTPAdapter(max_retries=tries))

    def request(self, method: Any, url: Any, *rest: Any, **more: Any) -> requests.Response:
        """Send a request to where the sandbox listens."""
        url = str(url).replace("https://api.trello.com", self._endpoint)
        return super().request(method, url, *rest, **more)


def board(client: Any, title: str, wanted: Mapping[str, Any], people: Mapping[str, str]) -> None:
    """Make a board, its lists, labels, cards and checklists, and invite people to it."""
    found = {each.name: each for each in client.list_boards("open")}
    board = found.get(title) or client.add_board(title, default_lists=False)
    lists = {each.name: each for each in board.open_lists()}
    for name in wanted["lists"].values():
        if name not in lists:
            lists[name] = board.add_list(name, pos="bottom")
    labels = {each.name: each for each in board.get_labels(limit=1000)}
    for name in wanted["labels"].values():
        if name not in labels:
            labels[name] = board.add_label(name, "blue")
    cards = {each.name: each for each in board.open_cards()}
    for each in wanted["cards"].values():
        card = cards.get(each["title"])
        if card is None:
            tags = [labels[wanted["labels"][key]] for key in each["labels"]]
            card = lists[wanted["lists"][each["list"]]].add_card(each["title"], labels=tags)
            card.add_checklist("Checklist", each["checklist"])
        elif not card.checklists:
            card.add_checklist("Checklist", each["checklist"])
    there = {each.full_name for each in board.all_members()}
    for name, mail in people.items():
        if name not in there:
            client.fetch_json(
                f"/boards/{board.id}/members",
                http_method="PUT",
                post_args={"email": mail, "fullName": name},
            )


class Google:
    """The services, and the look-up of a file by its name."""

    def __init__(self, endpoint: str, account: Mapping[str, str]) -> None:
        make: Any = Credentials
        credentials = make(token=None, token_uri=f"{endpoint}/token", **account)
        self.drive, self.docs, self.sheets, self.calendar = (
            build_from_document(_described(api, version, endpoint), credentials=credentials)
            for api, version in (
                ("drive", "v3"),
                ("docs", "v1"),
                ("sheets", "v4"),
                ("calendar", "v3"),
            )
        )

    def file(self, title: str, kind: str, parent: str = "root") -> tuple[str, bool]:
        """Return a file's id, and whether it was made just now."""
        query = f"name = '{title}' and mimeType = '{FILES}{kind}' and trashed = false"
        found = do(self.drive.files().list(q=query, fields="files(id)"))["files"]
        if found:
            return found[0]["id"], False
        body = {"name": title, "mimeType": FILES + kind, "parents": [parent]}
        return do(self.drive.files().create(body=body, fields="id"))["id"], True


def files(google: Google, playbook: Mapping[str, Any], texts: Path, group: str) -> None:
    """Make the folders, the documents and the sheet, and share them with the group."""
    folders = {"f1": google.file(playbook["folders"]["f1"]["title"], "folder")[0]}
    for key, each in playbook["folders"].items():
        if key not in folders:
            folders[key] = google.file(each["title"], "folder", folders[each["in"]])[0]
    for each in playbook["documents"].values():
        document, is_new = google.file(each["title"], "document", folders[each["in"]])
        if is_new:
            requests = list(_filled((texts / each["text"]).read_text("utf-8")))
            body = {"requests": requests}
            do(google.docs.documents().batchUpdate(documentId=document, body=body))
    for each in playbook["tables"].values():
        sheet, is_new = google.file(each["title"], "spreadsheet", folders[each["in"]])
        if is_new:
            columns = each["columns"]
            rows = [list(columns.values())]
            rows += [[row[key] for key in columns] for row in each["rows"].values()]
            do(
                google.sheets.spreadsheets()
                .values()
                .update(
                    spreadsheetId=sheet,
                    range="A1",
                    valueInputOption="RAW",
                    body={"values": rows},
                )
            )
    _share(google, folders["f1"], group)


def _share(google: Google, folder: str, group: str) -> None:
    fields = "permissions(emailAddress)"
    shared = do(google.drive.permissions().list(fileId=folder, fields=fields))["permissions"]
    if group not in (each.get("emailAddress") for each in shared):
        body = {"type": "group", "role": "writer", "emailAddress": group}
        do(google.drive.permissions().create(fileId=folder, body=body))


def _filled(text: str) -> Iterator[dict[str, Any]]:
    """Yield the requests that write a text: its headings as such, all else as it stands."""
    yield {"insertText": {"location": {"index": 1}, "text": text}}
    at = 1
    for line in text.splitlines(keepends=True):
        level = len(line) - len(line.lstrip("#"))
        if level:
            style = {"namedStyleType": f"HEADING_{level}"}
            span = {"startIndex": at, "endIndex": at + len(line)}
            yield {
                "updateParagraphStyle": {
                    "range": span,
                    "paragraphStyle": style,
                    "fields": "namedStyleType",
                }
            }
        at += len(line)


def meetings(
    google: Google, title: str, wanted: Mapping[str, Any], people: Mapping[str, str]
) -> None:
    """Make a calendar and the series in it, and invite people to each."""
    known = do(google.calendar.calendarList().list())["items"]
    calendar = next((each["id"] for each in known if each["summary"] == title), None)
    if calendar is None:
        calendar = do(google.calendar.calendars().insert(body={"summary": title}))["id"]
    events = do(google.calendar.events().list(calendarId=calendar))["items"]
    there = {each.get("summary") for each in events}
    for each in wanted.values():
        if each["title"] not in there:
            body = _series(each, people)
            do(google.calendar.events().insert(calendarId=calendar, body=body))


def _series(wanted: Mapping[str, Any], people: Mapping[str, str]) -> dict[str, Any]:
    day = wanted["when"].split()[1]
    begin = datetime.combine(START + timedelta(DAYS.index(day)), time(10))
    zone = "Europe/London"
    return {
        "summary": wanted["title"],
        "start": {"dateTime": begin.isoformat(), "timeZone": zone},
        "end": {"dateTime": (begin + timedelta(minutes=45)).isoformat(), "timeZone": zone},
        "recurrence": [f"RRULE:FREQ=WEEKLY;BYDAY={day[:2].upper()}"],
        "attendees": [{"email": mail} for mail in people.values()],
    }


def _described(api: str, version: str, endpoint: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(get_static_doc(api, version))
    document.pop("mtlsRootUrl", None)
    return document | {"rootUrl": f"{endpoint}/"}


def do(request: Any) -> Any:
    return request.execute(num_retries=RETRIES)


def main(endpoint: str, accounts: Path, folder: Path) -> None:
    """Make the workspace of the config in this folder, or what is missing of it."""
    mine = {name: hosts[urlsplit(endpoint).netloc] for name, hosts in _json(accounts).items()}
    config = _json(folder / "config-1.yaml")
    playbook = _json(folder / "playbook" / "playbook.yaml")
    people = dict(map(_person, config["people"].values()))
    make: Any = TrelloClient
    key, token = mine["trello"]["key"], mine["trello"]["token"]
    client = make(api_key=key, api_secret=token, http_service=Elsewhere(endpoint))
    [wanted] = playbook["boards"].values()
    board(client, wanted["title"], wanted, people)
    google = Google(endpoint, mine["google"])
    files(google, playbook, folder / "playbook", config["teams"]["everybody"]["group"])
    meetings(google, config["workspace"], playbook["meetings"], people)


def _person(text: str) -> tuple[str, str]:
    name, _, mail = text.rstrip(">").partition(" <")
    return name, mail


def _json(path: Path) -> Any:
    # JSON is YAML: so the bench writes configs and playbooks.
    return json.loads(path.read_text("utf-8"))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
