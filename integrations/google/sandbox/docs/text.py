"""Put text into a document and take it out, as the vendor does it."""

import re
from collections.abc import Mapping
from typing import Any

from .errors import Declined
from .model import Matter, Tab
from .positions import (
    Span,
    in_contents,
    paragraph_end,
    paragraph_of,
    paragraph_start,
    place_in,
    range_in,
)
from .units import (
    CLOSERS,
    COMMENT,
    CONTENTS,
    CONTENTS_END,
    DELETED,
    INSERTED,
    NEWLINE,
    OBJECT,
    RANGE,
    SECTION,
    STRUCTURE,
    TABLE,
    TABLE_END,
    Mark,
    Marks,
    Paragraph,
    Style,
    Unit,
    Units,
    code_units,
    joined,
    text_units,
    unlinked,
)

_STRIPPED = re.compile("[\x00-\x08\x0c-\x1f\ue000-\uf8ff]")
_OPENERS = {TABLE: TABLE_END, CONTENTS: CONTENTS_END}
_EXPANDING = frozenset((COMMENT, RANGE))


def insert_text(doc: Matter, body: Mapping[str, Any], suggested: Mark | None = None) -> None:
    """Carry out insertText."""
    tab, at = place_in(doc, body)
    text = body.get("text")
    if not isinstance(text, str) or not text:
        raise Declined("The text to insert must not be empty.")
    put_text(doc, tab, at, text, suggested)


def put_text(doc: Matter, tab: Tab, at: int, text: str, suggested: Mark | None = None) -> None:
    """Put text before this index; it looks like its neighbours."""
    units = tab.units
    paragraph = paragraph_of(units[paragraph_end(units, at)])
    marks = marks_between(units, at) | ({suggested} if suggested else set())
    style = style_at(units, at)
    units[at:at] = typed(doc, stripped(text), style, paragraph, frozenset(marks))


def typed(doc: Matter, text: str, style: Style, paragraph: Paragraph, marks: Marks) -> Units:
    """Return the units of a text; each new paragraph of a heading gets an id of its own."""
    units = text_units(text, style, paragraph, marks)
    if "headingId" in paragraph.style:
        for at, unit in enumerate(units):
            if unit.char == NEWLINE:
                own = Paragraph({**paragraph.style, "headingId": doc.fresh("h.")}, paragraph.bullet)
                units[at] = Unit(NEWLINE, unit.style, own, unit.marks)
    return units


def stripped(text: str) -> str:
    """Return the text without the letters that the vendor takes out."""
    return _STRIPPED.sub("", text)


def style_at(units: Units, at: int) -> Style:
    """Return how inserted text looks: like the text before it, but a link does not spread."""
    before = at > 0 and at > paragraph_start(units, at)
    return unlinked(units[at - 1 if before else at].style)


def marks_between(units: Units, at: int) -> Marks:
    """Return the anchors that grow around what is inserted here."""
    if at <= 0 or not units[at - 1].marks or not units[at].marks:
        return frozenset()
    both = units[at - 1].marks & units[at].marks
    return frozenset(mark for mark in both if mark.kind in _EXPANDING)


def delete_range(doc: Matter, body: Mapping[str, Any], suggested: Mark | None = None) -> None:
    """Carry out deleteContentRange."""
    tab, span = range_in(doc, body)
    check_deletion(tab, span)
    if suggested is None:
        take_out(tab.units, span)
    else:
        suggest_deletion(tab.units, span, suggested)


def check_deletion(tab: Tab, span: Span) -> None:
    """Refuse what would leave a document that can't be."""
    units = tab.units
    if span.end >= len(units):
        raise Declined("The range cannot include the newline character at the end of the segment.")
    _check_balance(units, span)
    if in_contents(tab, span.start):
        raise Declined("The content of a table of contents cannot be changed.")
    if units[span.end - 1].char != NEWLINE:
        return
    after = units[span.end].char
    if after in CLOSERS:
        raise Declined("The range cannot include the newline character at the end of the segment.")
    if after in (TABLE, CONTENTS, SECTION):
        raise Declined(
            "Invalid deletion range. Cannot delete the newline character before a table, "
            "table of contents or section break without deleting that element."
        )


