"""Who has left and holds a right that we did not give is named, for a person to take it away."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from smarketing.account.registry import Loaded
from smarketing.config.handover import Roster
from smarketing.contract import Names, Remote
from smarketing.fold.stillin import Gone, gone_people, still_in
from smarketing.plan import Plan, Recap, as_json
from smarketing.recognising.look import Look
from smarketing.recognising.matched import Matched
from smarketing.report.decisions import still_in as sentences
from smarketing.report.report import plan_text, recap_text
from smarketing.report.status import Status, status_json, status_text
from smarketing.state.record import Record
from smarketing.text.mentions import FORGOTTEN

ANA = "Ana Silva <ana@a.example>"
CLEO = ("Cleo Brandt <cleo@a.example>",)
HERE = Roster({"ana": "Ana Silva"}, frozenset((ANA,)), left={"cleo": "Cleo Brandt"})
TERMS = Loaded({}, Path(), ("google", "trello"))


def looked(place: str, address: str, access: Mapping[str, str], **called: str) -> dict[str, Look]:
    remote = Remote("1", address.partition(":")[0], {"access": access})
    names = {name.replace("_", " "): other for name, other in called.items()}
    look = Look(TERMS[place], Matched({address: remote}), Names(), {}, called=names)
    return {place: look}


def item(place: str, address: str, **granted: str) -> dict[str, Record]:
    return {address: Record(address, address.partition(":")[0], place, granted=granted)}


BOARD, FOLDER = item("trello", "board:work"), item("google", "folder:home")


def test_who_has_left_is_found_by_mailbox_or_by_the_name_that_belongs_to_it() -> None:
    gone: Gone = {"Cleo Brandt": CLEO}
    drive = looked("google", "folder:home", {"ana@a.example": "writer", "cleo@a.example": "reader"})
    cards = looked("trello", "board:work", {"Ana Silva": "admin", "Cleo Brandt": "normal"})
    assert still_in(BOARD | FOLDER, drive | cards, gone, HERE) == {
        "Cleo Brandt": {"trello": ("board:work",), "google": ("folder:home",)}
    }


def test_a_right_that_we_gave_is_taken_away_and_not_left_to_a_person() -> None:
    mine = Record("board:work", "board", "trello", granted={"Cleo Brandt": "normal"})
    cards = looked("trello", "board:work", {"Cleo Brandt": "normal"})
    assert still_in({mine.address: mine}, cards, {"Cleo Brandt": CLEO}, HERE) == {}


@pytest.mark.parametrize("called", [{}, {"Ana_Silva": "Cleo Brandt"}])
def test_a_name_is_that_of_who_is_there_now(called: Mapping[str, str]) -> None:
    cards = looked("trello", "board:work", {"Cleo Brandt": "normal"}, **called)
    twin = "Cleo Brandt <other@a.example>"
    here = HERE if called else Roster({"other": "Cleo Brandt"}, frozenset((twin,)))
    assert still_in(BOARD, cards, {"Cleo Brandt": CLEO}, here) == {}


def test_who_got_another_name_is_known_by_each_of_them() -> None:
    known = {"cleo@a.example": ("Cleo Brandt", "Cleo Young"), "ana@a.example": ("Ana Silva",)}
    now = Roster(HERE.people, HERE.mailboxes, left={"cleo": "Cleo Young"})
    gone = gone_people(known, Roster(), now)
    cards = looked("trello", "board:work", {"Cleo Brandt": "normal"})
    assert still_in(BOARD, cards, gone, now) == {"Cleo Young": {"trello": ("board:work",)}}


def test_who_was_taken_out_of_config_is_still_known_from_the_last_run() -> None:
    known = {"cleo@a.example": ("Cleo Brandt",), "ana@a.example": ("Ana Silva",)}
    former = Roster({"cleo": "Cleo Brandt", "ana": "Ana Silva"})
    now = Roster({"ana": "Ana Silva"}, frozenset((ANA,)))
    assert gone_people(known, former, now) == {"Cleo Brandt": CLEO}


def test_nobody_is_named_who_is_there_has_no_right_or_was_forgotten() -> None:
    known = {"ana@a.example": ("Ana Silva",)}
    former = Roster(left={"x": FORGOTTEN, "ana-old": "Ana Silva"})
    assert gone_people(known, former, Roster({"ana": "Ana Silva"}, frozenset((ANA,)))) == {}
    drive = looked("google", "folder:home", {"ana@a.example": "writer"})
    assert still_in(FOLDER, drive, {"Cleo Brandt": CLEO}, HERE) == {}


def test_plan_recap_and_status_say_what_they_can_enter_and_what_to_do() -> None:
    found = {"google": ("folder:home", "document:a", "document:b"), "trello": ("board:work",)}
    tools = {"google": "Google Drive", "trello": "Trello"}
    plan = Plan("Acme", "k3v9", tools=tools, still_in={"Cleo Brandt": found})
    (said,) = sentences(plan)
    assert said.startswith(
        "Cleo Brandt has left, and can still enter 1 folder and 2 documents in Google Drive and "
        "1 board in Trello."
    )
    assert said.endswith("take them away there.")
    status = Status("Acme", True, {}, {}, {}, (), (), False, {}, "", {}, still_in=(said,))
    for text in (plan_text(plan), recap_text(Recap(plan)), status_text(status)):
        assert said in text
    assert status.needs_a_person
    assert status_json(status)["still_in"] == [said]
    assert as_json(plan)["still_in"]["Cleo Brandt"]["trello"] == ["board:work"]
