"""One action item: what its places say becomes what is held true, and then what each shows. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from smarketing.kinds import THERE, Value
from smarketing.merging.merge import merge
from smarketing.state.action import FIELDS, Action, Said, Yielded, plain
from smarketing.state.record import Seen
from smarketing.sync.block import Block, Place, as_map, is_single, nothing
from smarketing.sync.checklist import same_lines


@dataclass(frozen=True, slots=True)
class Folded:
    """An action item after its places have spoken, and the conflicts that are new, by field."""

    action: Action
    conflicts: Mapping[str, tuple[Yielded, ...]] = field(default_factory=dict)


def side_that_stands(block: Block, action: Action, place: str, name: str) -> Literal["hub", "now"]:
    """Say which value stands in a conflict: that of the place, or that which is held true."""
    return _stands(block, place, action.set_by.get(name, ""))


def _stands(block: Block, place: str, set_by: str) -> Literal["hub", "now"]:
    return "now" if block.rank(place) <= block.rank(set_by) else "hub"


def with_existence(action: Action, said: Mapping[str, Said], places: set[str], day: str) -> Action:
    """Close the action item where it is gone or archived, open it where it is back.

    `said` maps places to what they say of it, `places` are those that were reached.
    """
    closed = dict(action.closed)
    for place in action.at:
        if place not in places:
            continue
        is_there = place in said and said[place].existence == THERE
        if is_there:
            closed.pop(place, None)
        else:
            closed.setdefault(place, day)
    if closed == action.closed:
        return action
    return replace(action, closed=closed, kept=action.kept & closed.keys())


def fold(action: Action, said: Mapping[str, Said], block: Block, day: str) -> Folded:
    """Let the places speak, the one that counts most first.

    One that was never heard comes after the others: it may show what another computer has brought
    over from them since, and that contradicts nobody.
    """
    work = _Folding(action, block, day)
    past = {place for place, one in said.items() if one.is_past}
    places = block.by_rank(said.keys() - past)
    for place in sorted(places, key=lambda each: not action.seen.get(each)):
        work.hear(block.places[place], said[place])
    work.hear_torn()
    for place in past:
        work.look_back(block.places[place], said[place])
    return work.done()


def is_in_step(action: Action, said: Mapping[str, Said], block: Block) -> bool:
    """Say whether every place says what it was last seen to say, and shows what is held true."""
    hub = action.hub
    for place, one in said.items():
        here, seen = block.places[place].fields, action.seen.get(place, {})
        for name, value in one.fields.items():
            if name in here:
                last = seen.get(name)
                if last is None or last.value != value or last.hub != hub.get(name):
                    return False
    return True


class _Folding:
    def __init__(self, action: Action, block: Block, day: str) -> None:
        self.action, self.block, self.day = action, block, day
        self.hub, self.seen = dict(action.hub), dict(action.seen)
        self.set_by, self.lines = dict(action.set_by), dict(action.lines)
        self.unticked = action.unticked
        self.said: dict[str, Said] = {}
        self.edited: set[str] = set()
        self.conflicts: dict[str, list[Yielded]] = {}
        self.torn: list[tuple[Place, Value]] = []

    def hear(self, place: Place, said: Said) -> None:
        """Let one place speak."""
        self.said[place.address] = said
        seen = dict(self.seen.get(place.address, {}))
        for name, now in said.fields.items():
            if name not in place.fields or name not in self.block.fields:
                continue
            last = seen.get(name)
            if last is None and name == "status" and place.spoken.is_in_two_minds(now):
                self.torn.append((place, now))
            elif last is None or last.value != now:
                means = self._says(place, name, now, last)
                seen[name] = Seen(now, means)
                if name == "status" and last and place.spoken.is_torn(now, means):
                    seen[name] = Seen(now, None)  # so that word and tick come together again
        self.seen[place.address] = seen

    def hear_torn(self) -> None:
        """Take in where word and tick, read for the first time, say two things.

        A sync leaves no such thing behind. Where one of both is what the other places say, a member
        has changed the other since.
        """
        for place, now in self.torn:
            word, tick = place.spoken.two_minds(now, self.unticked)
            is_known = "status" in self.hub
            if not is_known:
                self._move(place, "status", word)
            elif self.hub["status"] == tick:
                self._merge(place, "status", tick, word)
            else:
                base = word if self.hub["status"] == word else None
                self._merge(place, "status", base, tick)
            seen = Seen(now, None if is_known else word)  # word and tick come together again
            self.seen[place.address] = {**self.seen[place.address], "status": seen}

    def look_back(self, place: Place, said: Said) -> None:
        """Take what a place showed in the past for what holds now."""
        self.seen[place.address] = {
            name: Seen(now, self.hub[name])
            for name, now in said.fields.items()
            if name in place.fields and name in self.hub
        }

    def _says(self, place: Place, name: str, now: Value, last: Seen | None) -> Value:
        """Take in what a place says of a field, and return what it means."""
        if last is None and name in self.hub and place.is_brief(name, now):
            return self.hub[name] if name == "title" else None
        lines = self._lines(place, now, last) if name == "checklist" else {}
        means = place.as_hub(name, now, last, self.unticked, lines)
        base = last.hub if last else nothing(name)
        if last is None and name == "title" and plain(means) == plain(self.hub.get(name)):
            return self.hub.get(name)  # what a tool made of our own words is no edit
        if name not in self.hub:
            self._move(place, name, means)
        elif means != base:
            if last is not None:
                self.edited.add(name)
            self._merge(place, name, base, means)
        return means

    def _merge(self, place: Place, name: str, base: Value, means: Value) -> None:
        hub = self.hub[name]
        stands = _stands(self.block, place.address, self.set_by.get(name, ""))
        merged = merge(FIELDS[name], base, hub, means, stands=stands)
        if merged.clashes:
            ours, theirs = place.address, self.set_by.get(name, "")
            if is_single(name):
                sides = [(means, hub) if stands == "hub" else (hub, means)]
            else:
                sides = [(clash.yields, clash.stands) for clash in merged.clashes]
            for yields, stood in sides:
                loser, winner = (ours, theirs) if stands == "hub" else (theirs, ours)
                self._yield(name, loser, winner, yields, stood)
        if merged.value != hub:
            self._move(place, name, merged.value)

    def _yield(self, name: str, loser: str, winner: str, value: Value, stands: Value) -> None:
        by = self.said.get(loser)
        yielded = Yielded(
            value, loser, stands, winner, self.day, by.by if by else "", by.when if by else ""
        )
        self.conflicts.setdefault(name, []).append(yielded)

    def _move(self, place: Place, name: str, value: Value) -> None:
        self.hub[name], self.set_by[name] = value, place.address
        if name == "status" and value and not self.block.vocabulary.is_ticked(value):
            self.unticked = str(value)

    def _lines(self, place: Place, now: Value, last: Seen | None) -> Mapping[str, str]:
        known = self.lines.get(place.address, {})
        if last is None:
            known = same_lines(as_map(now), as_map(self.hub.get("checklist")), known)
            if known:
                self.lines[place.address] = known
        return known

    def done(self) -> Folded:
        """Return the action item; an edit settles what was in conflict before."""
        yielded = {n: each for n, each in self.action.yielded.items() if n not in self.edited}
        new = {name: tuple(each) for name, each in self.conflicts.items()}
        action = replace(
            self.action, hub=self.hub, seen=self.seen, set_by=self.set_by, lines=self.lines,
            unticked=self.unticked, yielded={**yielded, **new},
        )  # fmt: skip
        return Folded(action, new)


def shown(
    action: Action, said: Mapping[str, Said], block: Block
) -> tuple[Action, dict[str, dict[str, Value]]]:
    """Return what is wanted at each place that shows another value, by address, and as seen then."""
    wanted: dict[str, dict[str, Value]] = {}
    all_seen: dict[str, Mapping[str, Seen]] | None = None
    for place, one in said.items():
        seen = action.seen.get(place, {})
        changed: dict[str, Seen] = {}
        here = block.places[place]
        for name, now in one.fields.items():
            if name not in here.fields or name not in action.hub or name not in seen:
                continue
            last, hub = seen[name], action.hub[name]
            if last.hub == hub:
                continue
            value = here.render(name, hub, now, last, action.lines.get(place, {}))
            if value != now:
                wanted.setdefault(one.address, {})[name] = value
            changed[name] = Seen(value, hub)
        if changed:
            all_seen = all_seen or dict(action.seen)
            all_seen[place] = {**seen, **changed}
    return (replace(action, seen=all_seen) if all_seen else action), wanted


def born(action: Action, place: Place) -> dict[str, Seen]:
    """Return what a copy at a place shows of an action item."""
    return {
        name: Seen(place.at_birth(name, action.hub[name]), action.hub[name])
        for name in place.fields
        if name in action.hub
    }
