"""The fold over places: what each says of its action items becomes what is wanted at each. Pure.

A place that says of a field what it was last seen to say has nothing to say. Else the field
becomes the merge of what that place stood for, what is held true, and what it says now.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from smarketing.kinds import ARCHIVED, THERE, Value
from smarketing.state.action import Action, Said, carried, copy_address, origin_of
from smarketing.state.record import Seen
from smarketing.sync.agreed import Agreed, Birth, Conflict, conflict_of
from smarketing.sync.block import Block
from smarketing.sync.folding import born, fold, is_in_step, shown, with_existence
from smarketing.sync.heirs import NO_HEIRS, Heirs
from smarketing.sync.missing import missing_in
from smarketing.sync.pairing import Doubt, Tie, pair, unknown_of
from smarketing.sync.proposals import NO_ANSWERS, Answers, kept, proposals, restored
from smarketing.sync.shortness import why_short


def agree(
    actions: Mapping[str, Action],
    said: Mapping[str, Collection[Said]],
    block: Block,
    today: date,
    *,
    answers: Answers = NO_ANSWERS,
    doubted: Mapping[str, frozenset[str]] = {},
    again: bool = False,
    lost: bool = False,
    fresh: Collection[str] = (),
    heirs: Heirs = NO_HEIRS,
    places: Collection[str] = (),
) -> Agreed:
    """Return what the places of a block agree on.

    `said` maps each place that was reached to everything it shows, and what is still to be made
    there; a place that is not in it keeps what was seen. `doubted` and `fresh` are those of the
    last run; `doubted` may be of an earlier look of this run, if it looks `again`: that is no
    second reading.
    `lost` says that state knows nothing of a workspace that was finished: nothing is made of what
    may have been copied before until every place has been heard at once, and what is absent then
    is `missing`, until somebody writes it there. `heirs` have the open work of who has left.
    `places` are all of the block in their order, also notes without a section now, where they are
    more than those of `block`.
    """
    work = _Agreeing(dict(actions), block, today.isoformat(), lost, heirs)
    work.fresh |= set(fresh)
    work.places = places or block.places
    work.listen(said, doubted, again)
    work.take_up()
    for key in list(work.actions):
        work.settle(key, answers)
    for key in list(work.actions):
        work.spread(key, answers)
    return work.agreed()


def as_viewed(agreed: Agreed, views: Mapping[str, Mapping[str, Value]]) -> Mapping[str, Action]:
    """Return the action items as seen at the items (by address) that were just set or made.

    What a record shows after it was set may differ from what was wanted: a due time has a day
    alone. Without this a difference would count as a member's edit in the next run.
    """
    actions = dict(agreed.actions)
    for key, action in agreed.actions.items():
        fresh: dict[str, Mapping[str, Seen]] = {}
        for place, address in action.at.items():
            seen, view = action.seen.get(place, {}), views.get(address)
            if view and any(n in seen and seen[n].value != value for n, value in view.items()):
                fresh[place] = {
                    n: Seen(view[n], each.hub) if n in view else each for n, each in seen.items()
                }
        if fresh:
            actions[key] = replace(action, seen={**action.seen, **fresh})
    return actions


class _Agreeing:
    def __init__(
        self, actions: dict[str, Action], block: Block, day: str, lost: bool, heirs: Heirs
    ) -> None:
        self.actions, self.block, self.day, self.lost = actions, block, day, lost
        self.heirs = heirs
        self.places: Collection[str] = block.places
        self.said: dict[str, dict[str, Said]] = {}  # place -> address -> what is there
        self.wanted: dict[str, dict[str, Value]] = {}
        self.births: list[Birth] = []
        self.conflicts: list[Conflict] = []
        self.ties: list[Tie] = []
        self.doubts: list[Doubt] = []
        self.stopped: dict[str, str] = {}
        self.doubted: dict[str, frozenset[str]] = {}
        self.fresh: set[str] = set()
        self.held: set[tuple[str, str]] = set()
        self.last_words: set[tuple[str, str]] = set()

    def listen(
        self,
        said: Mapping[str, Collection[Said]],
        doubted: Mapping[str, frozenset[str]],
        again: bool,
    ) -> None:
        """Take in the places that were reached and list what can be believed."""
        self.doubted = {place: each for place, each in doubted.items() if place not in said}
        for place in self.block.by_rank(said):
            there = {one.address: one for one in said[place]}
            known = [a.at[place] for a in self.actions.values() if a.is_open(place)]
            gone = [
                a for a in known if a not in there or there[a].existence not in (THERE, ARCHIVED)
            ]
            if why := why_short(known, gone, () if again else doubted.get(place, ())):
                self.stopped[place], self.doubted[place] = why, frozenset(gone)
            else:
                self.said[place] = there

    def take_up(self) -> None:
        """Find out what each thing is that no action item knows."""
        reached = set(self.said)
        for key, action in self.actions.items():
            said = self._of(action)
            now = self.actions[key] = with_existence(action, said, reached, self.day)
            if now is not action:  # what was written last in what was archived still counts
                self.last_words |= {(key, p) for p in now.closed.keys() - action.closed.keys()}
        known = {address for a in self.actions.values() for address in a.at.values()}
        strangers = unknown_of({p: each.values() for p, each in self.said.items()}, known)
        if not any(strangers.values()):
            return
        urls = {one.address: one.url for each in self.said.values() for one in each.values()}
        paired = pair(strangers, self.actions, self.block, urls, self.lost)
        for key, first in paired.born.items():
            linked = first.url and not first.origin and self._wants_link(first)
            hub = {"link": first.url} if linked else {}
            away = {} if first.existence == THERE else {first.place: self.day}
            at = {first.place: first.address}
            self.actions[key] = Action(key, hub, at=at, closed=away, kept=frozenset(away))
        there = {one.address: one for each in strangers.values() for one in each}
        for tie in paired.ties:
            self._tie(tie.key, there[tie.address])
        first_seen = [(key, one.address) for key, one in paired.born.items()]
        for key, address in (*first_seen, *((tie.key, tie.address) for tie in paired.ties)):
            self._look_back(key, there[address])
        self.ties, self.doubts = paired.ties, paired.doubts
        self.held = {(key, there[d.address].place) for d in paired.doubts for key in d.others}

    def _wants_link(self, first: Said) -> bool:
        """Say whether copies link to a thing: a place that holds links says them itself."""
        return "link" in self.block.fields and "link" not in self.block.places[first.place].fields

    def _tie(self, key: str, thing: Said) -> None:
        action, place = self.actions[key], thing.place
        closed = {p: day for p, day in action.closed.items() if p != place}
        if thing.existence != THERE:
            closed[place] = self.day
        self.actions[key] = replace(
            action,
            at={**action.at, place: thing.address},
            closed=closed,
            kept=(action.kept - {place}) | (closed.keys() & {place}),
            seen={p: seen for p, seen in action.seen.items() if p != place},
        )

    def _look_back(self, key: str, thing: Said) -> None:
        """Hear nothing of closed minutes of which another computer made a copy when it read them."""
        copy = carried(thing.address)
        if thing.is_over and any(origin_of(at) == copy for at in self.actions[key].at.values()):
            self.said[thing.place][thing.address] = replace(thing, is_past=True)

    def settle(self, key: str, answers: Answers) -> None:
        """Let the places of one action item speak, and say what is wanted at each."""
        action = self._answered(self.actions[key], answers)
        said = {
            place: one
            for place, one in self._of(action).items()
            if place not in action.closed or (key, place) in self.last_words
        }
        is_quiet = is_in_step(action, said, self.block)
        if not is_quiet:
            action = self._heard(action, said)

        if key in answers.approved and action.closed:
            action = self._put_away(action)
        owned = self.heirs.handed_over(action, self.block)
        is_quiet = is_quiet and owned is action
        self.actions[key] = owned if is_quiet else self._shown(owned, said)

    def _heard(self, action: Action, said: Mapping[str, Said]) -> Action:
        folded = fold(action, said, self.block, self.day)
        for name, each in folded.conflicts.items():
            self.conflicts += (
                conflict_of(folded.action, name, yielded, self.block.vocabulary) for yielded in each
            )
        return folded.action

    def _shown(self, action: Action, said: Mapping[str, Said]) -> Action:
        there = {place: one for place, one in said.items() if place not in action.closed}
        action, wanted = shown(action, there, self.block)
        for address, fields in wanted.items():
            self.wanted.setdefault(address, {}).update(fields)
        return action

    def _answered(self, action: Action, answers: Answers) -> Action:
        if action.key in answers.kept:
            return kept(action)
        return restored(action) if action.key in answers.restored else action

    def _put_away(self, action: Action) -> Action:
        here = [place for place in self.said if action.is_open(place)]
        for place in here:
            self.wanted[action.at[place]] = {"existence": ARCHIVED}
        return replace(action, closed={**action.closed, **dict.fromkeys(here, self.day)})

    def spread(self, key: str, answers: Answers) -> None:
        """Make the copies of an action item that the block wants and that were never there."""
        action = self.actions[key]
        lacking = self.said.keys() - action.at.keys() - action.closed.keys()
        if not lacking:
            return
        if self.lost and self._is_new(action):
            self.fresh.add(key)
        if self.lost and key not in self.fresh:
            self._miss(action, lacking, answers.is_asked_about(action))
        elif action.title and not action.closed.keys() - action.kept:
            for place in self.block.by_rank(self._wanted_at(action) & lacking):
                if (key, place) not in self.held:
                    action = self.actions[key] = self._with_copy(action, place)

    def _wanted_at(self, action: Action) -> set[str]:
        return {p for at in action.at if action.is_open(at) for p in self.block.new.get(at, ())}

    def _is_new(self, action: Action) -> bool:
        """Say whether no sync can have seen it, though state was lost: what a sync saw bears a mark.

        Lines of notes never bear one, so of these nobody can tell.
        """
        there = self._of(action).values()
        if any(one.origin or origin_of(one.address) for one in there):
            return False
        return len(there) == len(action.at) and all(one.is_unmarked for one in there)

    def _is_all_heard(self) -> bool:
        return self.said.keys() >= self.block.places.keys()

    def _miss(self, action: Action, lacking: set[str], is_asked_about: bool) -> None:
        """Make nothing where nobody knows whether it was removed, once every place was heard.

        Where the card still asks about it, it was: that question stays.
        """
        if self._is_all_heard():
            missing = set[str]() if is_asked_about else self._wanted_at(action) & lacking
            since = {place: "" if place in missing else self.day for place in lacking}
            closed = {**action.closed, **since}
            kept_at = action.kept if is_asked_about else action.kept | lacking
            self.actions[action.key] = replace(action, closed=closed, kept=kept_at)

    def _with_copy(self, action: Action, place: str) -> Action:
        address = copy_address(place, action.key)
        seen = born(action, self.block.places[place])
        fields = {name: each.value for name, each in seen.items()}
        self.births.append(Birth(place, action.key, address, fields))
        return replace(action, at={**action.at, place: address}, seen={**action.seen, place: seen})

    def agreed(self) -> Agreed:
        is_waiting = self.lost and not self._is_all_heard()
        return Agreed(
            self.actions,
            self.wanted,
            tuple(self.births),
            tuple(self.conflicts),
            proposals(self.actions.values(), self.places, self.block.places),
            tuple(self.ties),
            tuple(self.doubts),
            self.stopped,
            self.doubted,
            missing_in(self.actions.values(), self.block),
            is_waiting,
            fresh=frozenset(self.fresh if is_waiting else ()),
        )

    def _of(self, action: Action) -> dict[str, Said]:
        """Return what the places say of an action item."""
        return {
            place: self.said[place][address]
            for place, address in action.at.items()
            if place in self.said and address in self.said[place]
        }
