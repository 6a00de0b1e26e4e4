"""The addresses of boards and cards on Trello's site."""

import re

_LINK = re.compile(
    r"(?:https?://)?(?:www\.)?trello\.com/(?P<kind>[bc])/(?P<short>[0-9A-Za-z]{8,24})"
)
_BARE = re.compile(r"[0-9A-Za-z]{8}|[0-9a-f]{24}")


def short_link(url: str) -> str:
    """Return the short name in the address of a board or card, "" where it has none."""
    found = _LINK.match(url.strip())
    if found:
        return found["short"]
    return url.strip() if _BARE.fullmatch(url.strip()) else ""


def is_card_link(url: str) -> bool:
    """Say whether this is the address of a card."""
    found = _LINK.match(url.strip())
    return found is not None and found["kind"] == "c"
