"""Amounts as people write them into a table: '58 %', '7 of 10', '£12,000', '1.5 days'. Pure.

What could mean two things is not read at all: no number is better than a wrong one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_MOST_CHARACTERS, _MOST_DIGITS = 120, 15
_DIGITS = re.compile(r"[0-9](?:[0-9]|[.,'’ ](?=[0-9]))*")
_MONEY = re.compile(r"[A-Z]{0,2}\$|[£€¥]|[A-Z]{3}(?![A-Za-z])")
_SCALE = re.compile(r" ?([kKmM]|mn|bn|thousand|million|billion)(?![A-Za-z/])")
_SHARE = re.compile(r" (?:out )?of ([0-9]+)(?![.,]?[0-9])")
_UNIT = re.compile(r" ?([A-Za-z]+(?:(?: ?/ ?|[ -])[A-Za-z]+)*)")
_WORDS = re.compile(r"(?: [A-Za-z'-]+)+")

_ABOUT = ("about ", "around ", "approximately ", "roughly ", "circa ", "ca. ", "~", "≈")
_BOUNDS = (
    ("least", ("at least ", "not less than ", "no less than ", "min. ", "≥", ">=")),
    ("over", ("more than ", "over ", "above ", ">")),
    ("most", ("at most ", "not more than ", "no more than ", "up to ", "max. ", "≤", "<=")),
    ("under", ("less than ", "fewer than ", "under ", "below ", "<")),
)
_PERCENT = ("%", " %", " percent", "percent", " per cent")
_CODES = frozenset({
    "EUR", "GBP", "JPY", "USD", "CHF", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK",
    "HUF", "CNY", "INR", "SGD", "HKD", "ZAR", "BRL", "MXN",
})  # fmt: skip
_SIGNS = {"EUR": "€", "GBP": "£", "JPY": "¥"}
_SCALES = {"thousand": 1e3, "k": 1e3, "million": 1e6, "billion": 1e9}
_SCALES_OF_MONEY = {"m": 1e6, "mn": 1e6, "bn": 1e9}
_MINUTES = dict.fromkeys(("s", "sec", "second"), 1 / 60)
_MINUTES |= dict.fromkeys(("min", "minute"), 1.0) | dict.fromkeys(("h", "hr", "hour"), 60.0)
_DATES = frozenset({
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
    "january", "february", "march", "april", "june", "july", "august", "september", "october",
    "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    "sunday", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "th", "st", "nd", "rd", "am",
    "pm",
})  # fmt: skip
_NO_COUNT = _DATES | {
    "baseline", "before", "count", "current", "first", "former", "it", "month", "now", "previous",
    "quarter", "start", "that", "today", "week", "what", "year",
}  # fmt: skip
"""What follows `of` where a share is one of an earlier number, or no share at all."""

_REMARKS = frozenset(
    ["as", "at", "by", "each", "every", "from", "in", "last", "on", "since", "this", "until"]
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit: "" counts things, "%" is a share of 100.

    `text` is what was written, without the remark behind it. `bound` is "least", "most", "over"
    or "under" where the words say so, as in 'at least 80 %'; the last two leave the number out.
    """

    text: str
    number: float
    unit: str
    bound: str = ""


def read_amount(text: str) -> Amount | None:
    """Return the amount that a cell begins with, None where it can't be read for certain."""
    words = " ".join(text.split())
    if len(words) > _MOST_CHARACTERS:
        return None
    bound = ""
    _, rest = _without(words, _ABOUT)
    for name, prefixes in _BOUNDS:
        found, rest = _without(rest, prefixes)
        bound = name if found else bound
    known = _measured(rest)
    if known is None:
        return None
    number, unit, remark = known
    return Amount(words[: len(words) - len(remark)].rstrip(), number, unit, bound)


def _without(text: str, prefixes: Iterable[str]) -> tuple[bool, str]:
    """Take one of these from the front, in whatever letters; say whether there was one."""
    low = text.lower()
    for prefix in prefixes:
        if low.startswith(prefix):
            return True, text[len(prefix) :].lstrip()
    return False, text


def _measured(text: str) -> tuple[float, str, str] | None:
    """Return number, unit and remark."""
    is_negative, rest = _without(text, "-−–")
    before, rest = _money(rest)
    digits = _DIGITS.match(rest)
    number = _number(digits[0]) if digits else None
    if digits is None or number is None:
        return None
    number, rest = -number if is_negative else number, rest[digits.end() :]
    scale = _SCALE.match(rest)
    after, left = _money(rest[scale.end() :] if scale else rest)
    if before and after:
        return None
    money = before or after
    if scale:
        name = scale[1].lower()
        factor = _SCALES.get(name) or (_SCALES_OF_MONEY.get(name) if money else None)
        return _unless_unclear(number * factor, money, left) if factor else None
    return _unless_unclear(number, money, left) if money else _with_unit(number, rest)


