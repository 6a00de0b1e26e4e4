"""What the edit of a document goes by, and what has come of it so far."""

from collections.abc import Sequence

from .becoming import becoming
from .lists import Item, item_requests
from .model import Block, Json, Part, Slot
from .offer import Offer
from .paragraphs import Model, changed_model
from .read import Body
from .things import Things, real_things, wanted_things


class Editing:
    """A document on its way: its slots and blocks, what they become, and the requests so far.

    `run` are the paragraphs right after this place that have to become items.
    """

    def __init__(self, body: Body, wanted: Sequence[Part], offer: Offer) -> None:
        self.slots, self.old = body.slots, body.parts
        self.offer = offer
        self.things = Things(real_things(body.parts), wanted_things(wanted), offer)
        self.done: list[Json] = []
        self.run: list[Item] = []
        # What comes right after the place where the walk is: only before a paragraph may a
        # newline be deleted.
        self.before_paragraph = False
        becomes = becoming(body, wanted)
        self.new, self.becomes, self.gaps = becomes.wanted, becomes.of, becomes.gaps
        self.owner = {
            slot: at
            for at, part in enumerate(body.parts)
            for slot in range(part.where.first, part.where.last + 1)
        }

    def flush(self) -> None:
        """Make items of the paragraphs right after this place that have to become some."""
        self.done += item_requests(self.run)
        self.run = []

    def model_now(self, slot: Slot) -> Model:
        """Return what a new paragraph takes over from one that has become what it shall be."""
        at = next((n for n, old in enumerate(self.old) if slot in old.where.slots), -1)
        old = self.old[at] if at >= 0 else None
        new = self.new[self.becomes[at]] if at in self.becomes else None
        if not isinstance(old, Block) or not isinstance(new, Block):
            return self.model(slot)
        return changed_model(old, new, self.model(slot))

    def model(self, slot: Slot) -> Model:
        """Return what a new paragraph takes over from the one beside it."""
        owner = next((old for old in self.old if slot in old.where.slots), None)
        item = None
        if slot.bullet and isinstance(owner, Block):
            item = (owner.level, owner.ordered)
        return Model(slot.style, slot.bullet, slot.look, slot.styled, item)
