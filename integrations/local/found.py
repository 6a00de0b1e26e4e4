"""A thing in the folder as a remote, beside the part of the file that it was made from. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from smarketing.contract import Remote
from smarketing.kinds import ARCHIVED, THERE, Value

from . import document
from .calendar import calendar
from .disk import name_of, parent_of

ARCHIVE, OUTBOX = "Archive", "Outbox"
_INNER = re.compile(r"(?s)(?P<path>.+?\.(?:md|csv))#(?P<inner>(?:list:|card:|column:|row:|~).*)")

Part = object
"""Whatever a remote was made from: a lane, a card, a record, or the whole file's model."""


@dataclass(frozen=True, slots=True)
class Found:
    """A remote and the part of its file."""

    remote: Remote
    part: Part


def file_of(remote_id: str) -> str:
    """Return the path of the file or folder in which this lives."""
    if remote_id.startswith(f"{calendar.FILE}#"):
        return calendar.FILE
    found = _INNER.fullmatch(remote_id)
    return found["path"] if found else remote_id


def is_archived(path: str) -> bool:
    """Say whether this lies in the archive."""
    return path.startswith(f"{ARCHIVE}/")


def home_of(path: str) -> str:
    """Return the id of the folder that this belongs to."""
    home = parent_of(path.removeprefix(f"{ARCHIVE}/"))
    return "." if home == OUTBOX else home


def inside(
    whole: Remote,
    remote_id: str,
    kind: str,
    fields: Mapping[str, Value],
    parent: str,
    url: str = "",
    existence: str = THERE,
) -> Remote:
    """Return what lies in a file, below something else in it."""
    return Remote(
        id=remote_id, kind=kind, fields=fields, parent=parent, existence=existence,
        workspace=whole.workspace, version=whole.version, url=url or whole.url,
    )  # fmt: skip


def marked(remote: Remote, whole: Remote, part: str) -> Remote:
    """Return the part of a file with the marker that the file's own makes for it."""
    return replace(remote, marker=f"{whole.marker}/{part}" if part and whole.marker else "")


def whole_file(
    path: str, kind: str, fields: Mapping[str, Value], mark: document.Mark | None, version: str
) -> Remote:
    """Return a file as one remote."""
    return Remote(
        id=path, kind=kind, fields=fields, parent=home_of(path), existence=existence_at(path),
        marker=mark.address if mark else "", workspace=mark.workspace if mark else "",
        version=version, url=path,
    )  # fmt: skip


def existence_at(path: str) -> str:
    """Return whether what lies there stands or is archived."""
    return ARCHIVED if is_archived(path) else THERE


def stem(path: str) -> str:
    """Return the name of a file without its ending: its title."""
    return name_of(path).rpartition(".")[0]


def short_hash(text: str) -> str:
    """Return a key for what has none, from what it says."""
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


class Twins:
    """Ids that are given once only: a second one gets `~2`."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbers: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        name, number = wanted, self._numbers.get(wanted, 1)
        while name in self._taken:
            number += 1
            name = f"{wanted}~{number}"
        # Of ten thousand twins each begins where the last one ended.
        self._numbers[wanted] = number
        self._taken.add(name)
        return name
