"""The body of running notes <-> its lines that are action items. Pure.

With a tick box, a line is one beneath a heading *Promises*, or anywhere if it names somebody or
links to a card. Without one, as in tools whose boxes can't be read, it is one that begins with
`@ana`, or beneath *Promises* with a name. Below the words of an item or a paragraph, what begins
with `@ana` is a line of its own. Writing changes the words of that line alone.
"""

import re
from collections.abc import Iterator, Mapping
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
_BELOW = re.compile(r"[ \t]*\r?\n[ \t]*(?=@(?P<name>[\w.\-]+)[:,\s])")
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
    found: list[Line] = []
    is_promised = False
    at = len(cut(body).lead)
    for block in cut(body).blocks:
        if block.kind == HEADING:
            is_promised = is_promises(block)
        elif block.kind in (ITEM, PARAGRAPH):
            found += _lines(block, at, is_promised, knowing)
        at += len(block.text) + len(block.gap)
    return [
        replace(line, is_action=line.is_action and says_something(line.words, knowing))
        for line in found
    ]


def _lines(block: Block, at: int, is_promised: bool, knowing: Knowing) -> Iterator[Line]:
    """Yield the lines of an item or a paragraph: its own, and each below it that names somebody."""
    begin = len(block.text) - len(block.body)
    breaks = [each for each in _BELOW.finditer(block.body) if knowing.who(each["name"])]
    end = breaks[0].start() if breaks else len(block.body)
    if block.kind == ITEM or "\n" not in block.body[:end]:
        yield _line(block, block.body[:end], at, is_promised, knowing)
    ends = [each.start() for each in breaks[1:]] + [len(block.body)] * bool(breaks)
    for each, until in zip(breaks, ends, strict=True):
        text = block.body[each.end() : until]
        yield _without_box(text, at + begin + each.end(), is_promised, knowing)


def is_promises(block: Block) -> bool:
    """Say whether a block is a heading beneath which promises stand."""
    return block.kind == HEADING and bool(_PROMISES.search(plain(block.body)))


def _line(block: Block, body: str, at: int, is_promised: bool, knowing: Knowing) -> Line:
    box = at + len(block.lead)
    sign = None if block.tick else _SIGN.match(body)
    text = body[sign.end() :] if sign else body
    start = at + len(block.text) - len(block.body) + len(body) - len(text)
    if block.tick:
        tick, is_ticked = box + 1, block.tick[1] in "xX"
    elif sign:
        said = "sign" if sign["sign"] else "inside"
        tick, is_ticked = box + sign.start(said), sign[said] not in (_OPEN_SIGN, " ")
    else:
        return _without_box(text, start, is_promised, knowing)
    words = read(text, knowing)
    is_meant = is_promised or words.is_named or bool(_SHOWN.match(words.target))
    return Line(
        tick, start, start + len(text), is_ticked, text, words, bool(words.title) and is_meant
    )


def _without_box(text: str, start: int, is_promised: bool, knowing: Knowing) -> Line:
    words = read(text, knowing)
    is_meant = bool(words.title) and _is_meant(words, text, is_promised)
    is_done = _means_done(words, knowing)
    return Line(-1, start, start + len(text), is_done, text, words, is_meant)


def _is_meant(words: Words, text: str, is_promised: bool) -> bool:
    named, chosen = words.spans.get(OWNER), words.spans.get(STATUS)
    head = text[chosen.end :].lstrip() if chosen and not chosen.start else text
    is_first = words.is_named and (named is None or named.start == len(text) - len(head))
    return is_first and (is_promised or head.startswith("@"))


def _means_done(words: Words, knowing: Knowing) -> bool:
    status = knowing.vocabulary.status_of(words.status) if words.status else ""
    return knowing.vocabulary.is_ticked(status)


def written(body: str, wanted: Mapping[int, Mapping[str, Value]], knowing: Knowing) -> str:
    """Return the body with these values in the lines whose words start at these places."""
    lines = lines_in(body, knowing)
    for line in reversed(lines):
        fields = wanted.get(line.start)
        if not fields or line.words.is_struck:
            continue
        word, is_ticked = parted(fields.get("status"))
        if line.tick < 0 and is_ticked and not word:
            word = knowing.vocabulary.word_of(knowing.vocabulary.ticked)
        said = {**fields, "status": word} if "status" in fields else fields
        text = reworded(line.text, said, knowing)
        if line.text.startswith("@") and text != line.text:
            # Without its name it may melt into the line above: then the name stays.
            without = body[: line.start] + text + body[line.end :]
            if len(lines_in(without, knowing)) != len(lines):
                said = {name: value for name, value in said.items() if name != "owner"}
                text = reworded(line.text, said, knowing)
        body = body[: line.start] + text + body[line.end :]
        if "status" in fields and line.tick >= 0 and is_ticked is not line.is_ticked:
            body = (
                body[: line.tick] + _box(body[line.tick], bool(is_ticked)) + body[line.tick + 1 :]
            )
    return body


def _box(now: str, is_ticked: bool) -> str:
    if now in " xX":
        return "x" if is_ticked else " "
    return _TICKED_SIGN if is_ticked else _OPEN_SIGN
