"""The smallest batch update that makes a document say what is wanted.

It goes from the end of the document to its start, so that no edit moves what a later one
names. Blocks that stay the same are not touched; in the others only words are.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from . import requests as make
from .align import kind_of, likeness, things_of
from .choices import as_they_are
from .grid import new_table, table_edit
from .lists import Item, item_requests
from .marking import marked, new_line
from .model import (
    CODE,
    HEADING,
    ITEM,
    OBJECT,
    PARAGRAPH,
    QUOTE,
    RULE,
    Block,
    Char,
    Json,
    Part,
    Slot,
    Table,
    Text,
    size,
)  # fmt: skip
from .offer import Offer
from .pairing import paired
from .paragraphs import (
    Model,
    changed_model,
    kind_change,
    model_of,
    new_paragraph,
    plain_paragraph,
    without_looks,
)
from .parse import parsed, place_of
from .read import Body, body_of
from .tidy import tidied
from .words import Edit, Place, Things, edited, new_looks, ranges, said_of, typed


def edits(document: Json, wanted: str, offer: Offer | None = None) -> list[Json]:
    """Return the requests that turn the document's Markdown into the wanted one, but for the words
    that members' drop-downs show: see `choosing`. Ours show what `offer` has, which comes first; all
    else is words."""
    parts = as_they_are(document, parsed(wanted))
    return _Editor(body_of(document), parts, offer or Offer()).requests()


class _Editor:
    """Walks the slots of the document backwards."""

    def __init__(self, body: Body, wanted: Sequence[Part], offer: Offer) -> None:
        self.slots = body.slots
        self.old, self.new = body.parts, wanted
        self.offer = offer
        self.things = Things(_real_things(body.parts), _things(wanted), offer)
        self.done: list[Json] = []
        self.run: list[Item] = []
        # What comes right after the place where the walk is: only before a paragraph may a
        # newline be deleted.
        self.before_paragraph = False
        pairs = paired(body.parts, wanted, likeness, things_of, kind_of)
        if _begins_closed(body) and pairs and pairs[0] > (0, 0) and pairs[0][0] == 0:
            # Nothing can be put before a table that a document begins with.
            first = pairs[0][1]
            self.new = wanted = [wanted[first], *wanted[:first], *wanted[first + 1 :]]
            pairs = paired(body.parts, wanted, likeness, things_of, kind_of)
        self.becomes = dict(pairs)
        self.owner = {
            slot: at
            for at, part in enumerate(body.parts)
            for slot in range(part.where.first, part.where.last + 1)
        }
        self.gaps = _gaps(pairs, body, len(wanted))

    def requests(self) -> list[Json]:
        """Return all requests."""
        for at in range(len(self.slots), -1, -1):
            if at < len(self.slots):
                self._slot(at)
            if at in self.gaps:
                first, end = self.gaps[at]
                self._insert(at, [self.new[j] for j in range(first, end)])
        self._flush()
        return self.done

    def _slot(self, at: int) -> None:
        part = self.owner.get(at)
        if part is None:
            self._flush()
            self._blank(at)
        elif at == self.old[part].where.last:
            self._part(self.old[part], self.becomes.get(part))

    def _blank(self, at: int) -> None:
        self.before_paragraph = self.slots[at].kind == PARAGRAPH

    def _part(self, old: Part, becomes: int | None) -> None:
        if becomes is None:
            self._flush()
            self._delete(old)
            return
        new = self.new[becomes]
        if isinstance(old, Table) and isinstance(new, Table):
            self._flush()
            if old != new:
                self.done += table_edit(old, new, self.things).requests
            self.before_paragraph = False
        elif isinstance(old, Block) and isinstance(new, Block):
            self._keep(old, new)

    # Blocks that stay

    def _keep(self, old: Block, new: Block) -> None:
        item = (ITEM, new.level, new.ordered)
        stale = new.kind == ITEM and (old.kind, old.level, old.ordered) != item
        if not stale:
            self._flush()
        first, last = old.where.slots[0], old.where.slots[-1]
        edit = Edit()
        if (old.kind, old.text, old.level) != (new.kind, new.text, new.level):
            edit = self._change(old, new)
        if stale:
            parts = tuple(edit.moved(slot.start) - first.start for slot in old.where.slots[1:])
            length = last.end - first.start + edit.grown
            self.run.insert(0, Item(first.start, length, new, last.bullet, parts))
        self.before_paragraph = last.kind == PARAGRAPH

    def _change(self, old: Block, new: Block) -> Edit:
        """Change the kind of a block and its words."""
        start, slot = old.where.slots[0].start, old.where.slots[-1]
        if old.kind in (RULE, OBJECT):
            return Edit()
        chars, changed = old.where.chars, old.kind != new.kind
        if changed and new.kind == QUOTE:
            chars = tuple(tidied(old.where.raw, literal=True))
        restyle = changed and (new.kind == QUOTE or HEADING in (old.kind, new.kind))
        text = marked(old, new, self.offer)
        self.done += text.requests
        place = text_place(new)
        edit = edited(chars, text.shown, text.wanted, start, place, self.things, restyle)
        newline = slot.end - 1 + edit.grown
        looks = [one for one in edit.requests if "updateTextStyle" in one]
        self.done += [one for one in edit.requests if "updateTextStyle" not in one]
        self.done += kind_change(newline, old, new, slot)
        self.done += looks
        return edit

    # Blocks that go

    def _delete(self, old: Part) -> None:
        first, last = old.where.slots[0], old.where.slots[-1]
        if first.kind != PARAGRAPH:
            if self._things_stay(old):
                self.before_paragraph = False
            else:
                self.done.append(make.delete(first.start, last.end))
            return
        assert isinstance(old, Block)
        chars = old.where.chars
        stay = {k for k, char in enumerate(chars)
                if char.real and char.handle != "rule" and not self.things.may_go(char.handle)}  # fmt: skip
        whole = not stay and not _suggestions_in(old)
        if whole and self.before_paragraph:
            self.done.append(make.delete(first.start, last.end))
            return
        if whole:
            if last.end - 1 > first.start:
                self.done.append(make.delete(first.start, last.end - 1))
            self.done += plain_paragraph(first.start, last)
        else:
            goes = [char for k, char in enumerate(chars) if k not in stay]
            self.done += [make.delete(*one) for one in reversed(list(ranges(goes)))]
        self.before_paragraph = True

    def _things_stay(self, old: Part) -> bool:
        """Say whether a block goes that holds what is wanted elsewhere and can't be moved."""
        going = [self.things.may_go(handle) for handle in _real_things([old]).elements()]
        return not all(going)

    # Blocks that come

    def _insert(self, at: int, new: Sequence[Part]) -> None:
        """Insert blocks before the slot `at`; nothing before it has been changed yet."""
        before = self.slots[at - 1] if at else None
        after = self.slots[at] if at < len(self.slots) else None
        follows = before is not None and before.kind == PARAGRAPH
        listed = follows and before is not None and before.bullet and not before.foreign
        first = new[0]
        if listed and isinstance(first, Block) and first.kind == ITEM and at - 1 in self.owner:
            assert before is not None
            self._behind(before, new)
        elif after is not None and after.kind == PARAGRAPH:
            self._ahead(after, after.start, new, False, follows)
        elif follows and before is not None:
            if before.empty and at - 1 not in self.owner:
                self._ahead(before, before.start, new, True, False)
            else:
                self._behind(before, new)
        else:
            self._ahead_of_next(at, new)

    def _ahead_of_next(self, at: int, new: Sequence[Part]) -> None:
        """Insert where no paragraph is beside: in the next one that there is."""
        slot = next(slot for slot in self.slots[at:] if slot.kind == PARAGRAPH)
        self._flush()
        self._ahead(slot, slot.start, new, False, False)

    def _ahead(
        self, beside: Slot, at: int, new: Sequence[Part], blank: bool, follows: bool
    ) -> None:
        """Insert at the start of a paragraph; `blank` says that it is empty and free to fill."""
        model = self._model_now(beside)
        for place in range(len(new) - 1, -1, -1):
            part = new[place]
            if isinstance(part, Block):
                ending = "" if blank else "\n"
                stale = self._text(part, at, model, ("", ending), at)
                model = model_of(part, model, stale)
                blank = False
                continue
            self._flush()
            if place == 0 and follows and not blank:
                # The newline that comes with the table ends the paragraph before it instead,
                # and the one left behind the table goes.
                edit = new_table(part, at - 1, self.things)
                end = at - 1 + edit.grown
                self.done += [*edit.requests, make.delete(end, end + 1)]
                self.before_paragraph = False
                return
            self.done += new_table(part, at, self.things).requests
            blank = True
        if blank:
            self._flush()
            self.done += plain_paragraph(at, model)
        self.before_paragraph = True

    def _behind(self, beside: Slot, new: Sequence[Part]) -> None:
        """Insert at the end of a paragraph, each block with the newline before it."""
        at = beside.end - 1
        model = self._model(beside)
        text_follows = False
        for part in reversed(new):
            if isinstance(part, Block):
                self._text(part, at, model, ("\n", ""), at + 1)
                text_follows = True
                continue
            self._flush()
            edit = new_table(part, at, self.things)
            self.done += edit.requests
            end = at + edit.grown
            # The newline left behind the table is a paragraph of its own, unless text follows.
            left = [make.delete(end, end + 1)] if text_follows else plain_paragraph(end, model)
            self.done += left
            text_follows = False
        self.before_paragraph = isinstance(new[0], Block)

    def _text(self, part: Block, at: int, model: Model, ends: tuple[str, str], start: int) -> bool:
        """Insert a block of text; `start` is where it begins then. Return whether it is an item
        only after the next flush."""
        stale = part.kind == ITEM and model.item != (part.level, part.ordered)
        if not stale:
            self._flush()
        chars = typed(new_line(part, self.offer), self.things)
        text = "".join(map(said_of, chars))
        if text or any(ends):
            self.done.append(make.insert(at, f"{ends[0]}{text}{ends[1]}"))
        if part.kind != ITEM or stale:
            self.done += new_paragraph(start + size(text), part, model, stale)
        if text:
            self.done += without_looks(start, start + size(text), model)
        self.done += new_looks(chars, start)
        self.done += self.things.made([(start + at, c.text) for at, c in _placed(chars)])
        if stale:
            self.run.insert(0, Item(start, size(text) + 1, part, model.bullet))
        return stale

    def _model_now(self, slot: Slot) -> Model:
        """Return what a new paragraph takes over from one that has become what it shall be."""
        at = next((n for n, old in enumerate(self.old) if slot in old.where.slots), -1)
        old = self.old[at] if at >= 0 else None
        new = self.new[self.becomes[at]] if at in self.becomes else None
        if not isinstance(old, Block) or not isinstance(new, Block):
            return self._model(slot)
        return changed_model(old, new, self._model(slot))

    def _model(self, slot: Slot) -> Model:
        """Return what a new paragraph takes over from the one beside it."""
        owner = next((old for old in self.old if slot in old.where.slots), None)
        item = None
        if slot.bullet and isinstance(owner, Block):
            item = (owner.level, owner.ordered)
        return Model(slot.style, slot.bullet, slot.look, slot.styled, item)

    def _flush(self) -> None:
        """Make items of the paragraphs right after this place that have to become some."""
        self.done += item_requests(self.run)
        self.run = []


