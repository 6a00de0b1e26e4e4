"""What a folder of plain files can hold, and what is done instead where it can't."""

from smarketing.contract import Manifest
from smarketing.kinds import KINDS

NAME = "local"
_SHARE = "A folder can't be shared from here: share it yourself with the people who need it."
_WITHOUT_ACCESS = ("folder", "document", "board", "table")
_NO_CHAT = (
    "A folder is no chat: Outbox holds a page for each channel, with its purpose and its links, "
    "for whoever makes the channel and invites the people."
)


def _fields(kind: str) -> frozenset[str]:
    unheld = {"access"} if kind in (*_WITHOUT_ACCESS, "channel") else set()
    if kind == "root":
        unheld = {"template"}
    if kind == "column":
        unheld = {"choices"}
    return frozenset(KINDS[kind].fields) - unheld


MANIFEST = Manifest(
    name=NAME,
    title="a plain folder",
    kinds={kind: _fields(kind) for kind in KINDS if kind != "label"},
    instead={
        "label": "Labels are #tags on the cards.",
        "column.choices": "A CSV file has no drop-down lists: the column takes any text.",
        "channel.access": _NO_CHAT,
        "root.template": "A folder is no template: copy it yourself, without its .smarketing.",
        **{f"{kind}.access": _SHARE for kind in _WITHOUT_ACCESS},
    },
    archives=frozenset(
        {
            "folder", "document", "page", "board", "table", "card", "list", "check", "row",
            "meeting", "message", "channel",
        }
    ),
    unmarked=frozenset({"folder", "list", "check", "occurrence"}),
    keyed=frozenset({"card", "row"}),
    marker=(
        "A `smarketing:` line in front matter, the last column of a table, the block id of a "
        "card, a property of a meeting"
    ),
    # One after the other: two files that want one name never race.
    workers=1,
    stable_ids=False,
    # They are lines of a file, and no step writes two files.
    fixed=frozenset({"list", "card", "check", "column", "row", "occurrence"}),
    outbox="Outbox",
    signposts=True,
)  # fmt: skip
