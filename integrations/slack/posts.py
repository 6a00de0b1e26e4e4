"""The text of a message as Slack is given it: words that stay words, and links of ours. Pure."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .mapping import escaped

_LINK = re.compile(r"\[(?P<words>[^\[\]\n]{1,500})\]\((?P<url>https?://[^\s()]{1,2000})\)")

Block = dict[str, Any]


def blocks_of(body: str) -> list[Block]:
    """Return a message as rich text, in which nothing but our links is more than text.

    In the simple form Slack would look for addresses, `*stars*` and mentions in members' words.
    """
    section = {"type": "rich_text_section", "elements": list(_elements(body))}
    return [{"type": "rich_text", "elements": [section]}]


def notice_of(body: str) -> str:
    """Return the text that stands in notifications, escaped."""
    return escaped(_LINK.sub(lambda found: found["words"], body))


def body_of(message: Mapping[str, Any]) -> str:
    """Return what a message of ours says; our blocks are read back as they were written."""
    return "".join(
        _said(element)
        for block in message.get("blocks") or ()
        for section in block.get("elements") or ()
        for element in section.get("elements") or ()
    )


def _elements(body: str) -> Iterator[Block]:
    at = 0
    for found in _LINK.finditer(body):
        if found.start() > at:
            yield {"type": "text", "text": body[at : found.start()]}
        yield {"type": "link", "url": found["url"], "text": found["words"]}
        at = found.end()
    if at < len(body) or not body:
        yield {"type": "text", "text": body[at:] or " "}


def _said(element: Mapping[str, Any]) -> str:
    if element.get("type") == "link":
        return f"[{element.get('text', '')}]({element.get('url', '')})"
    return str(element.get("text", ""))
