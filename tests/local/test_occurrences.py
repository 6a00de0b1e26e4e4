"""Single occurrences in the calendar file: what members made of them stays, whoever writes."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events  # type: ignore[import-untyped]

from smarketing.integrations.local.calendar.calendar import Calendar, parse_calendar
from smarketing.integrations.local.calendar.contents import calendar_contents
from smarketing.integrations.local.calendar.meeting import Meeting
from smarketing.integrations.local.document import Mark
from smarketing.kinds import ARCHIVED, THERE, Value

from .calendar_program import alter_in_a_calendar

ANA = "Ana Silva <ana@acme.example>"
ZOE = "Zoë Young <zoe@acme.example>"
WEEKLY: dict[str, Value] = {
    "title": "Weekly",
    "description": "What moved?",
    "start": "2026-12-07T10:00",
    "minutes": 45,
    "timezone": "Europe/London",
    "rule": "FREQ=WEEKLY;BYDAY=MO",
    "attendees": frozenset({ANA}),
    "notes": None,
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    diary = parse_calendar("")
    diary.add(Mark("ws", "meeting:weekly"), WEEKLY)
    diary.complete_zones()
    path = tmp_path / "Meetings.ics"
    path.write_bytes(diary.text().encode())
    return path


def read(file: Path) -> tuple[Calendar, Meeting]:
    diary = parse_calendar(file.read_bytes().decode())
    return diary, diary.meetings[0]


def write(file: Path, diary: Calendar) -> None:
    file.write_bytes(diary.text().encode())


def told(file: Path) -> dict[str, tuple[str, object]]:
    return {
        str(found.remote.fields["date"]): (
            found.remote.existence,
            found.remote.fields.get("start"),
        )
        for found in calendar_contents("Meetings.ics", read(file)[0], "v")
        if found.remote.kind == "occurrence"
    }


def shown(file: Path, until: date = date(2027, 1, 1)) -> list[str]:
    """Return when people's calendars show the meeting."""
    calendar = icalendar.Calendar.from_ical(file.read_bytes())
    found = recurring_ical_events.of(calendar).between(date(2026, 12, 1), until)
    london = ZoneInfo("Europe/London")
    return sorted(f"{e['DTSTART'].dt.astimezone(london):%d %H:%M}" for e in found)


def test_what_a_calendar_program_moved_or_deleted_is_told(file: Path) -> None:
    alter_in_a_calendar(file, "Weekly", "2026-12-14", "2026-12-16T15:00")
    alter_in_a_calendar(file, "Weekly", "2026-12-21", "")
    assert told(file) == {
        "2026-12-14": (THERE, "2026-12-16T15:00"),
        "2026-12-21": (ARCHIVED, None),
    }


@pytest.mark.parametrize(
    "written",
    [
        "RECURRENCE-ID:20261214T100000Z",
        "RECURRENCE-ID;TZID=Europe/London:20261214T100000",
        "RECURRENCE-ID;\r\n TZID=Europe/London:20261214T100000",
        "recurrence-id;value=date:20261214",
    ],
)
def test_an_occurrence_is_known_however_its_date_is_written(file: Path, written: str) -> None:
    uid = read(file)[1].uid
    text = file.read_bytes().decode()
    own = (
        f"BEGIN:VEVENT\r\nUID:{uid}\r\n{written}\r\nDTSTART:20261215T090000Z\r\n"
        "STATUS:CANCELLED\r\nEND:VEVENT\r\n"
    )
    file.write_bytes(text.replace("END:VCALENDAR", f"{own}END:VCALENDAR").encode())
    assert told(file) == {"2026-12-14": (ARCHIVED, None)}
    assert read(file)[0].text() == file.read_bytes().decode()


def test_several_dates_may_be_left_out_on_one_line(file: Path) -> None:
    text = file.read_bytes().decode()
    line = "EXDATE;TZID=Europe/London:20261214T100000,20261221T100000\r\n"
    file.write_bytes(text.replace("RRULE:FREQ=WEEKLY", f"{line}RRULE:FREQ=WEEKLY").encode())
    assert list(told(file)) == ["2026-12-14", "2026-12-21"]


