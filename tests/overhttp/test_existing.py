"""What is inside a board or sheet that is named under `existing:` is taken up, and not made beside."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from bench.company import URL
from smarketing.account import secretfile
from smarketing.integrations.google.sandbox.google import Google
from smarketing.integrations.google.signing.grants import NARROW, WIDER
from smarketing.plan import counted

from .members import InGoogle, InTrello, in_google, in_trello
from .miniature import BOTH, TRELLO
from .office import BEFORE, Death, Office, office

CARD, LANE = "Agree what a lead is", "This week"
TAKEN = "is there already and is taken as it is, not made again"


def their_board(made: Office, **lists: list[str]) -> InTrello:
    """Let somebody have a board of these lists of cards, and bind it to ours."""
    hands = in_trello(made.vendors, "robot")
    board = hands.make_board("Our old board")
    for name, cards in lists.items():
        lane = hands.make_list(board["id"], name.replace("_", " "))
        for card in cards:
            hands.make_card(lane["id"], card, "Our own words.")
    made.change_config(existing={"board:work": board["shortUrl"]})
    return hands


def said(made: Office) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for keep in made.plan().keeps:
        told.setdefault(keep.address, []).append(keep.why)
    return told


def names(hands: InTrello) -> list[str]:
    return sorted(hands.titles())


def test_a_card_and_a_list_of_the_same_title_are_taken_up_as_they_are(tmp_path: Path) -> None:
    made = office(tmp_path, TRELLO)
    hands = their_board(made, This_week=["agree  what a Lead is", "Something else"])
    told = said(made)
    assert TAKEN in told["board:work/card:agree"]
    assert TAKEN in told["board:work/list:week"]
    assert "board:work/card:call" not in told
    recap = made.apply()
    assert recap.failed == ()
    assert recap.spent == counted(recap.plan), recap.more
    assert names(hands) == [
        "Call who waits", "Done", "Something else", "This week", "agree  what a Lead is",
    ]  # fmt: skip
    assert hands.card("agree  what a Lead is")["desc"] == "Our own words."
    made.settled()
    made.playbook("One sentence that both would defend.", "Two sentences.")
    assert made.apply().failed == ()
    assert "Our own words." in hands.card("agree  what a Lead is")["desc"]


def test_what_the_playbook_brings_later_is_not_made_beside_a_members_card(tmp_path: Path) -> None:
    made = office(tmp_path, TRELLO)
    hands = their_board(made, This_week=[])
    assert made.apply().failed == ()
    hands.add_card(CARD, "Ask the shop")
    made.playbook('"call": {', '"shop": {"title": "Ask the shop", "list": "week"}, "call": {')
    assert made.apply().failed == ()
    assert names(hands).count("Ask the shop") == 1
    made.settled()


def test_with_two_of_a_title_nothing_is_made_and_the_plan_says_so(tmp_path: Path) -> None:
    made = office(tmp_path, TRELLO)
    hands = their_board(made, This_week=[CARD, CARD])
    (why,) = said(made)["board:work/card:agree"]
    assert why.startswith("is not made: 2 of this title are there already.")
    assert made.apply().failed == ()
    assert names(hands).count(CARD) == 2
    assert [each["desc"] for each in hands.cards(CARD)] == ["Our own words."] * 2
    made.settled()
    hands.rename_card(hands.cards(CARD)[0]["id"], "Our other card")
    assert TAKEN in said(made)["board:work/card:agree"]
    assert made.apply().failed == ()
    assert names(hands).count(CARD) == 1
    made.settled()


def test_on_a_board_of_our_own_a_members_card_is_left_alone(tmp_path: Path) -> None:
    made = office(tmp_path, TRELLO)
    made.apply()
    hands = in_trello(made.vendors)
    hands.add_card(CARD, "Ask the shop")
    made.playbook('"call": {', '"shop": {"title": "Ask the shop", "list": "week"}, "call": {')
    made.apply()
    assert names(hands).count("Ask the shop") == 2


def test_after_lost_state_it_is_all_found_again(tmp_path: Path) -> None:
    made = office(tmp_path, TRELLO)
    hands = their_board(made, This_week=[CARD])
    made.apply()
    before = made.picture()
    made.company.forget()
    assert made.apply().failed == ()
    assert made.picture() == before
    assert hands.card(CARD)["desc"] == "Our own words."
    made.settled()


def their_sheet(made: Office, rows: list[list[str]]) -> InGoogle:
    """Let somebody have a sheet of these rows, and bind it to ours."""
    hands = in_google(made.vendors, "robot")
    file = hands.make_sheet("Tracker of 2019", rows)
    integrations: Any = made.config_data()["integrations"]
    integrations["google"]["scope"] = "wider"
    google = made.vendors.stand_in("google")
    assert isinstance(google, Google)
    granted = google.accounts.signed_in(hands.person, frozenset(NARROW + WIDER))
    secrets = {**made.vendors.account("google"), "refresh_token": granted}
    secretfile.keep(made.folder / "accounts.json", "google", urlsplit(URL).netloc, secrets)
    made.change_config(
        integrations=integrations,
        existing={"table:tracker": f"https://docs.google.com/spreadsheets/d/{file}/edit"},
    )
    return hands


def test_a_row_of_the_same_title_is_taken_up_and_keeps_its_cells(tmp_path: Path) -> None:
    made = office(tmp_path, BOTH)
    hands = their_sheet(made, [["What", "Now"], ["Calls", "12"], ["Our own row", "3"]])
    assert TAKEN in said(made)["table:tracker/row:second"]
    recap = made.apply()
    assert recap.failed == ()
    assert recap.spent == counted(recap.plan), recap.more
    shown = [row[:2] for row in hands.cells("Tracker of 2019")]
    assert shown == [
        ["What", "Now"],
        ["Calls", "12"],
        ["Our own row", "3"],
        ["Leads", "Not measured yet"],
        ["Orders", "Not measured yet"],
    ]
    assert hands.cells("Tracker of 2019")[1][-1] == "second"
    made.settled()
    hands.says_in_cell("Tracker of 2019", "12", "14")
    assert made.apply().failed == ()
    assert hands.cells("Tracker of 2019")[1][1] == "14"
    made.settled()


@pytest.mark.parametrize("sorting", [False, True], ids=["as it was", "sorted meanwhile"])
def test_a_row_is_known_by_what_it_holds_until_it_has_its_key(
    tmp_path: Path, sorting: bool
) -> None:
    made = office(tmp_path, BOTH)
    hands = their_sheet(made, [["What", "Now"], ["Calls", "12"], ["Our own row", "3"]])
    first = office(tmp_path / "whole", BOTH)
    their_sheet(first, [["What", "Now"], ["Calls", "12"], ["Our own row", "3"]])
    first.apply()
    writes = [asked.path for asked in first.writes()]
    nth = 1 + next(n for n, path in enumerate(writes) if path.endswith(":batchUpdate"))
    made.dies(Death(nth, BEFORE))
    if sorting:
        hands.put_cells("Tracker of 2019", "A2:B3", [["Our own row", "3"], ["Calls", "12"]])
    assert made.apply().failed == ()
    keys = {row[0]: row[-1] for row in hands.cells("Tracker of 2019")}
    assert keys["Calls"] == "second"
    assert keys["Our own row"] == "3"
    made.settled()
