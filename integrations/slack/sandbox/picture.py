"""What the stand-in holds as plain data without ids and times, to be compared."""

import re
from typing import Any

from .store import Channel, Store

_ID = re.compile(r"(?<=/)[\w-]{20,}")
"""What other vendors' urls hold of ids."""


def picture(store: Store) -> dict[str, Any]:
    """Return the channels with everything in them, by name."""
    channels = sorted(store.channels.values(), key=lambda one: (one.name, one.id))
    return {"channels": [_channel(one) for one in channels]}


def _channel(channel: Channel) -> dict[str, Any]:
    return {
        "name": channel.name,
        "by": channel.creator.person.key,
        "archived": channel.archived,
        "purpose": channel.purpose.value,
        "topic": channel.topic.value,
        "members": sorted(one.person.key for one in channel.members.values()),
        "bookmarks": [(one.title, _ID.sub("{id}", one.link)) for one in channel.bookmarks.values()],
        "messages": [
            {"by": one.user.person.key, "text": one.text, **one.data}
            for one in channel.messages
            if not one.subtype
        ],
    }
