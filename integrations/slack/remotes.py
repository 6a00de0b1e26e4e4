"""Slack's JSON as objects of the contract."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from smarketing.contract import Remote
from smarketing.kinds import ARCHIVED, THERE, Value

from .mapping import bookmark_line, plain
from .marker import Mark, Purpose, mark_in, purpose_of
from .posts import body_of

Json = Mapping[str, Any]

_CHANNEL = re.compile(r"(?:.*/)?(?P<id>[CG][A-Z0-9]{6,})(?:[/?#].*)?")


def root_id(workspace: str) -> str:
    """Return the id of a workspace's root: Slack has no object for it."""
    return f"root:{workspace}"


def root_remote(name: str, workspace: str, done: bool) -> Remote:
    """Return the root as the marks of its channels tell it."""
    fields: dict[str, Value] = {"done": done}
    return Remote(root_id(workspace), "root", fields, "", THERE, f"root:{name}", workspace)


def channel_url(base: str, identity: str) -> str:
    """Return where people find a channel."""
    return f"{base.rstrip('/')}/archives/{identity}"


def channel_in(url: str) -> str:
    """Return the id in a channel's address, or the id itself; "" if there is none."""
    found = _CHANNEL.fullmatch(url.strip())
    return found["id"] if found else ""


def purpose_in(data: Json) -> Purpose:
    """Return a channel's purpose and our mark behind it."""
    return purpose_of(plain(_value(data, "purpose")))


def channel_fields(
    data: Json, bookmarks: Iterable[Json], access: Mapping[str, str]
) -> dict[str, Value]:
    """Return the fields of a channel."""
    return {
        "title": str(data["name"]),
        "purpose": purpose_in(data).text or None,
        "topic": " ".join(plain(_value(data, "topic")).split()) or None,
        "bookmarks": "".join(
            bookmark_line(plain(str(each["title"])), plain(str(each["link"])))
            for each in links_in(bookmarks)
        ),
        "access": dict(access),
    }


def links_in(bookmarks: Iterable[Json]) -> list[Json]:
    """Return the bookmarks that lead somewhere; a file or folder is none of ours."""
    return [each for each in bookmarks if each.get("type", "link") == "link" and each.get("link")]


def channel_remote(
    data: Json, fields: Mapping[str, Value], mark: Mark | None, base: str, ours: bool = True
) -> Remote:
    """Return a channel; `mark` says whose it is, None where nobody does."""
    return Remote(
        str(data["id"]),
        "channel",
        fields,
        root_id(mark.workspace) if mark else "",
        ARCHIVED if data.get("is_archived") else THERE,
        mark.address if mark else "",
        mark.workspace if mark else "",
        url=channel_url(base, str(data["id"])),
        born=float(data.get("created") or 0),
        ours=ours,
    )


def message_id(channel: str, ts: str) -> str:
    """Return the id of a message: Slack counts them in each channel."""
    return f"{channel}:{ts}"


def message_remote(channel: str, message: Json, base: str) -> Remote:
    """Return a message of ours."""
    mark, ts = mark_in(message), str(message["ts"])
    url = channel_url(base, channel)
    edited = (message.get("edited") or {}).get("ts") or ts
    return Remote(
        message_id(channel, ts),
        "message",
        {"channel": url, "body": body_of(message)},
        root_id(mark.workspace) if mark else "",
        marker=mark.address if mark else "",
        workspace=mark.workspace if mark else "",
        version=str(edited),
        url=f"{url}/p{ts.replace('.', '')}",
        born=float(ts),
    )


def _value(data: Json, name: str) -> str:
    return str((data.get(name) or {}).get("value") or "")
