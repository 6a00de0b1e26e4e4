"""What members do with their own hands in Trello and Google, through the vendors' own doors."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from smarketing.integrations.google.sandbox.docs.document import Doc
from smarketing.integrations.google.sandbox.google import Google
from smarketing.integrations.trello.sandbox.vendor import Trello
from smarketing.standin import Answer, Asked, Person, query_of
from tests.vendors.sandboxes import Vendors

JSON = {"content-type": "application/json"}
SHEET = "application/vnd.google-apps.spreadsheet"


@dataclass(frozen=True, slots=True)
class InTrello:
    """A member of a board. What they name has to be there once."""

    vendors: Vendors
    person: Person

    def card(self, name: str) -> Any:
        """Return the card of this name as the API shows it, wherever it is."""
        shown = [each for board in self._boards() for each in self._cards(board["id"])]
        (found,) = [each for each in shown if each["name"] == name]
        return found

    def change_card(self, called: str, **fields: str) -> None:
        """Change fields of a card, as `desc`."""
        self._call("PUT", f"cards/{self.card(called)['id']}", **fields)

    def lists_beside(self, called: str) -> Any:
        """Return the lists of the board on which a card is."""
        return self._call("GET", f"boards/{self.card(called)['idBoard']}/lists")

    def move_card(self, called: str, lane: str) -> None:
        """Move a card to the list of this name."""
        (target,) = [each["id"] for each in self.lists_beside(called) if each["name"] == lane]
        self.change_card(called, idList=target)

    def says_in_card(self, called: str, old: str, new: str) -> None:
        """Change words of a card's description."""
        desc = self.card(called)["desc"]
        assert old in desc
        self.change_card(called, desc=desc.replace(old, new))

    def assigned(self, called: str) -> list[str]:
        """Return the names of those who are assigned to a card."""
        shown = self._call("GET", f"cards/{self.card(called)['id']}/members", fields="fullName")
        return [str(each["fullName"]) for each in shown]

    def unassign(self, called: str, name: str) -> None:
        """Take somebody off a card."""
        card = self.card(called)["id"]
        shown = self._call("GET", f"cards/{card}/members", fields="fullName")
        (member,) = [each["id"] for each in shown if each["fullName"] == name]
        self._call("DELETE", f"cards/{card}/idMembers/{member}")

    def comment(self, called: str, words: str) -> None:
        self._call("POST", f"cards/{self.card(called)['id']}/actions/comments", text=words)

    def tick(self, called: str, item: str) -> None:
        """Tick an item of a card's checklist."""
        card = self.card(called)
        (found,) = [
            one
            for each in self.checklists(called)
            for one in each["checkItems"]
            if one["name"] == item
        ]
        self._call("PUT", f"cards/{card['id']}/checkItem/{found['id']}", state="complete")

    def checklists(self, called: str) -> Any:
        """Return a card's checklists with their items."""
        return self._call("GET", f"cards/{self.card(called)['id']}/checklists")

    def add_card(self, beside: str, name: str) -> None:
        """Write a card of one's own into the list in which another is."""
        self._call("POST", "cards", idList=self.card(beside)["idList"], name=name)

    def write_on(self, board: str, name: str) -> None:
        """Write a card of one's own into the first list of a board."""
        first = self._call("GET", f"boards/{board}/lists")[0]
        self._call("POST", "cards", idList=first["id"], name=name)

    def make_board(self, name: str) -> Any:
        """Make an empty board of one's own."""
        return self._call("POST", "boards", name=name, defaultLists="false", defaultLabels="false")

    def make_list(self, board: str, name: str) -> Any:
        return self._call("POST", "lists", idBoard=board, name=name, pos="bottom")

    def make_card(self, lane: str, name: str, desc: str) -> Any:
        return self._call("POST", "cards", idList=lane, name=name, desc=desc)

    def delete_board(self, name: str) -> None:
        """Close a board and delete it for good."""
        (board,) = [each["id"] for each in self._boards() if each["name"] == name]
        self._call("PUT", f"boards/{board}", closed="true")
        self._call("DELETE", f"boards/{board}")

    def rename_card(self, card: str, name: str) -> None:
        self._call("PUT", f"cards/{card}", name=name)

    def cards(self, name: str) -> list[Any]:
        """Return all cards of this name."""
        shown = [each for board in self._boards() for each in self._cards(board["id"])]
        return [each for each in shown if each["name"] == name]

    def lists(self) -> list[Any]:
        """Return all lists, those in the archive too."""
        return [
            each
            for board in self._boards()
            for each in self._call("GET", f"boards/{board['id']}/lists", filter="all")
        ]

    def titles(self) -> list[str]:
        """Return the names of all lists and cards."""
        return [
            str(each["name"])
            for board in self._boards()
            for each in (
                *self._call("GET", f"boards/{board['id']}/lists"),
                *self._cards(board["id"]),
            )
        ]

    def archive_card(self, called: str) -> None:
        self.change_card(called, closed="true")

    def _boards(self) -> Any:
        return self._call("GET", "members/me/boards", fields="name")

    def _cards(self, board: str) -> Any:
        return self._call("GET", f"boards/{board}/cards", filter="all")

    def _call(self, method: str, path: str, **query: str) -> Any:
        secrets = self.vendors.account("trello", self.person.key)
        signed = f'OAuth oauth_consumer_key="{secrets["key"]}", oauth_token="{secrets["token"]}"'
        asked = Asked(method, f"/1/{path}", query_of(urlencode(query)), {"authorization": signed})
        return _told(self.vendors.sandbox.as_member(asked))


