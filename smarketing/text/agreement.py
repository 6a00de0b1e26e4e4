"""What a team has still to agree, as it stands in texts: `[to agree: question, owner, by when]`."""

import re
from dataclasses import dataclass

from smarketing.text.wording import capitalised, one_line

_OPEN = re.compile(r"(?<!`)\[to agree:((?:[^\[\]]|\[[^\[\]]{0,300}\]){0,1000})\]", re.IGNORECASE)
_FENCED = re.compile(r"^(`{3,}|~{3,})[^\n]*\n.*?(?:^\1[^\n]*$|\Z)", re.MULTILINE | re.DOTALL)
_ENTRY = re.compile(r"^##[ \t]+(?P<heading>\S[^\n]*)$", re.MULTILINE)
_STATE = re.compile(r"·\s*(?P<state>agreed|proposed)\b", re.IGNORECASE)
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
_EMPHASIS = re.compile(r"(?<![^\W_])[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?![^\W_])|`")
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Open:
    """One question that waits for an answer; owner and by when are "" where nobody said."""

    question: str
    owner: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Agreed:
    """How many entries of a text are agreed. `stated` tells that its headings say so themselves."""

    done: int
    total: int
    stated: bool


def still_to_agree(text: str) -> list[Open]:
    """Return the open questions of a text, in their order."""
    found = _OPEN.finditer(_FENCED.sub("", _unix(text)))
    asked = (_open(one[1]) for one in found if not _PARAGRAPHS.search(one[1]))
    return [one for one in asked if one.question]


def agreed(text: str) -> Agreed:
    """Count the entries (`## `) that are agreed.

    Where headings say `· agreed` or `· proposed`, only such entries and those with an open
    question count; elsewhere an entry counts as done when nothing in it is open.
    """
    body = _FENCED.sub("", _unix(text))
    headings = list(_ENTRY.finditer(body))
    starts = [heading.start() for heading in headings] + [len(body)]
    stated = any(_STATE.search(heading["heading"]) for heading in headings)
    done = total = 0
    for heading, end in zip(headings, starts[1:], strict=True):
        state = _STATE.search(heading["heading"])
        is_open = bool(still_to_agree(body[heading.start() : end]))
        if stated and not state and not is_open:
            continue
        total += 1
        said = state["state"].lower() == "agreed" if state else not stated
        done += said and not is_open
    return Agreed(done, total, stated)


def without_marks(text: str) -> str:
    """Return the words of a Markdown line: links by their text, no emphasis."""
    return one_line(_EMPHASIS.sub("", _LINK.sub(r"\1", text)))


def without_questions(text: str) -> str:
    """Return the words of a text in which each open question is `still to agree`."""
    return without_marks(_OPEN.sub("still to agree", text))


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _open(inside: str) -> Open:
    """Read `question? owner, by when` or `question, owner, by when`."""
    said = without_marks(inside)
    question, mark, rest = said.rpartition("?")
    if mark:
        owner, _, by = rest.strip(" ,;.").partition(",")
        return Open(capitalised(question.strip()) + mark, owner.strip(), by.strip())
    parts = [part.strip() for part in said.rsplit(",", 2)]
    return Open(capitalised(parts[0]), *parts[1:])
