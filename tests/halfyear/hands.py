"""What members do with their hands in a half year: in Trello and Google, or in a folder."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from tests.halfyear.company import NAMES
from tests.lives.boardfile import BoardFile, read_board
from tests.overhttp.members import InGoogle, in_google, in_trello
from tests.overhttp.office import Office

WEEKLY, SALES = "Weekly notes", "Sales meeting notes"


@dataclass(frozen=True, slots=True)
class Card:
    """A card that is not archived, as people see it."""

    title: str
    lane: str
    owners: tuple[str, ...]


class Hands(Protocol):
    """A member's hands."""

    box: str
    """How a line of notes begins that is an action item."""

    def cards(self) -> dict[str, Card]:
        """Return the cards by the token in their titles."""
        ...

    def move(self, token: str, lane: str) -> None: ...

    def add_card(self, title: str, who: str) -> None: ...

    def rename(self, token: str, title: str) -> None: ...

    def write_row(self, token: str, column: str, text: str) -> None: ...

    def add_row(self, title: str, who: str) -> None: ...

    def rows(self) -> list[Mapping[str, str]]: ...

    def notes(self, title: str) -> str: ...

    def says(self, title: str, old: str, new: str) -> None:
        """Put other words into notes instead of some that stand there once."""
        ...

    def words(self) -> str:
        """Return all that people can read, comments too."""
        ...


def token_of(title: str) -> str:
    """Return the word that tells a card from the others: the last one with a digit, else all."""
    found = [word for word in title.split() if word[0] == "w" and word[1:].isdigit()]
    return found[0] if found else title


@dataclass
class InTools:
    """Hands in Trello and Google."""

    office: Office
    box: str = "☐ "

    def __post_init__(self) -> None:
        for key in NAMES:
            in_trello(self.office.vendors, key)
        self.trello = in_trello(self.office.vendors, "robot")

    @property
    def google(self) -> InGoogle:
        return in_google(self.office.vendors, "robot")

    @property
    def _board(self) -> str:
        (board,) = self.trello._boards()
        return str(board["id"])

    def _lanes(self) -> dict[str, str]:
        shown = self.trello._call("GET", f"boards/{self._board}/lists")
        return {str(each["id"]): str(each["name"]) for each in shown}

    def _cards(self) -> list[Any]:
        shown = self.trello._call("GET", f"boards/{self._board}/cards", filter="open")
        return [each for each in shown if each["name"] != "Proposed removals"]

    def _card(self, token: str) -> Any:
        (found,) = [each for each in self._cards() if token_of(each["name"]) == token]
        return found

    def cards(self) -> dict[str, Card]:
        lanes, names = self._lanes(), self._names()
        return {
            token_of(each["name"]): Card(
                each["name"],
                lanes[each["idList"]],
                tuple(names[one] for one in each["idMembers"]),
            )
            for each in self._cards()
            if each["idList"] in lanes
        }

    def _names(self) -> dict[str, str]:
        shown = self.trello._call("GET", f"boards/{self._board}/members", fields="fullName")
        return {str(each["id"]): str(each["fullName"]) for each in shown}

    def move(self, token: str, lane: str) -> None:
        (target,) = [key for key, name in self._lanes().items() if name == lane]
        self.trello._call("PUT", f"cards/{self._card(token)['id']}", idList=target)

    def add_card(self, title: str, who: str) -> None:
        (lane,) = [key for key, name in self._lanes().items() if name == "This week"]
        (member,) = [key for key, name in self._names().items() if name == NAMES[who]]
        self.trello._call("POST", "cards", idList=lane, name=title, idMembers=member)

    def rename(self, token: str, title: str) -> None:
        self.trello._call("PUT", f"cards/{self._card(token)['id']}", name=title)

    def write_row(self, token: str, column: str, text: str) -> None:
        head, *rows = self.google.cells("Tracker")
        (number,) = [n for n, row in enumerate(rows, 2) if token in token_of(row[1])]
        place = f"{chr(ord('A') + head.index(column))}{number}"
        self.google.put_cells("Tracker", place, [[text]])

    def add_row(self, title: str, who: str) -> None:
        place = f"B{len(self.google.cells('Tracker')) + 1}"
        self.google.put_cells("Tracker", place, [[title, "This week", NAMES[who]]])

    def rows(self) -> list[Mapping[str, str]]:
        head, *rows = self.google.cells("Tracker")
        return [dict(zip(head, row + [""] * len(head), strict=False)) for row in rows]

    def notes(self, title: str) -> str:
        return str(self.google.document(title).text())

    def says(self, title: str, old: str, new: str) -> None:
        assert self.notes(title).count(old) == 1, (old, self.notes(title))
        self.google.says_in_document(title, old, new)

    def words(self) -> str:
        cells = [cell for row in self.google.cells("Tracker") for cell in row]
        cards = self.trello._call("GET", f"boards/{self._board}/cards", filter="all")
        said = [f"{each['name']}\n{each['desc']}" for each in cards]
        for each in cards:
            shown = self.trello._call("GET", f"cards/{each['id']}/actions", filter="commentCard")
            said += [one["data"]["text"] for one in shown]
        return "\n".join([self.notes(WEEKLY), self.notes(SALES), *cells, *said])


