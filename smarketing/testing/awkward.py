"""What can be awkward about a tool, and what it makes of the values written to it."""

import re
from dataclasses import dataclass

from smarketing.kinds import Merge, Value, merge_kind


@dataclass(frozen=True, slots=True)
class Awkward:
    """What is awkward about a tool. The default is as easy as a tool can be.

    `page` is the number of objects in one answer (0: all in one), `bulk` that of changes in
    one step. `looks` says whether a tool without versions is read just before each write.
    `lacks` names kinds ("label") and fields ("folder.access") that the tool can't hold,
    `releases` the kinds it can't archive. `limit` is (calls, seconds), `wait` what it says
    when it asks for patience. `feed` says that it tells what changed since the last look, our own
    writes included, and is asked for nothing else; it works with versions only. `forgets` says
    that messages can't be looked for, `edits` that they can be changed where they stand.
    """

    versions: bool = True
    looks: bool = True
    page: int = 0
    bulk: int = 1
    normalises: bool = False
    two_state: bool = False
    unmarked: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()
    releases: frozenset[str] = frozenset({"label", "column", "occurrence"})
    limit: tuple[int, float] | None = None
    wait: float = 30.0
    feed: bool = False
    forgets: bool = False
    edits: bool = False


WORST = Awkward(
    versions=False,
    page=3,
    bulk=20,
    normalises=True,
    two_state=True,
    unmarked=frozenset({"list", "check", "column", "folder"}),
    limit=(100, 10.0),
)
"""As awkward as the worst vendor."""


_TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
_CURLY = str.maketrans({'"': "”", "'": "’"})
_STRAIGHT = str.maketrans({"”": '"', "“": '"', "’": "'", "‘": "'"})


def held(awkward: Awkward, kind: str, name: str, value: Value) -> Value:
    """Return what such a tool holds once this value was written to it."""
    if awkward.two_state and is_tick(kind, name):
        return value is True or value == "done"
    if not awkward.normalises or not isinstance(value, str):
        return value
    text = _TRAILING.sub("", value).translate(_CURLY)
    if merge_kind(kind, name) in (Merge.TEXT, Merge.BLOCKS) and text.strip("\n"):
        return text.rstrip("\n") + "\n"
    return text


def unheld(awkward: Awkward, kind: str, name: str, value: Value) -> Value:
    """Return the value without what such a tool changes by itself."""
    if awkward.two_state and is_tick(kind, name):
        return value is True or value == "done"
    if not awkward.normalises or not isinstance(value, str):
        return value
    return _TRAILING.sub("", value).translate(_STRAIGHT).rstrip("\n")


def is_tick(kind: str, name: str) -> bool:
    """Say whether the field is a tick box in a tool whose status knows two states."""
    return name == "done" and kind in ("card", "check")
