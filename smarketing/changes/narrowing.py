"""A run that does only some of what there is to do. Pure: the rest waits for the next run."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from smarketing.address import container_of, is_within, kind_of
from smarketing.changes.changes import Drawn
from smarketing.contract import Change
from smarketing.plan import RIGHT


def narrowed(drawn: Drawn, only: frozenset[str], carried: Iterable[tuple[str, str]] = ()) -> Drawn:
    """Leave the changes to these items, to what is in them, and to what they have to be made in.

    `carried` are (from, to) for words that have to arrive before they go.
    """
    if not only:
        return drawn
    asked = [change for change in drawn.changes if _is_of(change.address, only)]
    asked += _first(asked, drawn.changes, carried)
    made = {change.address: change for change in drawn.changes if change.verb == "create"}
    wanted = {change.address for change in asked}
    needed = wanted | _holders(asked, made)
    needed |= _labels(needed, made)
    kept = tuple(
        change
        for change in drawn.changes
        if change.address in wanted or (change.verb == "create" and change.address in needed)
    )
    removals = tuple(pair for pair in drawn.removals if _is_removal_of(pair, only))
    return replace(drawn, changes=kept, removals=removals)


def _first(
    asked: Sequence[Change], changes: Sequence[Change], carried: Iterable[tuple[str, str]]
) -> list[Change]:
    """Return what has to move out of what goes to the archive, and where words go to."""
    emptied = {each.before.id for each in asked if each.verb == "archive" and each.before}
    leaving = {each.address for each in asked}
    targets = {target for source, target in carried if source in leaving}
    return [
        each
        for each in changes
        if each.address in targets
        or (each.verb == "move" and each.before and each.before.parent in emptied)
    ]


def _is_of(address: str, only: frozenset[str]) -> bool:
    item = address.partition("~")[0]
    return any(is_within(item, each) for each in only)


def _holders(asked: Iterable[Change], made: Mapping[str, Change]) -> set[str]:
    """Return what has to be made first because something asked for stands in it."""
    found: set[str] = set()
    waiting = [change.parent for change in asked]
    while waiting:
        above = waiting.pop()
        if above in made and above not in found:
            found.add(above)
            waiting.append(made[above].parent)
    return found


def _labels(needed: Iterable[str], made: Mapping[str, Change]) -> set[str]:
    """Return the labels of the boards whose cards are made: a card names them."""
    boards = {container_of(address) for address in needed if kind_of(address) == "card"}
    return {a for a in made if kind_of(a) == "label" and container_of(a) in boards}


def _is_removal_of(removal: tuple[str, str], only: frozenset[str]) -> bool:
    container, thing = removal
    return _is_of(thing.partition(RIGHT)[0], only) or _is_of(container, only)
