"""What happened in a Slack workspace, as far as its list of channels shows it."""

import json
from hashlib import sha256

from smarketing.contract import Changes

from .account import Account, Json

_SHOWN = ("name", "is_archived", "num_members", "updated", "purpose", "topic")
_DIGITS = 16


def changes_since(account: Account, cursor: str) -> Changes:
    """Return the public channels that the list shows otherwise, that are new or that are gone.

    A bookmark that a member alters is not in the list: it is seen in the next full look.
    """
    listed = account.pages("conversations.list", "channels", types="public_channel")
    now = {str(each["id"]): _looks(each) for each in listed}
    before = _channels(cursor)
    kept = json.dumps({"channels": now}, sort_keys=True)
    if before is None:
        return Changes(kept)
    either = now.keys() | before.keys()
    return Changes(kept, frozenset(each for each in either if now.get(each) != before.get(each)))


def _looks(channel: Json) -> str:
    shown = json.dumps([channel.get(name) for name in _SHOWN], sort_keys=True)
    return sha256(shown.encode()).hexdigest()[:_DIGITS]


def _channels(cursor: str) -> dict[str, object] | None:
    try:
        channels = json.loads(cursor)["channels"]
    except (ValueError, LookupError, TypeError):
        return None
    return channels if isinstance(channels, dict) else None
