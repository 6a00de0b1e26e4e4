"""Which date of a meeting the page for everybody names, read from its words after a lost state. Pure."""

import re
from collections.abc import Iterator
from datetime import date, datetime, time

from smarketing.calendar.coming import Coming
from smarketing.calendar.occurrences import Series
from smarketing.calendar.when import MONTHS
from smarketing.text.agreement import without_marks

_DAY = r"[A-Z][a-z]+day (\d{1,2}) ([A-Z][a-z]{2})[a-z]* (\d{4})"
_SAID = re.compile(
    rf"^[-*+ \t]*(?P<how>Next:|Was last on|On) {_DAY}, (\d\d:\d\d) to (\d\d:\d\d)"
    rf"(?: \([^()]*\))?(?:, moved from {_DAY})?"
)
_TITLE = re.compile(r"^[-*+][ \t]+\[(?P<title>(?:\\.|[^\[\]\\])*)\]\([^()\s]*\)")


def read_from(page: str, title: str, meeting: Series) -> Coming | None:
    """Return what the page says comes of the meeting of this title, None where it says nothing.

    Nobody else knows that any more: else the page would say less than before, beside it.
    """
    for named, said in _said_in(page):
        if named == without_marks(title):
            return _coming(said, meeting)
    return None


def _said_in(page: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Yield the titles of meetings, each with the line below it that says when."""
    title = ""
    for line in page.splitlines():
        if found := _TITLE.match(line):
            title = without_marks(re.sub(r"\\(.)", r"\1", found["title"]))
        elif title and (said := _SAID.match(line)):
            yield title, said
            title = ""


def _coming(said: re.Match[str], meeting: Series) -> Coming | None:
    how, day, month, year, begins, ends, *original = said.groups()
    try:
        start = datetime.combine(_date(day, month, year), _clock(begins))
        of_rule = _date(*original) if original[0] else start.date()
        minutes = (_clock(ends).hour - start.hour) * 60 + _clock(ends).minute - start.minute
    except ValueError:
        return None
    if how == "On" and not original[0]:
        return None
    is_usual = (start, minutes % 1440) == (
        datetime.combine(of_rule, meeting.start.time()),
        meeting.minutes,
    )
    is_over = how == "Was last on"
    if is_usual:
        return Coming(of_rule, is_over=is_over)
    return Coming(of_rule, start, minutes % 1440, is_over)


def _date(day: str, month: str, year: str) -> date:
    return date(int(year), MONTHS.index(month) + 1, int(day))


def _clock(said: str) -> time:
    return time.fromisoformat(said)
