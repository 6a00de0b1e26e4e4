"""Persona without owner: a page about a buyer that nobody keeps true."""

import re
from collections.abc import Iterator, Sequence

from smarketing.lints.advice import Advice, advice
from smarketing.lints.owners import is_owner
from smarketing.lints.placed import Line

_OWNER = re.compile(
    r"^\s*(?:[-*+|>]\s*|\d+\.\s*)?[*_]{0,3}(?:page |persona )?(?:owners?|owned by|kept by|responsible)\b[*_]{0,3}"
    r"(?P<sep>\s*[:|–—-]\s*|\s+)[*_]{0,3}(?P<who>[^|]*)",
    re.IGNORECASE,
)
_INSTEAD = "Write near its top: '- **Owner:** head of marketing'."


def persona_without_owner(title: str, lines: Sequence[Line]) -> Iterator[Advice]:
    """Return advice on a persona's document without a line that names its owner."""
    empty: Line | None = None
    for line in lines:
        found = _OWNER.match(line.text)
        if not found:
            continue
        who = found["who"].strip(" *_|.")
        if "{{" in who or is_owner(who):
            return
        empty = empty or line
    if empty is not None:
        at = len(empty.text) - len(empty.text.lstrip())
        words = f"The owner of '{title}' is not said."
        yield advice("persona-without-owner", empty, at, words, _INSTEAD)
    elif lines:
        words = f"Nobody owns '{title}'."
        yield advice("persona-without-owner", lines[0], 0, words, _INSTEAD)
