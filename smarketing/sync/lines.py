"""The body of running notes <-> its lines that are action items. Pure.

A line is one where somebody put a tick box: beneath a heading *Promises*, or anywhere if it names
somebody or links to a card. Writing changes the words of that line alone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from smarketing.kinds import Value
from smarketing.markdown import HEADING, ITEM, Block, cut
from smarketing.sync.rewording import reworded
from smarketing.sync.statuses import parted, with_tick
from smarketing.sync.words import Knowing, Words, plain, read

_PROMISES = re.compile(r"\b(?:promises|promised|action items|actions|to do)\b", re.IGNORECASE)
_SHOWN = re.compile(r"(?:board|table):[^/]+/(?:card|row):")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with a tick box: where its tick and its words stand, and what they say.

    `is_action` says whether somebody wrote it as an action item.
    """

    tick: int
    start: int
    end: int
    is_ticked: bool
    text: str
    words: Words
    is_action: bool

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
    """Return the lines of a body that have a tick box, in their order."""
    found = []
    is_promised = False
    at = len(cut(body).lead)
    for block in cut(body).blocks:
        if block.kind == HEADING:
            is_promised = is_promises(block)
        elif block.kind == ITEM and block.tick:
            found.append(_line(block, at, is_promised, knowing))
        at += len(block.text) + len(block.gap)
    return found


def _line(block: Block, at: int, is_promised: bool, knowing: Knowing) -> Line:
    box = at + len(block.lead)
    start = box + len(block.tick)
    words = read(block.body, knowing)
    is_meant = is_promised or words.is_named or bool(_SHOWN.match(words.target))
    return Line(
        box + 1,
        start,
        start + len(block.body),
        block.tick[1] in "xX",
        block.body,
        words,
        bool(words.title) and is_meant,
    )


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


def is_promises(block: Block) -> bool:
    """Say whether a block is a heading beneath which promises stand."""
    return block.kind == HEADING and bool(_PROMISES.search(plain(block.body)))
