"""What the minutes leave for the meetings after them: ideas with their votes, and decisions. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from smarketing.agenda.told import Decision, Idea
from smarketing.calendar.days import day_said
from smarketing.calendar.when import MONTHS
from smarketing.minutes.minutes import part_of, sections
from smarketing.minutes.shown import plain
from smarketing.text.agreement import without_marks
from smarketing.text.markdown import ITEM, PARAGRAPH, cut
from smarketing.text.samewords import SIMILAR, words_kept

EXAMPLE = re.compile(r"^\W*example\b", re.IGNORECASE)

_BULLET = re.compile(r"(?:\\?[-*+•–]|\d{1,3}\\?[.)])[ \t]+")
_BOX = re.compile(r"[☐☑☒✓✔]|\\?\[[ xX]\\?\](?!\()")
_NONE = re.compile(
    r"(?:none|nothing|no(?: new| more| other)? ideas?)(?: is| are)?"
    r"(?: yet| left| today| so far| this (?:time|week)| from last (?:time|week))*\W*",
    re.IGNORECASE,
)
_FEW = 7
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


def own_words(agenda: str) -> set[str]:
    """Return the plain words of each paragraph of an agenda, and of each line of one."""
    texts = [block.body for block in cut(agenda).blocks if block.kind == PARAGRAPH]
    return {plain(each) for text in texts for each in (text, *text.splitlines())}


def ideas(minutes: str, held: date, own: Collection[str] = ()) -> list[Idea]:
    """Return the ideas that the minutes of a day leave: not those struck out or answered.

    Each item of a list is one, and each line of a paragraph; `own` are the plain words of the
    agenda itself, and those of promises.
    """
    found = _suggested(part_of(minutes, "ideas"), own)
    read = [_idea(words, held) for words in found if not _is_over(words)]
    return [each for each in read if each.words]


def _suggested(part: str, own: Collection[str]) -> Iterator[str]:
    for block in cut(part).blocks:
        if block.tick:
            continue
        lines = block.body.splitlines()
        if block.kind == ITEM:
            # What is indented goes on with the item; at the margin somebody typed one of their own.
            below = [line for line in lines[1:] if not line[:1].isspace()]
            words = " ".join(line.strip() for line in lines if line not in below)
            yield from [words] if plain(words) not in own else ()
            yield from _typed(below, own)
        elif block.kind == PARAGRAPH and not block.depth and plain(block.body) not in own:
            yield from _typed(lines, own)


def _typed(lines: Iterable[str], own: Collection[str]) -> Iterator[str]:
    """Yield the lines that tell of an idea, without a bullet that a tool left as text."""
    for line in lines:
        words = _BULLET.sub("", line.strip().removesuffix("\\").rstrip(), count=1)
        shown = plain(words)
        is_said = _is_of(own, shown) or shown.endswith(":") or _NONE.fullmatch(shown)
        if shown and not is_said and not _BOX.match(words) and not _HINT.fullmatch(words):
            yield words


def _is_of(own: Collection[str], shown: str) -> bool:
    """Say whether these are words of the agenda, also where somebody altered a few of many."""
    likes = (words_kept(each, shown) for each in own if len(each.split()) > _FEW)
    return shown in own or any(like >= SIMILAR for like in likes)


def decisions(body: str, last: date, today: date, own: Collection[str] = ()) -> list[Decision]:
    """Return what the last meeting decided, then what others did for a day that has come since.

    `own` are the plain words of the agenda itself.
    """
    fresh, come = [], []
    for section in sections(body):
        for words in _decided(body[section.start : section.end], own):
            if section.day == last:
                fresh.append(Decision(words, section.day))
            elif section.day < last and _has_come(words, section.day, last, today):
                come.append(Decision(words, section.day, has_come=True))
    return [*fresh, *come]


def _decided(minutes: str, own: Collection[str]) -> Iterator[str]:
    for block in cut(part_of(minutes, "decided")).blocks:
        words = " ".join(block.body.split())
        if block.kind not in (ITEM, PARAGRAPH) or block.tick or plain(words) in own:
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
