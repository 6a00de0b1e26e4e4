"""The steps of a plan: in which order they stand, how long they take, whom tools tell of them. Pure."""

from collections.abc import Mapping, Sequence

from smarketing.changes.changes import Drawn
from smarketing.changes.linking import after_their_items, follow_ups, in_link_order
from smarketing.contract import Change, Step
from smarketing.recognising.look import Look

TYPICAL_CALL, TYPICAL_FILE = 0.5, 0.02
"""Seconds that a call over the network, and the writing of a file, usually take."""


def steps_of(drawn: Drawn, looks: Mapping[str, Look], workspace: str) -> tuple[Step, ...]:
    """Return the steps of all places, each after what its texts link to."""
    by_place: dict[str, list[Change]] = {place: [] for place in looks}
    for change in drawn.changes:
        by_place[drawn.places[change.address]].append(change)
    steps = [
        step
        for place, look in looks.items()
        for step in look.terms.steps(by_place[place], workspace)
    ]
    ordered = in_link_order(steps, _waits(drawn))
    if not ordered.later:
        return ordered.steps
    later: list[Step] = []
    for place, look in looks.items():
        changes = follow_ups(ordered, by_place[place], drawn.linking)
        later += look.terms.steps(changes, workspace) if changes else ()
    return (*ordered.steps, *after_their_items(later, ordered.steps, ordered.later))


def _waits(drawn: Drawn) -> dict[str, frozenset[str]]:
    """Return, by address, what is linked to and has no url before it is made in this run."""
    made = {change.address for change in drawn.changes if change.verb == "create"}
    waits = {
        address: frozenset(target for target, url in links.items() if not url and target in made)
        for address, links in drawn.links.items()
        if address in drawn.linking
    }
    return {address: targets for address, targets in waits.items() if targets}


def seconds_of(steps: Sequence[Step], looks: Mapping[str, Look]) -> float:
    """Return how long these steps take: the tools work side by side, each within its limits."""
    longest = 0.0
    for place, look in looks.items():
        mine = [step for step in steps if step.integration == place]
        manifest = look.terms.manifest
        calls = sum(step.calls.read + step.calls.write for step in mine)
        a_call = TYPICAL_CALL if manifest.limits else TYPICAL_FILE
        seconds = calls * a_call / manifest.workers
        for limit in manifest.limits:
            drawn = sum(step.draws.get(limit.name, 0) for step in mine)
            seconds = max(seconds, (max(0, drawn - 1) // limit.calls) * limit.seconds)
        longest = max(longest, seconds)
    return longest


def told_by(steps: Sequence[Step]) -> dict[str, tuple[str, ...]]:
    """Return whom the tools tell by themselves that something is theirs now."""
    found: dict[str, dict[str, None]] = {}
    for step in steps:
        if step.told:
            found.setdefault(step.integration, {}).update(dict.fromkeys(step.told))
    return {place: tuple(names) for place, names in found.items()}
