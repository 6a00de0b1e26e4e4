"""The rotation of guests: fair, whoever joins, leaves or is away."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from smarketing.calendar.rotation import Away, Rota, guests

MONDAY = date(2026, 12, 7)
NAMES = ("ana", "ben", "cleo", "dana", "emil")


def monday(number: int) -> date:
    return MONDAY + timedelta(weeks=number)


def mondays(*numbers: int) -> dict[date, date]:
    return {monday(n): monday(n) for n in numbers}


def told(found: dict[date, str]) -> str:
    return " ".join(found[day] for day in sorted(found))


def test_everybody_goes_once_in_the_order_of_config_before_anybody_goes_again() -> None:
    rota = Rota(("ana", "ben", "cleo"))
    assert told(guests(mondays(*range(7)), rota, {})) == "ana ben cleo ana ben cleo ana"


def test_week_by_week_it_is_the_same_rotation_as_all_at_once() -> None:
    rota = Rota(NAMES)
    turns: dict[date, str] = {}
    for week in range(20):
        turns |= guests(mondays(week), rota, turns)
    assert turns == guests(mondays(*range(20)), rota, {})


def test_who_is_away_is_passed_over_and_goes_when_they_are_back() -> None:
    rota = Rota(("ana", "ben", "cleo"), {"ben": (Away(monday(1), monday(2)),)})
    assert told(guests(mondays(*range(6)), rota, {})) == "ana cleo ana ben cleo ana"


def test_away_counts_on_the_day_to_which_members_moved_the_meeting() -> None:
    rota = Rota(("ana", "ben"), {"ana": (Away(monday(0), monday(0)),)})
    moved = {monday(0): monday(0) + timedelta(days=1)}
    assert told(guests(moved, rota, {})) == "ana"
    assert told(guests(mondays(0), rota, {})) == "ben"


def test_on_a_holiday_nobody_is_asked_and_nobody_loses_a_turn() -> None:
    rota = Rota(("ana", "ben"))
    found = guests(mondays(0, 1, 2), rota, {}, off=[monday(1)])
    assert found == {monday(0): "ana", monday(2): "ben"}


def test_where_nobody_can_come_nobody_is_named() -> None:
    assert guests(mondays(0), Rota(()), {}) == {}
    rota = Rota(("ana",), {"ana": (Away(monday(0), monday(0)),)})
    assert guests(mondays(0, 1), rota, {}) == {monday(1): "ana"}


def test_who_is_asked_already_stays_when_somebody_joins() -> None:
    turns = {monday(0): "ana", monday(1): "ben"}
    asked = guests(mondays(2, 3), Rota(("ana", "ben")), turns)
    assert told(asked) == "ana ben"
    later = guests(mondays(2, 3, 4), Rota(("ana", "ben", "zoe")), turns, asked)
    assert told(later) == "ana ben zoe"


def test_who_was_asked_and_is_away_after_all_is_replaced_and_not_by_who_goes_next() -> None:
    asked = {monday(2): "ana", monday(3): "ben"}
    turns = {monday(0): "ben", monday(1): "cleo"}
    rota = Rota(("ana", "ben", "cleo"), {"ana": (Away(monday(2), monday(2)),)})
    assert told(guests(mondays(2, 3), rota, turns, asked)) == "cleo ben"
    left = Rota(("ben", "cleo"))
    assert told(guests(mondays(2, 3), left, turns, asked)) == "cleo ben"


def test_a_newcomer_goes_next_and_then_waits_like_all_others() -> None:
    turns = guests(mondays(*range(4)), Rota(("ana", "ben")), {})
    joined = guests(mondays(*range(4, 10)), Rota(("ana", "ben", "zoe")), turns)
    assert told(joined) == "zoe ana ben zoe ana ben"


weeks = st.lists(st.sets(st.sampled_from(NAMES), min_size=1), min_size=1, max_size=40)


@given(weeks)
def test_nobody_goes_twice_in_a_row_while_another_is_there(rosters: list[set[str]]) -> None:
    turns: dict[date, str] = {}
    for week, people in enumerate(rosters):
        turns |= guests(mondays(week), Rota(sorted(people)), turns)
        if len(people) > 1 and week:
            assert turns[monday(week)] != turns[monday(week - 1)]


@given(weeks)
def test_between_two_turns_of_one_everybody_who_was_there_throughout_has_gone(
    rosters: list[set[str]],
) -> None:
    turns: dict[date, str] = {}
    for week, people in enumerate(rosters):
        turns |= guests(mondays(week), Rota(sorted(people)), turns)
    order = [turns[monday(week)] for week in range(len(rosters))]
    for week, who in enumerate(order):
        before = [w for w in range(week) if order[w] == who]
        if before:
            throughout = set.intersection(*map(set, rosters[before[-1] + 1 : week + 1]))
            assert throughout <= {*order[before[-1] + 1 : week], who}


@given(
    st.integers(2, 6),
    st.dictionaries(st.sampled_from(NAMES), st.tuples(st.integers(0, 30), st.integers(0, 4))),
)
def test_turns_differ_by_at_most_one_over_any_cycle_that_nobody_misses(
    cycles: int, gone: dict[str, tuple[int, int]]
) -> None:
    away = {
        who: (Away(monday(begin), monday(begin + length)),) for who, (begin, length) in gone.items()
    }
    found = guests(mondays(*range(60)), Rota(NAMES, away), {})
    # After the last absence, and one turn each to come into step again:
    settled = [found[monday(week)] for week in range(40, 40 + cycles * len(NAMES)) if week < 60]
    counts = Counter(dict.fromkeys(NAMES, 0))
    counts.update(settled)
    assert max(counts.values()) - min(counts.values()) <= 1
