"""Members' own things on their way back to where they were before a merge took them along. Pure.

State keeps them as a fact until each has arrived, so that whatever ends a run, the next goes on.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace

from smarketing.contract import Remote
from smarketing.kinds import THERE
from smarketing.recognising.look import Look
from smarketing.state.record import Record

HOMEWARD = "homeward"
"""The name of the fact in which state keeps what is still on its way."""


@dataclass(frozen=True, slots=True)
class Homeward:
    """A thing with no address: where it is and was called, what it was moved into, and its home.

    `into` and `home` are addresses.
    """

    place: str
    id: str
    kind: str
    title: str
    into: str
    home: str


def homeward_fact(things: Iterable[Homeward]) -> str:
    """Return what state keeps of these, "" for nothing."""
    told = [astuple(each) for each in things]
    return json.dumps(told) if told else ""


def homeward_known(fact: str) -> tuple[Homeward, ...]:
    """Return the things that state kept."""
    return tuple(Homeward(*told) for told in json.loads(fact)) if fact else ()


def without(things: Iterable[Homeward], ids: Iterable[tuple[str, str]]) -> tuple[Homeward, ...]:
    """Return those that are not among the (place, id) that have arrived."""
    arrived = frozenset(ids)
    return tuple(each for each in things if (each.place, each.id) not in arrived)


def still_away(
    things: Iterable[Homeward], looks: Mapping[str, Look], records: Mapping[str, Record]
) -> tuple[Homeward, ...]:
    """Return the things that are still where our run put them, and have a home to go to.

    Those in a place that was not reached wait.
    """
    return tuple(
        each
        for each in things
        if each.place not in looks
        or (is_where_we_put_it(each, looks[each.place], records) and has_home(each, records))
    )


def found_again(thing: Homeward, look: Look) -> Homeward:
    """Return the thing under the id that it has now.

    Where ids come from words, a tick is enough for another one: what is still the only one of
    its title in what our run put it into is the same thing.
    """
    if look.terms.manifest.stable_ids or remote_of(thing, look) is not None:
        return thing
    alike = [
        other
        for other in look.matched.others
        if other.kind == thing.kind and other.fields.get("title") == thing.title
        if other.existence == THERE and look.parents.get(other.parent) == thing.into
    ]
    return replace(thing, id=alike[0].id) if len(alike) == 1 else thing


def remote_of(thing: Homeward, look: Look) -> Remote | None:
    """Return the thing as its tool shows it, None where it is not to be seen."""
    others: Iterator[Remote] = (o for o in look.matched.others if o.id == thing.id)
    return next(others, None)


def is_where_we_put_it(thing: Homeward, look: Look, records: Mapping[str, Record]) -> bool:
    """Say whether it still stands in what our run moved it into: nobody has moved it since."""
    remote, into = remote_of(thing, look), records.get(thing.into)
    if remote is None or remote.existence != THERE or into is None or into.binding is None:
        return False
    return remote.parent == into.binding.id


def has_home(thing: Homeward, records: Mapping[str, Record]) -> bool:
    """Say whether what it stood in is there again."""
    home = records.get(thing.home)
    return home is not None and home.stands


def places_of(things: Sequence[Homeward]) -> frozenset[str]:
    """Return the places in which something is on its way."""
    return frozenset(each.place for each in things)
