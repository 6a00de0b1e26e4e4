"""Sentences about time become rules, and rules become sentences again."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from smarketing.calendar.read import parse_day, parse_time, parse_when
from smarketing.calendar.said import say, say_date, say_span
from smarketing.calendar.when import CODES, When, first, on_day

LONDON = "Europe/London"
WEDNESDAY = date(2026, 12, 9)


@pytest.mark.parametrize(
    ("sentence", "rule", "minutes", "begins"),
    [
        ("every Monday at 10:00 for 45 minutes", "FREQ=WEEKLY;BYDAY=MO", 45, "2026-12-14T10:00"),
        ("Mondays at 10.30", "FREQ=WEEKLY;BYDAY=MO", 60, "2026-12-14T10:30"),
        ("every weekday at 9:00 for 15 minutes", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", 15,
         "2026-12-09T09:00"),
        ("every day at 8am", "FREQ=DAILY", 60, "2026-12-09T08:00"),
        ("every second Tuesday at 14:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", 60,
         "2026-12-15T14:00"),
        ("every other Friday at noon", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", 60, "2026-12-11T12:00"),
        ("every 2 weeks on Tuesday and Thursday at 2pm", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH", 60,
         "2026-12-10T14:00"),
        ("on the first Monday of each month at 10:00", "FREQ=MONTHLY;BYDAY=1MO", 60,
         "2027-01-04T10:00"),
        ("on the last Friday of each month at 16:00 for 90 min", "FREQ=MONTHLY;BYDAY=-1FR", 90,
         "2026-12-25T16:00"),
        ("every month on day 15 at 9:00 for 1.5 hours", "FREQ=MONTHLY;BYMONTHDAY=15", 90,
         "2026-12-15T09:00"),
        ("on the last day of the month at 17:00", "FREQ=MONTHLY;BYMONTHDAY=-1", 60,
         "2026-12-31T17:00"),
        ("every quarter on the first Monday at 10:00 for 1 hour",
         "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY=1MO", 60, "2027-01-04T10:00"),
        ("on the last Friday of every quarter at 10:00",
         "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=-1FR", 60, "2026-12-25T10:00"),
        ("once on day 14 at 10:00 for 60 minutes", "", 60, "2026-12-22T10:00"),
    ],
)  # fmt: skip
def test_a_sentence_says_rule_length_and_first_date(
    sentence: str, rule: str, minutes: int, begins: str
) -> None:
    when = parse_when(sentence, LONDON)
    assert (when.rule, when.minutes) == (rule, minutes)
    assert first(when, WEDNESDAY).isoformat(timespec="minutes") == begins


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("every Monday", "Write the time too: 'at 10:00'."),
        ("", "Write the time too"),
        ("every Mondy at 10:00", "Write a sentence like 'every Monday at 10:00"),
        ("every Monday at 25:00", "Write one from 0:00 to 23:59."),
        ("every Monday at 13pm", "Write one from 0:00 to 23:59."),
        ("every Monday at 9", "Write 'at 09:00' or 'at 9am'."),
        ("every Monday at 10:00 for ever", "Write 'for 45 minutes'"),
        ("every Monday at 10:00 for 0 minutes", "at least one and at most a day"),
        ("every Monday at 10:00 for 90 hours", "at least one and at most a day"),
        ("every month on day 31 at 9:00", "Write 'on the last day of each month at 10:00'."),
        ("every 0 weeks on Monday at 9:00", "no rhythm"),
        ("every Monday at 10:00 at 11:00", "no sentence about time"),
        ("x" * 1000, "too long"),
    ],
)
def test_a_wrong_sentence_tells_what_to_write_instead(sentence: str, told: str) -> None:
    with pytest.raises(ValueError, match="Write") as caught:
        parse_when(sentence, LONDON)
    assert told in str(caught.value)


def test_an_unknown_time_zone_is_refused() -> None:
    for zone in ("Europe/Londn", "../etc/passwd", "", "x\0"):
        with pytest.raises(ValueError, match="Write one like Europe/London"):
            parse_when("every day at 9:00", zone)


def test_a_time_that_the_clocks_leave_out_moves_behind_the_gap() -> None:
    when = parse_when("every day at 1:30", LONDON)
    assert first(when, date(2027, 3, 28)) == datetime(2027, 3, 28, 2, 30)
    assert first(when, date(2027, 10, 31)) == datetime(2027, 10, 31, 1, 30)


def test_days_count_from_the_start_which_is_day_one() -> None:
    assert on_day(parse_day("day 1"), WEDNESDAY) == WEDNESDAY
    assert on_day(parse_day("Day  7"), WEDNESDAY) == date(2026, 12, 15)


@pytest.mark.parametrize("text", ["day 0", "day -1", "7", "day 1.5", "tomorrow", "day 99999999999"])
def test_a_wrong_day_tells_what_to_write_instead(text: str) -> None:
    with pytest.raises(ValueError, match="Write 'day 7'"):
        parse_day(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("10:00", time(10)), ("10.30", time(10, 30)), ("9am", time(9)), ("12 am", time(0))],
)
def test_a_time_of_day_is_read(text: str, wanted: time) -> None:
    assert parse_time(text) == wanted


def test_dates_and_times_are_said_the_same_in_every_locale() -> None:
    assert say_date(date(2026, 12, 14)) == "Mon 14 Dec 2026"
    assert say_span(datetime(2026, 12, 14, 10), 45) == "10:00-10:45"


ORDINALS = st.sampled_from([1, 2, 3, 4, -1])
CODE = st.sampled_from(CODES)
DAY_SETS = st.sets(CODE, min_size=1).map(lambda days: ",".join(sorted(days, key=CODES.index)))
EVERY = st.integers(1, 12).map(lambda count: f";INTERVAL={count}" if count > 1 else "")
RULES = st.one_of(
    st.just("FREQ=DAILY"),
    st.builds("FREQ=WEEKLY{};BYDAY={}".format, EVERY, DAY_SETS),
    st.builds("FREQ=MONTHLY{};BYDAY={}{}".format, EVERY, ORDINALS, CODE),
    st.builds(
        "FREQ=MONTHLY{};BYMONTHDAY={}".format, EVERY, st.one_of(st.integers(1, 28), st.just(-1))
    ),
    st.builds("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=-1{}".format, CODE),
    st.builds(
        "FREQ=MONTHLY;BYMONTH=1,4,7,10;BYDAY={}{}".format, st.sampled_from([1, 2, 3, 4]), CODE
    ),
)
CLOCKS = st.builds(time, st.integers(0, 23), st.integers(0, 59))
WHENS = st.one_of(
    st.builds(When, RULES, CLOCKS, st.integers(1, 1440), st.just(LONDON)),
    st.builds(
        When, st.just(""), CLOCKS, st.integers(1, 1440), st.just(LONDON), st.integers(1, 3660)
    ),
)
STARTS = st.dates(date(2026, 1, 1), date(2040, 12, 31))


@given(WHENS)
def test_what_is_said_is_read_as_the_same_again(when: When) -> None:
    assert parse_when(say(when), LONDON) == when


@given(WHENS, STARTS)
def test_the_first_date_is_of_the_series_and_not_before_the_start(when: When, start: date) -> None:
    begins = first(when, start)
    assert begins.date() >= start
    zone = ZoneInfo(LONDON)
    assert begins.replace(tzinfo=zone).astimezone(ZoneInfo("UTC")).astimezone(
        zone
    ) == begins.replace(tzinfo=zone)
    if when.rule:
        series = rrulestr(when.rule, dtstart=begins)
        assert series[0] == begins
        assert begins.date() - start < timedelta(days=100)


@given(st.text(alphabet="every mondayt1:0 2wksforthi.", max_size=60))
def test_any_sentence_is_read_or_refused_with_advice(sentence: str) -> None:
    try:
        read = say(parse_when(sentence, LONDON))
    except ValueError as error:
        read = str(error).partition("Write ")[2]
    assert read, "a sentence that is said again, or advice"
