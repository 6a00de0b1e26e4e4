"""The shipped playbook in Trello and Google, by the commands that people type."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from smarketing.cli import commands
from smarketing.integrations.google.sandbox.google import Google
from smarketing.integrations.trello.sandbox.vendor import Trello
from smarketing.sandbox.cast import TEAMS
from smarketing.sandbox.clock import standing
from smarketing.sandbox.inprocess import InProcess
from smarketing.standin import Answer, Asked
from tests.vendors.sandboxes import Vendors, sandbox

from .members import in_google, in_trello
from .miniature import BOTH, write_yaml
from .office import A_REQUEST, Office

WORD = "zebra-crossing"
CARD = "Call the leads that nobody answered"

pytestmark = pytest.mark.slow


@dataclass
class Desk:
    """A folder with a config, the commands, and both tools in this process."""

    folder: Path
    vendors: Vendors
    values: dict[str, Any] = field(default_factory=dict)

    def answer(self, asked: Asked) -> Answer:
        self.vendors.clock.move(A_REQUEST)
        return self.vendors.sandbox.answer(asked)

    def run(self, *words: str, code: int = 0) -> str:
        ran = CliRunner().invoke(commands, list(words))
        if ran.exception and not isinstance(ran.exception, SystemExit):
            raise ran.exception
        assert ran.exit_code == code, ran.stdout + ran.stderr
        assert "Traceback" not in ran.stdout + ran.stderr
        return ran.stdout

    def apply(self, code: int = 0) -> Any:
        return json.loads(self.run("apply", "--yes", "--json", code=code))

    def plan(self) -> Any:
        return json.loads(self.run("plan", "--json"))

    def change(self, **values: Any) -> None:
        """Write the config with other values."""
        self.values |= values
        write_yaml(self.folder / "config.yaml", self.values)

    def ids(self) -> dict[str, str]:
        """Return what there is, and the id of each thing, but for what `archive` left."""
        trello, google = (self.vendors.stand_in(name) for name in BOTH)
        assert isinstance(trello, Trello)
        assert isinstance(google, Google)
        boards = {board.id: f"board {board.name}" for board in trello.store.boards.values()}
        cards = {
            card.id: f"card {card.name}"
            for board in trello.store.boards.values()
            for card in board.cards.values()
        }
        return boards | cards | {each.id: each.name for each in google.store.files.values()}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The workspace of the shipped playbook, of three teams, built."""
    made = Office(tmp_path, sandbox(*BOTH, clock=standing()))
    at = Desk(tmp_path, made.vendors)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SMARKETING_DATA", str(tmp_path / "data"))
    monkeypatch.setattr("smarketing.commands.shell.clock", lambda: at.vendors.clock)
    monkeypatch.setattr("smarketing.account.registry.network", lambda name: InProcess(at.answer))
    at.change(
        id="k3v9-7q2m-x4dt",
        workspace="Acme",
        playbook="smarketing",
        parts=["essentials"],
        start="2026-12-07",
        timezone="Europe/London",
        domains=["acme.example"],
        inputs={"company": "Acme"},
        people={
            each.key: f"{each.name} <{each.mail}>"
            for each in at.vendors.world.people
            if each.key != "robot"
        },
        teams=TEAMS,
        use={"boards": "trello", "documents": "google", "tables": "google", "meetings": "google"},
        integrations=made.company.integrations(),
    )
    assert at.apply()["failed"] == []
    return at


def edited(desk: Desk) -> None:
    """Let members write into everything."""
    trello, google = in_trello(desk.vendors), in_google(desk.vendors)
    trello.says_in_card(CARD, "The quickest win here", f"The quickest {WORD}-1 here")
    trello.add_card(CARD, f"Ours, {WORD}-2")
    trello.comment(CARD, f"{WORD}-3")
    google.says_in_document("Glossary", "argue about a word", f"argue about a {WORD}-4")
    google.in_document("Weekly notes", lambda doc: doc.member_types("", f"{WORD}-5. "))
    google.says_in_cell("Status tracker", "Weekly notes", f"{WORD}-6")
    robot = in_google(desk.vendors, "robot")
    robot.change_event("Sales and marketing weekly", location=f"Room {WORD}-7")


def still_there(desk: Desk) -> None:
    held = str(desk.vendors.sandbox.picture()) + str(
        in_google(desk.vendors, "robot").event("Sales and marketing weekly")
    )
    for number in range(1, 8):
        assert f"{WORD}-{number}" in held, number


def quiet(desk: Desk) -> None:
    """Hold that there is nothing to do, and that nothing is done."""
    assert desk.plan()["changes"] == []
    before = desk.vendors.sandbox.picture()
    recap = desk.apply()
    assert (recap["done"], recap["failed"]) == ([], [])
    assert desk.vendors.sandbox.picture() == before


