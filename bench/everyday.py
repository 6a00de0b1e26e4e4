"""Everyday work with the shipped playbook in Trello and Google: what its members do, and where it went.

Board, table and the promises in the notes of its weekly are kept in step. All edits are of one card of
the playbook that was promised in the newest notes and stands on the start page: another takes no more calls.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.company import Company
from bench.world import USE
from smarketing.sandbox.cast import ROBOT
from smarketing.sandbox.configfolder import config_values
from smarketing.sandbox.sandbox import pattern
from tests.overhttp.members import InGoogle, InTrello, in_google, in_trello
from tests.vendors.sandboxes import Vendors

TABLE, NOTES = "Who does what", "Weekly notes"
MEETING, CARD = "Sales and marketing weekly", "Sign the hand-off rule"


@dataclass(frozen=True, slots=True)
class Members:
    """The members of the company, with their own hands."""

    vendors: Vendors

    @property
    def trello(self) -> InTrello:
        return in_trello(self.vendors)

    @property
    def google(self) -> InGoogle:
        return in_google(self.vendors)

    def join(self) -> None:
        """Accept every invitation."""
        for person in self.vendors.world.people:
            if person.key != ROBOT:
                in_trello(self.vendors, person.key)

    def do_nothing(self) -> None:
        """Nobody did anything."""

    def move_the_card(self) -> None:
        self.trello.move_card(CARD, "Stuck")

    def finish_the_card(self) -> None:
        self.trello.move_card(CARD, "Done")

    def type_into_the_row(self) -> None:
        head, *rows = self.google.cells(TABLE)
        (number,) = [number for number, row in enumerate(rows, 2) if CARD in row]
        place = f"{chr(ord('A') + head.index('Status'))}{number}"
        self.google.put_cells(TABLE, place, [["This week"]])

    def write_into_the_notes(self) -> None:
        if self.drop_downs:
            (key,) = self.drop_downs
            self.google.in_document(NOTES, lambda doc: doc.member_chooses(key, "Next"))
            return
        lines = str(self.google.document(NOTES).text()).splitlines()
        said = next(line for line in lines if CARD in line).partition(CARD)[2]
        self.google.says_in_document(NOTES, said, said.replace("This week", "Next"))

    def add_a_card(self) -> None:
        self.trello.add_card(CARD, "Ask Legal about the hand-off rule")

    def calendar(self) -> str:
        """Return the id of the calendar that holds the meetings."""
        return in_google(self.vendors, ROBOT).place_of_event(MEETING)[0]

    @property
    def drop_downs(self) -> dict[str, str]:
        """What the drop-downs of the notes show, by id: that of the card alone, or none."""
        return dict(self.google.document(NOTES).drop_downs())

    def noted(self) -> str:
        """Return the status of the card in the line of the newest notes."""
        for word in self.drop_downs.values():
            return word
        lines = str(self.google.document(NOTES).text()).splitlines()
        return next(line for line in lines if CARD in line).rpartition(" · ")[2]

    def shown(self) -> tuple[str, str, str]:
        """Return the status of the card on the board, in the table and in the notes."""
        card = self.trello.card(CARD)
        lanes = self.trello.lists_beside(CARD)
        (lane,) = [str(each["name"]) for each in lanes if each["id"] == card["idList"]]
        head, *rows = self.google.cells(TABLE)
        (row,) = [row for row in rows if CARD in row]
        return lane, row[head.index("Status")], self.noted()


@dataclass(frozen=True, slots=True)
class Edit:
    """What happens between two syncs: the fewest calls that bring everything in step, and our most."""

    name: str
    lowest: int
    most: int
    make: Callable[[Members], None]


EDITS = (
    Edit("nothing changed", 3, 3, Members.do_nothing),
    Edit("one card moved in Trello", 7, 7, Members.move_the_card),
    Edit("one row changed in the sheet", 7, 9, Members.type_into_the_row),
    Edit("one status set in the notes", 8, 10, Members.write_into_the_notes),
    Edit("one new card", 5, 5, Members.add_a_card),
    Edit("one card moved to Done, where it is ticked", 8, 8, Members.finish_the_card),
)


def config(company: Company, start: date) -> Path:
    """Write the config of a new workspace as the shipped playbook begins it."""
    leading = company.integrations()
    values = config_values(company.sandbox.world.people, company.vendors, company.url, USE)
    values |= {"id": "k3v9-7q2m-x4dt", "start": start.isoformat(), "integrations": leading}
    path = company.folder / "config.yaml"
    path.write_text(json.dumps(values), encoding="utf-8")  # JSON is YAML
    return path


def named(members: Members, calls: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield each call (method, path) with the names of files instead of their ids."""
    files = members.google.files()
    for method, path in calls:
        for key, name in files.items():
            path = path.replace(key, f"“{name}”")
        yield f"{method} {pattern(path)}"