def _placed(chars: Sequence[Char]) -> Iterator[tuple[int, Char]]:
    """Yield letters with where each begins once they are typed."""
    at = 0
    for char in chars:
        yield at, char
        at += size(said_of(char))


def text_place(block: Block) -> Place:
    """Return how the text of a block stands in it."""
    literal, heading = block.kind == QUOTE, block.kind == HEADING
    code = block.kind == CODE
    return Place(place_of(block.kind), literal, heading, loud=heading, code=code)


def _things(parts: Sequence[Part]) -> Counter[str]:
    found: Counter[str] = Counter()
    for part in parts:
        for text in _texts(part):
            found.update(span.handle for span in text if span.handle)
    return found


def _real_things(parts: Sequence[Part]) -> Counter[str]:
    """Count the things of a document, without handles that were written as text."""
    found: Counter[str] = Counter()
    for part in parts:
        if isinstance(part, Block) and part.kind == OBJECT:
            found.update(things_of(part))
        rows = part.rows if isinstance(part, Table) else ()
        for letters in (part.where.letters, *(cell.letters for row in rows for cell in row)):
            found.update(letters.things)
    return found


def _texts(part: Part) -> list[Text]:
    if isinstance(part, Table):
        return [cell.text for row in part.rows for cell in row]
    return [part.text]


def _begins_closed(body: Body) -> bool:
    """Say whether the document begins with a table, so that no paragraph is before it."""
    first = next((slot for slot in body.slots if slot.kind != "other"), None)
    return first is not None and first.kind != PARAGRAPH


def _gaps(pairs: Sequence[tuple[int, int]], body: Body, count: int) -> dict[int, tuple[int, int]]:
    """Return which wanted blocks are new, by the slot before which they go."""
    found: dict[int, tuple[int, int]] = {}
    j = 0
    for i, next_j in [*pairs, (len(body.parts), count)]:
        if next_j > j:
            slot = body.parts[i].where.first if i < len(body.parts) else len(body.slots)
            found[slot] = (j, next_j)
        j = next_j + 1
    return found


def _suggestions_in(block: Block) -> bool:
    """Say whether there is text in the paragraph that is only suggested."""
    return any(slot.suggested for slot in block.where.slots)
