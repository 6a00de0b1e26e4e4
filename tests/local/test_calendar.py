"""Meetings: a calendar that other programs read, in which members' events stay."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st

from smarketing.integrations.local.calendar.calendar import Calendar, parse_calendar
from smarketing.integrations.local.calendar.zones import zone_text
from smarketing.integrations.local.document import Mark
from smarketing.kinds import Value

WEEKLY: dict[str, Value] = {
    "title": "Smarketing, weekly",
    "description": "Zoë leads; bring numbers.",
    "start": "2026-12-07T10:00",
    "minutes": 45,
    "timezone": "Europe/London",
    "rule": "FREQ=WEEKLY;BYDAY=MO",
    "attendees": frozenset({"Ana Silva <ana@acme.example>", "Okoye, Ben <ben@acme.example>"}),
    "notes": "Weekly%20notes.md",
}
MEMBERS = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nX-WR-CALNAME:Mine\n"
    "BEGIN:VEVENT\nUID:own\nDTSTART:20261224T180000Z\nSUMMARY:Dinner\n  folded\nEND:VEVENT\n"
    "END:VCALENDAR\n"
)


def weekly(text: str = "") -> Calendar:
    diary = parse_calendar(text)
    diary.add(Mark("ws", "meeting:weekly"), WEEKLY)
    diary.complete_zones()
    return parse_calendar(diary.text())


def test_what_is_written_is_read_and_the_same_every_time() -> None:
    assert dict(weekly().meetings[0].fields) == WEEKLY
    assert weekly().text() == weekly().text()
    assert (
        weekly(MEMBERS)
        .text()
        .replace("\r\n", "\n")
        .startswith(MEMBERS.removesuffix("END:VCALENDAR\n"))
    )


def test_the_meeting_stays_at_ten_when_the_clocks_change() -> None:
    calendar = icalendar.Calendar.from_ical(weekly().text())
    london = ZoneInfo("Europe/London")
    for day in (date(2026, 12, 14), date(2027, 6, 14), date(2045, 6, 12)):
        (event,) = recurring_ical_events.of(calendar).at(day)
        start = event["DTSTART"].dt.astimezone(london)
        assert (start.hour, start.minute, start.weekday()) == (10, 0, 0)
        assert (event["DTEND"].dt - event["DTSTART"].dt).total_seconds() == 45 * 60


def test_a_change_raises_the_sequence_and_keeps_what_a_member_added() -> None:
    text = weekly(MEMBERS).text().replace(
        "SEQUENCE:0\r\n", "SEQUENCE:4\r\nLOCATION:Room 1\r\nBEGIN:VALARM\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\n"
    ).replace('ATTENDEE;CN="Ana', 'ATTENDEE;PARTSTAT=ACCEPTED;CN="Ana')  # fmt: skip
    diary = parse_calendar(text)
    diary.meetings[0].update(
        {"title": "New", "attendees": frozenset({"Ana Silva <ana@acme.example>"})}
    )
    after = diary.text()
    assert "SEQUENCE:5\r\n" in after
    assert "LOCATION:Room 1\r\n" in after
    assert "BEGIN:VALARM\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\n" in after
    assert "PARTSTAT=ACCEPTED" in after
    assert "ben@acme.example" not in after
    assert "SUMMARY:Dinner\n  folded\n" in after
    assert parse_calendar(after).meetings[0].fields["title"] == "New"


def test_an_ended_series_keeps_its_past() -> None:
    diary = weekly()
    diary.meetings[0].end(date(2027, 1, 4))
    calendar = icalendar.Calendar.from_ical(diary.text())
    starts = [
        event["DTSTART"].dt.date()
        for event in recurring_ical_events.of(calendar).between(date(2026, 1, 1), date(2028, 1, 1))
    ]
    assert (starts[0], starts[-1]) == (date(2026, 12, 7), date(2027, 1, 4))
    again = parse_calendar(diary.text()).meetings[0]
    assert again.archived
    assert dict(again.fields) == WEEKLY
    again.resume()
    assert again.raw("RRULE") == WEEKLY["rule"]


def test_an_occurrence_that_a_member_moved_is_not_a_second_meeting() -> None:
    text = weekly().text()
    event = re.search(r"BEGIN:VEVENT.*END:VEVENT\r\n", text, re.DOTALL)
    assert event
    moved = event.group().replace("SEQUENCE:0", "RECURRENCE-ID:20261214T100000Z")
    both = text.replace("END:VCALENDAR", moved + "END:VCALENDAR")
    diary = parse_calendar(both)
    assert len(diary.meetings) == 1
    diary.meetings[0].update({"title": "New"})
    assert moved in diary.text()


def test_an_event_moved_in_another_program_is_read() -> None:
    text = re.sub(r"DTSTART[^\r]*", "DTSTART:20261207T110000Z", weekly().text())
    text = text.replace("DURATION:PT45M", "DTEND:20261207T120000Z")
    fields = parse_calendar(text).meetings[0].fields
    assert (fields["start"], fields["minutes"], fields["timezone"]) == (
        "2026-12-07T11:00",
        60,
        "UTC",
    )


def test_a_broken_event_of_ours_is_an_error_and_a_members_is_not() -> None:
    assert parse_calendar(MEMBERS.replace("20261224T180000Z", "nonsense")).meetings == []
    with pytest.raises(ValueError, match=r".+"):
        parse_calendar(weekly().text().replace("20261207T100000\r\n", "nonsense\r\n"))


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=80),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40).map(str.strip),
)
@settings(max_examples=50, deadline=None)
def test_any_words_come_back_from_the_calendar(title: str, text: str) -> None:
    diary = parse_calendar("")
    diary.add(Mark("ws", "meeting:a"), WEEKLY | {"title": title, "description": text})
    assert parse_calendar(diary.text()).text() == diary.text()
    fields = parse_calendar(diary.text()).meetings[0].fields
    assert (fields["title"], fields["description"]) == (title, text)
    start = datetime.fromisoformat(str(fields["start"]))
    assert start == datetime(2026, 12, 7, 10)


@pytest.mark.parametrize(
    "name", ["Europe/London", "America/New_York", "Australia/Sydney", "Asia/Kolkata", "Africa/Cairo",
             "Europe/Dublin", "Asia/Jerusalem", "America/Sao_Paulo", "Australia/Lord_Howe"]
)  # fmt: skip
def test_a_time_zone_says_the_same_as_the_system(name: str) -> None:
    text = zone_text(name, 2026)
    rules = icalendar.Timezone.from_ical(text)
    assert isinstance(rules, icalendar.Timezone)
    zone = rules.to_tz()
    for day in range(0, 365 * 4, 3):
        noon = datetime(2026, 6, 1, 12) + timedelta(days=day)
        there = noon.replace(tzinfo=ZoneInfo(name)).utcoffset()
        assert noon.replace(tzinfo=zone).utcoffset() == there, noon


def test_a_zone_with_yearly_rules_lists_no_dates() -> None:
    assert "RDATE" not in zone_text("Europe/London", 2026)
    assert "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU" in zone_text("Europe/London", 2026)


def test_an_unknown_zone_is_an_error_with_its_name() -> None:
    with pytest.raises(ValueError, match="Europe/Londn"):
        parse_calendar("").add(Mark("ws", "meeting:a"), WEEKLY | {"timezone": "Europe/Londn"})
