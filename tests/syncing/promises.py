"""What must hold at every moment of a life in which several places are kept in step."""

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from smarketing.kinds import GONE, THERE, Value
from smarketing.state.action import Action, Said, carried, origin_of, plain
from smarketing.sync.agreed import Agreed, Conflict
from smarketing.sync.block import Place, as_map
from smarketing.sync.proposals import Answers
from smarketing.sync.statuses import parted

from .places import STATUSES
from .records import Record
from .tools import words_of

if TYPE_CHECKING:
    from .history import History

WORDS = {"This week": "week", "Doing": "doing", "Done": "done", "in work": "doing"} | {
    "finished": "done"
}
"""What members mean by their words."""

UNKNOWN = object()
"""What stands for a status that nobody could foresee."""


class Promises:
    """Watches a life. It knows what members did, and nothing of how agreement is reached."""

    def __init__(self, life: "History") -> None:
        self.life = life
        self.tied: set[str] = set()
        self.gone: set[tuple[str, str]] = set()
        self.short: set[str] = set()  # the places whose last listing was short
        self.short_now: set[str] = set()
        self.conflicts: list[Conflict] = []
        self.in_step = False
        self.stopped = False
        self.unticked: dict[str, Value] = {}
        self.status: dict[str, Value] = {}
        self.held: dict[tuple[str, str, str], Value] = {}

    # In a run

    def agreed(
        self, agreed: Agreed, said: Mapping[str, list[Said]], answers: Answers, cut: set[str]
    ) -> None:
        """Hold what is decided to what was heard."""
        state, new = self.life.state, self.life.new
        by_address = {one.address: one for each in said.values() for one in each}
        self.tied |= {tie.key for tie in agreed.ties}
        self.stopped = bool(agreed.stopped)
        for tie in agreed.ties:
            if tie.confidence == "likely":
                self._check_alike(agreed, tie.key, tie.address, by_address)
        for birth in agreed.births:
            sources = [p for p in agreed.actions[birth.key].at if p != birth.place]
            assert any(birth.place in new.get(p, ()) for p in sources), "made where nobody asked"
        approved = {a for k in answers.approved for a in agreed.actions[k].at.values()}
        for address, fields in agreed.wanted.items():
            assert "existence" not in fields or address in approved, f"removed {address} unasked"
        short = {place for place in said if self._is_short(place, said[place])}
        for place in (short & cut) - self.short:
            was = {k for k, a in state.actions.items() if place in a.closed}
            now = {k for k, a in agreed.actions.items() if place in a.closed}
            assert now <= was or answers.approved, f"a short listing of {place} was believed"
        self.short_now = short | (self.short - said.keys())

    def _is_short(self, place: str, said: list[Said]) -> bool:
        away = {one.address for one in said if one.existence == GONE}
        if not away:
            return False
        known = [a.at[place] for a in self.life.state.actions.values() if a.is_open(place)]
        gone = sum(address in away for address in known)
        return gone > 0 and (gone == len(known) or (gone > 3 and gone > 0.3 * len(known)))

    def _check_alike(
        self, agreed: Agreed, key: str, address: str, said: Mapping[str, Said]
    ) -> None:
        """Two things are one only if more than their titles says so."""
        action, mine = agreed.actions[key], said[address]
        if mine.place in self.life.state.actions.get(key, action).closed:
            return
        others = [said[a] for a in action.at.values() if a != address and a in said]
        known = self.life.state.actions.get(key, action).hub
        here = self.life.block().places[mine.place]
        equal = [
            name
            for name, value in mine.fields.items()
            if name != "title" and value
            if any(self._equal(name, mine, one) for one in others)
            or here.as_hub(name, value) == known.get(name)
        ]
        assert equal or not others, f"{address} was tied to {key} by its title alone"

    def _equal(self, name: str, mine: Said, other: Said) -> bool:
        here, there = (self.life.block().places[s.place] for s in (mine, other))
        if name not in other.fields:
            return False
        return here.as_hub(name, mine.fields[name]) == there.as_hub(name, other.fields[name])

    def made(self, record: Record) -> None:
        """Hold that no copy is made twice, or where it was removed."""
        bearers = self.life.tools[record.place].marked(record.address)
        assert len(bearers) == 1, f"made twice: {record.address}"
        action = next(
            (a for a in self.life.state.actions.values() if record.address in a.at.values()), None
        )
        if action is not None:
            removed = (record.place, action.key) in self.gone
            assert not removed, f"removed by a member, and made again: {record.address}"

    # After a run

    def after(self, calm: bool) -> None:
        """Hold what people see to what they did since the last run; a calm one had no trouble."""
        members = self.life.members
        at = self._actions_by_thing()
        self.gone |= {(p, at[p, w].key) for p, w in members.took_away if (p, w) in at}
        back = {(p, at[p, w].key) for p, w in members.brought_back if (p, w) in at}
        self.gone -= back
        self.tied |= {key for _, key in back}
        if calm:
            if self.in_step:
                self._check_edits(at)
            self._check_pairs(at)
            self._check_copies(at)
            self._remember(at)
        self.in_step = calm and not self.stopped  # what a stopped place says may come later
        self.conflicts.clear()
        self.tied.clear()
        for each in (members.said, members.pairs, members.took_away, members.brought_back):
            each.clear()

    def _actions_by_thing(self) -> dict[tuple[str, str], Action]:
        records = self.life.state.records
        return {
            (place, records[address].id): action
            for action in self.life.state.actions.values()
            for place, address in action.at.items()
            if address in records
        }

    def _remember(self, at: Mapping[tuple[str, str], Action]) -> None:
        unticked = {} if not self.in_step else self.unticked
        for key, action in self.life.state.actions.items():
            self.status[key] = action.hub.get("status")
            if action.hub.get("status") != "done":
                unticked[key] = action.hub.get("status")
        self.unticked = unticked
        self.held = {
            (place, thing.id, name): value
            for place, tool in self.life.tools.items()
            for thing in tool.there()
            if (place, thing.id) in at
            for name, value in thing.fields.items()
        }

    def _check_edits(self, at: Mapping[tuple[str, str], Action]) -> None:
        """What one member edited stands everywhere; of several that of the place that counts."""
        edits: dict[tuple[str, str], dict[str, tuple[Value, Value]]] = defaultdict(dict)
        for (place, which, name), value in self.life.members.said.items():
            was = self.held.get((place, which, name), value)
            if which not in self.life.tools[place].things:
                continue  # nobody may have heard it
            if (action := at.get((place, which))) and value != was:
                edits[action.key, name][place] = (was, value)
        quarrels = {(c.key, c.field) for c in self.conflicts}
        for (key, name), said in edits.items():
            action = self.life.state.actions[key]
            if name in ("labels", "checklist") or any(p in action.closed for p in said):
                continue
            if key in self.tied:
                continue  # what was just found to be the same had its say too
            assert len(said) > 1 or (key, name) not in quarrels, f"{key} {name}: who disagrees?"
            meant_at = {p: self._meant(key, p, name, *each) for p, each in said.items()}
            if name == "status":  # the same status in other words is no edit
                meant_at = {p: s for p, s in meant_at.items() if s != self.status.get(key)}
            if not meant_at:
                continue
            first = min(meant_at, key=self.life.block().rank)
            meant = meant_at[first]
            assert meant in (action.hub[name], UNKNOWN), (
                f"{key} {name}: {action.hub[name]!r} is not {meant!r}, as {first} says"
            )
            self._check_shown(action, name, said)

    def _meant(self, key: str, place: str, name: str, was: Value, value: Value) -> object:
        if name != "status":
            return self.life.tools[place].understood(name, value)
        word, tick = parted(value)
        if word != parted(was)[0]:
            return self._word(place, word)
        return "done" if tick else self.unticked.get(key, UNKNOWN)

    def _word(self, place: str, word: str) -> str:
        own = self.life.members.lists.get(place, {})
        return own.get(word) or WORDS.get(word) or word.rpartition(":")[2]

    def _check_shown(
        self, action: Action, name: str, said: Mapping[str, tuple[Value, Value]]
    ) -> None:
        """Each place shows what stands; one that can't show it still shows what it did."""
        for place, address in action.at.items():
            record, tool = self.life.state.records[address], self.life.tools[place]
            if place in action.closed or (place, record.id, name) not in self.held:
                continue
            if (thing := tool.things.get(record.id)) is None:
                continue  # of a short listing nobody knows yet what is gone
            now = thing.fields[name]
            if name != "status":
                wanted = tool.tidied(name, action.hub[name])
                right = now == wanted or place in said
            else:
                was = said[place][1] if place in said else self.held[place, record.id, name]
                right = self._shows(place, str(action.hub[name]), now, was)
            assert right, f"{address} shows {now!r} for {action.hub[name]!r}"

    def _shows(self, place: str, status: str, now: Value, was: Value) -> bool:
        spoken = self.life.block().places[place].spoken
        word, tick = parted(now)
        if spoken.ticks and not spoken.shows:
            return tick == (status == "done")
        values = [value for value, meant in spoken.shows.items() if meant == status]
        if parted(was)[0] in self.life.members.lists.get(place, ()) and parted(was)[0] == word:
            return True
        if spoken.is_free:
            return STATUSES.status_of(word) == status
        return word in values if values else word == parted(was)[0]

    def _check_pairs(self, at: Mapping[tuple[str, str], Action]) -> None:
        """One thing that two wrote down is one; two things that are called alike are two."""
        members = self.life.members
        edited = {(place, which) for place, which, _ in members.said}
        for is_one, two in members.pairs:
            if any(one not in at or one in edited for one in two):
                continue
            keys = {at[one].key for one in two}
            assert (len(keys) == 1) == is_one, f"{two}: {'two' if is_one else 'one'} of them"

    def _check_copies(self, at: Mapping[tuple[str, str], Action]) -> None:
        """A copy is never taken for a thing of its own."""
        by_token: dict[str, str] = {}
        for action in at.values():
            for address in action.at.values():
                token = origin_of(address) or carried(address)
                other = by_token.setdefault(token, action.key)
                assert other == action.key, f"{address} is a thing of its own"

    # The end

    def at_the_end(self) -> None:
        """Hold that no word was lost, that none came back, and that all is in step."""
        there = words_of(self.life.shown)
        for tool in self.life.tools.values():
            for thing in tool.things.values():
                there |= {
                    str(tool.understood(name, word))
                    for name, value in thing.fields.items()
                    for word in words_of([value])
                }
        lost = self.life.members.alive - {word.replace("’", "'") for word in there}
        assert not lost, f"lost: {sorted(lost)}"
        for action in self.life.state.actions.values():
            self._check_in_step(action)

    def _check_in_step(self, action: Action) -> None:
        life = self.life
        for place, address in action.at.items():
            record, tool = life.state.records[address], life.tools[place]
            is_there = record.existence == THERE
            assert is_there == (place not in action.closed), f"{address}: closed wrongly"
            if not is_there:
                continue
            for name, hub in action.hub.items():
                if name not in tool.names:
                    continue
                held = tool.understood(name, tool.things[record.id].fields[name])
                assert self._agrees(action, life.block().places[place], name, held), (
                    f"{address} {name}: {held!r} for {hub!r}"
                )
                back = str(held or "").replace("’", "'") in life.members.dead
                assert not back or life.was_lost, f"{address} {name}: {held!r} came back"

    def _agrees(self, action: Action, here: Place, name: str, held: Value) -> bool:
        hub, tool = action.hub[name], self.life.tools[here.address]
        if name == "status":
            return self._shows(here.address, str(hub), held, held)
        if name == "checklist":
            shown, out = as_map(held), action.seen[here.address][name]
            return not as_map(hub).keys() - shown.keys() - (as_map(out.hub).keys() - shown.keys())
        wanted = tool.understood(name, tool.tidied(name, hub))
        return held == wanted or (name == "title" and plain(held) == plain(hub))
