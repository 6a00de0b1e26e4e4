"""A board in Trello and a table in Google stay in step, over HTTP, in few calls."""

from pathlib import Path
from typing import Any

import pytest

from smarketing.contract import Calls
from smarketing.plan import Recap
from smarketing.planning.given import Request
from tests.overhttp.members import InGoogle, InTrello, in_google, in_trello
from tests.overhttp.miniature import BOTH, write_yaml
from tests.overhttp.office import Office, office
from tests.overhttp.test_undo import undo
from tests.vendors.sandboxes import switches_of

SYNC = Request(sync=True)
ONE_CARD, IDLE = 9, 4
LEAD, CALL = "Agree what a lead is", "Call who waits"
SMALL: dict[str, Any] = {
    "playbook": "miniature",
    "title": "Miniature",
    "roles": {"sales": "required"},
    "statuses": {
        "week": {"words": ["to do"]},
        "stuck": {"words": ["blocked"]},
        "done": {"words": ["finished"], "ticked": True},
    },
    "folders": {"home": {"title": "Home", "share": {"sales": "edit"}}},
    "boards": {
        "work": {
            "title": "Work",
            "share": {"sales": "edit"},
            "lists": {"week": "This week", "stuck": "Stuck", "done": "Done"},
            "labels": {"hot": {"title": "Hot", "color": "red"}},
            "cards": {
                "agree": {"title": LEAD, "list": "week", "labels": ["hot"], "due": "day 7"},
                "call": {"title": CALL, "list": "week"},
            },
        }
    },
    "tables": {
        "tracker": {
            "title": "Tracker",
            "in": "home",
            "columns": {
                "title": "Title",
                "status": {"title": "Status", "choices": ["This week", "Stuck", "Done"]},
                "owner": "Owner",
                "due": "Due",
                "labels": "Labels",
                "link": "Link",
            },
        }
    },
    "sync": {
        "work": {
            "between": ["board:work", "table:tracker"],
            "fields": ["title", "status", "owner", "due", "labels", "link"],
            "new": "everywhere",
            "prefer": "board:work",
        }
    },
}


def small(folder: Path, **world: Any) -> Office:
    """Return an office with a small workspace in both tools, not built yet."""
    made = office(folder, BOTH, **world)
    write_yaml(folder / "playbook" / "playbook.yaml", SMALL)
    return made


def built(folder: Path, **world: Any) -> Office:
    made = small(folder, **world)
    assert not made.apply().failed
    assert not made.apply(request=SYNC).failed
    return made


def is_in_step(made: Office) -> None:
    """Hold that neither sync nor apply writes anything more."""
    before, writes = made.picture(), len(made.writes())
    for request in (SYNC, Request(), SYNC):
        recap = made.apply(request=request)
        assert (recap.done, recap.failed) == ((), ())
    assert len(made.writes()) == writes
    assert made.picture() == before


def total(recap: Recap) -> Calls:
    return sum(recap.spent.values(), Calls())


def row(hands: InGoogle, title: str) -> dict[str, str]:
    """Return the one row of this title, by the titles of the columns."""
    head, *rows = hands.cells("Tracker")
    (found,) = [each for each in rows if title in each[:2]]
    return dict(zip(head, found + [""] * len(head), strict=False))


def add_row(hands: InGoogle, *texts: str) -> None:
    """Type a new row below the others: the first column holds keys, and nobody sees it."""
    hands.put_cells("Tracker", f"B{len(hands.cells('Tracker')) + 1}", [[*texts]])


def lane_of(hands: InTrello, title: str) -> str:
    lanes = hands.lists_beside(title)
    (name,) = [each["name"] for each in lanes if each["id"] == hands.card(title)["idList"]]
    return str(name)


def move(hands: InTrello, title: str, lane: str) -> None:
    hands.move_card(title, lane)


