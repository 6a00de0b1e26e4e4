"""Our marks: the end of a channel's purpose, and the metadata of a message. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from smarketing.address import is_address

_END = re.compile(r"\s*\[smarketing (?P<said>[^\]\n]*)\]")
EVENT = "smarketing"


@dataclass(frozen=True, slots=True)
class Mark:
    """Whose a channel is. One of a workspace's channels says that the workspace is `done`."""

    workspace: str
    address: str
    done: bool = False

    def written(self) -> str:
        """Return the mark as it stands behind a purpose."""
        return f"[smarketing {self.workspace} {self.address}{' done' if self.done else ''}]"


@dataclass(frozen=True, slots=True)
class Purpose:
    """A channel's purpose without our mark, and the mark."""

    text: str
    mark: Mark | None = None

    def written(self) -> str:
        """Return the whole purpose."""
        return " ".join(filter(None, (self.text, self.mark.written() if self.mark else "")))


def purpose_of(whole: str) -> Purpose:
    """Return a purpose in its parts; of several marks the last counts."""
    text = " ".join(_END.sub(" ", whole).split())
    for found in reversed(list(_END.finditer(whole))):
        words = found["said"].split()
        if len(words) >= 2 and is_address(words[1]):
            return Purpose(text, Mark(words[0], words[1], "done" in words[2:]))
    return Purpose(text)


def without_marks(text: str) -> str:
    """Return a text without what would be read as a mark of ours, on one line."""
    return " ".join(_END.sub(" ", text).split())


def metadata(mark: Mark) -> dict[str, Any]:
    """Return the metadata of a message that is ours."""
    payload = {"workspace": mark.workspace, "address": mark.address}
    return {"event_type": EVENT, "event_payload": payload}


def mark_in(message: Mapping[str, Any]) -> Mark | None:
    """Return the mark of a message, None where it has none."""
    data = message.get("metadata") or {}
    payload = data.get("event_payload") or {}
    workspace, address = str(payload.get("workspace", "")), str(payload.get("address", ""))
    if data.get("event_type") != EVENT or not workspace or not is_address(address):
        return None
    return Mark(workspace, address)
