"""Change how text and paragraphs look: what a `fields` mask lists is set, or set back."""

from collections.abc import Callable, Mapping
from typing import Any

from .errors import Declined
from .model import Matter
from .positions import Span, newlines, paragraph_of, paragraph_start, range_in
from .units import (
    NEWLINE,
    NORMAL,
    STRUCTURE,
    Bullet,
    Paragraph,
    Style,
    Unit,
    Units,
    linked,
    unlinked,
)

TEXT_FIELDS = frozenset((
    "backgroundColor", "baselineOffset", "bold", "fontSize", "foregroundColor", "italic", "link",
    "smallCaps", "strikethrough", "underline", "weightedFontFamily",
))  # fmt: skip
PARAGRAPH_FIELDS = frozenset((
    "alignment", "avoidWidowAndOrphan", "borderBetween", "borderBottom", "borderLeft",
    "borderRight", "borderTop", "direction", "indentEnd", "indentFirstLine", "indentStart",
    "keepLinesTogether", "keepWithNext", "lineSpacing", "namedStyleType", "pageBreakBefore",
    "shading", "spaceAbove", "spaceBelow", "spacingMode",
))  # fmt: skip
_READ_ONLY = frozenset(("headingId", "tabStops"))
NAMED = frozenset((NORMAL, "TITLE", "SUBTITLE", *(f"HEADING_{level}" for level in range(1, 7))))
_WITH_A_LINK = frozenset(("underline", "foregroundColor"))
_UNSET: tuple[Any, ...] = (None, False, "NONE", {}, [])


def listed(fields: Any, known: frozenset[str], root: str) -> list[str]:
    """Return the fields that a mask lists, by their first name."""
    if not isinstance(fields, str) or not fields.strip():
        raise Declined(
            "At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)"
        )
    if fields.strip() == "*":
        return sorted(known)
    names = [name.strip().split(".")[0] for name in fields.split(",")]
    for name in names:
        if name in _READ_ONLY:
            raise Declined(f"Field {name} is read-only.")
        if name not in known:
            raise Declined(f"Invalid field: {name} is not a field of {root}.")
    return names


def update_text_style(doc: Matter, body: Mapping[str, Any]) -> None:
    """Carry out updateTextStyle."""
    tab, span = range_in(doc, body)
    given = _object(body, "textStyle")
    names = listed(body.get("fields"), TEXT_FIELDS, "text_style")
    style_text(tab.units, span, lambda style: restyled(style, given, names))
    _style_bullets(tab.units, span, given, names)


def style_text(units: Units, span: Span, change: Callable[[Style], Style]) -> None:
    """Change the look of each letter of a range; a newline never becomes a link."""
    end = span.end
    if units[end - 1].char != NEWLINE and units[end].char == NEWLINE:
        # The vendor extends the range by the newline next to it.
        end += 1
    known: dict[int, Style] = {}
    for at in range(span.start, end):
        unit = units[at]
        if unit.char in STRUCTURE:
            continue
        style = known.get(id(unit.style))
        if style is None:
            style = known[id(unit.style)] = change(unit.style)
        bare = unlinked(style) if unit.char == NEWLINE else style
        units[at] = Unit(unit.char, bare, unit.holds, unit.marks)


def restyled(style: Style, given: Mapping[str, Any], names: list[str]) -> Style:
    """Return a style with the listed fields as given; one not given is set back."""
    link = given.get("link") or None
    if "link" in names:
        style = linked(style, link) if link else unlinked(style)
    new = dict(style)
    for name in names:
        value = given.get(name)
        if value in _UNSET:
            if not (link and name not in given and name in _WITH_A_LINK):
                new.pop(name, None)
        else:
            new[name] = value
    return new


def _style_bullets(units: Units, span: Span, given: Mapping[str, Any], names: list[str]) -> None:
    shown = [name for name in names if name != "link"]
    for at in newlines(units, span.start, span.end):
        paragraph = paragraph_of(units[at])
        whole = span.start <= paragraph_start(units, at) and at <= span.end
        if paragraph.bullet is not None and whole:
            old = paragraph.bullet
            bullet = Bullet(old.list_id, old.level, restyled(old.style, given, shown))
            set_paragraph(units, at, Paragraph(paragraph.style, bullet))


def set_paragraph(units: Units, at: int, paragraph: Paragraph) -> None:
    """Let the newline at this place hold another paragraph."""
    old = units[at]
    units[at] = Unit(old.char, old.style, paragraph, old.marks)


def update_paragraph_style(
    doc: Matter, body: Mapping[str, Any], switches: frozenset[str] = frozenset()
) -> None:
    """Carry out updateParagraphStyle."""
    tab, span = range_in(doc, body)
    given = _object(body, "paragraphStyle")
    names = listed(body.get("fields"), PARAGRAPH_FIELDS, "paragraph_style")
    named = given.get("namedStyleType", NORMAL)
    if named not in NAMED:
        raise Declined(f"Invalid value at 'paragraph_style.named_style_type': {named!r}")
    for at in newlines(tab.units, span.start, span.end):
        old = paragraph_of(tab.units[at])
        style = _paragraph_style(old.style, given, names)
        set_paragraph(tab.units, at, Paragraph(_with_heading(doc, style), old.bullet))
        if "google-docs-headings-clear-bold" in switches and style["namedStyleType"] != NORMAL:
            _clear_bold(tab.units, at)


def _paragraph_style(old: Style, given: Mapping[str, Any], names: list[str]) -> dict[str, Any]:
    new = dict(old)
    for name in names:
        if given.get(name) is None:
            new.pop(name, None)
        else:
            new[name] = given[name]
    new.setdefault("namedStyleType", NORMAL)
    new.setdefault("direction", "LEFT_TO_RIGHT")
    return new


def _with_heading(doc: Matter, style: dict[str, Any]) -> dict[str, Any]:
    if style["namedStyleType"] == NORMAL:
        style.pop("headingId", None)
    elif "headingId" not in style:
        style["headingId"] = doc.fresh("h.")
    return style


def _clear_bold(units: Units, at: int) -> None:
    start = paragraph_start(units, at)
    style_text(units, Span(start, at + 1), lambda style: restyled(style, {}, ["bold"]))


def _object(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = body.get(name, {})
    if not isinstance(value, dict):
        raise Declined(f"Invalid value at '{name}'.")
    return value
