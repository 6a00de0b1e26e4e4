"""A part that is taken up later begins then, also in Trello and Google."""

from pathlib import Path

from .members import in_google, in_trello
from .miniature import BOTH, PLAYBOOK, write_yaml
from .office import office

DAY = 86_400
FIRST = [f"{section[:-1]}:{key}" for section in ("boards", "meetings") for key in PLAYBOOK[section]]


def test_cards_and_meetings_of_a_later_part_count_from_its_own_day(tmp_path: Path) -> None:
    made = office(tmp_path, BOTH)
    work = PLAYBOOK["boards"]["work"]
    late = {"title": "Score a lead", "list": "week", "due": "day 7"}
    review = {"title": "Review", "when": "every Monday at 15:00", "invite": ["sales"]}
    book = {
        **PLAYBOOK,
        "parts": {"first": FIRST, "later": ["board:work/card:late", "meeting:review"]},
        "boards": {"work": {**work, "cards": {**work["cards"], "late": late}}},
        "meetings": {**PLAYBOOK["meetings"], "review": review},
    }
    write_yaml(made.folder / "playbook" / "playbook.yaml", book)
    made.change_config(parts=["first"])
    made.apply()
    made.vendors.clock.move(79 * DAY)  # to Wednesday 24 February 2027
    made.settled()
    made.change_config(parts=["first", "later"])
    made.apply()
    google, trello = in_google(made.vendors, "robot"), in_trello(made.vendors)
    assert google.event("Review")["start"]["dateTime"].startswith("2027-03-01T15:00")
    assert google.event("Weekly")["start"]["dateTime"].startswith("2026-12-07T10:00")
    assert trello.card("Score a lead")["due"].startswith("2027-03-07")
    assert trello.card("Agree what a lead is")["due"].startswith("2026-12-13")
    made.vendors.clock.move(30 * DAY)
    made.settled()
