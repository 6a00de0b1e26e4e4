"""A part that is taken up later begins then: nothing of it is overdue when it appears."""

import re
import sqlite3
from datetime import date

import pytest

from .desk import TEAM, Desk

LATER = (2027, 2, 24)
"""A Wednesday, weeks after the workspace began; the Monday after it is 1 March."""

BOARD = "acme/Rollout in 90 days.md"
LINE = "parts: [essentials]  # ask Dana before you add one"
TWO = "parts: [essentials, rollout]  # ask Dana before you add one"
DAY = "The part rollout begins on Mon 1 Mar 2027: its days count from there."


def days_on(desk: Desk, file: str) -> list[date]:
    """Return the due days on a board, in order."""
    found = re.findall(r"@\{?\[?\[?(20\d\d-\d\d-\d\d)", desk.read(file))
    return sorted(date.fromisoformat(day) for day in found)


@pytest.fixture
def weeks_later(acme: Desk) -> Desk:
    """A desk on which the workspace has been in use since December."""
    acme.edit("config.yaml", "parts: [essentials]", LINE)
    acme.clock.set(*LATER)
    return acme


def test_a_part_taken_up_later_gets_its_day_and_nothing_of_it_is_overdue(weeks_later: Desk) -> None:
    desk = weeks_later
    desk.edit("config.yaml", LINE, TWO)
    before = desk.read("config.yaml")
    assert f"{DAY} In config.yaml it becomes 'rollout from 2027-03-01'." in desk.run("plan").out
    assert any(DAY in sentence for sentence in desk.plan()["foreseen"])
    assert desk.read("config.yaml") == before
    work = days_on(desk, "acme/Work board.md")
    assert DAY in desk.apply().said
    assert desk.read("config.yaml") == before.replace("rollout]", "rollout from 2027-03-01]")
    assert days_on(desk, BOARD)[0] >= date(2027, 3, 1)
    assert days_on(desk, "acme/Work board.md") == work
    assert work[0] < date(2026, 12, 31)


def test_after_that_no_run_finds_anything_to_do_whatever_the_day(weeks_later: Desk) -> None:
    weeks_later.edit("config.yaml", LINE, TWO)
    weeks_later.apply()
    for moment in ((2027, 2, 25), (2027, 3, 3), (2027, 4, 1), (2028, 2, 24)):
        weeks_later.clock.set(*moment)
        weeks_later.is_quiet()


def test_the_first_meeting_of_a_later_part_is_not_in_the_past(weeks_later: Desk) -> None:
    weeks_later.edit("config.yaml", "[essentials]", "[essentials, teams]")
    weeks_later.apply()
    starts = re.findall(r"DTSTART;[^:]*:(\d{8})", weeks_later.read("acme/Meetings.ics"))
    assert min(starts) == "20261207"
    assert len(starts) > 1
    assert all(start >= "20270301" for start in sorted(starts)[1:])


def test_a_day_that_a_person_wrote_stands_in_any_run(weeks_later: Desk) -> None:
    own = "parts: [essentials, rollout from 2027-02-10]"
    weeks_later.edit("config.yaml", LINE, own)
    assert "The part rollout" not in weeks_later.apply().said
    assert own in weeks_later.read("config.yaml")
    first = days_on(weeks_later, BOARD)[0]
    assert date(2027, 2, 10) <= first < date(2027, 3, 1)
    weeks_later.is_quiet()
    weeks_later.edit("config.yaml", "2027-02-10", "2027-02-15")
    weeks_later.apply()
    assert (days_on(weeks_later, BOARD)[0] - first).days == 5


def test_parts_that_a_workspace_begins_with_have_no_day_of_their_own(desk: Desk) -> None:
    desk.write("config.yaml", TEAM.replace("[essentials]", "[essentials, rollout]"))
    desk.apply()
    assert "parts: [essentials, rollout]\n" in desk.read("config.yaml")
    assert date(2026, 12, 7) <= days_on(desk, BOARD)[0] < date(2026, 12, 14)


def test_before_a_workspace_begins_a_further_part_begins_with_it(acme: Desk) -> None:
    acme.clock.set(2026, 11, 25)
    acme.edit("config.yaml", "[essentials]", "[essentials, rollout]")
    acme.apply()
    assert "[essentials, rollout from 2026-12-07]" in acme.read("config.yaml")


