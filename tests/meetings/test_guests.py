"""Guests of meetings from week to week, and members who move, cancel and swap in their calendar."""

import icalendar
import pytest
import recurring_ical_events  # type: ignore[import-untyped]

from tests.local.calendar_program import alter_in_a_calendar
from tests.promises.desk import Desk

from .conftest import PLAYBOOK

FILE, TITLE = "acme/Meetings.ics", "Sales meeting"


def sync(desk: Desk) -> list[str]:
    """Run sync, hold that a further one does nothing, and return what the first one said."""
    said = desk.run("sync").out.splitlines()
    before = desk.times()
    again = desk.run("sync").out
    assert "everything is in step" in again, again
    assert desk.times() == before
    desk.is_quiet()
    return [line.strip() for line in said[1:]]


def guests(desk: Desk) -> dict[str, list[str]]:
    """Return by day who is in people's calendars beside the team itself."""
    calendar = icalendar.Calendar.from_ical(desk.path(FILE).read_bytes())
    found = recurring_ical_events.of(calendar).between((2026, 12, 7), (2027, 3, 1))
    shown: dict[str, list[str]] = {}
    for event in found:
        people = event.get("ATTENDEE", [])
        people = people if isinstance(people, list) else [people]
        names = [str(one.params["CN"]).split()[0] for one in people]
        if extra := sorted(set(names) - {"Ana", "Ben"}):
            shown[f"{event['DTSTART'].dt:%d %b}"] = extra
    return shown


def starts(desk: Desk) -> list[str]:
    """Return when people's calendars show the meeting this year."""
    calendar = icalendar.Calendar.from_ical(desk.path(FILE).read_bytes())
    found = recurring_ical_events.of(calendar).between((2026, 12, 7), (2027, 1, 1))
    return sorted(f"{event['DTSTART'].dt:%d %H:%M}" for event in found)


def outbox(desk: Desk) -> list[str]:
    folder = desk.path("acme/Outbox")
    return sorted(each.name for each in folder.iterdir() if "guest" in each.name)


def alter(desk: Desk, day: str, start: str) -> None:
    alter_in_a_calendar(desk.path(FILE), TITLE, day, start)


def swap(desk: Desk, old: str, new: str) -> None:
    """Let a member put another person into the calendar in the last place where one stands."""
    head, _, tail = desk.read(FILE).rpartition(old)
    desk.write(FILE, head + new + tail)


def test_the_two_next_meetings_have_a_guest_each_who_is_told_once(team: Desk) -> None:
    assert guests(team) == {}
    assert sync(team) == [
        "Dana Wu is the guest at “Sales meeting” of Thu 10 Dec 2026.",
        "Zoë Young is the guest at “Sales meeting” of Thu 17 Dec 2026.",
    ]
    assert guests(team) == {"10 Dec": ["Dana"], "17 Dec": ["Zoë"]}
    assert len(outbox(team)) == 2
    team.clock.set(2026, 12, 10, 9, 30)  # while it is held
    assert sync(team) == ["Dana Wu is the guest at “Sales meeting” of Thu 24 Dec 2026."]
    team.clock.set(2027, 1, 25)
    sync(team)
    assert guests(team) == {
        "10 Dec": ["Dana"],
        "17 Dec": ["Zoë"],
        "24 Dec": ["Dana"],
        "28 Jan": ["Zoë"],
        "04 Feb": ["Dana"],
    }


def test_apply_alone_invites_nobody(team: Desk) -> None:
    team.clock.set(2026, 12, 14)
    team.apply()
    assert guests(team) == {}
    assert outbox(team) == []


def test_what_a_member_moved_or_cancelled_stays_in_every_run(team: Desk) -> None:
    alter(team, "2026-12-10", "2026-12-11T15:00")
    alter(team, "2026-12-17", "")
    before = team.read(FILE)
    team.is_quiet()
    assert team.read(FILE) == before
    sync(team)
    assert guests(team) == {"11 Dec": ["Dana"], "24 Dec": ["Zoë"]}
    alter(team, "2026-12-24", "2026-12-23T09:00")
    alter(team, "2026-12-10", "")
    before = team.read(FILE)
    sync(team)
    assert team.read(FILE).count("RECURRENCE-ID") == before.count("RECURRENCE-ID") + 1
    assert guests(team) == {"23 Dec": ["Zoë"], "31 Dec": ["Dana"]}


def test_whom_a_member_put_there_stands_and_has_had_their_turn(team: Desk) -> None:
    sync(team)
    swap(team, 'CN="Zoë Young":mailto:zoe@', 'CN="Dana Wu":mailto:dana@')
    assert guests(team) == {"10 Dec": ["Dana"], "17 Dec": ["Dana"]}
    before = team.read(FILE)
    sync(team)
    assert team.read(FILE) == before
    team.clock.set(2026, 12, 21)
    sync(team)
    assert guests(team)["24 Dec"] == ["Zoë"]


def test_whom_a_member_took_off_is_not_invited_again(team: Desk) -> None:
    sync(team)
    lines = team.read(FILE).splitlines(keepends=True)
    team.write(FILE, "".join(line for line in lines if "zoe@" not in line))
    assert sync(team) == []
    assert guests(team) == {"10 Dec": ["Dana"]}
    team.clock.set(2026, 12, 15)
    assert sync(team) == ["Zoë Young is the guest at “Sales meeting” of Thu 24 Dec 2026."]


