"""What the minutes leave for the meetings after them: ideas with their votes, and decisions. Pure."""

import re
from collections.abc import Collection, Iterator
from datetime import date

from smarketing.agenda.told import Decision, Idea
from smarketing.calendar.days import day_said
from smarketing.calendar.when import MONTHS
from smarketing.minutes.minutes import part_of, sections
from smarketing.text.agreement import without_marks
from smarketing.text.markdown import ITEM, PARAGRAPH, cut

EXAMPLE = re.compile(r"^\W*example\b", re.IGNORECASE)

_ENTRY = re.compile(
    r"^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+(?!\[[ xX]\])(?P<words>\S[^\n]*)$", re.MULTILINE
)
_COUNTED = re.compile(r"[(;,]\s*(?P<votes>\d{1,3})\s+votes?\s*\)?\s*$", re.IGNORECASE)
_PLUS = re.compile(r"(?<!\S)\+1(?=[\s,;]|$),?")
_DOT = re.compile(r"\s+·\s+")
_TRIED = re.compile(r"(?:trying|tried)\b(?:\s+since\s+(?P<since>.+))?", re.IGNORECASE)
_ANSWERED = re.compile(r"\W*(?:kept|dropped)\b", re.IGNORECASE)
_HINT = re.compile(r"\*[^*]+\*|_[^_]+_")
_DAY = re.compile(
    rf"\b(?:\d{{4}}-\d\d-\d\d|\d{{1,2}} (?:{'|'.join(MONTHS)})[a-z]*\.?(?: \d{{4}})?)\b",
    re.IGNORECASE,
)


def ideas(minutes: str, held: date) -> list[Idea]:
    """Return the ideas that the minutes of a day leave: not those struck out or answered."""
    found = (each["words"].strip() for each in _ENTRY.finditer(part_of(minutes, "ideas")))
    read = [_idea(words, held) for words in found if not _is_over(words)]
    return [each for each in read if each.words]


def decisions(body: str, last: date, today: date, frame: Collection[str] = ()) -> list[Decision]:
    """Return what the last meeting decided, then what others did for a day that has come since.

    `frame` are lines of the agenda's own frame.
    """
    fresh, come = [], []
    for section in sections(body):
        for words in _decided(body[section.start : section.end], frame):
            if section.day == last:
                fresh.append(Decision(words, section.day))
            elif section.day < last and _has_come(words, section.day, last, today):
                come.append(Decision(words, section.day, has_come=True))
    return [*fresh, *come]


def _decided(minutes: str, frame: Collection[str]) -> Iterator[str]:
    for block in cut(part_of(minutes, "decided")).blocks:
        words = " ".join(block.body.split())
        if block.kind not in (ITEM, PARAGRAPH) or block.tick or words in frame:
            continue
        if words and not _HINT.fullmatch(words) and not EXAMPLE.match(without_marks(words)):
            yield words


def _has_come(words: str, said_on: date, last: date, today: date) -> bool:
    days = (day_said(found.group(), said_on) for found in _DAY.finditer(without_marks(words)))
    return any(day and last < day <= today for day in days)


def _is_over(words: str) -> bool:
    _, *parts = _DOT.split(words)
    is_struck = words.startswith("~~")
    return (
        is_struck or bool(EXAMPLE.match(without_marks(words))) or any(map(_ANSWERED.match, parts))
    )


def _idea(words: str, held: date) -> Idea:
    """Return an idea without its votes, how many it has, and since when it is tried."""
    head, *parts = _DOT.split(words)
    tried = next(filter(None, map(_TRIED.fullmatch, parts)), None)
    if tried:
        since = day_said(tried["since"], held) if tried["since"] else None
        return Idea(*_counted(head), since or held)
    return Idea(*_counted(words))


def _counted(words: str) -> tuple[str, int]:
    votes = len(_PLUS.findall(words))
    words = " ".join(_PLUS.sub("", words).split())
    if counted := _COUNTED.search(words):
        votes += int(counted["votes"])
        words = words[: counted.start()].rstrip()
        words += "" if counted.group().startswith("(") else ")"
    return words, votes
