"""What an undo took back at synced places: it holds at all of them, but what members typed in notes stays.

A card that goes back takes its row along with the next sync. The line that had moved the card stays
as somebody typed it: it counts as read, and the next change of either settles it. Pure.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from smarketing.address import kind_of
from smarketing.instep.going import Going
from smarketing.instep.instep import pages_here
from smarketing.kinds import THERE, Value
from smarketing.state.action import Action, origin_of
from smarketing.state.record import Record, Seen
from smarketing.state.state import ActionKey
from smarketing.sync.asread import block_as_read, without_documents
from smarketing.sync.block import Block

_EXISTENCE = "existence"


def as_taken_back(
    before: Mapping[str, Record], after: Mapping[str, Record], going: Going
) -> dict[ActionKey, Action]:
    """Return the action items that have to remember what was taken back at one of their places.

    `before` and `after` are the records before and after it was.
    """
    changed = {address for address, record in after.items() if before.get(address) != record}
    found: dict[ActionKey, Action] = {}
    for each in going.blocks if changed else ():
        known = {key: a for (name, key), a in going.actions.items() if name == each.key}
        block = block_as_read(each, after)
        lines = {
            address: line.fields
            for page in pages_here(block, known, after, going).values()
            for address, line in page.lines.items()
        }
        was, now = (_shown(block, known, records, going, changed) for records in (before, after))
        work = _TakingBack(block, was, now, lines, going.today.isoformat())
        for key, action in known.items():
            if (taken := work.taken_back(action)) != action:
                found[each.key, key] = taken
    return found


def _shown(
    block: Block,
    actions: Mapping[str, Action],
    records: Mapping[str, Record],
    going: Going,
    changed: Collection[str],
) -> dict[str, Mapping[str, Value]]:
    """Return what the cards and rows that changed show, `existence` among their fields."""
    showing = going.showing(block, records)
    found: dict[str, Mapping[str, Value]] = {}
    for place in without_documents(block).places.values():
        at = {a.at[place.address]: a for a in actions.values() if place.address in a.at}
        for said in showing.said(place, at, at.keys() & changed & records.keys()):
            found[said.address] = {**said.fields, _EXISTENCE: said.existence}
    return found


@dataclass(frozen=True, slots=True)
class _TakingBack:
    """By address: what cards and rows showed before and show now, and what lines say."""

    block: Block
    was: Mapping[str, Mapping[str, Value]]
    now: Mapping[str, Mapping[str, Value]]
    lines: Mapping[str, Mapping[str, Value]]
    day: str

    def taken_back(self, action: Action) -> Action:
        """Return the action item once its copies are away, and what was typed counts as read."""
        for place, address in action.at.items():
            then, shown = self.was.get(address), self.now.get(address)
            if then is None or shown is None:
                continue
            if origin_of(address) and then[_EXISTENCE] == THERE != shown[_EXISTENCE]:
                closed, kept = {**action.closed, place: self.day}, action.kept | {place}
                action = replace(action, closed=closed, kept=kept)
            else:
                for name, value in self._drawn_from_notes(action, then, shown):
                    action = self._with(action, place, name, value)
        return action

    def _drawn_from_notes(
        self, action: Action, then: Mapping[str, Value], shown: Mapping[str, Value]
    ) -> Iterator[tuple[str, Value]]:
        for name, value in shown.items():
            if then.get(name) != value and kind_of(action.set_by.get(name, "")) == "document":
                yield name, value

    def _with(self, action: Action, place: str, name: str, value: Value) -> Action:
        notes = action.set_by[name]
        last, typed = (action.seen.get(each, {}).get(name) for each in (place, notes))
        said = self.lines.get(action.at.get(notes, ""), {})
        if last is None or typed is None:
            return action
        means = self.block.places[place].as_hub(name, value, last, action.unticked)
        seen = {
            **action.seen,
            place: {**action.seen[place], name: Seen(value, means)},
            notes: {**action.seen[notes], name: Seen(said.get(name, typed.value), means)},
        }
        return replace(action, hub={**action.hub, name: means}, seen=seen)