def _money(text: str) -> tuple[str, str]:
    found = _MONEY.match(text.lstrip())
    if found is None or (found[0].isalpha() and found[0] not in _CODES):
        return "", text
    return _SIGNS.get(found[0], found[0]), text.lstrip()[found.end() :].lstrip(" ")


def _number(digits: str) -> float | None:
    """Read '12,000', '12 000', '1.234,50', '1,5'. A lone point before three digits is unclear."""
    marks = [c for c in digits if c not in "0123456789"]
    if len(digits) - len(marks) > _MOST_DIGITS:
        return None
    if not marks:
        return float(digits)
    first, *middle, last = re.split(r"[^0-9]", digits)
    grouped = len(first) < 4 and first[0] != "0" and all(len(group) == 3 for group in middle)
    whole = first + "".join(middle)
    if len(set(marks)) == 2 and marks[-1] in ".," and marks.index(marks[-1]) == len(marks) - 1:
        return float(f"{whole}.{last}") if grouped else None
    if len(set(marks)) > 1:
        return None
    if grouped and len(last) == 3:
        return None if marks == ["."] else float(whole + last)
    is_decimal = marks == ["."] or (marks == [","] and len(last) < 3)
    return float(f"{first}.{last}") if is_decimal else None


def _with_unit(number: float, rest: str) -> tuple[float, str, str] | None:
    if share := _SHARE.match(rest):
        whole = _number(share[1])
        return _counted(100 * number / whole, rest[share.end() :]) if whole else None
    is_percent, left = _percent(rest)
    if is_percent:
        return (
            _counted(number, left)
            if left.startswith(" of ")
            else _unless_unclear(number, "%", left)
        )
    if clear := _unless_unclear(number, "", rest):
        return clear
    unit = _UNIT.match(_before_a_remark(rest))
    if unit is None or unit[1].lower() in _DATES:
        return None
    one = _one(unit[1])
    number, one = (number * _MINUTES[one], "minute") if one in _MINUTES else (number, one)
    return _unless_unclear(number, one, rest[unit.end() :])


def _percent(rest: str) -> tuple[bool, str]:
    for sign in _PERCENT:
        if rest.lower().startswith(sign):
            return True, rest[len(sign) :]
    return False, rest


def _counted(number: float, rest: str) -> tuple[float, str, str] | None:
    """Return a share; `of 10 leads` says what was counted, and no more."""
    words = _WORDS.match(_before_a_remark(rest))
    if words is None:
        return _unless_unclear(number, "%", rest)
    spoken = words[0].lower().split()
    unclear = not _NO_COUNT.isdisjoint(spoken) or any(word.endswith("'s") for word in spoken)
    clear = _unless_unclear(number, "%", rest[words.end() :])
    return (number, "%", rest) if clear and not unclear else None


def _one(unit: str) -> str:
    """Return the unit of one: `leads` count the same as a `lead`."""
    words = " ".join(unit.lower().replace("/", " / ").split())
    return words[:-1] if len(words) > 2 and words.endswith("s") else words


def _before_a_remark(rest: str) -> str:
    words = rest.split(" ")
    for number, word in enumerate(words):
        if word.lower() in _REMARKS:
            return " ".join(words[:number])
    return rest


def _unless_unclear(number: float, unit: str, rest: str) -> tuple[float, str, str] | None:
    return (number, unit, rest) if _is_remark(rest) else None


def _is_remark(rest: str) -> bool:
    """Say whether what follows only comments: `(31 of 53)`, `; last week 51 %`, `by 31 Mar`."""
    if not rest or rest in (".", ",") or rest.lstrip()[:1] in ("(", "[", ";", "·"):
        return True
    if rest[:2] in (", ", ". "):
        return not rest[2:3].isdigit()
    if rest[:3] in (" - ", " – "):
        return True
    word, _, after = rest.strip().partition(" ")
    if word.lower() in ("in", "at", "on") and after[:1].isdigit():
        # '3 in 10' is a share, '3 in 2026' a year, '3 on 14 Dec' a day.
        number, _, more = after.partition(" ")
        return len(number) == 4 or (word.lower() == "on" and more[:1].isalpha())
    return rest[:1] == " " and word.lower() in _REMARKS
