"""Sentences about time, read and written: 'every Monday at 10:00 for 45 minutes', 'day 7'.

A sentence becomes a rule as calendars know it (RFC 5545), a time of day and a length.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORKDAYS = "MO,TU,WE,TH,FR"
QUARTERS = {False: "1,4,7,10", True: "3,6,9,12"}
"""The months in which a quarter begins (False) and ends (True)."""

MOST_DAYS = 3660
EXAMPLE = "Write a sentence like 'every Monday at 10:00 for 45 minutes'."
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
_COUNTS = {"other": 2, "second": 2, "third": 3, "fourth": 4} | {
    word: number for number, word in enumerate(("one", "two", "three", "four", "five", "six"), 1)
}


@dataclass(frozen=True, slots=True)
class When:
    """When a meeting is: its rule ("" if it is once, on day number `day`), time and length."""

    rule: str
    time: time
    minutes: int
    timezone: str
    day: int = 0


class _NotUnderstood(ValueError):  # noqa: N818 - it is told to people
    """The sentence is none that we know."""

    def __init__(self, words: str, instead: str = EXAMPLE) -> None:
        super().__init__(f"{words} {instead}")


@lru_cache(maxsize=512)
def parse_when(text: str, timezone: str) -> When:
    """Return what the sentence says; raise ValueError with what to write instead."""
    zone(timezone)
    if len(text) > 300:
        raise _NotUnderstood("This sentence about time is too long.")
    sentence = " ".join(text.lower().replace(",", " ").split()).rstrip(".")
    rest, minutes = _take_length(sentence)
    rest, clock = _take_time(rest, text)
    if once := re.fullmatch(r"(?:once )?on (day \d+)", rest):
        return When("", clock, minutes, timezone, parse_day(once.group(1)))
    return When(_rule(rest, text), clock, minutes, timezone)


def zone(name: str) -> ZoneInfo:
    """Return the time zone of that name; raise ValueError with what to write instead."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError, TypeError):
        words = f"There is no time zone '{name[:60]}'."
        raise _NotUnderstood(words, "Write one like Europe/London or America/New_York.") from None


_LENGTH = re.compile(
    r" ?\bfor (?:an? )?(?P<number>half an|\d+(?:[.]\d+)?)? ?"
    r"(?P<unit>minutes?|mins?|min|hours?|hrs?|h|m)(?: and (?P<more>\d+) ?(?:minutes?|mins?|m))?\b"
)


def _take_length(sentence: str) -> tuple[str, int]:
    found = _LENGTH.search(sentence)
    if not found:
        if " for " in f" {sentence} ":
            words = "It is not clear how long this takes."
            raise _NotUnderstood(words, "Write 'for 45 minutes' or 'for 1.5 hours'.")
        return sentence, 60
    said = found["number"] or "1"
    number = 0.5 if said == "half an" else float(said)
    minutes = number * (60 if found["unit"].startswith("h") else 1) + int(found["more"] or 0)
    if minutes != int(minutes) or not 1 <= minutes <= 24 * 60:
        words = "A meeting takes whole minutes, at least one and at most a day."
        raise _NotUnderstood(words, "Write 'for 45 minutes'.")
    return _without(sentence, found), int(minutes)


_CLOCK = r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))? ?(?P<half>am|pm|a\.m\.?|p\.m\.?)?"
_TIME = re.compile(rf" ?\bat (?:{_CLOCK}|(?P<noon>noon|midday))(?: o'clock)?(?![\w:])")


def _take_time(sentence: str, text: str) -> tuple[str, time]:
    found = _TIME.search(sentence)
    if not found:
        words = f"'{text[:80]}' does not say at what time."
        raise _NotUnderstood(words, "Write the time too: 'at 10:00'.")
    if found["noon"]:
        return _without(sentence, found), time(12)
    return _without(sentence, found), _clock(found)


def parse_time(text: str) -> time:
    """Return the time of day that '10:00', '10.30' or '9am' says."""
    found = re.fullmatch(_CLOCK, text.strip().lower())
    if not found:
        raise _NotUnderstood(f"'{text[:40]}' is no time of day.", "Write it like '10:00'.")
    return _clock(found)


def _clock(found: re.Match[str]) -> time:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = (found["half"] or "").replace(".", "")
    if half and not 1 <= hour <= 12:
        hour = 99
    elif half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif found["minute"] is None:
        words = f"'at {hour}' may be morning or evening."
        raise _NotUnderstood(words, f"Write 'at {hour:02}:00' or 'at {hour}am'.")
    if hour > 23 or minute > 59:
        words = f"There is no time '{found[0].strip()}'."
        raise _NotUnderstood(words, "Write one from 0:00 to 23:59.")
    return time(hour, minute)


def _without(sentence: str, found: re.Match[str]) -> str:
    left, right = sentence[: found.start()].strip(), sentence[found.end() :].strip()
    return f"{left} {right}".strip()


