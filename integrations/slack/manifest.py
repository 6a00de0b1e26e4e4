"""What Slack can hold, its limits, and what is done instead where it can't."""

from smarketing.contract import Limit, Manifest
from smarketing.kinds import KINDS

NAME, TITLE, HOST = "slack", "Slack", "slack.com"
BASE = f"https://{HOST}/"

LONGEST_PURPOSE = 250
"""The characters that Slack takes as a purpose or a topic."""
LONGEST_NAME = 80
LONGEST_MESSAGE = 12_000
"""Slack cuts a longer text into pieces of its own."""

SCOPES = {
    "channels:manage": "to make, name, archive and describe channels, and to invite people",
    "channels:read": "to find our channels and see who is in them",
    "channels:history": "to find our own messages again",
    "chat:write": "to post and edit our own messages",
    "bookmarks:read": "to see what is kept at hand in a channel",
    "bookmarks:write": "to put links at the top of a channel",
    "users:read": "to see who is in a channel",
    "users:read.email": "to find people by the addresses in config.yaml",
}
"""The scopes of the app, each with its reason."""

PER_MINUTE = {
    "bookmarks.add": 18,
    "bookmarks.edit": 18,
    "bookmarks.list": 45,
    "bookmarks.remove": 18,
    "chat.update": 45,
    "conversations.archive": 18,
    "conversations.create": 18,
    "conversations.info": 45,
    "conversations.invite": 45,
    "conversations.kick": 45,
    "conversations.rename": 18,
    "conversations.setPurpose": 18,
    "conversations.setTopic": 18,
    "conversations.unarchive": 18,
    "users.lookupByEmail": 45,
}
"""Calls of a method in a minute: a little below the 20 and 50 of Slack's tiers 2 and 3."""

_KINDS = {
    "root": frozenset({"done"}),
    "channel": frozenset(KINDS["channel"].fields),
    "message": frozenset({"channel", "body"}),
}
_ELSEWHERE = {
    "folder": "folders",
    "document": "documents",
    "board": "boards",
    "list": "boards",
    "label": "boards",
    "card": "boards",
    "check": "boards",
    "table": "tables",
    "column": "tables",
    "row": "tables",
    "meeting": "calendar",
    "occurrence": "calendar",
    "page": "pages",
}
_INSTEAD = {
    "root.title": "Slack has nothing around our channels: the workspace's title is not shown.",
    "root.template": "Channels are not copied: each workspace gets its own.",
    "message.to": "Nobody gets a message of their own in Slack: who is invited hears it there.",
    "message.subject": "A message in a channel has no subject.",
    **{
        kind: f"Slack holds no {what}: choose another tool for them."
        for kind, what in _ELSEWHERE.items()
    },
}

MANIFEST = Manifest(
    name=NAME,
    title=TITLE,
    kinds=_KINDS,
    instead=_INSTEAD,
    archives=frozenset({"channel"}),
    limits=(
        *(Limit(method, calls, 60.0) for method, calls in PER_MINUTE.items()),
        Limit("chat.postMessage", 1, 1.0),
    ),
    edits=True,
    marker="the end of a channel's purpose, and the hidden metadata of a message",
    secrets=("token",),
    scopes=tuple(SCOPES),
    workers=4,
    hosts=(HOST,),
)