def test_the_drop_downs_of_a_table_are_in_the_playbooks_order(desk: Desk) -> None:
    google = in_google(desk.vendors)
    at = chr(ord("A") + google.cells("Status tracker")[0].index("Status"))
    offered = google.offered("Status tracker", f"{at}2")
    assert offered == ["To measure", "To agree", "On track", "Behind", "Met"]


def test_a_second_run_does_nothing_nor_does_a_plan_or_a_look(desk: Desk) -> None:
    quiet(desk)
    before = desk.vendors.sandbox.picture()
    assert json.loads(desk.run("status", "--json", code=4))["pending"] == {}
    assert desk.run("plan")
    assert desk.vendors.sandbox.picture() == before


def test_all_further_parts_are_taken_up_at_once_and_what_was_there_keeps_its_id(
    desk: Desk,
) -> None:
    edited(desk)
    desk.apply()
    ids, told = desk.ids(), list(desk.vendors.world.mails)
    del desk.values["parts"]
    desk.change()
    recap = desk.apply()
    assert (recap["failed"], recap["conflicts"]) == ([], [])
    assert {change["verb"] for change in recap["done"]} <= {"create", "update", "grant"}
    assert desk.ids().keys() > ids.keys()
    # Trello itself tells of its new board and cards; nobody hears a second time of what was there.
    fresh = [mail for mail in desk.vendors.world.mails if mail not in told]
    assert {mail.sent_by for mail in fresh} == {"trello"}
    assert not [mail for mail in fresh if "Work board" in mail.subject]
    still_there(desk)
    held = str(desk.vendors.sandbox.picture())
    assert "link:" not in held
    assert "Alignment audit: the seven questions" in held
    quiet(desk)


def test_edits_everywhere_survive_a_reorganisation_and_everything_keeps_its_id(desk: Desk) -> None:
    edited(desk)
    desk.apply()
    quiet(desk)
    ids, told = desk.ids(), list(desk.vendors.world.mails)
    people = dict(desk.values["people"])
    people["ben"] = {"name": people["ben"], "left": "2027-02-26", "work-to": "ana"}
    teams = {**desk.values["teams"], "north": {**TEAMS["north"], "members": ["ana"]}}
    desk.change(inputs={"company": "Bolt"}, people=people, teams=teams)
    recap = desk.apply()
    assert recap["failed"] == []
    assert {change["verb"] for change in recap["done"]} <= {"update", "revoke", "rename"}
    assert desk.ids().keys() == ids.keys()
    assert [m for m in desk.vendors.world.mails if m not in told] == []
    still_there(desk)
    held = desk.vendors.sandbox.picture()
    assert "sales and marketing at Bolt" in str(held["google"])
    assert "ben@acme.example" not in str(held["trello"]["boards"])
    quiet(desk)


def test_a_lost_state_makes_nothing_twice(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    edited(desk)
    desk.apply()
    ids = desk.ids()
    monkeypatch.setenv("SMARKETING_DATA", str(desk.folder / "other-data"))
    recap = desk.apply()
    assert not [c for c in recap["done"] if c["verb"] in ("create", "grant", "archive")]
    assert desk.ids().keys() == ids.keys()
    still_there(desk)
    quiet(desk)


def test_who_left_is_forgotten_here_and_listed_where_the_tools_name_them(desk: Desk) -> None:
    trello, google = in_trello(desk.vendors), in_google(desk.vendors)
    trello.says_in_card(CARD, "The quickest win here", "Ben Okoye's quickest win here")
    google.says_in_document("Glossary", "argue about a word", "argue with Ben Okoye")
    people = dict(desk.values["people"])
    people["ben"] = {"name": people["ben"], "left": "2027-02-26", "work-to": "ana"}
    desk.change(people=people)
    before = desk.vendors.sandbox.picture()
    desk.run("forget", "ben", "--yes", code=1)
    assert desk.vendors.sandbox.picture() == before
    desk.apply()
    (told,) = json.loads(desk.run("forget", "ben", "--yes", "--json"))["workspaces"]
    named = {mention["title"]: mention["where"] for mention in told["still_named_in"]}
    assert named.keys() == {"Glossary", f"Work board: {CARD}"}
    assert all(where.startswith("https://") for where in named.values())
    quiet(desk)
    trello.says_in_card(CARD, "Ben Okoye's quickest", "The quickest")
    google.says_in_document("Glossary", "argue with Ben Okoye", "argue about a word")
    desk.apply()
    desk.run("forget", "Ben Okoye <ben@acme.example>", "--yes")
    raw = [path.read_bytes() for path in (desk.folder / "data").rglob("*") if path.is_file()]
    assert not [each for each in raw if b"Ben Okoye" in each or b"ben@acme" in each.lower()]
    quiet(desk)
