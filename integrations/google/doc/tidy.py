"""Text without what a round trip changes by itself: blanks at the ends and double blanks."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .model import BREAK, MONO, OPEN_BOX, PLAIN, TICKED_BOX, Char, Look, with_look

_STRIPPED = re.compile("[\x00-\x08\x0c\x0e-\x1f\ud800-\udfff\ue000-\uf8ff]")
_UNSAFE = re.compile(r"[\s<>()|\\\"`\x00-\x1f]")
_KEPT = re.compile(r"(?:https?://|mailto:).|#.", re.IGNORECASE)
_LITERAL_HANDLE = re.compile(r"!\[(?P<label>[^\[\]\\`<>|\n\v]*)\]\(doc:(?P<id>[A-Za-z0-9._-]+)\)")
_BLANK = " \t"
_NBSP = "\u00a0"


def stripped(text: str) -> str:
    """Return the text without the letters that Google takes out."""
    return _STRIPPED.sub("", text).replace(BREAK, " ")


def url_of(url: str) -> str:
    """Return a link's target if it is one that we write, "" for any other."""
    url = url.strip()
    if not _KEPT.match(url):
        return ""
    return _UNSAFE.sub(lambda found: "".join(f"%{b:02X}" for b in found[0].encode()), url)


def tidied(chars: Iterable[Char], literal: bool = False, one_line: bool = False) -> list[Char]:
    """Return letters as a round trip leaves them. In a `literal` text blanks count, except
    before a line break; in `one_line` a line break is a blank."""
    found: list[Char] = []
    for char in chars:
        if one_line and char.text == BREAK:
            char = replace(char, text=" ")
        if char.text == "\t" and literal:
            char = replace(char, text=" ")
        if char.text == _NBSP and (char.look.code or (literal and after_blank(found))):
            char = replace(char, text=" ", hard=True)
        if char.text == BREAK and not char.handle:
            start = _drop_blanks(found, char.start)
            found.append(replace(char, look=PLAIN, start=start))
        elif _is_blank(char) and not char.look.code and not literal:
            _blank(found, char)
        else:
            found.append(char)
    return _unpadded(found, literal)


def _is_blank(char: Char) -> bool:
    return char.text in _BLANK and not char.handle


def after_blank(found: Sequence[Char]) -> bool:
    """Say whether a hard blank that comes after these letters of a quote is an ordinary one."""
    return not found or found[-1].text in (" ", BREAK)


def _blank(found: list[Char], char: Char) -> None:
    """Add a blank; one after another is one, and one after a line break is none."""
    if char.text != " ":
        char = replace(char, text=" ")
    last = found[-1] if found else None
    if (
        last is None
        or last.handle
        or last.text not in (" ", "\t", BREAK)
        or (last.look.code and last.text != BREAK)
    ):
        found.append(char)
    elif last.end == char.start and last.end >= 0:
        found[-1] = replace(last, end=char.end)


def _drop_blanks(found: list[Char], start: int) -> int:
    """Drop the blanks before a line break; return where it starts together with them."""
    while found and _is_blank(found[-1]) and not found[-1].look.code:
        dropped = found.pop()
        if dropped.end == start:
            start = dropped.start
    return start


def _unpadded(found: list[Char], literal: bool) -> list[Char]:
    start, end = 0, len(found)
    while end > start and _pads(found[end - 1]):
        end -= 1
    while start < end and _pads(found[start]):
        start += 1
    if literal:
        while start and found[start - 1].text != BREAK:
            start -= 1
    return found[start:end]


def _pads(char: Char) -> bool:
    return char.text.isspace() and not char.handle and (not char.look.code or char.text == BREAK)


def boxed(chars: list[Char]) -> list[Char]:
    """Return an item's letters with the one sign that we use for a ticked box."""
    if chars and chars[0].text == "☒":
        return [replace(chars[0], text=TICKED_BOX), *chars[1:]]
    return chars


def has_box(text: str) -> bool:
    """Say whether an item begins with a tick box."""
    return text[:1] in (OPEN_BOX, TICKED_BOX) and text[1:2] in ("", " ")


def unmarked_edges(looks: Sequence[Look], texts: Sequence[str]) -> list[Look]:
    """Return looks where no blank at the edge of bold, italic or struck text has that look,
    because Markdown can't say it."""
    found = list(looks)
    for name in ("bold", "italic", "strike"):
        at = 0
        while at < len(found):
            end = at
            while end < len(found) and getattr(found[end], name):
                end += 1
            for edge in (range(at, end), range(end - 1, at - 1, -1)):
                for place in edge:
                    if not texts[place].isspace():
                        break
                    found[place] = with_look(found[place], name, False)
            at = max(end, at + 1)
    return found


def unbold(chars: Iterable[Char]) -> list[Char]:
    """Return letters of a heading or a table's head. They are bold by themselves, in one
    document by their style and in another letter by letter, so that it says nothing."""
    return [
        replace(char, look=replace(char.look, bold=False)) if char.look.bold else char
        for char in chars
    ]


def mono(chars: Iterable[Char]) -> list[Char]:
    """Return letters of a block of code: Markdown knows no other look in it."""
    return [replace(c, look=PLAIN if c.text == BREAK else MONO) for c in chars]


def with_handles(chars: list[Char]) -> list[Char]:
    """Return letters in which a handle that was written as text is one thing again."""
    said = "".join(char.text if not char.handle else "\ufffc" for char in chars)
    if "](doc:" not in said:
        return chars
    found: list[Char] = []
    at = 0
    for match in _LITERAL_HANDLE.finditer(said):
        first, last = chars[match.start()], chars[match.end() - 1]
        if any(char.look.code for char in chars[match.start() : match.end()]):
            continue
        found += chars[at : match.start()]
        found.append(Char(match["label"], PLAIN, match["id"], first.start, last.end))
        at = match.end()
    return found + chars[at:]