def test_a_card_moved_in_trello_changes_the_row_in_google_and_back(tmp_path: Path) -> None:
    made = built(tmp_path)
    trello, google = in_trello(made.vendors), in_google(made.vendors)
    first = row(google, LEAD)
    assert (first["Status"], first["Due"], first["Labels"]) == ("This week", "2026-12-13", "Hot")
    assert first["Link"] == trello.card(LEAD)["shortUrl"]
    is_in_step(made)
    move(trello, LEAD, "Stuck")
    made.apply(request=SYNC)
    assert row(google, LEAD)["Status"] == "Stuck"
    is_in_step(made)
    google.says_in_cell("Tracker", "2026-12-13", "16 Dec 2026")
    google.says_in_cell("Tracker", "Stuck", "Done")
    made.apply(request=SYNC)
    assert lane_of(trello, LEAD) == "Done"
    assert trello.card(LEAD)["due"].startswith("2026-12-16")
    assert trello.card(LEAD)["dueComplete"] is True
    is_in_step(made)


def test_after_one_changed_card_a_sync_takes_few_calls_and_an_idle_one_fewer(
    tmp_path: Path,
) -> None:
    made = built(tmp_path)
    made.apply(request=SYNC)
    idle = made.apply(request=SYNC)
    spent = total(idle)
    assert spent.read + spent.write <= IDLE
    assert spent.write == 0
    move(in_trello(made.vendors), LEAD, "Stuck")
    changed = made.apply(request=SYNC)
    spent = total(changed)
    assert len(changed.done) > 0
    assert spent.read + spent.write <= ONE_CARD, changed.spent


def test_what_members_add_in_one_tool_appears_in_the_other_once(tmp_path: Path) -> None:
    made = built(tmp_path)
    trello, google = in_trello(made.vendors), in_google(made.vendors)
    trello.add_card(LEAD, "Ask Legal")
    add_row(google, "Price list", "Done", "ana")
    made.apply(request=SYNC)
    assert row(google, "Ask Legal")["Status"] == "This week"
    assert lane_of(trello, "Price list") == "Done"
    assert row(google, "Price list")["Owner"] == "ana"
    assert "smarketing" not in trello.card("Ask Legal")["desc"], "the original gets no marker"
    is_in_step(made)
    made.company.forget()
    before = made.picture()
    made.apply()
    made.apply(request=SYNC)
    assert made.picture() == before, "state lost: everything is tied again by what it carries"
    move(trello, "Ask Legal", "Done")
    google.says_in_cell("Tracker", "ana", "")
    made.apply(request=SYNC)
    assert row(google, "Ask Legal")["Status"] == "Done"
    assert trello.assigned("Price list") == []
    is_in_step(made)


def test_a_row_links_to_its_card_also_when_the_sheet_was_in_the_trash(tmp_path: Path) -> None:
    made = built(tmp_path)
    trello, google = in_trello(made.vendors), in_google(made.vendors, "robot")
    add_row(google, "Price list", "Done", "ana")
    add_row(google, "Fair", "Stuck", "", "", "", "https://acme.example/fair")
    made.apply(request=SYNC)
    assert row(google, "Price list")["Link"] == trello.card("Price list")["shortUrl"]
    assert row(google, "Fair")["Link"] == "https://acme.example/fair", "a member's own stands"
    is_in_step(made)
    sheet, before = google.file("Tracker"), google.cells("Tracker")
    google.trash("Tracker")
    told = made.apply(request=SYNC).plan.synced["work"]
    assert told.newly_away == {"table:tracker"}
    assert "apply --restore table:tracker" in told.stopped["table:tracker"]
    assert not made.apply(request=SYNC).plan.synced["work"].newly_away
    google.untrash(sheet)
    made.apply(request=SYNC)
    assert google.cells("Tracker") == before
    is_in_step(made)


def test_a_board_built_anew_has_members_moves_and_rows_link_to_it(tmp_path: Path) -> None:
    made = built(tmp_path)
    trello, google = in_trello(made.vendors, "robot"), in_google(made.vendors)
    move(trello, LEAD, "Stuck")
    made.apply(request=SYNC)
    old = row(google, LEAD)["Link"]
    trello.delete_board("Work")
    made.apply(request=SYNC)
    made.apply(request=Request(restore=frozenset({"root:trello"})))
    made.apply(request=SYNC)
    assert lane_of(trello, LEAD) == row(google, LEAD)["Status"] == "Stuck"
    assert row(google, LEAD)["Link"] == trello.card(LEAD)["shortUrl"] != old
    is_in_step(made)


