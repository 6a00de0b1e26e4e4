"""Times, said: a meeting's rhythm as a sentence that can be read again, dates and spans."""

import re
from datetime import date, datetime, timedelta

from smarketing.calendar.when import (
    CODES,
    DAYS,
    MONTHS,
    MOST_DAYS,
    ORDINALS,
    QUARTERS,
    WORKDAYS,
    When,
    on_day,
)


def say(when: When) -> str:
    """Return the sentence that says this; reading it gives the same again.

    Raise ValueError for a rhythm that no sentence of ours says, as a calendar may hold it.
    """
    at = f"at {when.time:%H:%M} for {say_minutes(when.minutes)}"
    return f"{say_rhythm(when) if when.rule else f'once on day {when.day}'} {at}"


def say_rhythm(when: When) -> str:
    """Return 'every Monday' for a meeting with a rule; raise ValueError as `say` does."""
    return _say_rule(dict(part.split("=") for part in when.rule.split(";")))


def say_minutes(minutes: int) -> str:
    """Return '45 minutes', '1 hour', '2 hours'."""
    if minutes % 60:
        return f"{minutes} minute{'s' * (minutes > 1)}"
    return f"{minutes // 60} hour{'s' * (minutes > 60)}"


def _say_rule(rule: dict[str, str]) -> str:
    count = int(rule.get("INTERVAL", "1"))
    if rule["FREQ"] == "DAILY":
        return "every day"
    if rule["FREQ"] == "WEEKLY":
        return _say_weekly(rule["BYDAY"], count)
    if rule["FREQ"] != "MONTHLY" or rule.get("BYMONTH", QUARTERS[False]) not in QUARTERS.values():
        raise ValueError("There are no words of ours for this rhythm.")
    if "BYMONTH" in rule:
        return f"every quarter on {_say_place(rule)}"
    return (
        f"every month on {_say_place(rule)}"
        if count == 1
        else (f"every {count} months on {_say_place(rule)}")
    )


def _say_weekly(codes: str, count: int) -> str:
    if codes == WORKDAYS and count == 1:
        return "every weekday"
    names = [DAYS[CODES.index(code)] for code in codes.split(",")]
    together = " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]
    return f"every {together}" if count == 1 else f"every {count} weeks on {together}"


def _say_place(rule: dict[str, str]) -> str:
    words = {number: word for word, number in ORDINALS.items()}
    if "BYDAY" in rule:
        number, code = int(rule["BYDAY"][:-2]), rule["BYDAY"][-2:]
        return f"the {words[number]} {DAYS[CODES.index(code)]}"
    number = int(rule["BYMONTHDAY"])
    return "the last day" if number == -1 else f"day {number}"


def say_date(day: date) -> str:
    """Return 'Mon 14 Dec 2026', in any locale."""
    return f"{DAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def later_day(start: str, number: int) -> str:
    """Return day `number` after a start that is written as `say_date` writes it.

    Day 1 is the start; raise ValueError for what is no such date, or too far away.
    """
    found = re.fullmatch(r"[A-Z][a-z]{2} (\d{1,2}) ([A-Z][a-z]{2}) (\d{4})", start)
    if not found or found[2] not in MONTHS or not 1 <= number <= MOST_DAYS:
        raise ValueError("Write {{ start | day: 30 }}: day 1 is the start.")
    first_day = date(int(found[3]), MONTHS.index(found[2]) + 1, int(found[1]))
    return say_date(on_day(number, first_day))


def say_span(start: datetime, minutes: int) -> str:
    """Return '10:00-10:45'."""
    return f"{start:%H:%M}-{start + timedelta(minutes=minutes):%H:%M}"
