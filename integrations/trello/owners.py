"""Who a card is assigned to. Members' own choices stay: only our owner comes and goes. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Assigned:
    """Those who are assigned to a card, by their ids, and who only stands in its description."""

    ids: tuple[str, ...] = ()
    line: str = ""


@dataclass(frozen=True, slots=True)
class Moves:
    """Who has to be added and removed, and the name that then stands in the description."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    line: str = ""


def moves(now: Assigned, wanted: str, people: Mapping[str, str]) -> Moves:
    """Return what makes `wanted` the owner; "" for nobody.

    `people` are the names of the board's members by their ids. Somebody who is no member, or
    shares their name with another, can't be assigned, and stands in the description.
    """
    known = [each for each in now.ids if each in people]
    owner = known[0] if known else ""
    named = [each for each, name in people.items() if name == wanted]
    target = named[0] if len(named) == 1 else ""
    if target and target == owner:
        return Moves()
    remove = (owner,) if owner else ()
    if not wanted:
        return Moves(remove=remove)
    if not target:
        return Moves(remove=remove, line=wanted)
    return Moves(() if target in now.ids else (target,), remove, "")