def edited(made: Office) -> None:
    """Let members work in both tools."""
    trello, google = in_trello(made.vendors), in_google(made.vendors)
    move(trello, LEAD, "Done")
    trello.add_card(LEAD, "Ask Legal")
    number = [each[1] for each in google.cells("Tracker")].index(CALL) + 1
    google.put_cells("Tracker", f"E{number}", [["2026-12-20"]])
    add_row(google, "Price list", "Stuck")


SWITCHES = sorted(switches_of(*BOTH))
TOUCHING = ("trello-no-data-old", "trello-activity-only-cards", "google-sheets-sort-moves-metadata")
"""Those that cards and rows meet alone; the others meet them all together."""


@pytest.mark.parametrize(
    "turned", [*([each] for each in TOUCHING), SWITCHES], ids=[*TOUCHING, "all"]
)
def test_no_unsure_behaviour_makes_a_loop(turned: list[str], tmp_path: Path) -> None:
    made = built(tmp_path, switches=turned)
    edited(made)
    made.apply(request=SYNC)
    is_in_step(made)


def test_a_card_moved_in_trello_stays_there_when_its_sync_is_taken_back(tmp_path: Path) -> None:
    made = built(tmp_path)
    trello, google = in_trello(made.vendors), in_google(made.vendors)
    move(trello, LEAD, "Stuck")
    google.says_in_cell("Tracker", "2026-12-13", "16 Dec 2026")
    made.apply(request=SYNC)
    undone = undo(made).plan.undoes
    assert undone is not None
    assert "What your team wrote on 1 card and 1 row stays there" in undone.stays[0]
    assert (lane_of(trello, LEAD), row(google, LEAD)["Status"]) == ("Stuck", "This week")
    assert row(google, LEAD)["Due"] == "2026-12-16"
    assert trello.card(LEAD)["due"].startswith("2026-12-13")
    is_in_step(made)
    move(trello, LEAD, "Done")
    made.apply(request=SYNC)
    assert row(google, LEAD)["Status"] == "Done", "the next change of either settles it"
    is_in_step(made)


def test_a_copied_row_above_its_original_is_the_new_one(tmp_path: Path) -> None:
    made = built(tmp_path)
    google, trello = in_google(made.vendors), in_trello(made.vendors)
    head, *below = google.cells("Tracker")
    at = next(number for number, row in enumerate(below) if LEAD in row)
    ours = list(below[at])
    theirs = [cell.replace(LEAD, "Agree what a customer is") for cell in ours]
    ours[head.index("Status")] = "Stuck"
    rows = [*below[:at], theirs, ours, *below[at + 1 :]]
    google.put_cells("Tracker", "A2", rows)
    card = trello.card(LEAD)["id"]
    assert not made.apply(request=SYNC).failed
    assert trello.card(LEAD)["id"] == card
    assert lane_of(trello, LEAD) == "Stuck"
    assert lane_of(trello, "Agree what a customer is") == "This week"
    shown = [row[head.index("Title")] for row in google.cells("Tracker")[1:]]
    assert sorted(shown) == sorted([LEAD, "Agree what a customer is", CALL])
    link = next(row for row in google.cells("Tracker") if "Agree what a customer is" in row)
    assert trello.card("Agree what a customer is")["shortUrl"] in link
    keys = [row[head.index("smarketing")] for row in google.cells("Tracker")[1:]]
    assert len(set(keys)) == 3
    trello.move_card(LEAD, "Done")
    assert not made.apply(request=SYNC).failed
    (row,) = [row for row in google.cells("Tracker") if LEAD in row]
    assert row[head.index("Status")] == "Done"
    is_in_step(made)