def test_a_part_switched_off_and_on_again_keeps_its_day(weeks_later: Desk) -> None:
    desk = weeks_later
    desk.edit("config.yaml", LINE, TWO)
    desk.apply()
    board = desk.read(BOARD)
    desk.edit("config.yaml", ", rollout from 2027-03-01", "")
    desk.apply()
    desk.clock.set(2027, 6, 2)
    desk.is_quiet()
    desk.edit("config.yaml", LINE, TWO)
    assert "begins on Mon 1 Mar 2027, as before" in desk.apply().said
    assert "[essentials, rollout from 2027-03-01]" in desk.read("config.yaml")
    assert desk.read(BOARD) == board
    desk.is_quiet()


def test_a_part_from_the_beginning_has_no_day_when_it_is_switched_on_again(acme: Desk) -> None:
    acme.edit("config.yaml", "[essentials]", "[]")
    acme.apply("--approve", acme.plan()["needs_approval"])
    acme.clock.set(*LATER)
    acme.edit("config.yaml", "[]", "[essentials]")
    assert "The part" not in acme.apply().said
    assert "parts: [essentials]\n" in acme.read("config.yaml")
    acme.is_quiet()


def test_a_day_that_nobody_says_yes_to_is_not_written(weeks_later: Desk) -> None:
    weeks_later.edit("config.yaml", LINE, TWO)
    weeks_later.run("apply", answer="n\n")
    assert TWO in weeks_later.read("config.yaml")
    weeks_later.clock.set(2027, 3, 4)
    weeks_later.apply()
    assert "rollout from 2027-03-08" in weeks_later.read("config.yaml")


def test_with_lost_state_no_part_gets_a_new_day(desk: Desk) -> None:
    desk.write("config.yaml", TEAM.replace("[essentials]", "[essentials, rollout]"))
    desk.apply()
    config, board = desk.read("config.yaml"), desk.read(BOARD)
    desk.clock.set(*LATER)
    desk.forget()
    desk.run("apply", answer="n\n")  # leaves a state without a word in it
    for _ in range(2):
        assert "The part" not in desk.apply().said
        assert desk.read("config.yaml") == config
        assert desk.read(BOARD) == board
    desk.is_quiet()


def test_a_state_that_knows_of_no_days_gives_one_only_to_what_is_not_there(acme: Desk) -> None:
    [state] = acme.data.glob("workspaces/*.sqlite3")
    with sqlite3.connect(state) as opened:
        opened.execute("DELETE FROM fact WHERE name = 'parts'")
    opened.close()
    acme.clock.set(*LATER)
    acme.edit("config.yaml", "[essentials]", "[essentials, rollout]")
    acme.apply()
    assert "[essentials, rollout from 2027-03-01]" in acme.read("config.yaml")
    acme.is_quiet()


def test_every_form_of_the_list_keeps_its_comments(weeks_later: Desk) -> None:
    block = "parts:\n  - essentials  # since the beginning\n  # Dana's:\n  - rollout  # new\n"
    weeks_later.edit("config.yaml", LINE + "\n", block)
    weeks_later.apply()
    said = block.replace("- rollout", "- rollout from 2027-03-01")
    assert said in weeks_later.read("config.yaml")


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        ("rollout since 2027-03-01", "Write the part alone, or with its first day: rollout from"),
        ("rollout from", "Write the part alone, or with its first day: rollout from 2027-03-01"),
        ("rollout from Monday", "A day is written like 2026-12-07."),
        ("rollout from 2027-02-30", "There is no day 2027-02-30 in the calendar."),
        ("Rollout from 2027-03-01", "A key has small letters"),
        ("rolout from 2027-03-01", "Did you mean 'rollout'?"),
        ("essentials from 2027-03-01", "The part 'essentials' is chosen twice. Delete one"),
    ],
)
def test_a_part_that_is_written_wrongly_is_told_with_its_place(
    desk: Desk, part: str, instead: str
) -> None:
    desk.write("config.yaml", TEAM.replace("[essentials]", f"[essentials, {part}]"))
    [problem] = desk.run("validate", "--json", code=1).data["problems"]
    assert (problem["line"], problem["column"]) == (5, 21)
    assert instead in f"{problem['message']} {problem['instead']}"
