"""The body of running notes <-> its lines that are action items. Pure.

With a tick box, a line is one beneath a heading *Promises*, or anywhere if it names somebody or
links to a card. Without one, as in tools whose boxes can't be read, it is one that begins with
`@ana`, or beneath *Promises* with a name. Writing changes the words of that line alone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from smarketing.kinds import Value
from smarketing.minutes.rewording import reworded
from smarketing.minutes.saying import says_something
from smarketing.minutes.shown import plain
from smarketing.minutes.words import OWNER, STATUS, Knowing, Words, read
from smarketing.sync.statuses import parted, with_tick
from smarketing.text.markdown import HEADING, ITEM, PARAGRAPH, Block, cut

_PROMISES = re.compile(r"\b(?:promises|promised|action items|actions|to do)\b", re.IGNORECASE)
_SHOWN = re.compile(r"(?:board|table):[^/]+/(?:card|row):")
_SIGN = re.compile(r"(?:\\?[-*][ \t]+)?(?:(?P<sign>[☐☑☒✓✔])|\\?\[(?P<inside>[ xX])\\?\])[ \t]+")
"""A box that somebody typed where the tool makes none of it."""
_OPEN_SIGN, _TICKED_SIGN = "☐", "☑"


@dataclass(frozen=True, slots=True)
class Line:
    """A line: where its tick (-1 if it has no box) and its words stand, and what they say.

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
        return _fields(self.words, self.is_ticked)

    @property
    def whole(self) -> str:
        """Its words behind its tick."""
        return with_tick(self.text, self.is_ticked)


def fields_of(whole: str, knowing: Knowing) -> dict[str, Value]:
    """Return what a line says of which these are the words behind its tick."""
    text, is_ticked = parted(whole)
    return _fields(read(text, knowing), bool(is_ticked))


def _fields(words: Words, is_ticked: bool) -> dict[str, Value]:
    is_cleared = words.is_cleared and not is_ticked
    return {
        "title": words.title or None,
        "status": "" if is_cleared else with_tick(words.status, is_ticked),
        "owner": words.owner,
        "due": words.due,
    }


def lines_in(body: str, knowing: Knowing) -> list[Line]:
    """Return the lines of a body that may be action items, in their order."""
    found = []
    is_promised = False
    at = len(cut(body).lead)
    for block in cut(body).blocks:
        if block.kind == HEADING:
            is_promised = is_promises(block)
        elif block.kind == ITEM or (block.kind == PARAGRAPH and "\n" not in block.body):
            found.append(_line(block, at, is_promised, knowing))
        at += len(block.text) + len(block.gap)
    return [
        replace(line, is_action=line.is_action and says_something(line.words, knowing))
        for line in found
    ]


def is_promises(block: Block) -> bool:
    """Say whether a block is a heading beneath which promises stand."""
    return block.kind == HEADING and bool(_PROMISES.search(plain(block.body)))


def _line(block: Block, at: int, is_promised: bool, knowing: Knowing) -> Line:
    box = at + len(block.lead)
    sign = None if block.tick else _SIGN.match(block.body)
    text = block.body[sign.end() :] if sign else block.body
    start = at + len(block.text) - len(text)
    words = read(text, knowing)
    if block.tick:
        tick, is_ticked = box + 1, block.tick[1] in "xX"
    elif sign:
        said = "sign" if sign["sign"] else "inside"
        tick, is_ticked = box + sign.start(said), sign[said] not in (_OPEN_SIGN, " ")
    else:
        tick, is_ticked = -1, _means_done(words, knowing)
    is_meant = _is_meant(words, text, is_promised, has_box=tick >= 0)
    return Line(
        tick, start, start + len(text), is_ticked, text, words, bool(words.title) and is_meant
    )


def _is_meant(words: Words, text: str, is_promised: bool, *, has_box: bool) -> bool:
    if has_box:
        return is_promised or words.is_named or bool(_SHOWN.match(words.target))
    named, chosen = words.spans.get(OWNER), words.spans.get(STATUS)
    head = text[chosen.end :].lstrip() if chosen and not chosen.start else text
    is_first = words.is_named and (named is None or named.start == len(text) - len(head))
    return is_first and (is_promised or head.startswith("@"))


def _means_done(words: Words, knowing: Knowing) -> bool:
    status = knowing.vocabulary.status_of(words.status) if words.status else ""
    return knowing.vocabulary.is_ticked(status)


def written(body: str, wanted: Mapping[int, Mapping[str, Value]], knowing: Knowing) -> str:
    """Return the body with these values in the lines whose words start at these places."""
    for line in reversed(lines_in(body, knowing)):
        fields = wanted.get(line.start)
        if not fields or line.words.is_struck:
            continue
        word, is_ticked = parted(fields.get("status"))
        if line.tick < 0 and is_ticked and not word:
            word = knowing.vocabulary.word_of(knowing.vocabulary.ticked)
        said = {**fields, "status": word} if "status" in fields else fields
        body = body[: line.start] + reworded(line.text, said, knowing) + body[line.end :]
        if "status" in fields and line.tick >= 0 and is_ticked is not line.is_ticked:
            body = (
                body[: line.tick] + _box(body[line.tick], bool(is_ticked)) + body[line.tick + 1 :]
            )
    return body


def _box(now: str, is_ticked: bool) -> str:
    if now in " xX":
        return "x" if is_ticked else " "
    return _TICKED_SIGN if is_ticked else _OPEN_SIGN
