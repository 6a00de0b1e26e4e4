"""What an undo took back at synced places: the copies go back, and what members wrote stays.

Whatever somebody typed, ticked or moved at the place where it was born stays there. It counts as
read, and so do the copies as they are now: no sync carries it out again, and the next change of
that field, at any place, settles it. Pure.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from smarketing.address import container_of, kind_of
from smarketing.instep.going import Going
from smarketing.instep.instep import pages_here
from smarketing.kinds import THERE, Value
from smarketing.state.action import LINE, SHOWN_AS, Action, origin_of
from smarketing.state.record import Record, Seen
from smarketing.state.state import ActionKey
from smarketing.sync.asread import block_as_read, without_documents
from smarketing.sync.block import Block
from smarketing.text.wording import joined, plural

_EXISTENCE = "existence"
_NOUNS = {"card": ("card", "cards"), "row": ("row", "rows"), LINE: ("line", "lines")}
_Shown = Mapping[str, Mapping[str, Value]]


@dataclass(frozen=True, slots=True)
class TakenBack:
    """The action items that have to remember what was taken back at one of their places.

    `standing` are the addresses where members' words stand now that the copies show no more.
    """

    actions: Mapping[ActionKey, Action] = field(default_factory=dict)
    standing: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """A sentence for people of what stands where it was written, if anything does."""
        kinds = Counter(map(kind_of, self.standing))
        if not kinds:
            return ()
        where = joined([plural(kinds[k], *_NOUNS[k]) for k in SHOWN_AS.values() if kinds[k]])
        said = f"What your team wrote on {where} stays there; only what followed it elsewhere goes back"
        return (f"{said}. No sync carries it out again until somebody changes it.",)


def as_taken_back(
    before: Mapping[str, Record], after: Mapping[str, Record], going: Going
) -> TakenBack:
    """Return what the action items have to remember of what was taken back.

    `before` and `after` are the records before and after it was.
    """
    changed = {address for address, record in after.items() if before.get(address) != record}
    changed |= {container_of(address) for address in changed if kind_of(address) == "check"}
    found: dict[ActionKey, Action] = {}
    standing: dict[str, None] = {}
    for each in going.blocks if changed else ():
        known = {key: a for (name, key), a in going.actions.items() if name == each.key}
        block = block_as_read(each, after)
        was, now = (_shown(block, known, records, going) for records in (before, after))
        work = _TakingBack(block, was, now, going.today.isoformat())
        for key, action in known.items():
            if (taken := work.taken_back(action)) != action:
                found[each.key, key] = taken
        standing |= work.standing
    return TakenBack(found, tuple(standing))


def _shown(
    block: Block, actions: Mapping[str, Action], records: Mapping[str, Record], going: Going
) -> dict[str, Mapping[str, Value]]:
    """Return what cards, rows and lines show, `existence` among the fields of cards and rows."""
    showing = going.showing(block, records)
    found: dict[str, Mapping[str, Value]] = {}
    for place in without_documents(block).places.values():
        at = {a.at[place.address]: a for a in actions.values() if place.address in a.at}
        for said in showing.said(place, at, at.keys() & records.keys()):
            found[said.address] = {**said.fields, _EXISTENCE: said.existence}
    for page in pages_here(block, actions, records, going).values():
        found |= {address: line.fields for address, line in page.lines.items()}
    return found


@dataclass(frozen=True, slots=True)
class _TakingBack:
    """By address: what cards, rows and lines showed before, and what they show now."""

    block: Block
    was: _Shown
    now: _Shown
    day: str
    standing: dict[str, None] = field(default_factory=dict)

    def taken_back(self, action: Action) -> Action:
        """Return the action item once its copies are away, and what was written counts as read."""
        changed: dict[str, list[str]] = {}
        for place in self.block.by_rank(action.at):
            address = action.at[place]
            then, shown = self.was.get(address), self.now.get(address)
            if then is None or shown is None or then == shown:
                continue
            if origin_of(address) and then.get(_EXISTENCE) == THERE != shown.get(_EXISTENCE):
                closed, kept = {**action.closed, place: self.day}, action.kept | {place}
                action = replace(action, closed=closed, kept=kept)
                continue
            for name in _differing(then, shown):
                if name in action.seen.get(place, {}):
                    changed.setdefault(name, []).append(place)
        for name, places in changed.items():
            action = self._counted_as_read(action, name, places)
        return action

    def _counted_as_read(self, action: Action, name: str, changed: Collection[str]) -> Action:
        """Return the action item as seen at where a field went back, and at where it was born."""
        born = action.set_by.get(name, "")
        copies = [place for place in changed if place != born]
        if not copies and not self._is_torn(action, name, born):
            return action  # what was written here was no copy: the others follow as always
        first = copies[0] if copies else born
        means = self._means(action, name, first)
        seen = dict(action.seen)
        for place, address in action.at.items():
            last, shown = seen.get(place, {}).get(name), self.now.get(address, {})
            if last is None or name not in shown:
                continue
            if place in changed:
                seen[place] = {**seen[place], name: Seen(shown[name], means)}
            elif place == born or shown[name] != last.value:
                seen[place] = {**seen[place], name: Seen(last.value, means)}
            if place == born and (
                self._means(action, name, place) != means or self._is_torn(action, name, place)
            ):
                self.standing[address] = None
        return replace(action, hub={**action.hub, name: means}, seen=seen)

    def _is_torn(self, action: Action, name: str, place: str) -> bool:
        """Say whether a member's tick stands beside a word that went back."""
        if name != "status" or not place:
            return False
        shown = self.now[action.at[place]][name]
        return self.block.places[place].spoken.is_torn(shown, self._means(action, name, place))

    def _means(self, action: Action, name: str, place: str) -> Value:
        last, lines = action.seen[place][name], action.lines.get(place, {})
        shown = self.now[action.at[place]][name]
        return self.block.places[place].as_hub(name, shown, last, action.unticked, lines)


def _differing(then: Mapping[str, Value], shown: Mapping[str, Value]) -> Iterator[str]:
    return (name for name, value in shown.items() if then.get(name) != value)
