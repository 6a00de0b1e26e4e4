"""The kinds of items, their fields, and how each field merges. Defined once, here.

An integration's manifest may narrow this table; nothing adds to it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

Value = None | bool | int | str | frozenset[str] | Mapping[str, str]
"""The value of a field, by its merge kind: scalar (None, bool, int, str), text (str),
set (frozenset of str), map (str to str), blocks (Markdown as one str)."""

Values = Mapping[str, Mapping[str, Value]]
"""The hub values of many items: address to field to value."""

Derive = Callable[[Values], Values]
"""What is made from the other items' hub values, by address."""


def as_plain(fields: Mapping[str, Value]) -> dict[str, object]:
    """Return the values as JSON can hold them: a set as a sorted list."""
    return {
        name: sorted(value)
        if isinstance(value, frozenset)
        else dict(value)
        if isinstance(value, Mapping)
        else value
        for name, value in fields.items()
    }


class Merge(StrEnum):
    """How two changes of one field come together."""

    SCALAR = "scalar"
    TEXT = "text"
    SET = "set"
    MAP = "map"
    BLOCKS = "blocks"


_EMPTY: Mapping[Merge, Value] = {
    Merge.SCALAR: None,
    Merge.TEXT: "",
    Merge.SET: frozenset(),
    Merge.MAP: {},
    Merge.BLOCKS: "",
}


def empty(merge: Merge) -> Value:
    """Return the value that a field of this merge kind has before anybody fills it."""
    return _EMPTY[merge]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of item.

    `section` is the playbook's section that defines it and the key under `use:` that says
    which integration holds it. `notes_in` is the field that can show a conflict note.
    """

    name: str
    section: str
    fields: Mapping[str, Merge]
    notes_in: str = ""


def _kind(name: str, section: str, notes_in: str = "", **fields: Merge) -> Kind:
    return Kind(name, section, fields, notes_in)


_S, _T, _SET, _MAP, _B = Merge.SCALAR, Merge.TEXT, Merge.SET, Merge.MAP, Merge.BLOCKS

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        # One per integration in use: where everything of a workspace lives there.
        # `template` is the playbook's name where further workspaces may be copied from this one.
        _kind("root", "", title=_S, done=_S, template=_S),
        _kind("folder", "folders", title=_S, access=_MAP),
        _kind("document", "documents", "body", title=_S, body=_B, access=_MAP),
        _kind("board", "boards", title=_S, access=_MAP),
        _kind("list", "boards", title=_S),
        _kind("label", "boards", title=_S, color=_S),
        _kind(
            "card",
            "boards",
            "description",
            title=_S,
            description=_B,
            owner=_S,
            due=_S,
            labels=_SET,
            done=_S,
        ),
        _kind("check", "boards", title=_S, done=_S),
        _kind("table", "tables", title=_S, access=_MAP),
        _kind("column", "tables", title=_S, choices=_SET),
        _kind("row", "tables", cells=_MAP),
        _kind(
            "meeting",
            "meetings",
            title=_S,
            description=_T,
            start=_S,
            minutes=_S,
            timezone=_S,
            rule=_S,
            attendees=_SET,
            notes=_S,
        ),
        # What one occurrence of a series has of its own. `date` is the day that the rule gave it:
        # it never changes. A cancelled one is archived.
        _kind(
            "occurrence",
            "meetings",
            date=_S,
            start=_S,
            minutes=_S,
            timezone=_S,
            attendees=_SET,
        ),
        # Bookmarks are a list in Markdown, one link in each line.
        _kind("channel", "channels", title=_S, purpose=_S, topic=_S, access=_MAP, bookmarks=_B),
        # A page is written by us for reading only. A message to somebody is sent once, in the
        # last stage; one in a `channel` (a link to it) stays there and may be edited.
        _kind("page", "documents", title=_S, content=_S),
        _kind("message", "messages", to=_S, channel=_S, subject=_S, body=_T),
    )
}

THERE, ARCHIVED, GONE = "there", "archived", "gone"
"""The values of the field `existence`."""


def merge_kind(kind: str, field: str) -> Merge:
    """Return how a field merges; parent and existence are scalars of every kind."""
    if field in ("parent", "existence"):
        return Merge.SCALAR
    return KINDS[kind].fields[field]
