"""Plain-text files of the outbox: a message to be sent, or a channel to be made. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smarketing.kinds import Value

from . import document
from .board.line import one_line

_HEADS: Mapping[str, Mapping[str, str]] = {
    "message": {"To": "to", "In": "channel", "Subject": "subject"},
    "channel": {"Channel": "title", "Purpose": "purpose", "Topic": "topic"},
}
"""The lines on top of a file, by its kind, and the fields that they hold."""

_TEXT = {"message": "body", "channel": "bookmarks"}
_KNOWN_BY: Mapping[str, Sequence[set[str]]] = {
    "message": ({"To", "Subject"}, {"In", "Subject"}),
    "channel": ({"Channel"},),
}
"""The lines that tell a file of ours from any other."""

KINDS = frozenset(_HEADS)


@dataclass(frozen=True, slots=True)
class Notice:
    """A file of the outbox: its lines on top, and the text below them."""

    kind: str
    mark: document.Mark
    fields: Mapping[str, Value]

    @property
    def _left_out(self) -> str:
        """The field that has no line where it is empty: a message is for a person or a channel."""
        return "to" if self.fields.get("channel") else "channel"

    def text(self) -> str:
        """Return the whole file."""
        heads = [
            f"{head}: {one_line(str(self.fields.get(name) or ''))}"
            for head, name in _HEADS[self.kind].items()
            if self.fields.get(name) or name not in self._left_out
        ]
        body = str(self.fields.get(_TEXT[self.kind]) or "")
        return "\n".join((self.mark.line(), *heads, "", body))


def parse_notice(text: str) -> Notice | None:
    """Return what a file holds, None if it is none of these."""
    head, _, body = text.replace("\r\n", "\n").partition("\n\n")
    first, *lines = head.split("\n")
    mark = document.mark_of(first)
    said = {name.strip(): value.strip() for name, _, value in (one.partition(":") for one in lines)}
    kind = "channel" if "Channel" in said else "message"
    if not mark or not any(said.keys() >= heads for heads in _KNOWN_BY[kind]):
        return None
    fields: dict[str, Value] = {name: said.get(head) or None for head, name in _HEADS[kind].items()}
    return Notice(kind, mark, {**fields, _TEXT[kind]: body})
