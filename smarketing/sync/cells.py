"""Names, days and labels as people write them into the cells of a table, and back. Pure."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T ].*)?")
_WORDS = re.compile(
    r"(?:[A-Za-z]+,?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3,9})\.?,?\s+(\d{4})"
)
_AMERICAN = re.compile(
    r"(?:[A-Za-z]+,?\s+)?([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})"
)
_NUMBERS = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")


def day_in(text: str, known: str | None = None) -> str | None:
    """Return the day (YYYY-MM-DD) that a cell means, None if that is not clear.

    A spreadsheet may show a day in the way of its country. `known` is the day that it stood for
    when last read: of two readings, that one is right.
    """
    text = " ".join(text.split())
    if found := _ISO.fullmatch(text):
        return _day(found[1], found[2], found[3])
    if found := _WORDS.fullmatch(text):
        return _day(found[3], _month(found[2]), found[1])
    if found := _AMERICAN.fullmatch(text):
        return _day(found[3], _month(found[1]), found[2])
    if found := _NUMBERS.fullmatch(text):
        one, other, year = found.groups()
        readings = {_day(year, other, one), _day(year, one, other)} - {None}
        if known in readings:
            return known
        return readings.pop() if len(readings) == 1 else None
    return None


def name_in(text: str, people: Mapping[str, str], left: Mapping[str, str] = {}) -> str:
    """Return the name of the person that a cell names: by full name, first name or key.

    `people` maps keys to names, `left` those of whom has left: a cell goes on naming them, unless
    somebody who is there is meant. What names nobody, or several, is returned as it is.
    """
    said = " ".join(text.split()).removeprefix("@")
    meant = _meant(said.casefold(), people) or _meant(said.casefold(), left)
    return meant.pop() if len(meant) == 1 else said


def _meant(plain: str, people: Mapping[str, str]) -> set[str]:
    meant = {name for key, name in people.items() if plain in (key.casefold(), name.casefold())}
    return meant or {name for name in people.values() if plain == name.split(" ")[0].casefold()}


def labels_in(text: str) -> frozenset[str]:
    """Return the labels that a cell lists."""
    return frozenset(filter(None, (" ".join(part.split()) for part in re.split(r"[,;\n]", text))))


def plain_label(label: str) -> str:
    """Return what a label is known by: a tag in a text can hold neither capitals nor spaces."""
    return re.sub(r"[\W_]+", "-", label.casefold()).strip("-")


def labels_text(labels: Iterable[str]) -> str:
    """Return the labels as a cell lists them."""
    return ", ".join(sorted(labels, key=str.casefold))


def _month(word: str) -> str:
    start = word[:3].casefold()
    return str(_MONTHS.index(start) + 1) if start in _MONTHS else ""


def _day(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
