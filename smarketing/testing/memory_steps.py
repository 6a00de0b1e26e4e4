"""How the `memory` integration serves changes by steps. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2s

from smarketing.contract import Calls, Change, Step
from smarketing.testing.awkward import Awkward

QUIET = frozenset({"release", "keep"})
"""Verbs that write nothing."""


@dataclass(frozen=True, slots=True)
class MemoryStep(Step):
    """A step that carries the workspace whose marker its creates write."""

    workspace: str = ""


def steps_for(
    changes: Sequence[Change], name: str, workspace: str, awkward: Awkward
) -> list[MemoryStep]:
    """Return the steps of the integration `name` that serve these changes."""
    makers = {change.address: change for change in changes if change.before is None}
    groups: dict[tuple[object, ...], list[list[Change]]] = {}
    for unit in _units(changes):
        first, verbs = unit[0], tuple(change.verb for change in unit)
        alike = (first.stage, _level(first, makers), first.kind, verbs)
        groups.setdefault(alike, []).append(unit)
    batches = {
        _key(batch, name, workspace): batch
        for group in groups.values()
        for batch in _batches(group, max(1, awkward.bulk))
    }
    keys = {
        change.address: key
        for key, batch in batches.items()
        for change in batch
        if change.before is None
    }
    return [
        MemoryStep(
            key=key,
            integration=name,
            changes=batch,
            calls=calls_of(batch, awkward),
            needs=_needs(key, batch, keys),
            draws={"calls": len(batch)} if awkward.limit else {},
            stage=batch[0].stage,
            workspace=workspace,
        )
        for key, batch in batches.items()
    ]


def calls_of(batch: Sequence[Change], awkward: Awkward) -> Calls:
    """Return the calls of one step: a look where there are no versions, and a write."""
    writing = [each for each in batch if each.verb not in QUIET]
    looks = awkward.looks and not awkward.versions
    return Calls(int(looks and any(each.before for each in writing)), int(bool(writing)))


def _batches(units: list[list[Change]], bulk: int) -> Iterator[tuple[Change, ...]]:
    for start in range(0, len(units), bulk):
        yield tuple(change for unit in units[start : start + bulk] for change in unit)


def _key(batch: tuple[Change, ...], name: str, workspace: str) -> str:
    first = batch[0]
    key = f"{name} {workspace} {first.stage} {first.verb} {first.address}"
    if len(batch) == 1 and first.before is None:
        return key
    whole = "\n".join(
        f"{each.verb} {each.address} {each.before.id if each.before else ''}" for each in batch
    )
    return f"{key} {blake2s(whole.encode(), digest_size=8).hexdigest()}"


def _needs(key: str, batch: tuple[Change, ...], keys: Mapping[str, str]) -> frozenset[str]:
    """Return the steps that make the batch's parents, or its objects themselves."""
    made = {which for each in batch for which in (each.parent, each.address) if which in keys}
    return frozenset(keys[which] for which in made) - {key}


def _units(changes: Sequence[Change]) -> list[list[Change]]:
    """Return the changes by the object and the stage they are for, in their order."""
    units: dict[tuple[str, str | None, int], list[Change]] = {}
    for change in changes:
        which = change.before.id if change.before is not None else None
        units.setdefault((change.address, which, change.stage), []).append(change)
    return list(units.values())


def _level(change: Change, makers: Mapping[str, Change]) -> int:
    level, above = 0, makers.get(change.parent)
    while above is not None and level <= len(makers):
        level, above = level + 1, makers.get(above.parent)
    return level
