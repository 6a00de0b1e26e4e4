"""Status kept in step by a straightforward script: read everything, compare with last time, write.

It is what `bench sync` compares with: py-trello and googleapiclient, the ids of what it syncs in its
settings, as one would paste them there. It knows a card, a row and a line by their title, and of its
playbook only that. It does not look before it writes, nor after. `python -m bench.naivesync SETTINGS`
"""

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from trello import TrelloClient

from bench.naive import Elsewhere, Google, do

PLACES = ("board", "sheet", "notes")
"""Where several say another status than last time, the first of these counts."""

_PROMISE = re.compile(r"[☐☑] [^:]*: (?P<title>.*?)(?: · due [^·]*)? · (?P<status>[^·\n]+)\n")


@dataclass
class Everything:
    """What was read: the status of each title at each place, and where that stands."""

    lists: dict[str, Any] = field(default_factory=dict)
    cards: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    says: dict[str, dict[str, str]] = field(default_factory=dict)


def read(client: Any, google: Google, at: Mapping[str, str]) -> Everything:
    """Read the board with its cards, the whole sheet, the whole document and all meetings."""
    found = Everything()
    board = client.get_board(at["board"])
    found.lists = {each.name: each for each in board.open_lists()}
    names = {each.id: name for name, each in found.lists.items()}
    found.cards = {each.name: each for each in board.open_cards()}
    found.says["board"] = {title: names[card.list_id] for title, card in found.cards.items()}
    values = google.sheets.spreadsheets().values()
    head, *rows = do(values.get(spreadsheetId=at["sheet"], range="A1:Z1000"))["values"]
    title, status = head.index("Title"), head.index("Status")
    found.says["sheet"] = {row[title]: row[status] for row in rows}
    column = chr(ord("A") + status)
    found.cells = {row[title]: f"{column}{number}" for number, row in enumerate(rows, 2)}
    _read_notes(found, do(google.docs.documents().get(documentId=at["document"])))
    do(google.calendar.events().list(calendarId=at["calendar"], maxResults=2500))
    return found


def _read_notes(found: Everything, document: Mapping[str, Any]) -> None:
    found.says["notes"] = {}
    for part in document["body"]["content"]:
        runs = part.get("paragraph", {}).get("elements", ())
        text = "".join(run.get("textRun", {}).get("content", "") for run in runs)
        said = _PROMISE.fullmatch(text)
        if said and said["status"] in found.lists:
            begin = part["startIndex"]
            found.says["notes"][said["title"]] = said["status"]
            found.spans[said["title"]] = (begin + said.start("status"), begin + said.end("status"))


def write(google: Google, at: Mapping[str, str], now: Everything, last: Mapping[str, Any]) -> None:
    """Write what another place says since last time to the places that say something else."""
    for title in now.says["board"]:
        said = [now.says[place][title] for place in PLACES if _changed(place, title, now, last)]
        status = said[0] if said else now.says["board"][title]
        if now.says["board"][title] != status:
            now.cards[title].change_list(now.lists[status].id)
        if title not in now.says["sheet"]:
            _add_row(google, at["sheet"], title, status)
        elif said and now.says["sheet"][title] != status:
            _set_cell(google, at["sheet"], now.cells[title], status)
        if said and now.says["notes"].get(title, status) != status:
            _set_words(google, at["document"], now.spans[title], status)
        for place in PLACES:
            if place != "notes" or title in now.says["notes"]:
                now.says[place][title] = status


def _changed(place: str, title: str, now: Everything, last: Mapping[str, Any]) -> bool:
    was = last[place].get(title)
    return was is not None and now.says[place].get(title, was) != was


def _add_row(google: Google, sheet: str, title: str, status: str) -> None:
    body = {"values": [["", title, status]]}
    values = google.sheets.spreadsheets().values()
    do(values.append(spreadsheetId=sheet, range="A1", valueInputOption="RAW", body=body))


def _set_cell(google: Google, sheet: str, place: str, status: str) -> None:
    body = {"values": [[status]]}
    values = google.sheets.spreadsheets().values()
    do(values.update(spreadsheetId=sheet, range=place, valueInputOption="RAW", body=body))


def _set_words(google: Google, document: str, span: tuple[int, int], status: str) -> None:
    begin, end = span
    requests = [
        {"deleteContentRange": {"range": {"startIndex": begin, "endIndex": end}}},
        {"insertText": {"location": {"index": begin}, "text": status}},
    ]
    do(google.docs.documents().batchUpdate(documentId=document, body={"requests": requests}))


def main(path: Path) -> None:
    """Sync once. What every place said last time lies beside the settings."""
    settings = json.loads(path.read_text("utf-8"))
    make: Any = TrelloClient
    signed = settings["trello"]
    client = make(
        api_key=signed["key"],
        api_secret=signed["token"],
        http_service=Elsewhere(settings["endpoint"]),
    )
    google = Google(settings["endpoint"], settings["google"])
    now = read(client, google, settings)
    memory = path.with_suffix(".last")
    if memory.exists():
        write(google, settings, now, json.loads(memory.read_text("utf-8")))
    memory.write_text(json.dumps(now.says), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
