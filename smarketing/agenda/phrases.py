"""How an agenda writes a title, a name, a day or a cell, so that text stays text. Pure."""

import re
from collections.abc import Sequence

from smarketing.agenda.told import Campaign, Promise, Question, Work
from smarketing.minutes.shown import escaped

_TO_AGREE = re.compile(r"\[to agree:[^\[\]]*\]", re.IGNORECASE)


def linked(one: Promise | Work | Campaign | Question) -> str:
    """Return a title that leads to its card, where it has one."""
    title = escaped(one.title)
    return f"[{title}](link:{one.target})" if one.target else title


def with_owner(words: str, owner: str) -> str:
    """Return words with the first name of their owner behind."""
    return f"{words} ({escaped(first_name(owner))})" if owner else words


def first_name(name: str) -> str:
    """Return what people call somebody."""
    return name.split(" ")[0]


def is_open(text: str) -> bool:
    """Say whether something in a cell is still to agree."""
    return bool(_TO_AGREE.search(text))


def cell(text: str) -> str:
    """Return a cell's text as Markdown that shows just that, with what is to agree left open."""
    at, parts = 0, []
    for found in _TO_AGREE.finditer(text):
        parts += [escaped(text[at : found.start()]), found.group()]
        at = found.end()
    return " ".join(filter(None, [*parts, escaped(text[at:])]))


def at_most(lines: Sequence[str], more: str, most: int) -> Sequence[str]:
    """Return the first lines, and one that says how many more there are."""
    return lines if len(lines) <= most else [*lines[:most], more.format(len(lines) - most)]
