"""Reads a goal: its names, periods and numbers, each replaced by a sign that says what it is.

After that a number that is a target can be told from one in a name, a date or a rate.
"""

import re
from dataclasses import dataclass

from smarketing.lints.plainwords import (
    EVENT,
    MONTH,
    NUMBER,
    PERIOD,
    QUARTER,
    RATIO,
    SEASON,
    WEEKDAY,
    YEAR,
    plain,
)

NAME, DATE, PAST, RATE, COUNT = "¤n", "¤d", "¤p", "¤r", "¤c"
MOST = 2_000
"""Longer goals are read up to here: what matters is said by then."""

_TITLES = (
    "iso|iec|din|en|rfc|office|web|windows|fortune|ftse|dax|top|microsoft|dynamics|version|"
    "release|phase|step|point|chapter|item|tier|level|article|section|part|floor|hall|stand|"
    "booth|room|route|industry|studio|industrie|series|model|card|row|number|no\\."
)
_NAMES = re.compile(
    rf"\b24/7\b|\b(?!{QUARTER})(?:[a-z]{{1,5}}\d+[a-z]*|[a-z]\d[a-z])\b(?!-\d)"
    rf"|\b(?:{_TITLES})\s?(?:\d[\d.,:-]*\b|one\b)"
    r"|\b\d+(?:st|nd|rd|th)\s(?:century|birthday|anniversary|edition|time|place|floor)\b"
    rf"|\b(?:the|our|a|an|this|last)\s{YEAR}\s(?=[a-z])"
    rf"|\b(?:the|our|a|an)\s{QUARTER}\s(?=[a-z])"
    r"|\b(?:give|giving|gives)\s1[0-5]0\s?%"
    r"|\b360[- ](?:degrees?|°)|\bone-stop\b"
    r"|\b(?:at\s)?\d{1,2}(?::\d\d|\s?[ap]\.?m\b\.?)(?:\so'clock)?",
    re.IGNORECASE,
)
_OURS = re.compile(
    rf"\b(?:our|their|its|your|these|those|both|all|between the)\s(?:of\s)?(?:our\s)?{NUMBER}",
    re.IGNORECASE,
)
_PAST = re.compile(
    rf"\b(?:the\s)?(?:last|previous|past|prior)\s(?:{PERIOD}|fiscal year|{SEASON}|{WEEKDAY}|{MONTH})(?:'s)?"
    rf"|\bsince\s(?:{MONTH}\s?)?(?:{YEAR})?|\b(?:than|as|of)\sin\s{YEAR}|\b(?:a|one) year ago\b"
    rf"|\b(?:compared (?:with|to)|against|our|versus|vs\.?)\s{YEAR}(?:'s)?\b|\bin the first {NUMBER} {PERIOD}s",
    re.IGNORECASE,
)
_WHOSE = r"(?:the|this|next|our|the next|the coming|the current|the following|current|coming)"
_EDGE = r"(?:the\s)?(?:very\s)?(?:end|start|beginning|middle|close|turn|first half|second half|(?:first|second|third|fourth|last) quarter)\s(?:of\s)?"
_WHEN = (
    rf"(?:(?:{_WHOSE}\s)?(?:(?:financial|fiscal|business|calendar|school)\s)?{PERIOD}\b"
    rf"|(?:the\s|next\s|this\s)?(?:{SEASON})\b(?:\sbreak|\sholidays)?|(?:{_WHOSE}\s)?{QUARTER}(?:\s(?:{YEAR}|'?\d\d\b))?"
    rf"|(?:{_WHOSE}\s)?{MONTH}(?:\s\d{{1,2}}\b(?!\s?[%\d]))?(?:,?\s{YEAR})?|{YEAR}\b"
    r"|(?:the|our)\s(?:first|second|third|fourth|last)\s(?:quarter|half)\b)"
)
_DAY = r"(?:the\s)?\d{1,2}(?:st|nd|rd|th)?"
_UNTIL = r"(?:by|before|until|till|through|due|on|in|no later than|not later than|ahead of|during|for|from|in time for|as of|come|throughout)"
_DATES = re.compile(
    rf"\b\d{{4}}-\d\d-\d\d\b|\b\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}\b|\b{_DAY}\s(?:of\s)?{MONTH}(?:,?\s{YEAR})?"
    rf"|\b{MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s{YEAR})?|\b\d{{1,2}}/\d{{1,2}}\b"
    rf"|\b(?:day|week)\s\d+\b"
    rf"|\b(?:{_UNTIL}\s)?{_EDGE}{_WHEN}|\b(?:{_UNTIL}\s)?(?:mid|late|early)[- ](?:{MONTH}|{YEAR}|{SEASON}|{PERIOD}\b)"
    rf"|\b(?:this|next|the (?:next|coming|current))\s(?:(?:financial|fiscal|business|calendar)\s)?{PERIOD}\b"
    rf"|\b(?:next|this)\s(?:{SEASON}|{MONTH})"
    rf"|\b{_UNTIL}\s(?:{_WHEN}(?!-)|the year is out|eoy\b|year[- ]end|quarter[- ]end|month[- ]end)"
    rf"|\b(?:eoy|year-end|end of year)\b"
    rf"|\b(?:by|before|until|till|due|on|no later than)\s(?:next\s)?(?:{WEEKDAY}|tomorrow|tonight)\b"
    rf"|\b(?:by|before|until|till|ahead of|in time for)\s(?:the|our|next|this)\s(?:[\w'-]+\s){{0,3}}?{EVENT}\b"
    rf"|\b(?:within|in|over|during|for)\s(?:the\s)?(?:next|coming|following)\s(?:{NUMBER}|a|few)?\s?(?:days|weeks|months|quarters|years)\b"
    rf"|\b(?:within|in|inside)\s(?:{NUMBER}|a|one)\s(?:weeks?|months?|quarters?|years?)\b"
    rf"|\b(?:within|in|inside)\s(?:1[4-9]|[2-9]\d|\d{{3}}|thirty|sixty|ninety)\sdays\b"
    rf"|\b{QUARTER}(?:\s(?:{YEAR}|'?\d\d\b))?(?=\s*(?:$|[,.;:)(]))",
    re.IGNORECASE,
)
_BEFORE_DATE = re.compile(rf"\b{_UNTIL}\s+{DATE}", re.IGNORECASE)
_RATES = re.compile(
    rf"\b(?:a|an|per|each|every|and)\s(?:(?:working|business|calendar)\s)?(?:hour|day|{PERIOD}|{WEEKDAY})s?\b(?:\s(?:evening|morning))?"
    r"|\b(?:daily|weekly|fortnightly|monthly|quarterly|yearly|annually|year on year|year over year)\b",
    re.IGNORECASE,
)
_COUNTS = re.compile(rf"{RATIO}|{NUMBER}", re.IGNORECASE)
_ONE = re.compile(r"\b(?:at least|at most|within|from|to|only|than)\sone\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Read:
    """A goal as it was written, and with signs for its names, dates, past periods and numbers."""

    plain: str
    signed: str

    @property
    def has_date(self) -> bool:
        """Whether a day or period is said that ends it."""
        return DATE in self.signed


def read(text: str) -> Read:
    """Read a goal."""
    said = plain(text[:MOST])
    signed = _NAMES.sub(f" {NAME} ", said)
    signed = _PAST.sub(f" {PAST} ", signed)
    signed = _DATES.sub(f" {DATE} ", signed)
    signed = _BEFORE_DATE.sub(f" {DATE} ", signed)
    signed = _RATES.sub(f" {RATE} ", signed)
    signed = _OURS.sub(f" {NAME} ", signed)
    signed = _COUNTS.sub(f" {COUNT} ", signed)
    signed = _ONE.sub(f" {COUNT} ", signed)
    return Read(said, " ".join(signed.split()))
