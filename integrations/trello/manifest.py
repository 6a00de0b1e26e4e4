"""What Trello can hold, its limits, and what is done instead where it can't."""

from smarketing.contract import Limit, Manifest
from smarketing.kinds import KINDS

NAME, TITLE, HOST = "trello", "Trello", "api.trello.com"
BASE = f"https://{HOST}/"
LONGEST = 16384
"""The characters that Trello takes as a description or a name."""

TOKEN = "token"
"""The limit that every call draws on."""

_KINDS = {
    "root": frozenset({"done", "template"}),
    **{kind: frozenset(KINDS[kind].fields) for kind in ("board", "list", "label", "card", "check")},
}
_INSTEAD = {
    "root.title": "Trello has no folder around its boards: the workspace's title is not shown.",
    "folder": "Trello has no folders: its boards stand side by side.",
    "document": "Trello holds no documents: choose another tool for them.",
    "table": "Trello holds no tables: choose another tool for them.",
    "column": "Trello holds no tables: choose another tool for them.",
    "row": "Trello holds no tables: choose another tool for them.",
    "meeting": "Trello has no calendar of meetings: choose another tool for them.",
    "occurrence": "Trello has no calendar of meetings: choose another tool for them.",
    "page": "Trello shows no page of its own about the workspace.",
    "channel": "Trello has no channels: choose another tool for them.",
    "message": "Trello sends its own mail to those who are invited, and no other message.",
}

MANIFEST = Manifest(
    name=NAME,
    title=TITLE,
    kinds=_KINDS,
    instead=_INSTEAD,
    archives=frozenset({"board", "list", "card", "check"}),
    unmarked=frozenset({"list", "label", "check"}),
    fixed=frozenset({"label", "check"}),
    # Trello allows 100 in 10 seconds for each token, and says nothing before it refuses.
    limits=(Limit(TOKEN, 95, 10.0),),
    marker="the last line of the description of a board or card",
    secrets=("key", "token"),
    scopes=("read", "write"),
    workers=8,
    tells_owners=True,
    hosts=(HOST,),
)
