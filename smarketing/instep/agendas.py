"""Write the agendas that are due, once all places are in step, and remember what the notes show. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from smarketing.address import container_of, kind_of
from smarketing.calendar.said import say_date
from smarketing.instep.going import Going
from smarketing.instep.instep import InStep
from smarketing.instep.noting import seen_on
from smarketing.meetings.composing import Composed, composed_for
from smarketing.meetings.remembered import Remembered, facts_of
from smarketing.meetings.running import Held
from smarketing.minutes.page import Page
from smarketing.state.action import Action
from smarketing.state.record import Record
from smarketing.state.state import ActionKey
from smarketing.sync.block import Block
from smarketing.sync.statuses import Status, Vocabulary
from smarketing.text.wording import called

_USUAL = Vocabulary(
    (Status("stuck", "Stuck", ("blocked",)), Status("done", "Done", ("finished",), ticked=True))
)
"""The statuses of a workspace whose playbook keeps nothing in step."""


def with_agendas(came: InStep, going: Going) -> InStep:
    """Return what came of keeping in step, with the agendas that are due written on top."""
    return _Writing(came, going).done() if going.running else came


@dataclass
class _Writing:
    came: InStep
    going: Going

    def __post_init__(self) -> None:
        assert self.going.running is not None
        self.running = self.going.running
        self.records: dict[str, Record] = dict(self.came.records)
        self.actions: dict[ActionKey, Action] = dict(self.came.actions)
        self.remembered = dict(self.running.remembered)
        self.told = list(self.came.told)

    def done(self) -> InStep:
        standing = self.running.standing.now(self.records, self.going.today)
        for meeting, frame in self.running.desired.agendas.items():
            document = self.records.get(frame.document)
            if document is None or document.place not in self.going.reached:
                continue
            held = Held.of(self.running, meeting, frame, self.records)
            if held is None:
                continue
            block = self._block_of(frame.document)
            words = (
                self.came.words.get(block.key, block.vocabulary) if block else _words_of(self.going)
            )
            if page := self.came.pages.get(frame.document):
                self._remember(page)
            self._begun(held)
            mine = self._mine(block, frame.document) if block else None
            open_ = self._open(mine or {}, words)
            self._still_open(held, mine or {}, open_)
            if one := held.due():
                self._write(composed_for(held, one, words, standing, mine), block, open_)
        facts = facts_of(self.remembered, standing)
        return replace(
            self.came,
            records=self.records,
            actions=self.actions,
            facts=facts,
            told=tuple(self.told),
        )

    def _block_of(self, document: str) -> Block | None:
        return next((each for each in self.going.blocks if document in each.places), None)

    def _mine(self, block: Block, document: str) -> dict[str, Action]:
        """Return the action items that the notes show, by their addresses there."""
        return {
            action.at[document]: action
            for (name, _), action in self.actions.items()
            if name == block.key and action.is_open(document)
        }

    def _open(self, mine: Mapping[str, Action], words: Vocabulary) -> dict[str, str]:
        """Return today for each promise that has a day and is not done."""
        today = self.going.today.isoformat()
        return {
            address: today
            for address, action in mine.items()
            if action.hub.get("due") and not words.is_ticked(action.hub.get("status"))
        }

    def _still_open(self, held: Held, mine: Collection[str], open_: Mapping[str, str]) -> None:
        document = held.frame.document
        known = self.remembered.get(document, Remembered())
        before = {address: day for address, day in known.open.items() if address in mine}
        if known.open != (now := {**before, **open_}):
            self.remembered[document] = replace(known, open=now)

    def _remember(self, page: Page) -> None:
        known = self.remembered.get(page.document, Remembered())
        here = [o for o in self.came.overlooked if container_of(o.address) == page.document]
        self.told += (o.sentence for o in here if known.told.get(o.address) != o.words)
        told = {each.address: each.words for each in here}
        self.remembered[page.document] = replace(
            known, day=page.day, lines=page.seen(), told=told, left=page.as_left()
        )

    def _begun(self, held: Held) -> None:
        document, day = held.frame.document, held.begun()
        known = self.remembered.get(document, Remembered())
        if day and (known.filled is None or known.filled < day):
            self.remembered[document] = replace(known, filled=day)

    def _write(self, written: Composed, block: Block | None, open_: Mapping[str, str]) -> None:
        document = self.records[written.document]
        hub = {**document.hub, "body": written.body}
        self.records[written.document] = replace(document, hub=hub)
        left = written.page.as_left() if written.page else {}
        self.remembered[written.document] = replace(written.remembered, left=left, open=open_)
        title = called(written.document, str(document.hub.get("title") or ""))
        self.told.append(f"The agenda of {say_date(written.one.start.date())} is in “{title}”.")
        if block and written.page:
            mine = {key: a for (name, key), a in self.actions.items() if name == block.key}
            seen = seen_on(mine, written.page, block)
            self.actions |= {(block.key, key): action for key, action in seen.items()}


def _words_of(going: Going) -> Vocabulary:
    """Return the statuses of the first block with a board, else the usual ones."""
    for block in going.blocks:
        if any(kind_of(place) == "board" for place in block.places):
            return block.vocabulary
    return _USUAL
