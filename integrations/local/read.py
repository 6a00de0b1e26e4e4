"""One walk through the folder; only files that are new or changed are opened."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from smarketing.contract import Listing, Remote, Scope, Unreachable

from .calendar import calendar
from .contents import contents, folder_remote, mark_in, with_address
from .disk import OURS, Entry, Folder, Refused, cannot_be_made, is_link, version_of
from .found import ARCHIVE, OUTBOX, Found, file_of
from .root import ROOT_FILE, root_remote
from .table.coding import decoded

_FIRST_PART = 65_536
_NONE_OF_OURS = (".md", ".csv", ".html")


@dataclass(slots=True)
class _Reading:
    """What a read has met so far."""

    folder: Folder
    scope: Scope
    known: Mapping[str, list[str]]
    existing: Mapping[str, str]
    unread: frozenset[str] = frozenset()  # files of which a part was not seen as it now is
    remotes: list[Remote] = field(default_factory=list)
    unchanged: set[str] = field(default_factory=set)


def read_folder(folder: Folder, scope: Scope) -> Listing:
    """Return everything of the workspace in this folder."""
    if not folder.root.is_dir():
        return _no_folder(folder, scope)
    unread = frozenset(file_of(each) for each in scope.bound if each not in scope.known)
    reading = _Reading(folder, scope, _by_file(scope.known), _existing(folder, scope), unread)
    try:
        _read_root(reading)
        for entry in folder.walk():
            _read_entry(reading, entry)
    except (Refused, OSError) as error:
        raise Unreachable(_reason(folder, error)) from error
    return Listing(tuple(reading.remotes), frozenset(reading.unchanged))


def check_folder(folder: Folder) -> str:
    """Return where we write; raise Unreachable if that can't be a folder."""
    if folder.root.exists() and not folder.root.is_dir():
        raise Unreachable(f"{folder.root} is a file: name a folder in config.yaml.")
    if folder.root.is_dir() and not os.access(folder.root, os.R_OK | os.W_OK | os.X_OK):
        raise Unreachable(f"{folder.root} can't be read and written by you: ask for that right.")
    return f"the folder {folder.root}"


def _no_folder(folder: Folder, scope: Scope) -> Listing:
    if folder.root.exists():
        raise Unreachable(f"{folder.root} is a file: name a folder in config.yaml.")
    if scope.roots:
        raise Unreachable(
            f"The folder {folder.root} is gone. Put it back, or run "
            "`apply --restore root:local` to build it anew."
        )
    above = next(each for each in folder.root.absolute().parents if os.path.lexists(each))
    if not above.is_dir() or not os.access(above, os.W_OK | os.X_OK):
        raise Unreachable(cannot_be_made(folder.root))
    return Listing()


def _read_root(reading: _Reading) -> None:
    if is_link(reading.folder.root / OURS):
        raise Refused(f"{OURS} is a link to another place: put the folder itself there.")
    held = reading.folder.read(ROOT_FILE)
    if held and reading.scope.known.get(".") == held.version:
        reading.unchanged.add(".")
        return
    remote = root_remote(decoded(held.data) if held else None, held.version if held else "")
    if remote.workspace not in ("", reading.scope.workspace):
        raise Refused(_other_workspace(reading.folder))
    bound = "." in reading.known or "." in reading.scope.roots
    if remote.workspace == reading.scope.workspace or (bound and not remote.workspace):
        reading.remotes.append(remote)


def _read_entry(reading: _Reading, entry: Entry) -> None:
    ids = reading.known.get(entry.path, [])
    if entry.is_link:
        if ids or entry.path in reading.existing:
            raise Refused(
                f"{entry.path} is now a link to another place: put the file or folder itself there."
            )
    elif entry.is_folder:
        _read_folder_entry(reading, entry)
    elif _may_hold_ours(reading, entry.path):
        version = version_of(entry.stat)
        same = any(reading.scope.known[each] == version for each in ids)
        if same and entry.path not in reading.unread:
            reading.unchanged |= set(ids)
        else:
            _read_file(reading, entry.path, bool(ids) or entry.path in reading.unread)


def _read_folder_entry(reading: _Reading, entry: Entry) -> None:
    if entry.path in (ARCHIVE, OUTBOX):
        return
    remote = folder_remote(entry.path, entry.stat.st_ino, reading.scope.workspace)
    if entry.path in reading.existing:
        remote = replace(remote, marker=reading.existing[entry.path])
    if reading.scope.known.get(entry.path) == remote.version:
        reading.unchanged.add(entry.path)
    else:
        reading.remotes.append(remote)


def _may_hold_ours(reading: _Reading, path: str) -> bool:
    if path == calendar.FILE or path in reading.known or path in reading.existing:
        return True
    if path.endswith(".txt"):
        return path.startswith((f"{OUTBOX}/", f"{ARCHIVE}/"))
    return path.endswith(_NONE_OF_OURS)


def _read_file(reading: _Reading, path: str, bound: bool) -> None:
    wanted = reading.scope.workspace
    existing = reading.existing.get(path, "")
    if not bound and not existing and path != calendar.FILE:
        mark = mark_in(path, _first_part(reading.folder, path))
        if mark is None or mark.workspace != wanted:
            return
    held = reading.folder.read(path)
    if held is None:
        return
    found = _contents(path, decoded(held.data), held.version)
    if existing:
        found = with_address(found, existing, wanted)
    reading.remotes += [
        each.remote for each in found if each.remote.workspace == wanted or _unmarked(each, bound)
    ]


def _unmarked(found: Found, bound: bool) -> bool:
    return bound and not found.remote.workspace


def _contents(path: str, text: str, version: str) -> list[Found]:
    try:
        return contents(path, text, version)
    except ValueError as error:
        raise Refused(f"{path} can't be read ({error}): mend it, or take it away.") from error


def _first_part(folder: Folder, path: str) -> str:
    try:
        with folder.at(path).open("rb") as file:
            part = file.read(_FIRST_PART)
    except FileNotFoundError:
        return ""
    # A character may be cut in two at the end.
    return part.decode("utf-8", "ignore") if part[:2] != b"\xff\xfe" else decoded(part)


def _by_file(known: Iterable[str]) -> dict[str, list[str]]:
    files: dict[str, list[str]] = {}
    for remote_id in known:
        files.setdefault(file_of(remote_id), []).append(remote_id)
    return files


def _existing(folder: Folder, scope: Scope) -> dict[str, str]:
    paths = {}
    for address, said in scope.existing.items():
        path = PurePosixPath(said.replace("\\", "/")).as_posix()
        try:
            folder.at(path)
        except Refused as error:
            raise Unreachable(f"existing: {address}: {error}") from error
        paths[path] = address
    return paths


def _other_workspace(folder: Folder) -> str:
    return (
        f"The folder {folder.root} holds another workspace: choose another "
        "`integrations.local.folder` in the config, or use the config of that workspace."
    )


def _reason(folder: Folder, error: Refused | OSError) -> str:
    if isinstance(error, OSError):
        return f"{error.filename or folder.root} can't be read ({error.strerror}): run again."
    return str(error)
