"""Which date of a meeting the page names: by its notes, and once a sync saw that one over, by that."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from smarketing.calendar.coming import Coming, named, seen_by
from smarketing.calendar.comingread import read_from
from smarketing.calendar.occurrences import Altered, Series

WEEKLY = Series(datetime(2026, 12, 7, 10), 45, "Europe/London", "FREQ=WEEKLY;BYDAY=MO")
ONCE = Series(datetime(2026, 12, 7, 10), 45, "Europe/London")
AGENDA = "## Mon 14 Dec 2026, 10:00-10:45\n\nWins.\n"


def at(day: int, hour: int = 9, minute: int = 0, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def page(known: Coming | None, notes: str = "", meeting: Series = WEEKLY) -> str:
    return named(meeting, notes, known).sentence.removesuffix("; then every Monday")


def sync(
    now: datetime,
    known: Coming | None = None,
    notes: str = "",
    meeting: Series = WEEKLY,
    **altered: Altered,
) -> Coming | None:
    by_day = {date(2026, 12, int(day[1:])): one for day, one in altered.items()}
    return seen_by(now, meeting, notes, known, by_day)


def test_nothing_is_remembered_until_the_first_meeting_is_over() -> None:
    assert sync(at(1)) is None
    assert sync(at(7, 10, 44)) is None
    assert sync(at(7, 10, 45)) == Coming(date(2026, 12, 14))
    assert page(None) == "First: Monday 7 December 2026, 10:00 to 10:45"


def test_once_a_meeting_is_over_the_coming_one_is_named_though_no_agenda_was_written() -> None:
    known = sync(at(7, 11))
    assert page(known) == "Next: Monday 14 December 2026, 10:00 to 10:45"
    assert sync(at(14, 10), known) == known
    later = sync(at(30), known)
    assert page(later) == "Next: Monday 4 January 2027, 10:00 to 10:45"


def test_what_is_remembered_changes_once_for_each_meeting_and_at_no_other_moment() -> None:
    known, changes = sync(at(1)), 0
    for hours in range(28 * 24):
        before = known
        known = sync(at(1) + timedelta(hours=hours), known, AGENDA if hours > 240 else "")
        changes += known != before
    assert changes == 4  # those of 7, 14, 21 and 28 December


def test_an_agenda_that_members_write_for_a_later_day_is_named_whatever_is_remembered() -> None:
    known = Coming(date(2026, 12, 14))
    ahead = "## Mon 21 Dec 2026\n"
    assert page(known, ahead).startswith("Newest agenda: Monday 21 December")
    assert page(sync(at(10), known, ahead), ahead).startswith("Next: Monday 21 December")
    assert page(known, AGENDA).startswith("Next: Monday 14 December")


def test_a_meeting_that_members_moved_is_named_where_it_is_and_a_cancelled_one_is_not() -> None:
    moved = Altered(start=datetime(2026, 12, 15, 14), timezone="Europe/London")
    known = sync(at(8), None, "", d14=moved)
    said = "Next: Tuesday 15 December 2026, 14:00 to 14:45, moved from Monday 14 December 2026"
    assert page(known) == said
    assert sync(at(14, 12), known, "", d14=moved) == known
    for heading in (AGENDA, "## Tue 15 Dec 2026, 14:00-14:45\n"):
        assert page(known, heading) == said
        assert sync(at(14, 12), known, heading, d14=moved) == known
    assert page(sync(at(15, 15), known, "", d14=moved)).startswith("Next: Monday 21 December")
    off = sync(at(8), None, AGENDA, d14=Altered(cancelled=True))
    assert page(off, AGENDA).startswith("Next: Monday 21 December")
    first = sync(at(1), None, "", d7=Altered(cancelled=True))
    assert page(first).startswith("Next: Monday 14 December")


def test_a_meeting_that_is_moved_earlier_is_over_when_it_was_held() -> None:
    earlier = Altered(start=datetime(2026, 12, 11, 10), timezone="Europe/London")
    known = sync(at(10), Coming(date(2026, 12, 14)), AGENDA, d14=earlier)
    assert page(known, AGENDA).startswith("Next: Friday 11 December")
    after = sync(at(11, 11), known, AGENDA, d14=earlier)
    assert page(after, AGENDA).startswith("Next: Monday 21 December")


def test_a_day_beside_the_rule_is_named_until_the_meeting_on_it_is_over() -> None:
    beside = "## Wed 16 Dec 2026, an hour with the boss\n"
    known = Coming(date(2026, 12, 14))
    assert sync(at(16, 9), known, beside) == known
    assert page(known, beside).startswith("Newest agenda: Wednesday 16 December")
    after = sync(at(16, 11), known, beside)
    assert page(after, beside).startswith("Next: Monday 21 December")


def test_other_days_that_the_series_gets_are_named_before_any_sync() -> None:
    tuesdays = Series(datetime(2026, 12, 8, 9), 30, "Europe/London", "FREQ=WEEKLY;BYDAY=TU")
    assert page(Coming(date(2026, 12, 14)), "", tuesdays).startswith(
        "Next: Tuesday 15 December 2026, 09:00 to 09:30"
    )


@pytest.mark.parametrize(
    ("meeting", "said"),
    [
        (ONCE, "Was last on Monday 7 December 2026, 10:00 to 10:45"),
        (
            Series(ONCE.start, 45, ONCE.timezone, f"{WEEKLY.rule};UNTIL=20261214"),
            "Was last on Monday 14 December 2026, 10:00 to 10:45",
        ),
    ],
)
def test_what_takes_place_no_more_is_said_to_be_over_and_stays_so(
    meeting: Series, said: str
) -> None:
    known = sync(at(29), None, "", meeting)
    assert page(known, "", meeting) == said
    assert sync(at(30), known, "", meeting) == known


def test_a_meeting_that_is_once_and_moved_is_named_where_it_is() -> None:
    moved = Altered(start=datetime(2026, 12, 9, 14), timezone="Europe/Paris")
    known = sync(at(1), None, "", ONCE, d7=moved)
    assert page(known, "", ONCE) == (
        "On Wednesday 9 December 2026, 13:00 to 13:45, moved from Monday 7 December 2026"
    )


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "every Monday", "FREQ=DAILY;INTERVAL=0"])
def test_of_a_rule_that_nobody_understands_nothing_is_remembered(rule: str) -> None:
    assert sync(at(30), None, "", Series(WEEKLY.start, 45, "Europe/London", rule)) is None


def test_what_is_remembered_is_read_as_it_was_written() -> None:
    moment = datetime(2026, 12, 15, 14, tzinfo=ZoneInfo("Europe/London")).replace(tzinfo=None)
    for one in (
        Coming(date(2026, 12, 14)),
        Coming(date(2026, 12, 14), moment, 30),
        Coming(date(2026, 12, 14), moment, 30, is_over=True),
        Coming(date(2026, 12, 14), is_over=True),
    ):
        assert Coming.of(one.as_value()) == one
    assert Coming.of(None) is None


@pytest.mark.parametrize(
    "known",
    [
        Coming(date(2026, 12, 14)),
        Coming(date(2026, 12, 14), datetime(2026, 12, 15, 14), 45),
        Coming(date(2026, 12, 14), datetime(2026, 12, 14, 10), 90),
        Coming(date(2026, 12, 14), datetime(2026, 12, 15, 23, 30), 60),
        Coming(date(2026, 12, 14), is_over=True),
    ],
)
def test_what_the_page_says_is_what_was_remembered(known: Coming) -> None:
    said = named(WEEKLY, "", known).sentence
    page = f"- [Sales](x.ics)\n- [Week\\[ly\\]](x.ics): Five points\n  - {said}\n- [Other](y.ics)\n"
    assert read_from(page, "Week[ly]", WEEKLY) == known
    assert read_from(page.replace("; then", " (Europe/Paris); then"), "Week[ly]", WEEKLY) == known
    assert read_from(page, "Sales", WEEKLY) is None
    assert read_from(page, "Other", WEEKLY) is None


def test_what_a_page_says_that_no_sync_said_is_not_remembered() -> None:
    for said in (
        named(WEEKLY, "", None).sentence,
        named(WEEKLY, AGENDA, None).sentence,
        named(ONCE, "", None).sentence,
        "Next: Monday 31 February 2026, 10:00 to 10:45",
        "Next: Monday 14 Decemberly 2026, 25:00 to 10:45",
        "Next: soon",
    ):
        assert read_from(f"- [Weekly](x)\n  - {said}\n", "Weekly", WEEKLY) is None
