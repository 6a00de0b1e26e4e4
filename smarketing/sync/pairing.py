"""Which new thing at a place is an action item that is known elsewhere: one to one, or not at all.

By what a copy carries of its origin, by a link that leads to the other, else by the same title
and at least one more equal field, if more of them are equal than differ. Where several come into
question, none is taken. Pure.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from smarketing.kinds import ARCHIVED, GONE, THERE, Value
from smarketing.state.action import Action, Said, carried, origin_of, plain
from smarketing.sync.block import Block


@dataclass(frozen=True, slots=True)
class Tie:
    """A thing that is an action item which is known elsewhere, and how sure that is."""

    key: str
    address: str
    confidence: Literal["certain", "likely"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A thing that may be one of others (keys): a person decides, and until then nothing is made.

    What `is_copy` bears the mark of a copy of ours: of what is shown there already, or of nothing.
    """

    address: str
    title: str
    others: tuple[str, ...]
    is_copy: bool = False


@dataclass(slots=True)
class Paired:
    """What became of the new things: known elsewhere, seen for the first time, or not clear.

    `born` maps the keys of new action items to the thing that each was first seen as.
    """

    ties: list[Tie] = field(default_factory=list)
    born: dict[str, Said] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)


@dataclass(slots=True)
class _Known:
    """An action item while places are looked through: what it says and where it is."""

    key: str
    values: Mapping[str, Value]
    tokens: set[str]
    places: set[str]
    former: Collection[str] = ()
    urls: set[str] = field(default_factory=set)


def pair(
    strangers: Mapping[str, Collection[Said]],
    actions: Mapping[str, Action],
    block: Block,
    urls: Mapping[str, str],
    lost: bool = False,
) -> Paired:
    """Pair what nobody knows yet; `urls` maps addresses to where a person finds them.

    Where state is `lost`, what was archived is taken up too, so that it is not made anew.
    """
    work = _Pairing(block, actions, urls, lost)
    work.copies = {place: {_origin(s) for s in each} - {""} for place, each in strangers.items()}
    places = block.by_rank(strangers)
    there = {place: [s for s in strangers[place] if s.existence == THERE] for place in places}
    past = {place: [s for s in there[place] if s.is_past] for place in places}
    there = {place: [s for s in there[place] if not s.is_past] for place in places}
    for place in places:
        work.look_through(place, [s for s in there[place] if not _origin(s)])
    for place in places:  # a copy comes after what it may be a copy of
        work.look_through(place, [s for s in there[place] if _origin(s)])
    for place in places:
        work.look_through(place, past[place])
    for place in places:
        work.know_again(place, [s for s in strangers[place] if s.existence == ARCHIVED])
    return work.paired


class _Pairing:
    def __init__(
        self, block: Block, actions: Mapping[str, Action], urls: Mapping[str, str], lost: bool
    ) -> None:
        self.block, self.paired, self.actions, self.lost = block, Paired(), actions, lost
        self.known = [_known(action, urls) for action in actions.values()]
        self.by_token = {token: known for known in self.known for token in known.tokens}
        self.copies: Mapping[str, Collection[str]] = {}

    def look_through(self, place: str, things: list[Said]) -> None:
        """Pair what is there at a place."""
        left = [thing for thing in things if not self._by_token(place, thing)]
        left = self._by_link(place, [thing for thing in left if plain(thing.fields.get("title"))])
        for thing in self._by_title(place, left):
            if thing.is_past:
                continue
            if self.lost or not _origin(thing):
                self._first_seen(place, thing)
            else:
                self._doubt(thing, (), is_copy=True)

    def know_again(self, place: str, archived: list[Said]) -> None:
        """Tie what was archived to what it is a part of."""
        for thing in archived:
            if not self._by_token(place, thing) and self.lost:
                self._first_seen(place, thing)

    def _by_token(self, place: str, thing: Said) -> bool:
        """Say whether the thing is done with: a copy of ours is never taken for something new."""
        known = self.by_token.get(_token(thing))
        if known is None:
            return False
        if place not in known.places:
            self._tie(place, thing, known, "certain")
            return True
        if is_copy := bool(_origin(thing)):
            self._doubt(thing, (known.key,), is_copy=True)
        return is_copy

    def _doubt(self, thing: Said, others: tuple[str, ...], *, is_copy: bool = False) -> None:
        if thing.is_past:
            return
        title = str(thing.fields.get("title") or "")
        self.paired.doubts.append(Doubt(thing.address, title, others, is_copy))

    def _by_link(self, place: str, things: list[Said]) -> list[Said]:
        """Tie what leads to another thing, and return the rest.

        A member who copies a row copies its link along: it says nothing where either bears its mark.
        """
        by_url: dict[str, list[_Known]] = defaultdict(list)
        linking: dict[str, list[Said]] = defaultdict(list)
        for thing in things:
            has_copies = any(carried(thing.address) in each for each in self.copies.values())
            if (link := str(thing.fields.get("link") or "")) and not has_copies:
                linking[link].append(thing)
        if linking:
            for known in self.known:
                for url in known.urls if carried(known.key) not in self.copies[place] else ():
                    by_url[url].append(known)
        tied = set()
        for link, said in linking.items():
            targets = by_url.get(link, ())
            if len(said) == len(targets) == 1 and place not in targets[0].places:
                self._tie(place, said[0], targets[0], "certain")
                tied.add(said[0].address)
        return [thing for thing in things if thing.address not in tied]

    def _by_title(self, place: str, things: list[Said]) -> list[Said]:
        """Tie what is clear, put aside what is not, and return what nobody knows."""
        alike = defaultdict(list)
        if things:
            # The copy of one thing does not take the place that another one only just had there.
            are_copies = any(map(_origin, things))
            for known in self.known:
                if place not in known.places and not (are_copies and place in known.former):
                    alike[plain(known.values.get("title"))].append(known)
        groups: dict[str, list[Said]] = defaultdict(list)
        for thing in things:
            groups[plain(thing.fields.get("title"))].append(thing)
        unknown: list[Said] = []
        for title, said in groups.items():
            unknown += self._of_one_title(place, said, alike.get(title, []))
        return unknown

    def _of_one_title(self, place: str, things: list[Said], known: list[_Known]) -> Iterator[Said]:
        if not known:
            yield from things
            return
        pairs = _best(
            {thing.address: self._values(place, thing) for thing in things},
            {one.key: one.values for one in known},
        )
        by_key = {one.key: one for one in known}
        taken = set(pairs.values())
        others = tuple(one.key for one in known if one.key not in taken and place not in one.former)
        for thing in things:
            if thing.address in pairs:
                self._tie(place, thing, by_key[pairs[thing.address]], "likely")
            elif others:
                self._doubt(thing, others)
            else:
                yield thing

    def _first_seen(self, place: str, thing: Said) -> None:
        key = thing.address
        while key in self.actions:  # its place there was taken by what looked like it
            key = f"{thing.address}.{len(self.known)}"
        self.paired.born[key] = thing
        known = _Known(key, self._values(place, thing), {_token(thing), carried(key)}, {place})
        known.urls = {thing.url} - {""}
        self.known.append(known)
        self.by_token |= dict.fromkeys(known.tokens, known)

    def _tie(
        self, place: str, thing: Said, known: _Known, how: Literal["certain", "likely"]
    ) -> None:
        self.paired.ties.append(Tie(known.key, thing.address, how))
        known.places.add(place)
        self.by_token.setdefault(_token(thing), known)
        known.urls |= {thing.url} - {""}
        known.values = {**self._values(place, thing), **_said(known.values)}

    def _values(self, place: str, thing: Said) -> Mapping[str, Value]:
        here = self.block.places[place]
        return {
            name: here.as_hub(name, value)
            for name, value in thing.fields.items()
            if name in self.block.fields
        }