def _check_balance(units: Units, span: Span) -> None:
    open_ends: list[str] = []
    for at in range(span.start, span.end):
        char = units[at].char
        if char not in STRUCTURE:
            continue
        if char in _OPENERS:
            open_ends.append(_OPENERS[char])
        elif char == SECTION or not open_ends:
            raise _partial()
        elif char == open_ends[-1]:
            open_ends.pop()
    if open_ends:
        raise _partial()


def _partial() -> Declined:
    return Declined(
        "Invalid deletion range. Cannot delete the requested range: a table, cell or table of "
        "contents would be deleted in part."
    )


def take_out(units: Units, span: Span) -> None:
    """Delete a range. Where paragraphs merge, the first keeps its style if text of it stays."""
    crosses = any(units[at].char == NEWLINE for at in range(span.start, span.end))
    stays = span.start > paragraph_start(units, span.start)
    if crosses and stays:
        kept = units[paragraph_end(units, span.start)].holds
        last = paragraph_end(units, span.end)
        old = units[last]
        units[last] = Unit(NEWLINE, old.style, kept, old.marks)
    del units[span.start : span.end]


def suggest_deletion(units: Units, span: Span, suggested: Mark) -> None:
    """Mark a range as to be deleted; what is a suggestion itself goes at once."""
    kept: Units = []
    for unit in units[span.start : span.end]:
        if not any(mark.kind == INSERTED for mark in unit.marks):
            kept.append(Unit(unit.char, unit.style, unit.holds, unit.marks | {suggested}))
    units[span.start : span.end] = kept


def replace_all(doc: Matter, body: Mapping[str, Any]) -> dict[str, Any]:
    """Carry out replaceAllText."""
    pattern = _pattern(body.get("containsText"))
    new = stripped(str(body.get("replaceText", "")))
    changed = 0
    for tab in doc.tabs_for(body.get("tabsCriteria")):
        changed += _replace_in(doc, tab.units, pattern, new)
    return {"replaceAllText": {"occurrencesChanged": changed} if changed else {}}


def _pattern(criteria: Any) -> re.Pattern[str]:
    if not isinstance(criteria, dict) or not criteria.get("text"):
        raise Declined("The text to find must not be empty.")
    flags = 0 if criteria.get("matchCase") else re.IGNORECASE
    text = criteria["text"]
    # Searched in code units, because these are the places of the document.
    units = "".join(code_units(text))
    return re.compile(units if criteria.get("searchByRegex") else re.escape(units), flags)


def _replace_in(doc: Matter, units: Units, pattern: re.Pattern[str], new: str) -> int:
    flat = "".join(unit.char for unit in units)
    # What is no letter stays out of every match.
    spans = [
        found.span()
        for found in pattern.finditer(flat)
        if found.group() and not _beyond_text(found.group())
    ]
    for start, end in reversed(spans):
        first = units[start]
        paragraph = paragraph_of(units[paragraph_end(units, start)])
        units[start:end] = typed(doc, new, first.style, paragraph, first.marks)
    return len(spans)


def _beyond_text(found: str) -> bool:
    return any(char in (NEWLINE, OBJECT) or char in STRUCTURE for char in found)


def accept(units: Units, key: str) -> None:
    """Make a suggestion part of the text."""
    _settle(units, Mark(DELETED, key), Mark(INSERTED, key))


def reject(units: Units, key: str) -> None:
    """Take a suggestion back."""
    _settle(units, Mark(INSERTED, key), Mark(DELETED, key))


def _settle(units: Units, goes: Mark, unmarked: Mark) -> None:
    last = len(units) - 1
    for at in range(last, -1, -1):
        marks = units[at].marks
        if goes in marks and at != last:
            take_out(units, Span(at, at + 1))
        elif goes in marks or unmarked in marks:
            old = units[at]
            units[at] = Unit(old.char, old.style, old.holds, marks - {goes, unmarked})


def found_text(units: Units, text: str) -> Span:
    """Return where a text stands first; raise LookupError where it doesn't."""
    flat, wanted = "".join(unit.char for unit in units), "".join(code_units(text))
    at = flat.find(wanted)
    if at < 0:
        raise LookupError(f"{text!r} is not in the document: {joined(flat)!r}")
    return Span(at, at + len(wanted))
