"""Which open questions are to be answered at a meeting, from the texts of the workspace. Pure."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from smarketing.address import container_of, key_of
from smarketing.agenda.told import Question
from smarketing.calendar.days import day_said, in_words
from smarketing.state.record import Record, in_sight
from smarketing.text.agreement import still_to_agree
from smarketing.text.wording import called

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_MEETING = re.compile(
    rf"(?:(?:by|at|in) )?(?:the |our )?(?:(?P<word>next|{'|'.join(_ORDINALS)})|(?P<count>\d{{1,3}})"
    r"(?:st|nd|rd|th)) (?P<name>\w[\w -]*?)(?: meeting)?"
)
_BY_MEETING, _BY_DAY, _BY_NEXT = range(3)
_BY = re.compile(r"(?:by|on|until|before) ")


def questions(
    records: Mapping[str, Record],
    order: Iterable[str],
    meeting: str,
    number: int,
    day: date,
    notes: Collection[str],
) -> list[Question]:
    """Return the questions that are to be answered by meeting `number`, on this day.

    `notes` are the documents of meetings, which only repeat what is asked elsewhere.
    """
    record, seen = records.get(meeting), in_sight(records)
    title = str(record.hub.get("title") or "") if record else ""
    names = {*title.casefold().split(), *key_of(meeting).split("-")}
    found = []
    for address in dict.fromkeys((*order, *records)):
        if address not in seen or address not in records or address in notes:
            continue
        for where, text in _texts(records, records[address]):
            for one in still_to_agree(text):
                since = _due(one.by, names, number, day)
                if since is not None:
                    home = called(where, str(records[where].hub.get("title") or ""))
                    late = _late(since, number, day)
                    found.append((since, Question(one.question, one.owner, home, where, late)))
    return [question for _, question in sorted(found, key=lambda each: each[0])]


def _texts(records: Mapping[str, Record], one: Record) -> Iterator[tuple[str, str]]:
    """Yield the texts that may leave something open, each with what a person opens to answer it."""
    if one.kind == "document":
        yield one.address, str(one.hub.get("body") or "")
    elif one.kind == "card":
        yield one.address, str(one.hub.get("description") or "")
    elif one.kind == "row" and container_of(one.address) in records:
        cells = one.hub.get("cells")
        for text in cells.values() if isinstance(cells, Mapping) else ():
            yield container_of(one.address), str(text)


def _late(since: tuple[int, int], number: int, day: date) -> str:
    """Return when a question was due, in the order of `_due`; "" if it is due now."""
    kind, when = since
    if kind == _BY_MEETING:
        return f"due at meeting {when}" if when < number else ""
    is_late = kind == _BY_DAY and when < day.toordinal()
    return f"due {in_words(date.fromordinal(when), day)}" if is_late else ""


def _due(by: str, names: Collection[str], number: int, day: date) -> tuple[int, int] | None:
    """Return what orders the questions that are due by this meeting, None for one that is not.

    Those of an earlier meeting come first, then those of a day, then those of the next meeting.
    """
    said = " ".join(by.casefold().split())
    if found := _MEETING.fullmatch(said):
        if not set(found["name"].split()) <= set(names):
            return None
        if found["word"] == "next":
            return _BY_NEXT, 0
        which = int(found["count"] or _ORDINALS.index(found["word"]) + 1)
        return (_BY_MEETING, which) if which <= number else None
    # A weekday or "tomorrow" counts from a day that nobody wrote down.
    when = day_said(_BY.sub("", said, count=1), day) if re.search(r"\d", said) else None
    return (_BY_DAY, when.toordinal()) if when and when <= day else None