def test_a_guest_is_invited_to_one_occurrence_and_calendars_show_it_once(file: Path) -> None:
    before = shown(file)
    diary, weekly = read(file)
    diary.invite(weekly, date(2026, 12, 14), frozenset({ANA, ZOE}))
    write(file, diary)
    assert shown(file) == before
    calendar = icalendar.Calendar.from_ical(file.read_bytes())
    by_day = {
        event["DTSTART"].dt.day: event.get("ATTENDEE")
        for event in recurring_ical_events.of(calendar).between(
            date(2026, 12, 1), date(2026, 12, 31)
        )
    }
    assert len(by_day[14]) == 2
    assert "ana" in by_day[7]
    (own,) = [each for each in calendar.walk("VEVENT") if "RECURRENCE-ID" in each]
    assert (str(own["SUMMARY"]), str(own["DESCRIPTION"])) == ("Weekly", "What moved?")
    assert not [name for name in own if str(name).startswith("X-SMARKETING")]


def test_another_time_of_the_series_leaves_cancelled_and_moved_ones_as_members_made_them(
    file: Path,
) -> None:
    alter_in_a_calendar(file, "Weekly", "2026-12-14", "2026-12-16T15:00")
    alter_in_a_calendar(file, "Weekly", "2026-12-21", "")
    diary, weekly = read(file)
    diary.invite(weekly, date(2026, 12, 28), frozenset({ANA, ZOE}))
    assert shown(file) == ["07 10:00", "16 15:00", "28 10:00"]
    diary.update(weekly, {"start": "2026-12-07T11:30"})
    write(file, diary)
    assert shown(file) == ["07 11:30", "16 15:00", "28 11:30"]
    assert told(file) == {
        "2026-12-14": (THERE, "2026-12-16T15:00"),
        "2026-12-21": (ARCHIVED, None),
        "2026-12-28": (THERE, "2026-12-28T11:30"),
    }


def test_another_title_of_the_series_touches_no_single_occurrence(file: Path) -> None:
    alter_in_a_calendar(file, "Weekly", "2026-12-14", "2026-12-16T15:00")
    diary, weekly = read(file)
    own = [c for c in diary.chunks if not isinstance(c, str) and c is not weekly]
    before = [list(each.lines) for each in own]
    diary.update(weekly, {"title": "Smarketing weekly"})
    assert [list(each.lines) for each in own] == before


def test_a_broken_occurrence_of_a_member_is_left_as_it_is(file: Path) -> None:
    uid = read(file)[1].uid
    text = file.read_bytes().decode()
    own = f"BEGIN:VEVENT\r\nUID:{uid}\r\nRECURRENCE-ID:soon\r\nEND:VEVENT\r\n"
    file.write_bytes(text.replace("END:VCALENDAR", f"{own}END:VCALENDAR").encode())
    diary, weekly = read(file)
    assert told(file) == {}
    diary.update(weekly, {"title": "Another"})
    assert own in diary.text()


def test_an_invitation_keeps_the_answers_of_those_who_were_invited(file: Path) -> None:
    diary, weekly = read(file)
    made = diary.invite(weekly, date(2026, 12, 14), frozenset({ANA}))
    answered = [
        f"{line.rstrip()}\r\n".replace("CN=", "PARTSTAT=ACCEPTED;CN=")
        for line in made.all("ATTENDEE")
    ]
    made.put("ATTENDEE", answered)
    made.invite(frozenset({ANA, ZOE}))
    assert sum("PARTSTAT=ACCEPTED" in line for line in made.all("ATTENDEE")) == 1
    assert made.attendees() == {ANA, ZOE}
    assert made.raw("SEQUENCE") == "1"
    assert made.fields["start"] == datetime(2026, 12, 14, 10).isoformat(timespec="minutes")