def _known(action: Action, urls: Mapping[str, str]) -> _Known:
    tokens = {carried(action.key), *map(origin_of, action.at.values())} - {""}
    places = {place for place in action.at if place not in action.closed}
    found = {urls.get(address, "") for address in action.at.values()} - {""}
    return _Known(action.key, action.hub, tokens, places, action.closed, found)


def _token(thing: Said) -> str:
    return _origin(thing) or carried(thing.address)


def _origin(thing: Said) -> str:
    return thing.origin or origin_of(thing.address)


def _said(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: value for name, value in values.items() if value}


def _best(
    ones: Mapping[str, Mapping[str, Value]], others: Mapping[str, Mapping[str, Value]]
) -> dict[str, str]:
    """Return the pairs that are better for both than any other pair of theirs."""
    scores = {
        (a, b): score
        for a, mine in ones.items()
        for b, theirs in others.items()
        if (score := _likeness(mine, theirs)) is not None
    }
    found: dict[str, str] = {}
    while clear := list(_clear(scores)):
        found |= dict(clear)
        taken, gone = set(found), set(found.values())
        scores = {p: s for p, s in scores.items() if p[0] not in taken and p[1] not in gone}
    return found


def _clear(scores: Mapping[tuple[str, str], int]) -> Iterator[tuple[str, str]]:
    """Return the pairs whose score is the only highest of either partner."""
    of_one, of_other = defaultdict(list), defaultdict(list)
    for (a, b), score in scores.items():
        of_one[a].append(score)
        of_other[b].append(score)
    best = {a: _only_highest(each) for a, each in of_one.items()}
    back = {b: _only_highest(each) for b, each in of_other.items()}
    yield from (pair for pair, s in scores.items() if best[pair[0]] == s == back[pair[1]])


def _only_highest(scores: list[int]) -> int | None:
    highest = max(scores)
    return highest if scores.count(highest) == 1 else None


def _likeness(mine: Mapping[str, Value], theirs: Mapping[str, Value]) -> int | None:
    """Return how much more speaks for two things of one title being one than against it.

    None if nothing more does. A status changes by itself: that it differs says nothing.
    """
    both = [name for name in mine if name != "title" and mine[name] and theirs.get(name)]
    equal = {name for name in both if mine[name] == theirs[name]}
    firm = [name for name in both if name != "status"]
    more = 2 * (2 * sum(name in equal for name in firm) - len(firm)) + ("status" in equal)
    return more if more > 0 else None


def unknown_of(said: Mapping[str, Iterable[Said]], known: Collection[str]) -> dict[str, list[Said]]:
    """Return what is there, or archived, and belongs to no action item yet."""
    return {
        place: [one for one in things if one.existence != GONE and one.address not in known]
        for place, things in said.items()
    }
