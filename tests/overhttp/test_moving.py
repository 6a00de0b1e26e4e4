"""From a folder to Trello and Google by changing `use:`, with all that members did meanwhile."""

from pathlib import Path

import pytest

from smarketing.plan import counted

from .members import in_google, in_trello
from .miniature import BOTH, use
from .office import POINTS, Death, Office, office
from .test_crashes import Whole


def in_a_folder(folder: Path) -> Office:
    """Return an office whose workspace stands in a folder, with both tools signed in."""
    made = office(folder, BOTH)
    tools = made.config_data()["integrations"]
    made.change_config(use={}, integrations={**tools, "local": {"folder": "./acme"}})
    assert made.apply().failed == ()
    return made


def test_a_move_takes_the_calls_that_its_plan_counts(tmp_path: Path) -> None:
    made = in_a_folder(tmp_path)
    made.change_config(use=use(BOTH))
    recap = made.apply()
    assert recap.failed == ()
    assert recap.spent == counted(recap.plan), recap.more
    made.settled()


def with_members_words(made: Office) -> None:
    """Let members write into the folder: a tick, a card, a sentence and a row of their own."""
    for file, old, new in (
        ("Work.md", "- [ ] Write it", "- [x] Write it"),
        ("Work.md", "## This week\n", "## This week\n\n- [ ] Our own card\n"),
        ("Home/Glossary.md", "is a person who may buy", "is somebody who rang twice"),
        ("Home/Tracker.csv", "Leads,Not measured yet", "Leads,Forty"),
    ):
        path = made.folder / "acme" / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{file}: {text}"
        path.write_text(text.replace(old, new), encoding="utf-8")


def all_came_along(made: Office) -> None:
    """Hold that what members wrote in the folder stands in both tools, and the files say where."""
    hands, google = in_trello(made.vendors), in_google(made.vendors)
    (tick,) = [
        item["state"]
        for each in hands.checklists("Agree what a lead is")
        for item in each["checkItems"]
        if item["name"] == "Write it"
    ]
    assert tick == "complete"
    assert hands.card("Our own card")["idList"] == hands.card("Agree what a lead is")["idList"]
    assert "somebody who rang twice" in google.document("Glossary").text()
    assert "Forty" in [cell for row in google.cells("Tracker") for cell in row]
    for file in ("Work.md", "Home/Glossary.md", "Home/Tracker.csv", "Meetings.ics"):
        text = (made.folder / "acme" / file).read_text(encoding="utf-8")
        assert "This moved. Go on in" in text, file


def test_what_members_wrote_comes_along_and_the_old_files_say_where_it_went(
    tmp_path: Path,
) -> None:
    made = in_a_folder(tmp_path)
    with_members_words(made)
    made.change_config(use=use(BOTH))
    assert made.apply().failed == ()
    all_came_along(made)
    made.settled()


@pytest.mark.slow
@pytest.mark.parametrize("point", POINTS)
def test_a_move_that_dies_is_finished_by_the_next_run(tmp_path: Path, point: str) -> None:
    first = in_a_folder(tmp_path / "whole")
    with_members_words(first)
    first.change_config(use=use(BOTH))
    life = Death()
    first.apply(life)
    whole = Whole(life.met, first.picture(), first.mails())
    for nth in range(2 + POINTS.index(point), whole.writes + 1, 8):
        made = in_a_folder(tmp_path / str(nth))
        with_members_words(made)
        made.change_config(use=use(BOTH))
        made.dies(Death(nth, point))
        assert made.apply().failed == (), nth
        whole.equals(made, f"died at write {nth} {point}")
        made.settled()
        all_came_along(made)