def test_who_is_away_is_replaced_and_who_takes_over_is_told(team: Desk) -> None:
    sync(team)
    team.edit(
        "config.yaml",
        "  zoe: Zoë Young <zoe@acme.example>",
        "  zoe: {name: Zoë Young <zoe@acme.example>, away: 2026-12-14 to 2026-12-20}",
    )
    assert sync(team) == ["Dana Wu is the guest at “Sales meeting” of Thu 17 Dec 2026."]
    assert guests(team) == {"10 Dec": ["Dana"], "17 Dec": ["Dana"]}
    assert len(outbox(team)) == 3


def test_who_has_left_is_no_guest_any_more_and_a_newcomer_goes_next(team: Desk) -> None:
    sync(team)
    team.edit(
        "config.yaml",
        "  dana: Dana Wu <dana@acme.example>\n",
        "  dana: {name: Dana Wu <dana@acme.example>, left: 2026-12-08, work-to: zoe}\n"
        "  emil: Emil Roth <emil@acme.example>\n",
    )
    team.edit("config.yaml", "members: [zoe]", "members: [zoe, emil]")
    team.apply()
    assert sync(team) == ["Emil Roth is the guest at “Sales meeting” of Thu 10 Dec 2026."]
    assert guests(team) == {"10 Dec": ["Emil"], "17 Dec": ["Zoë"]}


def test_on_a_public_holiday_nobody_is_invited(team: Desk) -> None:
    team.edit("config.yaml", "timezone:", "holidays: [2026-12-10, 2026-12-24]\ntimezone:")
    assert sync(team) == ["Dana Wu is the guest at “Sales meeting” of Thu 17 Dec 2026."]
    said = team.run("status", code=None).out
    day = "Thursday 10 December 2026, 09:00 to 09:45, a holiday (Holiday); then every Thursday"
    assert f"Sales meeting: {day}" in said


def test_a_lost_state_invites_nobody_a_second_time(team: Desk) -> None:
    sync(team)
    before = team.read(FILE)
    team.forget()
    team.apply()
    assert sync(team) == []
    assert team.read(FILE) == before
    assert len(outbox(team)) == 2
    team.clock.set(2026, 12, 10, 10)
    assert sync(team) == ["Dana Wu is the guest at “Sales meeting” of Thu 24 Dec 2026."]


def test_another_time_of_the_series_takes_the_guests_along_and_nobody_else(team: Desk) -> None:
    sync(team)
    alter(team, "2026-12-31", "2026-12-30T11:00")
    team.edit("meets/playbook.yaml", "at 9:00", "at 9:30")
    team.apply()
    sync(team)
    assert starts(team) == ["10 09:30", "17 09:30", "24 09:30", "30 11:00"]
    assert guests(team) == {"10 Dec": ["Dana"], "17 Dec": ["Zoë"]}
    assert len(outbox(team)) == 2


def test_status_shows_when_the_next_meeting_really_is(team: Desk) -> None:
    def line() -> str:
        said = team.run("status", code=None).out.splitlines()
        return next((each.strip() for each in said if "Sales meeting: " in each), "")

    at_nine = "09:00 to 09:45; then every Thursday"
    assert line() == f"Sales meeting: Thursday 10 December 2026, {at_nine}"
    alter(team, "2026-12-10", "2026-12-11T15:00")
    moved = "15:00 to 15:45, moved from Thursday 10 December 2026"
    assert line() == f"Sales meeting: Friday 11 December 2026, {moved}"
    data = team.run("status", "--json", code=None).data["meetings"]
    assert [(each["next"], each["date"], each["moved"]) for each in data] == [
        ("2026-12-11T15:00", "2026-12-10", True)
    ]
    team.clock.set(2026, 12, 11, 15, 0)
    assert line() == f"Sales meeting: Friday 11 December 2026, {moved}"
    team.clock.set(2026, 12, 11, 15, 1)
    assert line() == f"Sales meeting: Thursday 17 December 2026, {at_nine}"
    alter(team, "2026-12-17", "")
    assert line() == f"Sales meeting: Thursday 24 December 2026, {at_nine}"


def test_a_meeting_that_was_ended_has_no_guests_and_is_not_next(team: Desk) -> None:
    sync(team)
    team.run("archive", "meeting:sales", "--yes", code=None)
    before = team.read(FILE)
    assert "UNTIL" in before
    assert team.run("sync").out
    assert team.read(FILE) == before
    assert team.run("status", "--json", code=None).data["meetings"] == []


def test_undo_says_which_invitations_stay_and_none_is_sent_again(team: Desk) -> None:
    sync(team)
    before = team.files()
    said = team.run("undo", "--yes").said
    assert "“the meeting of 2026-12-10” stays" in said
    assert "A message went to Dana Wu and Zoë Young." in said
    sync(team)
    assert team.files() == before


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("marketing", "does not say who the guest is. Write the role that the guest comes from"),
        ("one of markting", "There is no role 'markting'. Did you mean 'marketing'?"),
        ("one of sales", "Everybody of 'sales' is invited to this meeting anyway."),
    ],
)
def test_a_guest_that_is_not_understood_is_told_with_its_place(
    team: Desk, sentence: str, words: str
) -> None:
    team.edit("meets/playbook.yaml", "one of marketing", sentence)
    line = PLAYBOOK.splitlines().index("    guest: one of marketing") + 1
    said = team.run("plan", code=1).err
    assert f"meets/playbook.yaml:{line}:12: " in said
    assert words in said
