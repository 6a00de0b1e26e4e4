"""The smallest batch update that makes a document say what is wanted.

It goes from the end of the document to its start, so that no edit moves what a later one
names. Blocks that stay the same are not touched; in the others only words are.
"""

from . import requests as make
from .choices import as_they_are
from .editing import Editing
from .grid import table_edit
from .inserting import insert
from .lists import Item
from .marking import marked
from .model import CODE, HEADING, ITEM, OBJECT, PARAGRAPH, QUOTE, RULE, Block, Json, Part, Table
from .offer import Offer
from .paragraphs import kind_change, plain_paragraph
from .parse import parsed, place_of
from .read import body_of
from .things import real_things
from .tidy import tidied
from .words import Edit, Place, edited, ranges


def edits(document: Json, wanted: str, offer: Offer | None = None) -> list[Json]:
    """Return the requests that turn the document's Markdown into the wanted one, but for the words
    that members' drop-downs show: see `choosing`. Ours show what `offer` has, which comes first; all
    else is words."""
    parts = as_they_are(document, parsed(wanted))
    return _requests(Editing(body_of(document), parts, offer or Offer()))


def _requests(work: Editing) -> list[Json]:
    """Walk the slots of the document backwards."""
    for at in range(len(work.slots), -1, -1):
        if at < len(work.slots):
            _slot(work, at)
        if at in work.gaps:
            first, end = work.gaps[at]
            insert(work, at, [work.new[j] for j in range(first, end)])
    work.flush()
    return work.done


def _slot(work: Editing, at: int) -> None:
    part = work.owner.get(at)
    if part is None:
        work.flush()
        _blank(work, at)
    elif at == work.old[part].where.last:
        _part(work, work.old[part], work.becomes.get(part))


def _blank(work: Editing, at: int) -> None:
    work.before_paragraph = work.slots[at].kind == PARAGRAPH


def _part(work: Editing, old: Part, becomes: int | None) -> None:
    if becomes is None:
        work.flush()
        _delete(work, old)
        return
    new = work.new[becomes]
    if isinstance(old, Table) and isinstance(new, Table):
        work.flush()
        if old != new:
            work.done += table_edit(old, new, work.things).requests
        work.before_paragraph = False
    elif isinstance(old, Block) and isinstance(new, Block):
        _keep(work, old, new)


def _keep(work: Editing, old: Block, new: Block) -> None:
    item = (ITEM, new.level, new.ordered)
    stale = new.kind == ITEM and (old.kind, old.level, old.ordered) != item
    if not stale:
        work.flush()
    first, last = old.where.slots[0], old.where.slots[-1]
    edit = Edit()
    if (old.kind, old.text, old.level) != (new.kind, new.text, new.level):
        edit = _change(work, old, new)
    if stale:
        parts = tuple(edit.moved(slot.start) - first.start for slot in old.where.slots[1:])
        length = last.end - first.start + edit.grown
        work.run.insert(0, Item(first.start, length, new, last.bullet, parts))
    work.before_paragraph = last.kind == PARAGRAPH


def _change(work: Editing, old: Block, new: Block) -> Edit:
    """Change the kind of a block and its words."""
    start, slot = old.where.slots[0].start, old.where.slots[-1]
    if old.kind in (RULE, OBJECT):
        return Edit()
    chars, changed = old.where.chars, old.kind != new.kind
    if changed and new.kind == QUOTE:
        chars = tuple(tidied(old.where.raw, literal=True))
    restyle = changed and (new.kind == QUOTE or HEADING in (old.kind, new.kind))
    text = marked(old, new, work.offer)
    work.done += text.requests
    place = _text_place(new)
    edit = edited(chars, text.shown, text.wanted, start, place, work.things, restyle)
    newline = slot.end - 1 + edit.grown
    looks = [one for one in edit.requests if "updateTextStyle" in one]
    work.done += [one for one in edit.requests if "updateTextStyle" not in one]
    work.done += kind_change(newline, old, new, slot)
    work.done += looks
    return edit


def _delete(work: Editing, old: Part) -> None:
    first, last = old.where.slots[0], old.where.slots[-1]
    if first.kind != PARAGRAPH:
        if _things_stay(work, old):
            work.before_paragraph = False
        else:
            work.done.append(make.delete(first.start, last.end))
        return
    assert isinstance(old, Block)
    chars = old.where.chars
    stay = {k for k, char in enumerate(chars)
            if char.real and char.handle != "rule" and not work.things.may_go(char.handle)}  # fmt: skip
    whole = not stay and not _suggestions_in(old)
    if whole and work.before_paragraph:
        work.done.append(make.delete(first.start, last.end))
        return
    if whole:
        if last.end - 1 > first.start:
            work.done.append(make.delete(first.start, last.end - 1))
        work.done += plain_paragraph(first.start, last)
    else:
        goes = [char for k, char in enumerate(chars) if k not in stay]
        work.done += [make.delete(*one) for one in reversed(list(ranges(goes)))]
    work.before_paragraph = True


def _things_stay(work: Editing, old: Part) -> bool:
    """Say whether a block goes that holds what is wanted elsewhere and can't be moved."""
    going = [work.things.may_go(handle) for handle in real_things([old]).elements()]
    return not all(going)


def _text_place(block: Block) -> Place:
    """Return how the text of a block stands in it."""
    literal, heading = block.kind == QUOTE, block.kind == HEADING
    code = block.kind == CODE
    return Place(place_of(block.kind), literal, heading, loud=heading, code=code)


def _suggestions_in(block: Block) -> bool:
    """Say whether there is text in the paragraph that is only suggested."""
    return any(slot.suggested for slot in block.where.slots)
