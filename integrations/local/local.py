"""A folder as an integration: the parts of this package behind the contract."""

import posixpath
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from smarketing.address import key_of
from smarketing.contract import (
    Calls,
    Change,
    Changes,
    Listing,
    Manifest,
    Names,
    Outcome,
    Remote,
    Scope,
    Step,
)
from smarketing.kinds import Value

from . import mapping
from .board.kanban import board_id
from .calendar.calendar import FILE
from .contents import EXTENSIONS
from .disk import Folder, join
from .filenames import file_stem
from .found import ARCHIVE, OUTBOX, file_of, is_archived
from .manifest import MANIFEST
from .notices import KINDS as NOTICES
from .steps import steps_for, workspace_of


class Local:
    """A plain folder. `today` is asked only for the remark behind a strike."""

    manifest: Manifest = MANIFEST

    def __init__(self, root: Path, today: Callable[[], date] = date.today) -> None:
        self._folder = Folder(root)
        self._today = today
        self._spent = Calls(0, 0)

    def check(self) -> str:
        """Return the folder we write to."""
        from .read import check_folder

        return check_folder(self._folder)

    def read(self, scope: Scope) -> Listing:
        """Return everything of the workspace, and what members put inside it."""
        from .read import read_folder

        self._spent += Calls(1, 0)
        return read_folder(self._folder, scope)

    def changes(self, cursor: str) -> Changes:
        """Return the folder as touched if anything in it changed; that takes no call."""
        from .feed import changes_since

        return changes_since(self._folder, cursor)

    def as_hub(self, kind: str, name: str, value: Value, names: Names) -> Value:
        """Return a value of a file in the hub's terms."""
        return mapping.as_hub(kind, name, value, names)

    def render(self, kind: str, name: str, value: Value, names: Names) -> Value:
        """Return a hub value as a file holds it."""
        return mapping.render(kind, name, value, names)

    def normalise(self, kind: str, name: str, value: Value) -> Value:
        """Return the value without what files and editors change by themselves."""
        return mapping.normalise(kind, name, value)

    def steps(self, changes: Sequence[Change], workspace: str) -> Sequence[Step]:
        """Return one step per file."""
        return steps_for(changes, workspace)

    def perform(self, step: Step, ids: Mapping[str, str]) -> Sequence[Outcome]:
        """Do the step in the folder."""
        from .perform import perform_step

        self._spent += step.calls
        return perform_step(self._folder, step, ids, workspace_of(step), self._today())

    def expected_url(self, change: Change, urls: Mapping[str, str]) -> str:
        """Return the path that a change will give, if no other file has that name."""
        before = change.before.url if change.before else ""
        if change.kind == "root":
            return "."
        if change.kind in ("meeting", "occurrence"):
            return FILE
        if change.kind in ("card", "list", "check", "column", "row"):
            board = urls.get(change.address.split("/")[0], file_of(before))
            mark = f"#^{board_id(key_of(change.address))}" if change.kind == "card" else ""
            return f"{board}{mark}" if board else ""
        return _path_of(change, urls, before)

    def spent(self) -> Calls:
        """Return a read for each walk through the folder, a write for each file written."""
        return self._spent

    def foreseen(self, changes: Sequence[Change], room: Mapping[str, int]) -> Sequence[str]:
        """Return nothing: a folder has room."""
        return ()

    def offers(self, kinds: frozenset[str]) -> Sequence[Remote]:
        """Return the files and folders that no workspace has."""
        from .offers import unclaimed

        return [each for each in unclaimed(self._folder) if each.kind in kinds]


def _path_of(change: Change, urls: Mapping[str, str], before: str) -> str:
    if change.kind in NOTICES:
        parent = OUTBOX
    elif change.parent:
        parent = urls.get(change.parent, "." if change.parent.startswith("root:") else "")
    else:
        parent = posixpath.dirname(before) or "."
    if change.verb == "archive" and not is_archived(before):
        parent = join(ARCHIVE, parent) if parent != "." else ARCHIVE
    title = change.fields.get("title") or change.fields.get("subject")
    name = file_stem(str(title)) + EXTENSIONS.get(change.kind, "") if title else ""
    name = name or posixpath.basename(before)
    return join(parent, name) if parent and name else ""
