"""What a vendor's own description gets wrong: where, why, and what to read there instead."""

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Defect:
    """One place of a description. `adds` says that nothing stands there, and should."""

    where: tuple[str, ...]
    reason: str
    instead: Any
    adds: bool = False


def stale(description: Any, defects: Iterable[Defect]) -> list[str]:
    """Return the places where the description is no longer, or never was, as the list says."""
    wrong = []
    for defect in defects:
        there = _find(description, defect.where)
        if (there is None) != defect.adds or there == defect.instead:
            wrong.append("/".join(defect.where))
    return wrong


def mended(description: Any, defects: Iterable[Defect]) -> Any:
    """Return a copy of the description with every defect mended."""
    copy = deepcopy(description)
    for defect in defects:
        holder = copy
        for name in defect.where[:-1]:
            holder = holder.setdefault(name, {})
        holder[defect.where[-1]] = deepcopy(defect.instead)
    return copy


def _find(holder: Any, where: Iterable[str]) -> Any:
    for name in where:
        if not isinstance(holder, dict) or name not in holder:
            return None
        holder = holder[name]
    return holder