_DAY = "(?:" + "|".join(f"{name.lower()}s?" for name in DAYS) + ")"
_DAY_LIST = rf"(?P<days>{_DAY}(?:(?: and| &)? {_DAY}){{0,6}})"
_ORDINAL = rf"(?:the )?(?P<ordinal>{'|'.join(_ORDINALS)}) (?P<day>{_DAY}|day)"
_COUNT = r"(?P<count>\d{1,2}|" + "|".join(_COUNTS) + ")"
_MONTH = r"(?:each |every |the |a )?(?:(?P<quarter>quarter)|month)"
_EVERY_MONTH = rf"every (?:{_COUNT} )?(?:(?P<quarter>quarters?)|months?)"

_FORMS = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("daily", r"every day|daily|each day"),
        ("workdays", r"(?:every|each) (?:weekday|workday|working day)|weekdays|on weekdays"),
        ("weekly", rf"(?:(?:every|each) (?:week )?(?:on )?|weekly on |on )?{_DAY_LIST}"),
        ("weekly", rf"every {_COUNT} (?:weeks? )?(?:on )?{_DAY_LIST}"),
        ("monthly", rf"(?:on |every |each )?{_ORDINAL} (?:of|in) {_MONTH}"),
        ("monthly", rf"{_EVERY_MONTH} on {_ORDINAL}"),
        ("monthly", rf"monthly on {_ORDINAL}"),
        ("month day", rf"{_EVERY_MONTH} on day (?P<number>\d+)"),
        ("month day", rf"on day (?P<number>\d+) (?:of|in) {_MONTH}"),
    )
)


def _rule(rest: str, text: str) -> str:
    for kind, form in _FORMS:
        if found := form.fullmatch(rest):
            said = found.groupdict()
            return _RULES[kind](said)
    words = f"'{text[:80]}' is no sentence about time that we know."
    raise _NotUnderstood(words)


def _weekly(said: dict[str, str | None]) -> str:
    names = re.findall(_DAY, said["days"] or "")
    days = sorted({_day_index(name) for name in names})
    return f"FREQ=WEEKLY{_interval(said)};BYDAY={','.join(CODES[day] for day in days)}"


def _day_index(name: str) -> int:
    return DAYS.index(name.rstrip("s").capitalize())


def _interval(said: dict[str, str | None]) -> str:
    count = said.get("count")
    if not count:
        return ""
    number = _COUNTS.get(count) or int(count)
    if number < 1 or (number > 1 and said.get("quarter")):
        raise _NotUnderstood(f"'every {count}' is no rhythm that we know.")
    return f";INTERVAL={number}" if number > 1 else ""


def _monthly(said: dict[str, str | None]) -> str:
    ordinal = _ORDINALS[said["ordinal"] or "first"]
    day = said["day"] or "day"
    where = f"BYMONTHDAY={ordinal}" if day == "day" else f"BYDAY={ordinal}{CODES[_day_index(day)]}"
    return f"FREQ=MONTHLY{_months(said, ordinal < 0)};{where}"


def _month_day(said: dict[str, str | None]) -> str:
    number = int(said["number"] or 0)
    if not 1 <= number <= 28:
        words = f"Not every month has a day {number}."
        raise _NotUnderstood(words, "Write 'on the last day of each month at 10:00'.")
    return f"FREQ=MONTHLY{_months(said, False)};BYMONTHDAY={number}"


def _months(said: dict[str, str | None], ends: bool) -> str:
    interval = _interval(said)
    return f";BYMONTH={QUARTERS[ends]}" if said.get("quarter") else interval


_RULES = {
    "daily": lambda said: "FREQ=DAILY",
    "workdays": lambda said: f"FREQ=WEEKLY;BYDAY={WORKDAYS}",
    "weekly": _weekly,
    "monthly": _monthly,
    "month day": _month_day,
}


def parse_day(text: str) -> int:
    """Return the number in 'day 7'; raise ValueError with what to write instead."""
    found = re.fullmatch(r"day (\d{1,9})", " ".join(text.lower().split()))
    if not found or not 1 <= int(found[1]) <= MOST_DAYS:
        words = f"'{text[:40]}' is no day that we know."
        raise _NotUnderstood(words, "Write 'day 7': day 1 is the day on which the work starts.")
    return int(found[1])


def on_day(number: int, start: date) -> date:
    """Return the date of day `number`, where day 1 is the start."""
    return start + timedelta(days=number - 1)


def first(when: When, start: date) -> datetime:
    """Return the first occurrence on or after the start, in local time.

    A time that the clocks leave out on that very day is moved behind the gap.
    """
    if not when.rule:
        return _existing(datetime.combine(on_day(when.day, start), when.time), when.timezone)
    from dateutil.rrule import rrulestr

    # The rhythm begins with its first date: every second Tuesday begins with the next Tuesday.
    every = re.sub(r";INTERVAL=\d+", "", when.rule)
    found = rrulestr(every, dtstart=datetime.combine(start, when.time))[0]
    assert isinstance(found, datetime)
    return _existing(found, when.timezone)


def _existing(local: datetime, timezone: str) -> datetime:
    known = zone(timezone)
    there_and_back = local.replace(tzinfo=known).astimezone(UTC).astimezone(known)
    return there_and_back.replace(tzinfo=None)


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
    words = {number: word for word, number in _ORDINALS.items()}
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
