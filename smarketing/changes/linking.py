"""Links to what is made in the same run: who waits for whom, and what follows later. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from smarketing.contract import Change, Remote, Step
from smarketing.kinds import Value

_LINK = re.compile(r"\[(?P<words>[^\[\]\n]{0,500})\]\(link:(?P<address>[^()\s]{0,400})\)")

Waits = Mapping[str, frozenset[str]]
"""By address, the items whose urls its texts need and that this run makes."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """The steps, each after those that make what it links to. `later` are the links that can't
    be written at first, because both sides link to each other."""

    steps: tuple[Step, ...]
    later: Mapping[str, frozenset[str]]


def without_dead_links(value: Value, urls: Mapping[str, str]) -> Value:
    """Return a text in which a link to what has no url yet is its words alone."""
    if not isinstance(value, str):
        return value
    return _LINK.sub(lambda link: link[0] if urls.get(link["address"]) else link["words"], value)


def in_link_order(steps: Sequence[Step], waits: Waits) -> Ordered:
    """Let each step wait for what it links to, unless that waits for it."""
    if not waits:
        return Ordered(tuple(steps), {})
    graph = _Graph(steps)
    later: dict[str, frozenset[str]] = {}
    for step in steps:
        for change in step.changes:
            if change.verb not in ("create", "update"):
                continue
            targets = waits.get(change.address, frozenset())
            if missed := {t for t in sorted(targets) if not graph.let_wait(step.key, t)}:
                later[change.address] = frozenset(missed)
    return Ordered(tuple(graph.ordered()), later)


def after_arrivals(steps: Sequence[Step], pairs: Iterable[tuple[str, str]]) -> tuple[Step, ...]:
    """Let what loses words wait until they stand in the other of each pair (from, to)."""
    pairs = list(pairs)
    if not pairs:
        return tuple(steps)
    graph = _Graph(steps)
    for source, target in pairs:
        for step in steps:
            if any(c.address == source and c.verb == "update" for c in step.changes):
                graph.let_wait(step.key, target)
    return tuple(graph.ordered())


def follow_ups(
    ordered: Ordered, changes: Iterable[Change], fields: Mapping[str, frozenset[str]]
) -> list[Change]:
    """Return an update for each item whose links have to wait; `fields` name those that hold them."""
    found: list[Change] = []
    for change in changes:
        if change.address in ordered.later and change.verb in ("create", "update"):
            names = sorted(fields[change.address] & change.fields.keys())
            values = {name: change.fields[name] for name in names}
            before = Remote("", change.kind, change.fields, marker=change.address)
            if names:
                update = Change("update", change.address, change.kind, values, before=before)
                found.append(replace(update, choices=change.choices))
    return found


def after_their_items(
    steps: Sequence[Step], made: Sequence[Step], later: Mapping[str, frozenset[str]]
) -> list[Step]:
    """Let each follow-up wait for its own item and for what it links to."""
    by_address = _makers(made)
    return [
        replace(
            step,
            key=f"{step.key} links",
            needs=step.needs
            | {
                by_address[address]
                for change in step.changes
                for address in (change.address, *later[change.address])
                if address in by_address
            },
        )
        for step in steps
    ]


def _makers(steps: Iterable[Step]) -> dict[str, str]:
    makers: dict[str, str] = {}
    for step in steps:
        for change in step.changes:
            if change.verb == "create":
                makers[change.address] = step.key
            elif change.verb == "update":
                makers.setdefault(change.address, step.key)
    return makers


class _Graph:
    def __init__(self, steps: Sequence[Step]) -> None:
        self._steps = {step.key: step for step in steps}
        self._needs = {step.key: set(step.needs) for step in steps}
        self._makers = _makers(steps)

    def let_wait(self, key: str, target: str) -> bool:
        """Let a step wait for the one that makes the target; False if that waits for it."""
        maker = self._makers.get(target)
        if maker is None or maker == key:
            return maker is None
        if self._waits_for(maker, key):
            return False
        self._needs[key].add(maker)
        return True

    def _waits_for(self, one: str, other: str) -> bool:
        met, open_ = {one}, [one]
        while open_:
            for need in self._needs.get(open_.pop(), ()):
                if need == other:
                    return True
                if need not in met:
                    met.add(need)
                    open_.append(need)
        return False

    def ordered(self) -> Iterable[Step]:
        for key, step in self._steps.items():
            needs = frozenset(self._needs[key])
            yield step if needs == step.needs else replace(step, needs=needs)
