"""The elements of a paragraph as letters: runs of text with their looks, and things that are
no text, each known by a handle that stays the same between reads."""

import re
from collections.abc import Iterator
from hashlib import sha1

from .model import PLAIN, Char, Json, Look, size
from .ours import is_ours
from .tidy import url_of, with_handles

_MONOSPACED = re.compile(
    r"courier|\bmono\b|monospace|consolas|inconsolata|source code|cousine|menlo|fira code",
    re.IGNORECASE,
)
_THINGS = {
    "inlineObjectElement": ("image", "inlineObjectId"),
    "person": ("person", "personId"),
    "richLink": ("link", "richLinkId"),
    "dateElement": ("date", "dateId"),
    "dropdown": ("choice", "dropdownId"),
    "footnoteReference": ("footnote", "footnoteId"),
    "pageBreak": ("page-break", ""),
    "columnBreak": ("column-break", ""),
    "horizontalRule": ("rule", ""),
    "equation": ("equation", ""),
    "autoText": ("number", ""),
}
_UNSAFE_LABEL = re.compile(r"[\[\]\\`<>|\s]+")
_ID = re.compile(r"[A-Za-z0-9._-]+")


def run_of(element: Json) -> Json:
    """Return what an element of a paragraph holds, whatever it is."""
    return next((value for value in element.values() if isinstance(value, dict)), {})


def is_suggested(run: Json) -> bool:
    """Say whether this is only suggested to be inserted."""
    return bool(run.get("suggestedInsertionIds"))


def look_of(style: Json) -> Look:
    """Return how text of this style looks, as far as Markdown can say it."""
    font = (style.get("weightedFontFamily") or {}).get("fontFamily", "")
    return Look(
        bold=bool(style.get("bold")), italic=bool(style.get("italic")),
        strike=bool(style.get("strikethrough")), code=bool(_MONOSPACED.search(font)),
        link=_link(style.get("link") or {}),
    )  # fmt: skip


def _link(link: Json) -> str:
    if link.get("url"):
        return url_of(str(link["url"]))
    heading = link.get("headingId") or (link.get("heading") or {}).get("id")
    bookmark = link.get("bookmarkId") or (link.get("bookmark") or {}).get("id")
    return f"#heading={heading}" if heading else f"#bookmark={bookmark}" if bookmark else ""


def chars_of(paragraph: Json) -> list[Char]:
    """Return the letters of a paragraph without its newline."""
    elements = paragraph.get("elements") or []
    start = elements[0].get("startIndex", 0) if elements else 0
    # A picture beside the text has no place of its own.
    found = [
        Char("image", PLAIN, key, start, start, real=True)
        for key in map(str, paragraph.get("positionedObjectIds") or []) if _ID.fullmatch(key)
    ]  # fmt: skip
    for element in elements:
        run = run_of(element)
        if is_suggested(run):
            continue
        if "textRun" in element:
            found += _letters(element["textRun"], element.get("startIndex", 0))
        else:
            found.append(thing_of(element))
    return with_handles(found)


def _letters(run: Json, at: int) -> Iterator[Char]:
    style = run.get("textStyle") or {}
    look = look_of(style)
    for letter in str(run.get("content", "")):
        end = at + size(letter)
        if letter == "\ue907":
            yield Char("thing", PLAIN, "thing", at, end, real=True)
        elif letter == "\t" and look.code:
            yield Char(" ", look, "", at, end, bool(style), hard=True)
        elif letter != "\n":
            yield Char(letter, look, "", at, end, bool(style))
        at = end


def thing_of(element: Json) -> Char:
    """Return an element that is no text as one letter."""
    run = run_of(element)
    kind = next((name for name in element if name in _THINGS), "")
    label, id_name = _THINGS.get(kind, ("thing", ""))
    handle = str(run.get(id_name) or "") or label
    start, end = element.get("startIndex", 0), element.get("endIndex", 0)
    said = _said(kind, run)
    if not _ID.fullmatch(handle):
        handle = f"{label}.{sha1(handle.encode(), usedforsecurity=False).hexdigest()[:10]}"
    elif (
        kind == "dropdown"
        and words_on(said) == said
        and is_ours(run.get("dropdownProperties") or {})
    ):
        return Char(said, PLAIN, handle, start, end, real=True, ours=True)
    # A drop-down that shows nothing says so: its choice was cleared.
    label = words_on(said) or ("" if kind == "dropdown" else label)
    return Char(label, PLAIN, handle, start, end, real=True)


def words_on(said: str) -> str:
    """Return what a thing shows, in letters that can stand in a handle."""
    return _UNSAFE_LABEL.sub(" ", said).strip()


def _said(kind: str, run: Json) -> str:
    """Return what people read on a chip."""
    if kind == "person":
        properties = run.get("personProperties") or {}
        return str(properties.get("name") or properties.get("email") or "")
    if kind == "richLink":
        return str((run.get("richLinkProperties") or {}).get("title") or "")
    if kind == "dateElement":
        return str((run.get("dateElementProperties") or {}).get("displayText") or "")
    if kind == "dropdown":
        return str((run.get("dropdownProperties") or {}).get("displayValue") or "")
    return ""
