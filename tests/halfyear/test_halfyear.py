"""Six weeks of a company in the suite, in its tools and in a folder; `bench` lives all 26."""

from pathlib import Path

import pytest

from smarketing.planning.given import Request
from tests.halfyear.company import REORGANISATIONS
from tests.halfyear.running import FIRST
from tests.halfyear.year import HalfYear, lived

WEEKS = 6
EDITS = ("move", "card", "row", "due", "status", "rename", "retitle", "finished in notes")


@pytest.mark.slow
@pytest.mark.parametrize("tools", [True, False], ids=["trello and google", "a folder"])
def test_weeks_of_meetings_keep_every_word_and_owe_nobody_an_agenda(
    tools: bool, tmp_path: Path
) -> None:
    year = lived(tmp_path, WEEKS, seed=1, tools=tools)
    assert year.mix["runs"] > 2 * 5 * WEEKS
    assert all(year.mix[edit] for edit in EDITS), year.mix
    assert year.mix["wrote in past minutes"] > WEEKS
    assert year.mix["outages"] == (1 if tools else 0)
    assert len(year.guests) >= WEEKS - 2


def test_the_promises_are_seen_to_break(tmp_path: Path) -> None:
    """What the half year holds fails where a word, an agenda or an owner is missing."""
    year = HalfYear(tmp_path, tools=False)
    year.live(0)
    year.tokens.append("w9999")
    with pytest.raises(AssertionError, match="w9999"):
        year.check()
    year.tokens.pop()
    year.hands.says("Weekly notes", "## Mon 7 Dec 2026", "## Once")
    with pytest.raises(AssertionError, match="Weekly notes"):
        year.check()


def test_in_a_reorganisation_open_work_changes_hands_and_past_minutes_stay(tmp_path: Path) -> None:
    year = HalfYear(tmp_path, tools=False)
    year.live_day(0, 0, FIRST)
    year.hands.add_card("card w1", "ben")
    year.tokens.append("w1")
    year.run()
    year.hands.add_card("card w2", "ben")
    year.tokens.append("w2")
    (week, *_) = REORGANISATIONS
    year.reorganise(week)
    assert year.mix["handed over"] >= 2
    assert year.run(Request()).done == ()
