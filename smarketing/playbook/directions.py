"""Where new things appear, as the sentence behind `new:` says it. Pure."""

import re
from collections.abc import Mapping, Sequence

EVERYWHERE, NOWHERE = "everywhere", "nowhere"

_SENTENCE = re.compile(r"from (?P<sources>.+?) to (?P<targets>.+)")
_BETWEEN = re.compile(r"\s*,\s*and\s+|\s*,\s*|\s+and\s+")


class NoDirection(ValueError):  # noqa: N818 - it is what the sentence lacks
    """The sentence is no direction. The message says what is wrong with it."""


def directions(sentence: str, places: Sequence[str]) -> dict[str, frozenset[str]]:
    """Return place -> the places where its new things appear; raise NoDirection.

    `places` are the block's. The sentence is 'everywhere', 'nowhere', or names some of them:
    'from board:work and board:other to table:tracker'.
    """
    if sentence == NOWHERE:
        return {}
    if sentence == EVERYWHERE:
        return {place: frozenset(places) - {place} for place in places}
    found = _SENTENCE.fullmatch(" ".join(sentence.split()))
    if found is None:
        raise NoDirection("It is neither 'everywhere', 'nowhere', nor a direction.")
    sources, targets = (_BETWEEN.split(found[name]) for name in ("sources", "targets"))
    for one in (*sources, *targets):
        if one not in places:
            raise NoDirection(f"'{one[:80]}' is not among the places of 'between:'.")
    found_to = {one: frozenset(targets) - {one} for one in sources}
    return {one: to for one, to in found_to.items() if to}


def within(new: Mapping[str, frozenset[str]], places: Sequence[str]) -> dict[str, frozenset[str]]:
    """Return the directions between these places alone."""
    kept = {one: to & frozenset(places) for one, to in new.items() if one in places}
    return {one: to for one, to in kept.items() if to}
