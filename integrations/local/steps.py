"""One step per file or folder, and what waits for what. Pure."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from smarketing.address import is_within
from smarketing.contract import Calls, Change, Step
from smarketing.kinds import as_plain

from .calendar.calendar import FILE
from .manifest import NAME

_IN_ONE = {"list": "board", "card": "board", "check": "board", "column": "table", "row": "table"}


@dataclass(frozen=True, slots=True)
class _Group:
    key: str
    changes: tuple[Change, ...]


def steps_for(changes: Sequence[Change], workspace: str) -> list[Step]:
    """Return the steps that serve these changes."""
    groups: dict[tuple[str, int], list[Change]] = {}
    for change in changes:
        groups.setdefault((home_file(change), change.stage), []).append(change)
    made = [
        _Group(_key(name, group, workspace), tuple(group)) for (name, _), group in groups.items()
    ]
    gates = [
        (group.key, change)
        for group in made
        for change in group.changes
        if change.kind in ("root", "folder")
    ]
    waits = {group.key: _needs(group, gates) for group in made}
    return [
        Step(
            key=group.key,
            integration=NAME,
            changes=group.changes,
            calls=Calls(0, 1),
            # Two folders that swap places can't wait for each other.
            needs=frozenset(key for key in waits[group.key] if group.key not in waits[key]),
            stage=group.changes[0].stage,
        )
        for group in made
    ]


def workspace_of(step: Step) -> str:
    """Return the workspace that a step of ours was planned for."""
    return step.key.split(" ")[1]


def home_file(change: Change) -> str:
    """Return the name of the file that a change is written to: an address, or the calendar."""
    if change.kind in ("meeting", "occurrence"):
        return FILE
    if change.kind in _IN_ONE:
        return change.address.split("/")[0]
    return change.address


def _needs(group: _Group, gates: Sequence[tuple[str, Change]]) -> set[str]:
    return {
        key
        for key, theirs in gates
        if key != group.key and any(_waits(mine, theirs) for mine in group.changes)
    }


def _waits(mine: Change, theirs: Change) -> bool:
    if theirs.kind == "root":
        return theirs.verb == "create"
    if theirs.kind != "folder" or not _moves(theirs):
        return False
    if mine.parent and is_within(mine.parent, theirs.address):
        return True
    return bool(mine.before and theirs.before and mine.before.id.startswith(f"{theirs.before.id}/"))


def _moves(change: Change) -> bool:
    return change.verb in ("create", "move", "archive") or bool(
        {"title", "existence", "parent"} & set(change.fields)
    )


def _key(name: str, changes: Sequence[Change], workspace: str) -> str:
    told = [
        [change.verb, change.address, change.parent, as_plain(change.fields)] for change in changes
    ]
    digest = hashlib.sha256(json.dumps([workspace, told], sort_keys=True).encode()).hexdigest()
    return f"{NAME} {workspace} {name} {digest[:16]}"
