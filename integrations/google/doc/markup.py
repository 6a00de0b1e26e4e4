"""The signs of Markdown that say how a text looks, and a backslash where a sign would be read as one.

Whether it is read back as the same text is for the caller to see.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from .model import BREAK, CELL, FLOW, LINES, ONE_LINE, Span, Text

_Escape = Callable[[str, str, str], str]

BREAKS = {FLOW: "\\\n", LINES: "\n", ONE_LINE: " ", CELL: "<br>"}
"""How a line breaks, by where a text stands."""

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_MARKS = {"strike": "~~", "bold": "**", "italic": "*"}


def candidates(text: Text, where: str) -> Iterator[str]:
    """Yield ways to write a text, the one that people read most easily first."""
    yield _marked_up(text, where, "*", _escaped)
    if any(span.look.italic for span in text):
        yield _marked_up(text, where, "_", _escaped)
    yield _marked_up(text, where, "*", _all_escaped)


def everything_escaped(text: Text, where: str) -> str:
    """Return the text with a backslash before every sign."""
    return _marked_up(text, where, "*", _all_escaped)


def _marked_up(text: Text, where: str, italic: str, escape: _Escape) -> str:
    runs = [span for span in text if span.text or span.handle]
    parts: list[str] = []
    stack: list[tuple[str, str]] = []
    for at, run in enumerate(runs):
        wanted = _marks(run)
        while stack and not set(stack) <= set(wanted):
            parts.append(_closes(stack.pop(), italic))
        for mark in sorted(set(wanted) - set(stack), key=lambda m: _order(runs, at, m)):
            parts.append(_opens(mark, italic))
            stack.append(mark)
        edges = ("." if at else "", "." if at + 1 < len(runs) else "")
        parts.append(_leaf(run, where, escape, edges))
    while stack:
        parts.append(_closes(stack.pop(), italic))
    return _autolinked("".join(parts))


def _marks(run: Span) -> list[tuple[str, str]]:
    found = [("link", run.look.link)] if run.look.link else []
    return found + [(name, "") for name in _MARKS if getattr(run.look, name)]


def _order(runs: Sequence[Span], at: int, mark: tuple[str, str]) -> tuple[int, int]:
    """Return what opens first: what lasts longest."""
    end = at
    while end < len(runs) and mark in _marks(runs[end]):
        end += 1
    return -end, ["link", *_MARKS].index(mark[0])


def _opens(mark: tuple[str, str], italic: str) -> str:
    name, _ = mark
    if name == "link":
        return "["
    return italic if name == "italic" else _MARKS[name]


def _closes(mark: tuple[str, str], italic: str) -> str:
    name, url = mark
    if name == "link":
        return f"]({_ENTITY.sub('&amp;', url)})"
    return italic if name == "italic" else _MARKS[name]


_AUTO = re.compile(r"(?<![!\\])\[((?:https?://)[^\[\]\\<>\s]+)\]\((?P<url>[^()\s]+)\)")


def _autolinked(source: str) -> str:
    """Return the text with each link that shows its own target in the short form."""
    return _AUTO.sub(
        lambda found: f"<{found[1]}>" if found[1] == found["url"] else found[0], source
    )


def _leaf(run: Span, where: str, escape: _Escape, edges: tuple[str, str]) -> str:
    if run.handle:
        return f"![{run.text}](doc:{run.handle})"
    if run.look.code:
        return _code(run.text)
    lines = run.text.split(BREAK)
    done = []
    for at, line in enumerate(lines):
        ends = (edges[0] if not at else "\n", edges[1] if at + 1 == len(lines) else "\n")
        done.append(escape(line, *ends))
    return BREAKS[where].join(done)


def _code(text: str) -> str:
    ticks = "`"
    while ticks in text:
        ticks += "`"
    padded = text[:1] == "`" or text[-1:] == "`"
    padded |= text[:1] == " " == text[-1:] and bool(text.strip(" "))
    return f"{ticks} {text} {ticks}" if padded else f"{ticks}{text}{ticks}"


def _all_escaped(text: str, before: str, after: str) -> str:
    del before, after
    return _PUNCTUATION.sub(r"\\\1", text)


def _escaped(text: str, before: str, after: str) -> str:
    """Return the text with a backslash only where a sign would be read as Markdown."""
    return "".join(
        f"\\{letter}" if _means(text, at, before, after) else letter
        for at, letter in enumerate(text)
    )


def _means(text: str, at: int, before: str, after: str) -> bool:
    letter = text[at]
    if letter not in "\\`*_[]<~&!":
        return False
    last = text[at - 1] if at else before
    following = text[at + 1] if at + 1 < len(text) else after
    if letter == "\\":
        return not following or following == "\n" or bool(_PUNCTUATION.match(following))
    if letter == "*":
        return not (_apart(last) and _apart(following))
    if letter == "_":
        return not (
            (_apart(last) and _apart(following)) or (last.isalnum() and following.isalnum())
        )
    if letter == "]":
        return following == "(" or (after == "." and "[" not in text[:at])
    if letter == "[":
        return (after == "." and "]" not in text[at:]) or (before == "." and "]" not in text[at:])
    if letter == "<":
        return following.isalnum() or following in ("/", "!", "?", ".")
    if letter == "~":
        return "~" in (last, following) or "." in (last, following)
    if letter == "&":
        return bool(_ENTITY.match(text, at))
    return (letter == "!" and following in ("[", ".")) or letter == "`"


def _apart(letter: str) -> bool:
    return not letter or letter.isspace()
