"""Make items of paragraphs that follow each other: one list for them, with the levels they need."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from . import requests as make
from .model import Block, Json


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph that has to become an item: its place, its length, and whether it is one now.

    `parts` are the places, counted from its own, of the further paragraphs that it is as long as
    somebody only suggests to split it.
    """

    start: int
    length: int
    block: Block
    bullet: bool
    parts: tuple[int, ...] = ()


def item_requests(run: Sequence[Item]) -> list[Json]:
    """Return what makes items of these; the place of the first is right, those of the others
    follow from the lengths."""
    if not run:
        return []
    places = [run[0].start]
    for item in run:
        places.append(places[-1] + item.length)
    placed = [replace(item, start=place) for place, item in zip(places[:-1], run, strict=True)]
    outer = min(placed, key=lambda item: item.block.level).block.ordered
    found = _listed(placed, outer, any(item.bullet for item in run))
    groups = [(key, list(group)) for key, group in groupby(placed, lambda i: i.block.ordered)]
    for ordered, group in reversed(groups):
        if ordered != outer:
            found += _listed(group, ordered, True)
    return found


def _listed(run: Sequence[Item], ordered: bool, bulleted: bool) -> list[Json]:
    """Make one list of a run. Its leading tabs are its levels; the vendor takes them out."""
    start, end = run[0].start, run[-1].start + run[-1].length - 1
    end = max(end, start + 1)
    found: list[Json] = []
    if bulleted:
        found += [make.no_bullets(start, end), make.indents_reset(start, end)]
    tabs = 0
    for item in reversed(run):
        for place in (*reversed(item.parts), 0) if item.block.level > 1 else ():
            found.append(make.insert(item.start + place, "\t" * (item.block.level - 1)))
            tabs += item.block.level - 1
    return [*found, make.bullets(start, end + tabs, ordered)]
