"""A digest is due once in its rhythm, counts from the first run, and waits while it is quiet."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from smarketing.calendar.digesttimes import Digest, Quiet
from smarketing.calendar.holidays import Holidays
from smarketing.calendar.read import parse_when
from smarketing.calendar.when import zone
from smarketing.config.config import quiet_form
from smarketing.digest.moment import due, is_late, next_day

LONDON = "Europe/London"
NOBODY_OFF = Holidays()
SINCE = datetime(2026, 12, 9, 12, tzinfo=UTC)  # a Wednesday


def digest(when: str = "every Monday at 8:30", timezone: str = LONDON) -> Digest:
    return Digest("weekly", "Week", parse_when(when, timezone), ("Ana <ana@acme.example>",))


def at(day: int, hour: int, minute: int = 0, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def test_what_was_due_before_the_first_run_is_nobodys() -> None:
    assert due(digest(), SINCE, at(9, 13)) is None
    assert due(digest(), SINCE, at(14, 8, 29)) is None


def test_it_is_due_from_its_minute_on_and_the_next_one_replaces_it() -> None:
    first = due(digest(), SINCE, at(14, 8, 30))
    assert first is not None
    assert first.date() == date(2026, 12, 14)
    assert due(digest(), SINCE, at(16, 23)) == first
    assert due(digest(), SINCE, at(21, 8, 29)) == first
    later = due(digest(), SINCE, at(21, 8, 30))
    assert later is not None
    assert later.date() == date(2026, 12, 21)


def test_one_that_could_not_go_for_four_days_is_left_out() -> None:
    first = due(digest(), SINCE, at(18, 8, 31))
    assert first is not None
    assert not is_late(first, at(18, 8, 30))
    assert is_late(first, at(18, 8, 31))


def test_every_other_week_is_every_other_week() -> None:
    days = {
        found.date()
        for day in range(10, 32)
        if (found := due(digest("every second Monday at 8:30"), SINCE, at(day, 12)))
    }
    assert days == {date(2026, 12, 14), date(2026, 12, 28)}


@pytest.mark.parametrize(
    ("when", "next_one"),
    [
        ("every Friday at 17:00", date(2026, 12, 18)),
        ("every second Friday at 17:00", date(2026, 12, 25)),
        ("every second Friday of the month at 17:00", date(2027, 1, 8)),
    ],
)
def test_it_reaches_to_the_next_one_of_its_own_rhythm(when: str, next_one: date) -> None:
    assert next_day(digest(when), at(11, 17)) == next_one


@pytest.mark.parametrize(
    ("month", "day", "hour"), [(10, 19, 7), (10, 26, 8), (3, 23, 8), (3, 30, 7)]
)
def test_it_goes_by_the_clock_on_the_wall_when_the_clocks_change(
    month: int, day: int, hour: int
) -> None:
    since = datetime(2026, 3, 1, tzinfo=UTC)
    before = due(digest(), since, at(day, hour, 29, month))
    assert before is not None
    assert before.date() == at(day, 0, month=month).date() - timedelta(7)
    found = due(digest(), since, at(day, hour, 30, month))
    assert found is not None
    assert found.astimezone(UTC) == at(day, hour, 30, month)


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [
        (datetime(2026, 12, 14, 6, 59), True),
        (datetime(2026, 12, 14, 7, 0), False),
        (datetime(2026, 12, 14, 18, 59), False),
        (datetime(2026, 12, 14, 19, 0), True),
        (datetime(2026, 12, 12, 12, 0), True),  # a Saturday
        (datetime(2026, 12, 13, 12, 0), True),
    ],
)
def test_nights_and_weekends_are_quiet_unless_config_says_otherwise(
    moment: datetime, quiet: bool
) -> None:
    local = moment.replace(tzinfo=zone(LONDON))
    assert Quiet().holds_at(local, NOBODY_OFF) is quiet
    assert not Quiet(time(), time(), frozenset()).holds_at(local, NOBODY_OFF)


def test_quiet_hours_may_lie_within_a_day_and_holidays_are_quiet() -> None:
    noon = datetime(2026, 12, 14, 12, 30, tzinfo=zone(LONDON))
    assert Quiet(time(12), time(13), frozenset()).holds_at(noon, NOBODY_OFF)
    assert not Quiet(time(13), time(14), frozenset()).holds_at(noon, NOBODY_OFF)
    assert Quiet().holds_at(noon, Holidays({date(2026, 12, 14): "Founders' day"}))


def test_quiet_times_are_written_as_people_say_them() -> None:
    assert quiet_form(["19:30 to 7:00", "Saturday", "friday"]) == Quiet(
        time(19, 30), time(7), frozenset({4, 5})
    )
    assert quiet_form("Sunday") == Quiet(time(), time(), frozenset({6}))
    assert quiet_form([]) == Quiet(time(), time(), frozenset())
    for wrong in (["at night"], ["25:00 to 7:00"], ["19 to 7"]):
        with pytest.raises(ValueError, match="Write"):
            quiet_form(wrong)
    with pytest.raises(ValueError, match="Leave a day out"):
        quiet_form(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
