"""Occurrences: at the right moment for ten years, and where members put them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events  # type: ignore[import-untyped]

from smarketing.calendar.occurrences import (
    Altered,
    Series,
    altered_of,
    aware,
    occurrences,
    series_of,
    upcoming,
)
from smarketing.calendar.read import parse_when
from smarketing.calendar.when import first
from smarketing.kinds import Value

ZONES = (
    "Europe/London",
    "America/New_York",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
)
SENTENCES = (
    "every Monday at 10:00 for 45 minutes",
    "every day at 2:30am for 90 minutes",
    "every second Sunday at 1:30am",
    "on the last Friday of each month at 16:00",
    "every quarter on the first Sunday at 0:15 for 1 hour",
)
BEGIN, TEN_YEARS = date(2026, 12, 7), 3653
MONDAYS = Series(datetime(2026, 12, 7, 10), 45, "Europe/London", "FREQ=WEEKLY;BYDAY=MO")
WINTER = (datetime(2026, 12, 1, tzinfo=UTC), datetime(2027, 1, 10, tzinfo=UTC))


def series(sentence: str, zone: str) -> Series:
    when = parse_when(sentence, zone)
    return Series(first(when, BEGIN), when.minutes, zone, when.rule)


def as_another_library_has_them(one: Series, days: int) -> list[datetime]:
    event = icalendar.Event()
    event.add("uid", "x")
    event.add("dtstart", one.start.replace(tzinfo=ZoneInfo(one.timezone)))
    event.add("duration", timedelta(minutes=one.minutes))
    event.add("rrule", icalendar.vRecur.from_ical(one.rule))
    calendar = icalendar.Calendar()
    calendar.add_component(event)
    found = recurring_ical_events.of(calendar).between(BEGIN, BEGIN + timedelta(days=days))
    return sorted((each["DTSTART"].dt.astimezone(UTC)) for each in found)


@pytest.mark.parametrize("zone", ZONES)
def test_ten_years_of_occurrences_are_as_another_library_has_them(zone: str) -> None:
    for sentence in SENTENCES:
        one = series(sentence, zone)
        days = 400 if "every day" in sentence else TEN_YEARS
        theirs = as_another_library_has_them(one, days)
        since, until = theirs[0], theirs[-1] + timedelta(seconds=1)
        ours = occurrences(one, since, until)
        assert [each.start.astimezone(UTC) for each in ours] == theirs, sentence


@pytest.mark.parametrize("zone", ZONES)
def test_for_ten_years_the_clock_on_the_wall_shows_the_time_that_was_agreed(zone: str) -> None:
    weekly = series(SENTENCES[0], zone)
    begins = aware(weekly.start, zone)
    ours = occurrences(weekly, begins, begins + timedelta(days=TEN_YEARS))
    assert len(ours) == 522
    for number, each in enumerate(ours):
        assert each.start.replace(tzinfo=None) == weekly.start + timedelta(weeks=number)
        assert each.end.astimezone(UTC) - each.start.astimezone(UTC) == timedelta(minutes=45)


@pytest.mark.parametrize(
    ("zone", "local", "moment"),
    [
        # The hour that the clocks leave out, and the one that they show twice.
        ("Europe/London", "2027-03-28T01:30", "2027-03-28T01:30Z"),
        ("Europe/London", "2027-10-31T01:30", "2027-10-31T00:30Z"),
        ("America/New_York", "2027-03-14T02:30", "2027-03-14T07:30Z"),
        ("America/New_York", "2027-11-07T01:30", "2027-11-07T05:30Z"),
        ("Australia/Lord_Howe", "2027-10-03T02:15", "2027-10-02T15:45Z"),
        ("Asia/Kolkata", "2027-03-28T02:30", "2027-03-27T21:00Z"),
        # New York has changed, London has not: five hours become four.
        ("America/New_York", "2027-03-15T10:00", "2027-03-15T14:00Z"),
        ("Europe/London", "2027-03-15T10:00", "2027-03-15T10:00Z"),
    ],
)
def test_a_local_time_is_this_moment(zone: str, local: str, moment: str) -> None:
    shown = aware(datetime.fromisoformat(local), zone)
    assert shown.astimezone(UTC) == datetime.fromisoformat(moment)


def test_a_meeting_across_a_change_of_the_clocks_is_as_long_as_any_other() -> None:
    night = series("every day at 1:30am for 90 minutes", "America/New_York")
    (spring,) = occurrences(
        night,
        datetime(2027, 3, 14, 6, 30, tzinfo=UTC),
        datetime(2027, 3, 14, 12, tzinfo=UTC),
    )
    assert spring.end.astimezone(UTC) - spring.start.astimezone(UTC) == timedelta(minutes=90)
    assert (spring.end.hour, spring.end.minute) == (4, 0)


def days(of: Series = MONDAYS, **altered: Altered) -> list[str]:
    by_date = {date.fromisoformat(day[1:].replace("_", "-")): one for day, one in altered.items()}
    return [
        f"{each.date} {'cancelled' if each.cancelled else f'{each.start:%a %d %H:%M}-{each.end:%H:%M}'}"
        for each in occurrences(of, *WINTER, by_date)
    ]


def test_what_members_moved_or_cancelled_is_where_they_put_it_and_keeps_its_date() -> None:
    assert days(
        d2026_12_14=Altered(datetime(2026, 12, 16, 15), 30),
        d2026_12_21=Altered(cancelled=True),
        d2026_12_28=Altered(datetime(2026, 12, 28, 9), timezone="America/New_York"),
        d2027_01_04=Altered(datetime(2026, 12, 1, 8)),
    ) == [
        "2027-01-04 Tue 01 08:00-08:45",
        "2026-12-07 Mon 07 10:00-10:45",
        "2026-12-14 Wed 16 15:00-15:30",
        "2026-12-21 cancelled",
        "2026-12-28 Mon 28 09:00-09:45",
    ]
    (back,) = [
        each
        for each in occurrences(
            MONDAYS,
            *WINTER,
            {date(2026, 12, 28): Altered(datetime(2026, 12, 28, 9), None, "America/New_York")},
        )
        if each.moved
    ]
    assert back.start.astimezone(UTC) == datetime(2026, 12, 28, 14, tzinfo=UTC)


def test_one_that_is_moved_out_of_sight_is_not_there_and_one_moved_in_is() -> None:
    far = date(2027, 6, 7)
    found = occurrences(
        MONDAYS,
        *WINTER,
        {
            date(2026, 12, 7): Altered(datetime(2027, 7, 1, 10)),
            far: Altered(datetime(2026, 12, 24, 10)),
        },
    )
    assert [each.date for each in found if each.moved] == [far]
    assert date(2026, 12, 7) not in [each.date for each in found]


def test_what_was_altered_on_a_day_that_the_rule_no_longer_gives_does_not_count() -> None:
    assert days(d2026_12_15=Altered(datetime(2026, 12, 16, 15))) == days()


@pytest.mark.parametrize(
    ("ending", "count"),
    [
        ("UNTIL=20261221T100000Z", 3),
        ("UNTIL=20261221T095959Z", 2),
        ("UNTIL=20261221", 3),
        ("UNTIL=20261221T235959Z", 3),
        ("COUNT=2", 2),
    ],
)
def test_a_series_that_ends_has_no_more_occurrences(ending: str, count: int) -> None:
    ended = Series(MONDAYS.start, 45, MONDAYS.timezone, f"{MONDAYS.rule};{ending}")
    assert len(occurrences(ended, *WINTER)) == count


def test_the_end_of_a_series_counts_in_its_own_zone() -> None:
    evening = Series(
        datetime(2026, 12, 7, 20), 60, "America/Los_Angeles",
        "FREQ=WEEKLY;BYDAY=MO;UNTIL=20261215T040000Z",
    )  # fmt: skip
    assert [each.date.day for each in occurrences(evening, *WINTER)] == [7, 14]


def test_a_meeting_that_is_once_is_its_only_occurrence() -> None:
    once = Series(MONDAYS.start, 45, MONDAYS.timezone)
    assert days(once) == ["2026-12-07 Mon 07 10:00-10:45"]
    assert days(once, d2026_12_07=Altered(datetime(2026, 12, 8, 9))) == [
        "2026-12-07 Tue 08 09:00-09:45"
    ]


def test_the_next_ones_are_those_that_take_place_and_have_not_ended() -> None:
    cancelled = {date(2026, 12, 14): Altered(cancelled=True)}
    during = datetime(2026, 12, 7, 10, 44, tzinfo=UTC)
    assert [o.date.day for o in upcoming(MONDAYS, during, 2, cancelled)] == [7, 21]
    assert [o.date.day for o in upcoming(MONDAYS, during + timedelta(minutes=1), 1)] == [14]
    yearly = series("every quarter on the first Sunday at 0:15", "Europe/London")
    assert len(upcoming(yearly, during, 9)) == 9
    assert upcoming(Series(MONDAYS.start, 45, "UTC"), during + timedelta(days=1), 3) == ()


def test_a_rule_that_counts_in_hours_is_refused_and_never_counted_out() -> None:
    with pytest.raises(ValueError, match="no rhythm of meetings"):
        occurrences(Series(MONDAYS.start, 5, "UTC", "FREQ=SECONDLY"), *WINTER)


def test_the_fields_of_a_meeting_and_of_an_occurrence_say_the_same() -> None:
    fields: dict[str, Value] = {
        "start": "2026-12-07T10:00",
        "minutes": 45,
        "timezone": "Europe/London",
        "rule": "FREQ=WEEKLY;BYDAY=MO",
    }
    assert series_of(fields) == MONDAYS
    assert series_of({**fields, "start": None}) is None
    moved: dict[str, Value] = {
        "start": "2026-12-16T15:00",
        "minutes": 30,
        "timezone": None,
        "existence": "there",
    }
    assert altered_of(moved) == Altered(datetime(2026, 12, 16, 15), 30)
    assert altered_of({"existence": "archived"}) == Altered(cancelled=True)
