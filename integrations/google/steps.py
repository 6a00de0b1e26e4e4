"""Which calls serve which changes: batches by level, one upload per document, one edit per table.

Pure, but for what the last read told of the account: whether it has a calendar and an archive.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from smarketing.address import container_of
from smarketing.contract import Calls, Change, Step
from smarketing.kinds import as_plain

from .doc.kept import is_lasting
from .manifest import (
    CALENDAR,
    DOCS_READS,
    DOCS_WRITES,
    DRIVE_READS,
    DRIVE_WRITES,
    NAME,
    PARTS,
    SHARING,
    SHEETS_READS,
    SHEETS_WRITES,
)

Work = Literal[
    "files", "upload", "file", "grid", "meetings", "meeting", "occurrence", "share", "nothing"
]

_BATCHED = ("root", "folder", "table")
_PARTS_OF_TABLE = ("column", "row")


@dataclass(frozen=True, slots=True)
class GoogleStep(Step):
    """A step that knows its work.

    `fetch` is how many ids for folders it gets first, `fresh` whether its table was made in
    this very run.
    """

    workspace: str = ""
    work: Work = "nothing"
    fetch: int = 0
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """What the last read told, and the time in seconds since 1970."""

    has_calendar: bool = False
    has_archive: bool = False
    now: float = 0.0


@dataclass(slots=True)
class _Group:
    work: Work
    stage: int
    changes: list[Change] = field(default_factory=list)


def steps_for(changes: Sequence[Change], workspace: str, account: Account) -> list[GoogleStep]:
    """Return the steps that serve these changes, each after those that it needs."""
    makers = {change.address: change for change in changes if change.verb == "create"}
    groups = [part for group in _groups(changes, makers) for part in _cut(group)]
    keys = [_key(group, workspace) for group in groups]
    made_by = {
        change.address: key
        for group, key in zip(groups, keys, strict=True)
        for change in group.changes
        if change.verb == "create"
    }
    planned = [
        _step(group, key, workspace, made_by, account.now)
        for group, key in zip(groups, keys, strict=True)
    ]
    return _prepared(planned, changes, account)


def _groups(changes: Sequence[Change], makers: Mapping[str, Change]) -> list[_Group]:
    found: dict[tuple[object, ...], _Group] = {}
    for number, change in enumerate(changes):
        work = _work(change)
        at: tuple[object, ...] = (work, change.stage)
        if work == "files":
            at = (*at, _level(change, makers))
        elif work == "grid":
            at = (*at, container_of(change.address))
        elif work in ("upload", "file", "meeting", "occurrence"):
            at = (*at, change.address)
        elif work in ("share", "nothing"):
            at = (*at, number)
        found.setdefault(at, _Group(work, change.stage)).changes.append(change)
    return sorted(found.values(), key=lambda group: _rank(group, makers))


def _work(change: Change) -> Work:
    if change.verb in ("release", "keep", "conflict", "notify"):
        return "nothing"
    if change.verb in ("grant", "revoke"):
        return "share"
    if change.kind in _PARTS_OF_TABLE:
        return "grid"
    if change.kind == "meeting":
        return "meetings" if change.verb == "create" else "meeting"
    if change.kind == "occurrence":
        return "occurrence" if change.verb == "create" else "meeting"
    if change.verb == "create":
        return "files" if change.kind in _BATCHED else "upload"
    return "file"


def _rank(group: _Group, makers: Mapping[str, Change]) -> tuple[int, int, int]:
    level = _level(group.changes[0], makers) if group.work == "files" else 0
    return (group.stage, group.work != "files", level)


def _level(change: Change, makers: Mapping[str, Change]) -> int:
    level, above = 0, makers.get(change.parent)
    while above is not None and level <= len(makers):
        level, above = level + 1, makers.get(above.parent)
    return level


def _cut(group: _Group) -> Iterator[_Group]:
    if group.work not in ("files", "meetings"):
        yield group
        return
    for start in range(0, len(group.changes), PARTS):
        yield _Group(group.work, group.stage, group.changes[start : start + PARTS])


def _step(
    group: _Group, key: str, workspace: str, made_by: Mapping[str, str], now: float
) -> GoogleStep:
    fresh = group.work == "grid" and container_of(group.changes[0].address) in made_by
    needs = {
        made_by[which]
        for change in group.changes
        for which in (change.parent, change.address, _table(change))
        if which in made_by
    }
    calls, draws = _cost(group, fresh, now)
    return GoogleStep(
        key=key,
        integration=NAME,
        changes=tuple(group.changes),
        calls=calls,
        needs=frozenset(needs - {key}),
        draws=draws,
        stage=group.stage,
        workspace=workspace,
        work=group.work,
        fresh=fresh,
    )


def _table(change: Change) -> str:
    return container_of(change.address) if change.kind in _PARTS_OF_TABLE else ""


def _cost(group: _Group, fresh: bool, now: float) -> tuple[Calls, dict[str, int]]:
    many, first = len(group.changes), group.changes[0]
    if group.work == "files":
        return Calls(0, 1), {DRIVE_WRITES: many}
    if group.work == "upload":
        return Calls(0, 1), {DRIVE_WRITES: 1}
    if group.work == "grid":
        look = {} if fresh else {SHEETS_READS: 1}
        return Calls(len(look), 1), {**look, SHEETS_WRITES: 1}
    if group.work == "meetings":
        return Calls(0, 1), {CALENDAR: many}
    if group.work in ("meeting", "occurrence"):
        return Calls(1, 1), {CALENDAR: 2}
    if group.work == "share":
        # The right to take away is looked up first.
        look = {DRIVE_READS: 1} if first.verb == "revoke" else {}
        return Calls(len(look), 1), {**look, SHARING: 1, DRIVE_WRITES: 1}
    return _file_cost(group.changes, now) if group.work == "file" else (Calls(0, 0), {})


def _file_cost(changes: Sequence[Change], now: float) -> tuple[Calls, dict[str, int]]:
    calls, draws = Calls(0, 0), dict[str, int]()
    if writes_body(changes):
        calls += Calls(0, 1)
        draws |= {DOCS_WRITES: 1}
        if not is_lasting(inside_of(changes), now):
            calls += Calls(1, 0)
            draws |= {DOCS_READS: 1}
    if writes_metadata(changes):
        calls += Calls(0, 1)
        draws |= {DRIVE_WRITES: 1}
        if is_guarded(changes):
            calls += Calls(1, 0)
            draws |= {DRIVE_READS: 1}
    return calls, draws


def writes_body(changes: Sequence[Change]) -> bool:
    """Say whether the text of a document is to be edited."""
    return any("body" in change.fields for change in changes)


def inside_of(changes: Sequence[Change]) -> str:
    """Return what was kept of the document whose text is to be edited."""
    change = next(each for each in changes if "body" in each.fields)
    return change.before.inside if change.before is not None else ""


def writes_metadata(changes: Sequence[Change]) -> bool:
    """Say whether anything but the text is to be written."""
    return any(
        change.verb != "update" or set(change.fields) - {"body"} or change.note
        for change in changes
    )


def is_guarded(changes: Sequence[Change]) -> bool:
    """Say whether members can have changed what is to be written. A mark of ours they don't see."""
    return any(
        change.verb in ("move", "archive", "rename") or "title" in change.fields or change.note
        for change in changes
    )


