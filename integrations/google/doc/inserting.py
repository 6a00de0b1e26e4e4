"""New blocks come into a document: at the start of a paragraph, at the end of one, in an empty one."""

from collections.abc import Iterator, Sequence

from . import requests as make
from .editing import Editing
from .grid import new_table
from .lists import Item
from .marking import new_line
from .model import ITEM, PARAGRAPH, Block, Char, Part, Slot, size
from .paragraphs import Model, model_of, new_paragraph, plain_paragraph, without_looks
from .words import new_looks, said_of, typed


def insert(work: Editing, at: int, new: Sequence[Part]) -> None:
    """Insert blocks before the slot `at`; nothing before it has been changed yet."""
    before = work.slots[at - 1] if at else None
    after = work.slots[at] if at < len(work.slots) else None
    follows = before is not None and before.kind == PARAGRAPH
    listed = follows and before is not None and before.bullet and not before.foreign
    first = new[0]
    if listed and isinstance(first, Block) and first.kind == ITEM and at - 1 in work.owner:
        assert before is not None
        _behind(work, before, new)
    elif after is not None and after.kind == PARAGRAPH:
        _ahead(work, after, after.start, new, False, follows)
    elif follows and before is not None:
        if before.empty and at - 1 not in work.owner:
            _ahead(work, before, before.start, new, True, False)
        else:
            _behind(work, before, new)
    else:
        _ahead_of_next(work, at, new)


def _ahead_of_next(work: Editing, at: int, new: Sequence[Part]) -> None:
    """Insert where no paragraph is beside: in the next one that there is."""
    slot = next(slot for slot in work.slots[at:] if slot.kind == PARAGRAPH)
    work.flush()
    _ahead(work, slot, slot.start, new, False, False)


def _ahead(
    work: Editing, beside: Slot, at: int, new: Sequence[Part], blank: bool, follows: bool
) -> None:
    """Insert at the start of a paragraph; `blank` says that it is empty and free to fill."""
    model = work.model_now(beside)
    for place in range(len(new) - 1, -1, -1):
        part = new[place]
        if isinstance(part, Block):
            ending = "" if blank else "\n"
            stale = _text(work, part, at, model, ("", ending), at)
            model = model_of(part, model, stale)
            blank = False
            continue
        work.flush()
        if place == 0 and follows and not blank:
            # The newline that comes with the table ends the paragraph before it instead,
            # and the one left behind the table goes.
            edit = new_table(part, at - 1, work.things)
            end = at - 1 + edit.grown
            work.done += [*edit.requests, make.delete(end, end + 1)]
            work.before_paragraph = False
            return
        work.done += new_table(part, at, work.things).requests
        blank = True
    if blank:
        work.flush()
        work.done += plain_paragraph(at, model)
    work.before_paragraph = True


def _behind(work: Editing, beside: Slot, new: Sequence[Part]) -> None:
    """Insert at the end of a paragraph, each block with the newline before it."""
    at = beside.end - 1
    model = work.model(beside)
    text_follows = False
    for part in reversed(new):
        if isinstance(part, Block):
            _text(work, part, at, model, ("\n", ""), at + 1)
            text_follows = True
            continue
        work.flush()
        edit = new_table(part, at, work.things)
        work.done += edit.requests
        end = at + edit.grown
        # The newline left behind the table is a paragraph of its own, unless text follows.
        left = [make.delete(end, end + 1)] if text_follows else plain_paragraph(end, model)
        work.done += left
        text_follows = False
    work.before_paragraph = isinstance(new[0], Block)


def _text(
    work: Editing, part: Block, at: int, model: Model, ends: tuple[str, str], start: int
) -> bool:
    """Insert a block of text; `start` is where it begins then. Return whether it is an item
    only after the next flush."""
    stale = part.kind == ITEM and model.item != (part.level, part.ordered)
    if not stale:
        work.flush()
    chars = typed(new_line(part, work.offer), work.things)
    text = "".join(map(said_of, chars))
    if text or any(ends):
        work.done.append(make.insert(at, f"{ends[0]}{text}{ends[1]}"))
    if part.kind != ITEM or stale:
        work.done += new_paragraph(start + size(text), part, model, stale)
    if text:
        work.done += without_looks(start, start + size(text), model)
    work.done += new_looks(chars, start)
    work.done += work.things.made([(start + at, c.text) for at, c in _placed(chars)])
    if stale:
        work.run.insert(0, Item(start, size(text) + 1, part, model.bullet))
    return stale


def _placed(chars: Sequence[Char]) -> Iterator[tuple[int, Char]]:
    """Yield letters with where each begins once they are typed."""
    at = 0
    for char in chars:
        yield at, char
        at += size(said_of(char))