@dataclass
class InFolder:
    """Hands in a folder: an editor, a board, a spreadsheet."""

    folder: Path
    box: str = "- [ ] "

    def _read(self, name: str) -> str:
        (found,) = self.folder.rglob(name)
        return found.read_bytes().decode("utf-8-sig")

    def _write(self, name: str, text: str) -> None:
        (found,) = self.folder.rglob(name)
        bom = "\ufeff" if name.endswith(".csv") else ""
        found.write_bytes((bom + text).encode())

    def _board(self) -> BoardFile:
        return read_board(self._read("Work.md"))

    def _save(self, board: BoardFile) -> None:
        self._write("Work.md", board.text())

    def cards(self) -> dict[str, Card]:
        found = {}
        for lane, cards in self._board().lanes.items():
            for first, *more in cards:
                title = first[6:].partition(" @{")[0].partition(" ^")[0].strip()
                owners = [line.partition("Owner: ")[2] for line in more if "Owner: " in line]
                if title != "Proposed removals":
                    found[token_of(title)] = Card(title, lane, tuple(filter(None, owners)))
        return found

    def move(self, token: str, lane: str) -> None:
        board = self._board()
        for name, at in board.places:
            if token in board.lanes[name][at][0].split() or token in board.lanes[name][at][0]:
                board.lanes[lane].append(board.lanes[name].pop(at))
                break
        self._save(board)

    def add_card(self, title: str, who: str) -> None:
        board = self._board()
        board.lanes["This week"].append([f"- [ ] {title}", f"\tOwner: {NAMES[who]}"])
        self._save(board)

    def rename(self, token: str, title: str) -> None:
        old = self.cards()[token].title
        text = self._read("Work.md")
        assert text.count(f"] {old}") == 1
        self._write("Work.md", text.replace(f"] {old}", f"] {title}"))

    def write_row(self, token: str, column: str, text: str) -> None:
        head, *rows = self._table()
        (row,) = [row for row in rows if token == token_of(row[0])]
        row[head.index(column)] = text
        self._save_table([head, *rows])

    def add_row(self, title: str, who: str) -> None:
        head, *rows = self._table()
        new = [title, "This week", NAMES[who], ""]
        self._save_table([head, *rows, new + [""] * (len(head) - len(new))])

    def _table(self) -> list[list[str]]:
        return list(csv.reader(io.StringIO(self._read("Tracker.csv"))))

    def _save_table(self, rows: list[list[str]]) -> None:
        out = io.StringIO()
        csv.writer(out).writerows(rows)
        self._write("Tracker.csv", out.getvalue())

    def rows(self) -> list[Mapping[str, str]]:
        head, *rows = self._table()
        return [dict(zip(head, row, strict=False)) for row in rows]

    def notes(self, title: str) -> str:
        return self._read(f"{title}.md")

    def says(self, title: str, old: str, new: str) -> None:
        text = self.notes(title)
        assert text.count(old) == 1, (old, text)
        self._write(f"{title}.md", text.replace(old, new))

    def words(self) -> str:
        files = [each for each in sorted(self.folder.rglob("*")) if each.is_file()]
        return "\n".join(each.read_text(encoding="utf-8") for each in files)
