"""What mail can hold, its limits, and what is done instead where it can't."""

from smarketing.contract import Limit, Manifest
from smarketing.kinds import KINDS

NAME, TITLE = "smtp", "mail"
MESSAGES = "messages"
"""The limit that every message draws on."""

_ELSEWHERE = "Mail holds no {}: choose another tool for them."

MANIFEST = Manifest(
    name=NAME,
    title=TITLE,
    kinds={"root": frozenset(), "message": frozenset(KINDS["message"].fields)},
    instead={
        **{
            kind: _ELSEWHERE.format(f"{kind}s") for kind in KINDS if kind not in ("root", "message")
        },
        "root.title": "Mail has no folder around its messages: the workspace's title is not shown.",
        "root.done": "Mail that was sent can't be looked for: what was sent is known from state.",
        "root.template": "Mail is no template of anything.",
    },
    # Providers differ, and few say what they allow: Exchange Online takes 30 in a minute.
    limits=(Limit(MESSAGES, 20, 60.0, in_flight=1),),
    marker="the Message-ID, which follows from the workspace and the message's address",
    secrets=("user", "password"),
    scopes=("send",),
    workers=1,
    forgets=True,
)
