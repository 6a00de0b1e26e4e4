"""The body of running notes <-> its lines that are action items. Pure.

A line is one where somebody put a tick box: beneath a heading *Promises*, or anywhere if it names
somebody or links to a card. Writing changes the words of that line alone.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from smarketing.kinds import Value
from smarketing.markdown import HEADING, ITEM, cut
from smarketing.sync.rewording import reworded
from smarketing.sync.statuses import parted, with_tick
from smarketing.sync.words import Knowing, Words, plain, read

_PROMISES = re.compile(r"\b(?:promises|promised|action items|actions|to do)\b", re.I)
_SHOWN = re.compile(r"(?:board|table):[^/]+/(?:card|row):")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a body: where its tick and its words stand, and what they say."""

    tick: int
    start: int
    end: int
    is_ticked: bool
    text: str
    words: Words

    @property
    def fields(self) -> dict[str, Value]:
        """What it says, in the terms of a place."""
        return {
            "title": self.words.title or None,
            "status": with_tick(self.words.status, self.is_ticked),
            "owner": self.words.owner,
            "due": self.words.due,
        }


def lines_in(body: str, knowing: Knowing) -> list[Line]:
    """Return the lines of a body that are action items, in their order."""
    return [
        line
        for line, is_promised in _boxes(body, knowing)
        if line.words.title
        and (is_promised or line.words.is_named or _SHOWN.match(line.words.target))
    ]


def written(body: str, wanted: Mapping[int, Mapping[str, Value]], knowing: Knowing) -> str:
    """Return the body with these values in the lines whose words start at these places."""
    for line in reversed(lines_in(body, knowing)):
        fields = wanted.get(line.start)
        if not fields:
            continue
        word, is_ticked = parted(fields.get("status"))
        said = {**fields, "status": word} if "status" in fields else fields
        body = body[: line.start] + reworded(line.text, said, knowing) + body[line.end :]
        if "status" in fields and is_ticked is not line.is_ticked and not line.words.is_struck:
            body = f"{body[: line.tick]}{'x' if is_ticked else ' '}{body[line.tick + 1 :]}"
    return body


def _boxes(body: str, knowing: Knowing) -> Iterator[tuple[Line, bool]]:
    """Yield each line with a tick box, and whether it stands beneath *Promises*."""
    is_promised = False
    at = len(cut(body).lead)
    for block in cut(body).blocks:
        if block.kind == HEADING:
            is_promised = bool(_PROMISES.search(plain(block.body)))
        elif block.kind == ITEM and block.tick:
            start = at + len(block.lead) + len(block.tick)
            ticked = block.tick[1] in "xX"
            words = read(block.body, knowing)
            tick = at + len(block.lead) + 1
            yield Line(tick, start, start + len(block.body), ticked, block.body, words), is_promised
        at += len(block.text) + len(block.gap)