@dataclass(frozen=True, slots=True)
class InGoogle:
    """Somebody with whom a folder is shared. What they name has to be there once."""

    vendors: Vendors
    person: Person

    def document(self, title: str) -> Doc:
        """Return a document as the stand-in keeps it, to look into."""
        content = self._google.store.files[self.file(title)].content
        assert isinstance(content, Doc)
        return content

    def in_document(self, title: str, act: Callable[[Doc], object]) -> None:
        """Do something in a document, as `lambda doc: doc.member_bolds("words")`."""
        store = self._google.store
        act(self.document(title))
        store.touched(store.files[self.file(title)], self.person)

    def says_in_document(self, title: str, old: str, new: str) -> None:
        """Put other words into a document instead of some."""

        def act(doc: Doc) -> None:
            doc.member_types(old, new)
            doc.member_deletes(old)

        self.in_document(title, act)

    def comments(self, title: str) -> list[str]:
        """Return what was said about a document, in the order in which the API lists it."""
        path = f"/drive/v3/files/{self.file(title)}/comments"
        return [each["content"] for each in self._call("GET", path, fields="*")["comments"]]

    def cells(self, title: str) -> list[list[str]]:
        """Return what a table shows, its hidden columns too."""
        path = f"/v4/spreadsheets/{self.file(title)}/values/A1:Z1000"
        return [[str(cell) for cell in row] for row in self._call("GET", path).get("values", ())]

    def offered(self, title: str, place: str) -> list[str]:
        """Return what the drop-down of a cell offers, in its order."""
        path = f"/v4/spreadsheets/{self.file(title)}"
        told = self._call("GET", path, ranges=place, includeGridData="true")
        (cell,) = told["sheets"][0]["data"][0]["rowData"][0]["values"]
        return [each["userEnteredValue"] for each in cell["dataValidation"]["condition"]["values"]]

    def says_in_cell(self, title: str, old: str, new: str) -> None:
        """Type something else into the cell that holds `old`."""
        rows = self.cells(title)
        ((row, column),) = [
            (y, x) for y, row in enumerate(rows) for x, cell in enumerate(row) if cell == old
        ]
        place = f"{chr(ord('A') + column)}{row + 1}"
        path = f"/v4/spreadsheets/{self.file(title)}/values/{place}"
        self._call("PUT", path, {"values": [[new]]}, valueInputOption="USER_ENTERED")

    def make_sheet(self, title: str, rows: list[list[str]]) -> str:
        """Make a sheet of one's own; return its id."""
        made = self._call("POST", "/drive/v3/files", {"name": title, "mimeType": SHEET})
        self.put_cells(title, "A1", rows)
        return str(made["id"])

    def put_cells(self, title: str, place: str, rows: list[list[str]]) -> None:
        """Type rows into a sheet, from a place on."""
        path = f"/v4/spreadsheets/{self.file(title)}/values/{place}"
        self._call("PUT", path, {"values": rows}, valueInputOption="USER_ENTERED")

    def event(self, title: str) -> Any:
        """Return a meeting as the owner of its calendar sees it."""
        calendar, event = self.place_of_event(title)
        return self._call("GET", f"/calendar/v3/calendars/{calendar}/events/{event}")

    def change_event(self, title: str, **fields: Any) -> None:
        calendar, event = self.place_of_event(title)
        self._call("PATCH", f"/calendar/v3/calendars/{calendar}/events/{event}", fields)

    def rename(self, title: str, name: str) -> None:
        self._call("PATCH", f"/drive/v3/files/{self.file(title)}", {"name": name})

    def trash(self, title: str) -> None:
        self._call("PATCH", f"/drive/v3/files/{self.file(title)}", {"trashed": True})

    def untrash(self, file: str) -> None:
        """Take a file out of the trash, by its id."""
        self._call("PATCH", f"/drive/v3/files/{file}", {"trashed": False})

    def file(self, title: str) -> str:
        """Return the id of a file."""
        store = self._google.store
        (found,) = [
            str(file.id)
            for file in store.files.values()
            if file.name == title and not store.is_trashed(file)
        ]
        return found

    def files(self) -> dict[str, str]:
        """Return the names of all files by their ids."""
        return {str(key): file.name for key, file in self._google.store.files.items()}

    @property
    def _google(self) -> Google:
        google = self.vendors.stand_in("google")
        assert isinstance(google, Google)
        return google

    def place_of_event(self, title: str) -> tuple[str, str]:
        """Return the ids of a meeting's calendar and of the meeting."""
        calendars = self._call("GET", "/calendar/v3/users/me/calendarList")["items"]
        ((calendar, event),) = [
            (each["id"], event["id"])
            for each in calendars
            for event in self._call("GET", f"/calendar/v3/calendars/{each['id']}/events").get(
                "items", ()
            )
            if event["summary"] == title
        ]
        return calendar, event

    def _call(self, method: str, path: str, body: Any = None, **query: str) -> Any:
        headers = {"authorization": f"Bearer {self._google.by_hand(self.person)}", **JSON}
        said = b"" if body is None else json.dumps(body).encode()
        asked = Asked(method, path, query_of(urlencode(query)), headers, said)
        return _told(self.vendors.sandbox.as_member(asked))


def in_trello(vendors: Vendors, key: str = "ana") -> InTrello:
    """Return the hands of somebody who has accepted every invitation to Trello."""
    trello = vendors.stand_in("trello")
    assert isinstance(trello, Trello)
    trello.accept(key)
    return InTrello(vendors, vendors.person(key))


def in_google(vendors: Vendors, key: str = "ana") -> InGoogle:
    """Return the hands of somebody in Google."""
    return InGoogle(vendors, vendors.person(key))


def _told(answer: Answer) -> Any:
    assert answer.status < 300, answer.body
    return json.loads(answer.body) if answer.body.strip() else {}
