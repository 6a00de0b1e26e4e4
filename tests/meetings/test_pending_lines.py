"""Lines that a run could not write to, and that members edited meanwhile: each field on its own.

The cards went to *Stuck* while the notes could not be written to; then people edit the old lines.
"""

from pathlib import Path
from unittest import mock

import pytest

from smarketing.integrations.google.doc import markdown_of
from smarketing.plan import Recap
from smarketing.planning.given import Request
from tests.instep.test_overhttp import is_in_step, lane_of, move, row
from tests.meetings.test_over_http import SMALL, SYNC, built, say, text
from tests.overhttp.members import in_google, in_trello
from tests.overhttp.office import Office

LIST, SHEET, LEADS, FAIR = "send the list", "price sheet", "call the leads", "book the fair"
PROMISES = [f"☐ @ana {title} by Friday" for title in (LIST, SHEET, LEADS, FAIR)]
NOTES = "document:notes"


def pending(folder: Path, prefer: str = "board:work") -> Office:
    """Return an office in which the lines still have to hear that their cards are stuck."""
    with mock.patch.dict(SMALL["sync"]["work"], {"prefer": prefer}):
        made = built(folder)
    say(made, "Write them here.", "\n".join(["Write them here.", *PROMISES]))
    made.apply(request=SYNC)
    for title in (LIST, SHEET, LEADS, FAIR):
        move(in_trello(made.vendors), title, "Stuck")
    box = made.vendors.sandbox
    box.fault("unavailable", vendor="google", methods=["POST"], path="/v1/documents")
    with mock.patch("smarketing.state.pace.PATIENCE", 0.0):
        assert made.apply(request=SYNC).failed
    box.calm()
    assert all(f"{line}\n" in text(made) for line in PROMISES)
    return made


def edited(made: Office) -> None:
    """Let people edit the old lines: other words and another day, a status, a tick, nothing."""
    say(made, f"{LIST} by Friday", "send the whole list by Thursday")
    say(made, f"{SHEET} by Friday", f"{SHEET} by Friday · done")
    say(made, PROMISES[2], PROMISES[2].replace("☐", "☑"))


def conflicts(recap: Recap) -> set[tuple[str, str, str]]:
    """Return what yielded: of which title, at which place, and the value."""
    assert not recap.failed
    assert recap.plan.conflicts == (), "what the places tell, the notes do not tell once more"
    return {
        (each.title, each.yielded.place, str(each.yielded.value))
        for agreed in recap.plan.synced.values()
        for each in agreed.conflicts
    }


@pytest.mark.parametrize("applied", [False, True], ids=["sync", "apply, then sync"])
def test_what_a_line_did_not_say_anew_pulls_no_card_back_and_the_preferred_place_settles_the_rest(
    applied: bool, tmp_path: Path
) -> None:
    made = pending(tmp_path)
    trello = in_trello(made.vendors)
    edited(made)
    if applied:
        assert made.apply(request=Request()).plan.conflicts == ()
    assert conflicts(made.apply(request=SYNC)) == {(SHEET, NOTES, "done"), (LEADS, NOTES, "done")}
    lines = markdown_of(in_google(made.vendors).document("Weekly notes").json()).splitlines()
    assert "☐ @ana send the whole list by Thursday · Stuck" in lines
    assert [f"{line} · Stuck" in lines for line in PROMISES] == [False, True, True, True]
    assert row(in_google(made.vendors), "send the whole list")["Due"] == "2026-12-10"
    titles = ("send the whole list", SHEET, LEADS, FAIR)
    assert {lane_of(trello, title) for title in titles} == {"Stuck"}
    is_in_step(made)


def test_where_the_notes_are_preferred_their_status_stands(tmp_path: Path) -> None:
    made = pending(tmp_path, prefer=NOTES)
    trello = in_trello(made.vendors)
    edited(made)
    told = {(SHEET, "board:work", "stuck"), (LEADS, "board:work", "stuck")}
    assert conflicts(made.apply(request=SYNC)) == told
    assert [lane_of(trello, title) for title in (SHEET, LEADS, FAIR)] == ["Done", "Done", "Stuck"]
    assert lane_of(trello, "send the whole list") == "Stuck"
    assert row(in_google(made.vendors), SHEET)["Status"] == "Done"
    is_in_step(made)
