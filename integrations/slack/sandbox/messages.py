"""The methods of messages and bookmarks."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from .call import Call, Handler
from .refusals import No
from .shown import bookmark_json, message_json
from .store import Bookmark, Channel, Message
from .switches import DROPS_METADATA

LONGEST_TEXT, MOST_BLOCKS, MOST_BOOKMARKS = 40_000, 50, 100


def post(call: Call) -> dict[str, Any]:
    channel = call.inside()
    data = _data(call)
    message = call.store.post(channel, call.user, call.text("text"), **data)
    return {"channel": channel.id, "ts": message.ts, "message": message_json(message)}


def update(call: Call) -> dict[str, Any]:
    channel = call.inside()
    message = _message(channel, call.text("ts"))
    if message.user is not call.user:
        raise No("cant_update_message")
    data = _data(call)
    if "metadata" not in data and not call.store.switched(DROPS_METADATA):
        data["metadata"] = message.data.get("metadata")
    message.text, message.data, message.edited = call.text("text"), data, call.store.new_ts()
    return {
        "channel": channel.id,
        "ts": message.ts,
        "text": message.text,
        "message": {name: each for name, each in message_json(message).items() if name != "ts"},
    }


def delete(call: Call) -> dict[str, Any]:
    channel = call.channel()
    message = _message(channel, call.text("ts"))
    if message.user is not call.user:
        raise No("cant_delete_message")
    channel.messages.remove(message)
    return {"channel": channel.id, "ts": message.ts}


def _message(channel: Channel, ts: str) -> Message:
    found = next((one for one in channel.messages if one.ts == ts and not one.subtype), None)
    if found is None:
        raise No("message_not_found")
    return found


def _data(call: Call) -> dict[str, Any]:
    blocks, metadata = call.parsed("blocks"), call.parsed("metadata")
    if not call.text("text") and not blocks:
        raise No("no_text")
    if len(call.text("text")) > LONGEST_TEXT:
        raise No("msg_too_long")
    if blocks is not None and not _are_blocks(blocks):
        raise No("invalid_blocks")
    if metadata is not None and not _is_metadata(metadata):
        raise No("invalid_metadata_format")
    given = {"blocks": blocks, "metadata": metadata}
    return {name: value for name, value in given.items() if value is not None}


def _are_blocks(blocks: Any) -> bool:
    if not isinstance(blocks, list) or len(blocks) > MOST_BLOCKS:
        return False
    elements = [
        element
        for block in blocks
        for section in block.get("elements", ())
        for element in section.get("elements", ())
        if block.get("type") == "rich_text"
    ]
    return all(bool(one.get("text" if one.get("type") == "text" else "url")) for one in elements)


def _is_metadata(metadata: Any) -> bool:
    return (
        isinstance(metadata, dict)
        and isinstance(metadata.get("event_type"), str)
        and isinstance(metadata.get("event_payload"), dict)
    )


def history(call: Call) -> dict[str, Any]:
    """Answer with the newest messages first."""
    channel = call.channel()
    if call.user.is_app and call.user.id not in channel.members and not channel.archived:
        raise No("not_in_channel")
    oldest, latest = float(call.text("oldest") or 0), float(call.text("latest") or "inf")
    inclusive = call.truth("inclusive")
    asked = [
        one
        for one in reversed(channel.messages)
        if oldest < float(one.ts) < latest or (inclusive and float(one.ts) in (oldest, latest))
    ]
    shown, metadata = call.page(asked)
    everything = call.truth("include_all_metadata")
    return {
        "messages": [message_json(one, all_metadata=everything) for one in shown],
        "has_more": bool(metadata["next_cursor"]),
        "pin_count": 0,
        "channel_actions_ts": None,
        "channel_actions_count": 0,
        **({"response_metadata": metadata} if metadata["next_cursor"] else {}),
    }


def add(call: Call) -> dict[str, Any]:
    channel = call.inside("channel_id")
    if call.text("type") != "link" or not call.text("title"):
        raise No("invalid_arguments")
    if len(channel.bookmarks) >= MOST_BOOKMARKS:
        raise No("too_many_bookmarks")
    store = call.store
    made = Bookmark(store.new_id("Bk"), call.text("title"), _link(call), int(store.now()))
    channel.bookmarks[made.id] = made
    return {"bookmark": bookmark_json(made, channel)}


def edit(call: Call) -> dict[str, Any]:
    channel = call.inside("channel_id")
    bookmark = _bookmark(call, channel)
    bookmark.title = call.text("title", bookmark.title)
    bookmark.link = _link(call) if "link" in call.given else bookmark.link
    bookmark.updated = int(call.store.now())
    return {"bookmark": bookmark_json(bookmark, channel)}


def remove(call: Call) -> dict[str, Any]:
    channel = call.inside("channel_id")
    del channel.bookmarks[_bookmark(call, channel).id]
    return {}


def listed(call: Call) -> dict[str, Any]:
    channel = call.channel("channel_id")
    return {"bookmarks": [bookmark_json(one, channel) for one in channel.bookmarks.values()]}


def _bookmark(call: Call, channel: Channel) -> Bookmark:
    if call.text("bookmark_id") not in channel.bookmarks:
        raise No("bookmark_not_found")
    return channel.bookmarks[call.text("bookmark_id")]


def _link(call: Call) -> str:
    url = urlsplit(call.text("link"))
    if url.scheme not in ("http", "https") or not url.netloc:
        raise No("invalid_link")
    return call.text("link")


METHODS: Mapping[str, Handler] = {
    "bookmarks.add": add,
    "bookmarks.edit": edit,
    "bookmarks.list": listed,
    "bookmarks.remove": remove,
    "chat.delete": delete,
    "chat.postMessage": post,
    "chat.update": update,
    "conversations.history": history,
}
