"""Doing one step: the file is read again, changed, and replaced; nothing unseen is lost."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, Protocol

from smarketing.contract import Change, Done, Failed, Outcome, Remote, Stale, Step

from .board import kanban
from .board.contents import board_contents
from .board.edits import edit_board
from .calendar import calendar
from .calendar.contents import calendar_contents
from .calendar.edits import edit_calendar
from .disk import Folder, Refused, version_of
from .document import Mark
from .edits import Editing
from .files import new_path, perform_file, relocate
from .found import Found, Part, file_of
from .signposts import is_signpost, put_signposts
from .table import table
from .table.coding import decoded, encoded
from .table.contents import table_contents
from .table.edits import edit_table

_TRIES = 5
_CONTAINERS = ("board", "table")
_DIARY = ("meeting", "occurrence")


class _Model(Protocol):
    """A parsed file."""

    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class _Format:
    """How one format is parsed, edited and listed. Each takes the model that `parse` made."""

    parse: Callable[[str], _Model]
    contents: Callable[[str, Any, str], list[Found]]
    edit: Callable[[Any, Change, Editing], Part | Outcome]


def _format_of(kind: str, workspace: str) -> _Format:
    if kind in _DIARY:
        return _Format(calendar.parse_calendar, calendar_contents, partial(_meet, workspace))
    if kind in ("table", "column", "row"):
        return _Format(table.parse_table, table_contents, partial(edit_table, workspace=workspace))
    return _Format(kanban.parse_board, board_contents, edit_board)


def _meet(
    workspace: str, diary: calendar.Calendar, change: Change, editing: Editing
) -> Part | Outcome:
    part = edit_calendar(diary, change, editing, workspace)
    diary.complete_zones()
    return part


@dataclass(frozen=True, slots=True)
class _Written:
    """The file after the edits: its model, its version, and what came of each change."""

    model: _Model
    version: str
    parts: Sequence[Part | Outcome]


def perform_step(
    folder: Folder, step: Step, ids: Mapping[str, str], workspace: str, today: date
) -> list[Outcome]:
    """Do the step; return an outcome per change, in order."""
    with contextlib.suppress(OSError):
        folder.tidy()
    first = step.changes[0]
    if is_signpost(first):
        return put_signposts(folder, step.changes, today)
    if first.kind in (*_DIARY, "list", "card", "check", "column", "row", *_CONTAINERS):
        try:
            return _perform_inside(folder, step.changes, ids, workspace, today)
        except Refused as error:
            return [Failed(str(error)) for _ in step.changes]
        except ValueError as error:
            return [Failed(f"{_place(step.changes, ids)} can't be read ({error}): mend it, or take "
                           "it away, and run again.") for _ in step.changes]  # fmt: skip
    return [_one(folder, change, ids, workspace) for change in step.changes]


def _one(folder: Folder, change: Change, ids: Mapping[str, str], workspace: str) -> Outcome:
    try:
        return perform_file(folder, change, ids, workspace)
    except Refused as error:
        return Failed(str(error))


def _perform_inside(
    folder: Folder, changes: Sequence[Change], ids: Mapping[str, str], workspace: str, today: date
) -> list[Outcome]:
    path, adopting = _place(changes, ids), False
    whole = next((change for change in changes if change.kind in _CONTAINERS), None)
    if whole and whole.verb == "create":
        path = new_path(folder, whole, ids, workspace)
        adopting = folder.exists(path)
    elif not path:
        return [Stale() for _ in changes]
    form = _format_of(changes[0].kind, workspace)
    own = {**ids, whole.address: path} if whole else ids

    def edit(text: str) -> tuple[_Model, Sequence[Part | Outcome]]:
        model = form.parse(text)
        editing = Editing(path, form.contents(path, model, ""), own, today, adopting)
        return model, [form.edit(model, change, editing) for change in changes]

    written = _write(folder, path, changes, edit, _fresh_text(changes, workspace))
    if written is None:
        return [Stale() for _ in changes]
    return _outcomes(folder, path, changes, ids, form, written)


def _write(
    folder: Folder,
    path: str,
    changes: Sequence[Change],
    edit: Callable[[str], tuple[_Model, Sequence[Part | Outcome]]],
    fresh: str | None,
) -> _Written | None:
    """Write the edits; what a member saved meanwhile becomes the base, and they are made again."""
    held = folder.read(path)
    if held is None:
        return _create(folder, path, edit, fresh)
    base = on_disk = held.data
    version = held.version
    seen = {change.before.version for change in changes if change.before}
    clean = seen == {version}
    for _ in range(_TRIES):
        model, parts = edit(decoded(base))
        data = encoded(model.text(), base)
        if data == on_disk:
            return _Written(model, version if clean else _unseen(version), parts)
        version, displaced = folder.replace(path, data, on_disk)
        if displaced is None:
            return _Written(model, version if clean else _unseen(version), parts)
        base, on_disk, clean = displaced, data, False
    raise Refused(f"{path} is being edited right now: run again a little later.")


def _create(
    folder: Folder,
    path: str,
    edit: Callable[[str], tuple[_Model, Sequence[Part | Outcome]]],
    fresh: str | None,
) -> _Written | None:
    if fresh is None:
        return None
    model, parts = edit(fresh)
    made = folder.create(path, model.text().encode("utf-8"))
    return _Written(model, made.version, parts) if made else None


def _outcomes(
    folder: Folder,
    path: str,
    changes: Sequence[Change],
    ids: Mapping[str, str],
    form: _Format,
    written: _Written,
) -> list[Outcome]:
    """Move the file where a change of the whole asks for it, then tell how all stands."""
    new, version, failed = path, written.version, ""
    for change in changes:
        if change.kind in _CONTAINERS and change.verb != "create":
            try:
                new = relocate(folder, change, new, ids) or new
            except Refused as error:
                failed = str(error)
    if new != path:
        version = version_of(folder.at(new).lstat()) + ("?" if version.endswith("?") else "")
    remotes = {
        _handle(each.part): each.remote for each in form.contents(new, written.model, version)
    }
    outcomes = [
        _outcome(change, part, remotes, (path, new), failed)
        for change, part in zip(changes, written.parts, strict=True)
    ]
    written_to = {outcome.remote.id for outcome in outcomes if isinstance(outcome, Done)}
    return [
        _with_checks(change, outcome, f"{new}#{ids.get(change.address, '').partition('#')[2]}")
        if isinstance(outcome, Done) and ids.get(change.address, "") not in written_to
        else outcome
        for change, outcome in zip(changes, outcomes, strict=True)
    ]


def _with_checks(change: Change, done: Done, old: str) -> Done:
    """Let the checks go with their card where its id is another one now.

    A card below a copy of it is told from it by its words, one above by its block id.
    """
    if change.kind != "card" or change.verb == "create" or old in ("", done.remote.id):
        return done
    return replace(done, moved=(old, done.remote.id))


def _outcome(
    change: Change,
    part: Part | Outcome,
    remotes: Mapping[int | str, Remote],
    paths: tuple[str, str],
    failed: str,
) -> Outcome:
    if isinstance(part, Done | Stale | Failed):
        return part
    if change.kind in _CONTAINERS and failed:
        return Failed(failed)
    remote = remotes.get(_handle(part))
    if remote is None:
        return Stale()
    if change.kind in _CONTAINERS and paths[0] != paths[1]:
        return Done(remote, moved=(f"{paths[0]}#", f"{paths[1]}#"))
    return Done(remote)


def _handle(part: Part) -> int | str:
    # A column is known by its key; all other parts are objects of the model.
    return part if isinstance(part, str) else id(part)


def _place(changes: Sequence[Change], ids: Mapping[str, str]) -> str:
    """Return the path of the file that these changes are written to, "" if it is unknown."""
    for change in changes:
        if change.kind in _DIARY:
            return calendar.FILE
        whole = change.address.split("/")[0]
        if whole in ids:
            return file_of(ids[whole])
        known = ids.get(change.address) or (change.before.id if change.before else "")
        if known:
            return file_of(known)
    return ""


def _fresh_text(changes: Sequence[Change], workspace: str) -> str | None:
    """Return the text of a file to be made, None if these changes need one that is there."""
    for change in changes:
        mark = Mark(workspace, change.address)
        if change.verb == "create" and change.kind == "board":
            return kanban.new_board(mark).text()
        if change.verb == "create" and change.kind == "table":
            return table.new_table(table.TableMark(workspace, change.address)).text()
        if change.verb == "create" and change.kind == "meeting":
            return calendar.EMPTY
    return None


def _unseen(version: str) -> str:
    """Return a version that no file has: the next read must look at what a member changed."""
    return version if version.endswith("?") else f"{version}?"
