"""Lists of a document: the glyphs of each preset, and the requests that make and end lists."""

from collections.abc import Mapping
from typing import Any

from .errors import Declined
from .model import Matter, Tab
from .positions import newlines, paragraph_of, paragraph_start, range_in
from .styles import set_paragraph
from .units import NEWLINE, NORMAL, Bullet, Paragraph, Style, Units

DISC, CHECKBOX, DECIMAL = (
    "BULLET_DISC_CIRCLE_SQUARE", "BULLET_CHECKBOX", "NUMBERED_DECIMAL_ALPHA_ROMAN",
)  # fmt: skip
KEEP_INDENTS = "google-docs-ended-items-keep-indents"
DEEPEST = 8
_SYMBOLS = {
    DISC: "●○■",
    "BULLET_DIAMONDX_ARROW3D_SQUARE": "❖➢■",
    "BULLET_ARROW_DIAMOND_DISC": "➔◆●",
    "BULLET_STAR_CIRCLE_SQUARE": "★○■",
    "BULLET_ARROW3D_CIRCLE_SQUARE": "➢○■",
    "BULLET_LEFTTRIANGLE_DIAMOND_DISC": "◄◆●",
    "BULLET_DIAMONDX_HOLLOWDIAMOND_SQUARE": "❖◇■",
    "BULLET_DIAMOND_CIRCLE_SQUARE": "◆○■",
}
_NUMBERS = {
    DECIMAL: ("DECIMAL", "ALPHA", "ROMAN"),
    "NUMBERED_DECIMAL_ALPHA_ROMAN_PARENS": ("DECIMAL", "ALPHA", "ROMAN"),
    "NUMBERED_DECIMAL_NESTED": ("DECIMAL",) * 3,
    "NUMBERED_UPPERALPHA_ALPHA_ROMAN": ("UPPER_ALPHA", "ALPHA", "ROMAN"),
    "NUMBERED_UPPERROMAN_UPPERALPHA_DECIMAL": ("UPPER_ROMAN", "UPPER_ALPHA", "DECIMAL"),
    "NUMBERED_ZERODECIMAL_ALPHA_ROMAN": ("ZERO_DECIMAL", "ALPHA", "ROMAN"),
}


def levels(preset: str) -> list[dict[str, Any]]:
    """Return the nine nesting levels of a preset as the vendor shows them."""
    return [_level(preset, at) for at in range(DEEPEST + 1)]


def _level(preset: str, at: int) -> dict[str, Any]:
    shown: dict[str, Any] = {"bulletAlignment": "START"}
    if preset in _NUMBERS:
        shown["glyphType"] = _NUMBERS[preset][at % 3]
        shown["glyphFormat"] = _format(preset, at)
    elif preset == CHECKBOX:
        shown["glyphType"] = "GLYPH_TYPE_UNSPECIFIED"
        shown["glyphFormat"] = f"%{at}"
    else:
        shown["glyphSymbol"] = _SYMBOLS[preset][at % 3]
        shown["glyphFormat"] = f"%{at}"
    return {**shown, **indents(at), "textStyle": {"underline": False}, "startNumber": 1}


def _format(preset: str, at: int) -> str:
    if preset == "NUMBERED_DECIMAL_NESTED":
        return "".join(f"%{level}." for level in range(at + 1))
    return f"%{at})" if preset.endswith("_PARENS") else f"%{at}."


def indents(level: int) -> dict[str, Any]:
    """Return the indents of an item at this level."""
    return {
        "indentFirstLine": {"magnitude": 18 + 36 * level, "unit": "PT"},
        "indentStart": {"magnitude": 36 + 36 * level, "unit": "PT"},
    }


def create_bullets(doc: Matter, body: Mapping[str, Any]) -> None:
    """Carry out createParagraphBullets."""
    tab, span = range_in(doc, body)
    preset = body.get("bulletPreset", DISC)
    if preset not in _SYMBOLS and preset not in _NUMBERS and preset != CHECKBOX:
        raise Declined(f"Invalid value at 'bullet_preset': {preset!r}")
    ends = newlines(tab.units, span.start, span.end)
    if not ends:
        return  # the range holds nothing but the frame of a table
    list_id = _list_before(tab, ends[0], preset) or doc.fresh("kix.")
    tab.lists[list_id] = preset
    for at in reversed(ends):
        _make_item(tab.units, at, list_id)


def _list_before(tab: Tab, at: int, preset: str) -> str | None:
    """Return the list that the paragraph before belongs to, where it has this preset."""
    start = paragraph_start(tab.units, at)
    if start < 1 or tab.units[start - 1].char != NEWLINE:
        return None
    bullet = paragraph_of(tab.units[start - 1]).bullet
    same = bullet is not None and tab.lists.get(bullet.list_id) == preset
    return bullet.list_id if bullet is not None and same else None


def _make_item(units: Units, at: int, list_id: str) -> None:
    old, start = paragraph_of(units[at]), paragraph_start(units, at)
    tabs = 0
    while units[start + tabs].char == "\t":
        tabs += 1
    level = min((old.bullet.level if old.bullet else 0) + tabs, DEEPEST)
    look = units[start + tabs].style
    bullet = Bullet(list_id, level, {n: look[n] for n in ("bold", "italic") if n in look})
    set_paragraph(units, at, Paragraph({**_no_heading(old.style), **indents(level)}, bullet))
    del units[start : start + tabs]


def _no_heading(style: Style) -> Style:
    """Return the style of an item: the vendor makes a heading an ordinary paragraph."""
    if str(style.get("namedStyleType", "")).startswith("HEADING_"):
        style = {n: v for n, v in style.items() if n != "headingId"} | {"namedStyleType": NORMAL}
    return style


def delete_bullets(
    doc: Matter, body: Mapping[str, Any], switches: frozenset[str] = frozenset()
) -> None:
    """Carry out deleteParagraphBullets."""
    tab, span = range_in(doc, body)
    for at in newlines(tab.units, span.start, span.end):
        end_item(tab.units, at, KEEP_INDENTS in switches)


def end_item(units: Units, at: int, indented: bool = False) -> None:
    """Make an item an ordinary paragraph: the indents go, or tell the level it had."""
    old = paragraph_of(units[at])
    if old.bullet is None:
        return
    style = {n: v for n, v in old.style.items() if n not in ("indentStart", "indentFirstLine")}
    if indented and old.bullet.level:
        indent = {"magnitude": 36 * old.bullet.level, "unit": "PT"}
        style |= {"indentStart": indent, "indentFirstLine": indent}
    set_paragraph(units, at, Paragraph(style))
