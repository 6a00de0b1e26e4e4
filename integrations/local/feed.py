"""Whether anything happened in the folder: seen by the versions of its files, none is opened."""

import hashlib

from smarketing.contract import Changes, Unreachable

from .disk import Folder, Refused, version_of

ROOT = "."


def changes_since(folder: Folder, cursor: str) -> Changes:
    """Return the folder as touched if any name or version in it is another one."""
    now = _digest(folder)
    if len(cursor) != len(now):
        return Changes(now)
    return Changes(now, frozenset() if now == cursor else frozenset({ROOT}))


def _digest(folder: Folder) -> str:
    found = hashlib.sha256()
    try:
        for entry in folder.walk() if folder.root.is_dir() else ():
            # What a folder holds is told by what is in it, and its own time moves with our files.
            version = "" if entry.is_folder else version_of(entry.stat)
            found.update(f"{entry.path}\0{version}\0".encode("utf-8", "surrogateescape"))
    except (Refused, OSError) as error:
        raise Unreachable(f"{folder.root} can't be read ({error}): run again.") from error
    return found.hexdigest()
