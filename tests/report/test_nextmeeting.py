"""The next meeting by the clock: whatever rule a member wrote, in the time of who asks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smarketing.calendar.nextmeeting import next_by_clock, next_by_notes
from smarketing.calendar.occurrences import Series

LONDON = ZoneInfo("Europe/London")


def weekly(rule: str = "FREQ=WEEKLY;BYDAY=MO", zone: str = "Europe/London") -> Series:
    return Series(datetime(2026, 12, 7, 10, 0), 45, zone, rule)


def told(
    meeting: Series,
    year: int,
    month: int,
    day: int,
    hour: int = 0,
    minute: int = 0,
    zone: ZoneInfo = LONDON,
) -> str:
    now = datetime(year, month, day, hour, minute, tzinfo=zone)
    found = next_by_clock(meeting, now)
    return found.words if found else ""


def test_the_next_date_is_the_first_that_has_not_begun() -> None:
    assert told(weekly(), 2026, 11, 1).startswith("Monday 7 December 2026, 10:00 to 10:45")
    assert told(weekly(), 2026, 12, 7, 10, 0).startswith("Monday 7 December 2026")
    assert told(weekly(), 2026, 12, 7, 10, 1).startswith("Monday 14 December 2026")
    assert told(weekly(), 2028, 2, 29).startswith("Monday 6 March 2028")


def test_a_rhythm_of_two_weeks_counts_from_its_first_date() -> None:
    other = weekly("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO")
    assert told(other, 2026, 12, 8) == (
        "Monday 21 December 2026, 10:00 to 10:45; then every 2 weeks on Monday"
    )


def test_the_time_is_that_of_who_asks_through_every_clock_change() -> None:
    assert "11:00 to 11:45" in told(weekly(), 2026, 12, 8, zone=ZoneInfo("Europe/Paris"))
    york = ZoneInfo("America/New_York")
    assert "Monday 8 March 2027, 05:00 to 05:45" in told(weekly(), 2027, 3, 2, zone=york)
    # New York changes its clocks two weeks before London does.
    assert "Monday 15 March 2027, 06:00 to 06:45" in told(weekly(), 2027, 3, 9, zone=york)
    tokyo = weekly(zone="Asia/Tokyo")
    assert "Monday 14 December 2026, 01:00 to 01:45; then every" in told(tokyo, 2026, 12, 8)
    assert told(tokyo, 2026, 12, 8, zone=york) == "Sunday 13 December 2026, 20:00 to 20:45"


def test_a_series_that_ended_and_a_day_that_is_past_are_not_told() -> None:
    ended = weekly("FREQ=WEEKLY;BYDAY=MO;UNTIL=20261214T100000Z")
    assert told(ended, 2026, 12, 8).startswith("Monday 14 December 2026")
    assert told(ended, 2026, 12, 14, 10, 1) == ""
    to_a_day = weekly("UNTIL=20261214;FREQ=WEEKLY;BYDAY=MO")
    assert told(to_a_day, 2026, 12, 8).startswith("Monday 14 December 2026")
    assert told(weekly("FREQ=WEEKLY;BYDAY=MO;COUNT=2"), 2026, 12, 15) == ""
    assert told(weekly(""), 2026, 12, 7, 9) == "Monday 7 December 2026, 10:00 to 10:45"
    assert told(weekly(""), 2026, 12, 8) == ""


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=00;BYDAY=MO",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31",
        "FREQ=SECONDLY",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY\nRDATE:20270101T100000",
        "FREQ=WEEKLY;UNTIL=20269999",
        "every Monday",
        ";;;=",
    ],
)
def test_a_rule_that_has_no_date_is_told_of_by_nothing_and_at_once(rule: str) -> None:
    assert told(weekly(rule), 2027, 3, 1) == ""
    assert next_by_notes(weekly(rule), "## On 1 Mar 2027\n").start == datetime(2026, 12, 7, 10, 0)


PARTS = st.sampled_from(
    (
        *("FREQ=", "DAILY", "WEEKLY", "YEARLY", "BYDAY=", "MO", "-1FR", "INTERVAL=", "UNTIL="),
        *("BYMONTH=", "BYSETPOS=", "20270101", "T000000Z", "COUNT=", "WKST="),
        *(";", ",", "0", "2", "-1", "99"),
    )
)


@given(st.lists(PARTS, max_size=8).map("".join), st.integers(-100, 4000))
def test_no_rule_and_no_moment_is_too_odd(rule: str, days: int) -> None:
    now = datetime(2026, 12, 7, tzinfo=UTC) + timedelta(days=days)
    found = next_by_clock(weekly(f"FREQ=WEEKLY;{rule}"), now)
    if found is not None:
        assert found.start.replace(tzinfo=UTC) >= now


def test_a_year_of_notes_and_hostile_headings_are_read_in_no_time() -> None:
    notes = "#" + " " * 50_000 + "\n" + "# on 1 Jan 2020 " * 5_000
    assert next_by_notes(weekly(), notes).start == datetime(2026, 12, 7, 10, 0)
