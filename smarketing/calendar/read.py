"""Sentences about time, read: 'every Monday at 10:00 for 45 minutes', 'day 7'."""

import re
from datetime import time
from functools import lru_cache

from smarketing.calendar.when import (
    CODES,
    DAYS,
    MOST_DAYS,
    ORDINALS,
    QUARTERS,
    WORKDAYS,
    NotUnderstood,
    When,
    zone,
)

_COUNTS = {"other": 2, "second": 2, "third": 3, "fourth": 4} | {
    word: number for number, word in enumerate(("one", "two", "three", "four", "five", "six"), 1)
}


@lru_cache(maxsize=512)
def parse_when(text: str, timezone: str) -> When:
    """Return what the sentence says; raise ValueError with what to write instead."""
    zone(timezone)
    if len(text) > 300:
        raise NotUnderstood("This sentence about time is too long.")
    sentence = " ".join(text.lower().replace(",", " ").split()).rstrip(".")
    rest, minutes = _take_length(sentence)
    rest, clock = _take_time(rest, text)
    if once := re.fullmatch(r"(?:once )?on (day \d+)", rest):
        return When("", clock, minutes, timezone, parse_day(once.group(1)))
    return When(_rule(rest, text), clock, minutes, timezone)


_LENGTH = re.compile(
    r" ?\bfor (?:an? )?(?P<number>half an|\d+(?:[.]\d+)?)? ?"
    r"(?P<unit>minutes?|mins?|min|hours?|hrs?|h|m)(?: and (?P<more>\d+) ?(?:minutes?|mins?|m))?\b"
)


def _take_length(sentence: str) -> tuple[str, int]:
    found = _LENGTH.search(sentence)
    if not found:
        if " for " in f" {sentence} ":
            words = "It is not clear how long this takes."
            raise NotUnderstood(words, "Write 'for 45 minutes' or 'for 1.5 hours'.")
        return sentence, 60
    said = found["number"] or "1"
    number = 0.5 if said == "half an" else float(said)
    minutes = number * (60 if found["unit"].startswith("h") else 1) + int(found["more"] or 0)
    if minutes != int(minutes) or not 1 <= minutes <= 24 * 60:
        words = "A meeting takes whole minutes, at least one and at most a day."
        raise NotUnderstood(words, "Write 'for 45 minutes'.")
    return _without(sentence, found), int(minutes)


_CLOCK = r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))? ?(?P<half>am|pm|a\.m\.?|p\.m\.?)?"
_TIME = re.compile(rf" ?\bat (?:{_CLOCK}|(?P<noon>noon|midday))(?: o'clock)?(?![\w:])")


def _take_time(sentence: str, text: str) -> tuple[str, time]:
    found = _TIME.search(sentence)
    if not found:
        words = f"'{text[:80]}' does not say at what time."
        raise NotUnderstood(words, "Write the time too: 'at 10:00'.")
    if found["noon"]:
        return _without(sentence, found), time(12)
    return _without(sentence, found), _clock(found)


def parse_time(text: str) -> time:
    """Return the time of day that '10:00', '10.30' or '9am' says."""
    found = re.fullmatch(_CLOCK, text.strip().lower())
    if not found:
        raise NotUnderstood(f"'{text[:40]}' is no time of day.", "Write it like '10:00'.")
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
        raise NotUnderstood(words, f"Write 'at {hour:02}:00' or 'at {hour}am'.")
    if hour > 23 or minute > 59:
        words = f"There is no time '{found[0].strip()}'."
        raise NotUnderstood(words, "Write one from 0:00 to 23:59.")
    return time(hour, minute)


def _without(sentence: str, found: re.Match[str]) -> str:
    left, right = sentence[: found.start()].strip(), sentence[found.end() :].strip()
    return f"{left} {right}".strip()


_DAY = "(?:" + "|".join(f"{name.lower()}s?" for name in DAYS) + ")"
_DAY_LIST = rf"(?P<days>{_DAY}(?:(?: and| &)? {_DAY}){{0,6}})"
_ORDINAL = rf"(?:the )?(?P<ordinal>{'|'.join(ORDINALS)}) (?P<day>{_DAY}|day)"
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
    raise NotUnderstood(words)


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
        raise NotUnderstood(f"'every {count}' is no rhythm that we know.")
    return f";INTERVAL={number}" if number > 1 else ""


def _monthly(said: dict[str, str | None]) -> str:
    ordinal = ORDINALS[said["ordinal"] or "first"]
    day = said["day"] or "day"
    where = f"BYMONTHDAY={ordinal}" if day == "day" else f"BYDAY={ordinal}{CODES[_day_index(day)]}"
    return f"FREQ=MONTHLY{_months(said, ordinal < 0)};{where}"


def _month_day(said: dict[str, str | None]) -> str:
    number = int(said["number"] or 0)
    if not 1 <= number <= 28:
        words = f"Not every month has a day {number}."
        raise NotUnderstood(words, "Write 'on the last day of each month at 10:00'.")
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
        raise NotUnderstood(words, "Write 'day 7': day 1 is the day on which the work starts.")
    return int(found[1])
