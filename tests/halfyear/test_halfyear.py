"""Weeks of a company in the suite, in its tools and in a folder; `bench` lives all 26."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from smarketing.planning.given import Request
from tests.halfyear.company import REORGANISATIONS
from tests.halfyear.running import FIRST
from tests.halfyear.twocomputers import TwoComputers
from tests.halfyear.year import HalfYear, lived

EDITS = ("move", "card", "row", "due", "status", "rename", "retitle", "finished in notes")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("tools", "weeks", "reorganised"),
    [(True, 6, 0), (False, 10, 1)],
    ids=["trello and google", "a folder"],
)
def test_weeks_of_meetings_keep_every_word_and_owe_nobody_an_agenda(
    tools: bool, weeks: int, reorganised: int, tmp_path: Path
) -> None:
    year = lived(tmp_path, weeks, seed=1, tools=tools)
    assert year.mix["runs"] > 2 * 5 * weeks
    assert year.mix["reorganised"] == reorganised
    assert all(year.mix[edit] for edit in EDITS), year.mix
    assert year.mix["wrote in past minutes"] > weeks
    assert year.mix["outages"] == (1 if tools else 0)
    assert len(year.guests) >= weeks - 2


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


def test_an_edit_of_the_last_evening_is_one_write_of_the_next_round_and_none_of_those_after(
    tmp_path: Path,
) -> None:
    year = HalfYear(tmp_path, tools=False)
    year.live(0)
    year.run()
    year.rename()
    (row,) = year.run().done
    assert row.address.startswith("table:tracker/row:")
    year.check()


def test_a_guest_who_goes_again_too_early_is_seen_and_one_who_fills_in_is_not(
    tmp_path: Path,
) -> None:
    year = HalfYear(tmp_path, tools=False)
    weeks = [date(2026, 12, 31) + timedelta(weeks=week) for week in range(5)]
    away, back = weeks[2:4], weeks[4]  # Eli is away from 11 to 22 January
    year.guests = dict(zip(weeks, ("dana", "fay", "dana", "fay", "eli"), strict=True))
    assert not any(year.can_come("eli", day) for day in away)
    year.guests_took_turns()
    year.guests[back] = "dana"
    with pytest.raises(AssertionError, match="eli"):
        year.guests_took_turns()


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


@pytest.mark.slow
@pytest.mark.parametrize("tools", [True, False], ids=["trello and google", "a folder"])
def test_two_computers_that_take_turns_make_nothing_twice_and_lose_no_word(
    tools: bool, tmp_path: Path
) -> None:
    year = TwoComputers(tmp_path, seed=2, tools=tools)
    for week in range(5):
        year.live(week)
    year.end()
    assert min(year.mix[f"runs on {each.folder.name}"] for each in year.offices) > 20
    assert year.mix["conflicts"] <= 3
