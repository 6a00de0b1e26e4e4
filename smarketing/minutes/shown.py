"""The Markdown of one line as the text that people see, and such a text as Markdown. Pure."""

import re

LINKED = re.compile(r"\[(?P<text>(?:\\.|[^\[\]\\])*)\]\((?P<to>[^()\s]*)\)", re.DOTALL)
CHOICE = re.compile(r"!\[(?P<text>[^\[\]\\`<>|\n]*)\]\((?P<handle>[a-z]+:[A-Za-z0-9._-]+)\)")
"""What is no text and the tool's own, such as a drop-down: the words that it shows, and its handle."""
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_MARKS = re.compile(r"(?<![^\W_])[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}(?![^\W_])|`")
_SPECIAL = re.compile(r"[\\`*\[\]<>~&]|(?<![^\W_])_|_(?![^\W_])|^#(?=#{0,5}(?:\s|$))|^[-+](?=\s|$)")


def plain(markdown: str) -> str:
    """Return Markdown as the text that people see, on one line."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[1])
        return f"\ue010{len(kept) - 1}\ue011"

    text = CHOICE.sub(lambda found: found["text"], _ESCAPED.sub(keep, markdown))
    text = _MARKS.sub("", LINKED.sub(lambda found: found["text"], text))
    text = re.sub(r"\ue010(\d+)\ue011", lambda found: kept[int(found[1])], text)
    return " ".join(text.split())


def escaped(text: str) -> str:
    """Return a plain text as Markdown that shows just that."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))
