"""Conflict notes inside a document: shown where people work, and kept out of the hub.

A note is a quote right under the block that it is about. Taking out a note that nobody
edited gives back the very bytes from before it was put in.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from smarketing.merging.prose import plain
from smarketing.text.markdown import ITEM, QUOTE, Block, cut, line_end, with_line_end

_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_OPENING = "> **Suggested "
_LINES = re.compile(r"\r\n|\r|\n")
_BULLET = re.compile(r"\s*(?:[-+*]|\d{1,9}[.)])\s+(?:\[[ xX]\](?:\s+|$))?")
_ONE_BREAK = re.compile(r"(?:\r\n|\r|\n)[ \t]*\Z")
_TWO_BREAKS = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)[ \t]*\Z")
_BREAK_AFTER = re.compile(r"\r\n|\r|\n")
_BREAKS_AFTER = re.compile(r"(?:\r\n|\r|\n){1,2}")


@dataclass(frozen=True, slots=True)
class Note:
    """One note: the text of the block it stands under ("" for the end) and its own text."""

    anchor: str
    text: str


def suggestion(yields: str, day: date, what: str = "text") -> str:
    """Return the quote that shows what could not stand; "" suggests to delete the block."""
    opening = f"{_OPENING}{what}, {day.day} {_MONTHS[day.month - 1]}:**"
    lines = _LINES.split(yields.strip("\r\n"))
    if not yields.strip():
        return f"{opening} none, delete the text above. Delete it or this note."
    if len(lines) == 1:
        line = lines[0].strip()
        return f"{opening} {line}{'.' if line[-1].isalnum() else ''} Use it or delete this note."
    quoted = [f"> {line}" if line.strip() else ">" for line in lines]
    return "\n".join([opening, ">", *quoted, ">", "> Use it or delete this note."])


def with_notes(body: str, notes: Sequence[Note]) -> str:
    """Put each note under its anchor, at the end if the anchor is gone; one there stays."""
    there = standing(body, notes)
    for note in notes:
        if note not in there:
            body = _with_note(body, note)
    return body


def without_notes(body: str, notes: Sequence[Note]) -> str:
    """Take out the notes that nobody edited; everything else keeps its bytes."""
    for note in notes:
        body = _without_note(body, note)
    return body


def standing(body: str, notes: Sequence[Note]) -> tuple[Note, ...]:
    """Return the notes that are still in the body as they were written."""
    blocks = cut(body).blocks
    return tuple(note for note in notes if _place(blocks, note) is not None)


def settled(body: str, note: Note) -> bool:
    """Say whether a member edited what the note is about: no block is as its anchor was."""
    return bool(note.anchor) and _anchor_place(cut(body).blocks, note) is None


def _place(blocks: Sequence[Block], note: Note) -> int | None:
    """Return which block is the note; of several, the one under its anchor."""
    text = _unindented(note.text)
    places = [
        at
        for at, block in enumerate(blocks)
        if block.kind == QUOTE and _unindented(block.text) == text
    ]
    under = [at for at in places if _stands_under(blocks, at, note)]
    return next(iter(under or places), None)


def _stands_under(blocks: Sequence[Block], at: int, note: Note) -> bool:
    above = at - 1
    while above >= 0 and _unindented(blocks[above].text).startswith(_OPENING):
        above -= 1
    return above >= 0 and _known(blocks[above].text) == _known(note.anchor)


def _anchor_place(blocks: Sequence[Block], note: Note) -> int | None:
    if not note.anchor:
        return None
    known = _known(note.anchor)
    for at, block in enumerate(blocks):
        if block.text == note.anchor:
            return at
    return next((at for at, block in enumerate(blocks) if _known(block.text) == known), None)


def _known(text: str) -> str:
    """Return what an anchor is known by: its words, whatever its wrapping, bullet and tick."""
    return plain(_BULLET.sub("- ", text, count=1) if _BULLET.match(text) else text)


def _unindented(text: str) -> str:
    return "\n".join(line.strip() for line in _LINES.split(text))


def _with_note(body: str, note: Note) -> str:
    """Put the note in at the first place from which it can be taken out again."""
    for candidate in _candidates(body, note):
        if _without_note(candidate, note) == body:
            return candidate
    return body


def _candidates(body: str, note: Note) -> Iterator[str]:
    end = line_end(body) or "\n"
    text = with_line_end(note.text, end)
    blocks = cut(body).blocks
    at = _anchor_place(blocks, note)
    if at is not None:
        place = _end_of(body, _last_note(blocks, at))
        if blocks[at].kind == ITEM:
            gap = end if _last_note(blocks, at) == at else end + end
            yield body[:place] + gap + _indented(text, blocks[at], end) + body[place:]
        yield body[:place] + end + end + text + body[place:]
        yield body[:place] + end + text + end + body[place:]
    if blocks:
        place = _end_of(body, len(blocks) - 1)
        yield body[:place] + end + end + text + body[place:]
        yield text + end + end + body
    else:
        yield text + end + body
        yield text + end + end + body


def _last_note(blocks: Sequence[Block], at: int) -> int:
    """Return the last of the notes right under a block, or the block itself."""
    while at + 1 < len(blocks) and _unindented(blocks[at + 1].text).startswith(_OPENING):
        at += 1
    return at


def _indented(text: str, item: Block, end: str) -> str:
    """Return the note as a part of the item."""
    margin = " " * len(_LINES.split(item.lead)[0].expandtabs(4))
    return end.join(margin + line for line in text.split(end))


def _end_of(body: str, at: int) -> int:
    """Return where the text of a block ends."""
    parts = cut(body)
    before = sum(len(block.text) + len(block.gap) for block in parts.blocks[:at])
    return len(parts.lead) + before + len(parts.blocks[at].text)


def _without_note(body: str, note: Note) -> str:
    blocks = cut(body).blocks
    at = _place(blocks, note)
    if at is None:
        return body
    end = _end_of(body, at)
    before, after = body[: end - len(blocks[at].text)], body[end:]
    if at == 0:
        return before + _BREAKS_AFTER.sub("", after, count=1)
    two = _TWO_BREAKS.search(before)
    if two:
        return before[: two.start()] + after
    if not blocks[at].depth:
        after = _BREAK_AFTER.sub("", after, count=1)
    return _ONE_BREAK.sub("", before) + after