def _prepared(
    steps: Sequence[GoogleStep], changes: Sequence[Change], account: Account
) -> list[GoogleStep]:
    """Let the first of several steps fetch or make what all of them use."""
    folders = sum(c.verb == "create" and c.kind in ("root", "folder") for c in changes)
    done = _first_does_more(steps, _makes_folders, Calls(1, 0), DRIVE_READS, folders)
    if not account.has_calendar:
        done = _first_does_more(done, _makes_meetings, Calls(0, 1), CALENDAR)
    if not account.has_archive:
        done = _first_does_more(done, _archives, Calls(0, 1), DRIVE_WRITES)
    return done


def _makes_folders(step: GoogleStep) -> bool:
    return step.work == "files" and any(c.kind in ("root", "folder") for c in step.changes)


def _makes_meetings(step: GoogleStep) -> bool:
    return step.work == "meetings"


def _archives(step: GoogleStep) -> bool:
    return step.work == "file" and any(change.verb == "archive" for change in step.changes)


def _first_does_more(
    steps: Sequence[GoogleStep],
    is_one: Callable[[GoogleStep], bool],
    more: Calls,
    limit: str,
    fetch: int = 0,
) -> list[GoogleStep]:
    """Return the steps, the first such one with one more call and the others after it."""
    first = next((step for step in steps if is_one(step)), None)
    if first is None:
        return list(steps)
    draws = {**first.draws, limit: first.draws.get(limit, 0) + 1}
    result: list[GoogleStep] = []
    for step in steps:
        if step is first:
            step = replace(step, calls=step.calls + more, draws=draws, fetch=fetch)
        elif is_one(step) and step.stage == first.stage:
            step = replace(step, needs=step.needs | {first.key})
        result.append(step)
    return result


def _key(group: _Group, workspace: str) -> str:
    told = [
        [c.verb, c.address, c.parent, c.note, c.before.id if c.before else "", as_plain(c.fields)]
        for c in group.changes
    ]
    digest = hashlib.sha256(json.dumps([workspace, told], sort_keys=True).encode()).hexdigest()
    first = group.changes[0].address
    return f"{NAME} {workspace} {group.stage} {group.work} {first} {digest[:16]}"
