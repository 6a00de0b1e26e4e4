"""The body of running notes in sections, one for each occurrence, the newest on top. Pure.

A section begins with a heading that bears its day, in whichever words members left it, and holds all
that stands beneath, other headings too, up to that of another day.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from smarketing.calendar.when import DAYS, MONTHS
from smarketing.text.markdown import HEADING, cut, line_end, with_line_end

_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_MONTH = "|".join(MONTHS)
_WEEKDAY = "|".join(day[:3] for day in DAYS)
_DAY_FIRST = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\.?\s+({_MONTH})[a-z]*\.?,?\s+(\d{{4}})\b", re.IGNORECASE
)
_MONTH_FIRST = re.compile(
    rf"\b({_MONTH})[a-z]*\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b", re.IGNORECASE
)
_NO_YEAR = re.compile(
    rf"(?:(?:{_WEEKDAY})[a-z]*\.?,?\s+)?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?P<month>{_MONTH})[a-z]*"
    rf"|(?P<month_first>{_MONTH})[a-z]*\.?\s+(?P<day_last>\d{{1,2}})(?:st|nd|rd|th)?)\b",
    re.IGNORECASE,
)
"""A day without its year, in front of a heading: minutes from before, whose year nobody can tell."""


@dataclass(frozen=True, slots=True)
class Section:
    """From `start` to `end` stand the minutes of the meeting of a day."""

    day: date
    start: int
    end: int


def sections(body: str) -> list[Section]:
    """Return the sections whose headings bear a day, in the order of the body.

    One ends where the next heading of its level with another day begins.
    """
    marks = _marks(body)
    ends = [at for at, _ in marks[1:]] + [len(body)] * bool(marks)
    return [Section(day, at, end) for (at, day), end in zip(marks, ends, strict=True) if day]


def _marks(body: str) -> list[tuple[int, date | None]]:
    """Return where the minutes of each day begin; None for a day that has no year."""
    marks: list[tuple[int, date | None]] = []
    for at, level, text in _headings(body):
        if level > 2:
            continue
        above = marks[-1][1] if marks else None
        day = _day_in(text)
        if day and day != above:
            marks.append((at, day))
        elif not day and (found := _NO_YEAR.match(text)) and not _is_of(found, above):
            marks.append((at, None))
    return marks


def _is_of(found: re.Match[str], day: date | None) -> bool:
    if day is None:
        return False
    said = found["day"] or found["day_last"], found["month"] or found["month_first"]
    return (int(said[0]), _month(said[1])) == (day.day, day.month)


def section_of(body: str, days: Collection[date]) -> Section | None:
    """Return the section of the meeting that is, or was to be, on one of these days."""
    return next((each for each in sections(body) if each.day in days), None)


def with_section(body: str, text: str) -> str:
    """Return the body with a new section on top; all that was there stays as it is, byte for byte.

    Where no heading bears a day it comes last: what stands below it would be a part of it.
    """
    end = line_end(body) or "\n"
    text = with_line_end(text.strip("\n"), end)
    at = next((at for at, _ in _marks(body)), len(body))
    before, after = body[:at], body[at:]
    if before and not before.endswith(end * 2):
        before += end if before.endswith(end) else end * 2
    return f"{before}{text}{end * 2 if after else end}{after}"


def part_of(section: str, word: str) -> str:
    """Return what stands beneath a section's heading that has this word, "" if there is none."""
    found = ""
    within = 0
    begin = 0
    for at, level, text in [*_headings(section), (len(section), 0, "")]:
        if within and level <= within:
            found = section[begin:at]
            break
        if not within and re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE):
            within, begin = level, at + len(_line(section, at))
    return found


def _line(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[at:] if end < 0 else text[at : end + 1]


def _headings(body: str) -> list[tuple[int, int, str]]:
    """Return where each heading begins, its level, and its words."""
    whole = cut(body)
    at = len(whole.lead)
    found = []
    for block in whole.blocks:
        if block.kind == HEADING and block.depth == 0 and (level := block.lead.count("#")):
            found.append((at, level, block.body))
        at += len(block.text) + len(block.gap)
    return found


def _day_in(text: str) -> date | None:
    if found := _ISO.search(text):
        return _day(found[1], found[2], found[3])
    if found := _DAY_FIRST.search(text):
        return _day(found[3], str(_month(found[2])), found[1])
    if found := _MONTH_FIRST.search(text):
        return _day(found[3], str(_month(found[1])), found[2])
    return None


def _month(word: str) -> int:
    return [name.casefold() for name in MONTHS].index(word[:3].casefold()) + 1


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
