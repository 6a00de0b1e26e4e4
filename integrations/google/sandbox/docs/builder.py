"""Build the units of a document paragraph by paragraph, as a conversion does."""

from collections.abc import Mapping
from typing import Any

from .bullets import DEEPEST, indents
from .chips import add_image
from .model import FIRST_TAB, Matter, Tab
from .units import (
    NEWLINE,
    NORMAL,
    NORMAL_PARAGRAPH,
    OBJECT,
    PLAIN,
    SECTION,
    TABLE_END,
    Bullet,
    Paragraph,
    Style,
    Thing,
    Unit,
    Units,
    table_units,
    text_units,
)

MONOSPACED: Style = {"weightedFontFamily": {"fontFamily": "Roboto Mono", "weight": 400}}
_ALIGNED = {"center": "CENTER", "right": "END", "left": "START"}


class Builder:
    """Collects paragraphs; `finished` is the document."""

    def __init__(self) -> None:
        self._units: Units = [Unit(SECTION, PLAIN, Thing("section"))]
        self._tab = Tab(FIRST_TAB, "Tab 1", self._units)
        self._matter = Matter([self._tab])

    def finished(self, last_empty: bool = False) -> Matter:
        """Return the document; it ends with a paragraph."""
        if last_empty or self._units[-1].char != NEWLINE:
            self._end(NORMAL_PARAGRAPH)
        return self._matter

    def heading(self, level: int, inline: Units) -> None:
        """Add a heading."""
        style = {"namedStyleType": f"HEADING_{level}", "headingId": self._matter.fresh("h.")}
        self._add(inline, _paragraph(style))

    def paragraph(self, inline: Units, depth: int = 0) -> None:
        """Add an ordinary paragraph, indented as deep as quotes and items around it say."""
        indent = {"magnitude": 36 * depth, "unit": "PT"}
        style = {"indentStart": indent, "indentFirstLine": indent} if depth else {}
        self._add(inline, _paragraph(style))

    def new_list(self, preset: str) -> str:
        """Begin a list and return its id."""
        key = self._matter.fresh("kix.")
        self._tab.lists[key] = preset
        return key

    def item(self, inline: Units, list_id: str, level: int) -> None:
        """Add an item of a list."""
        level = min(level, DEEPEST)
        self._add(inline, _paragraph(indents(level), Bullet(list_id, level)))

    def code(self, text: str, depth: int = 0) -> None:
        """Add a block of code: each line is a paragraph."""
        for line in text.removesuffix("\n").split("\n"):
            self.paragraph(text_units(line, MONOSPACED), depth)

    def rule(self) -> None:
        """Add a horizontal rule."""
        self._add([Unit(OBJECT, PLAIN, Thing("horizontalRule"))], NORMAL_PARAGRAPH)

    def table(self, rows: list[list[tuple[Units, str]]]) -> None:
        """Add a table; each cell has its text and its alignment."""
        if not rows:
            return
        if self._units[-1].char == TABLE_END:
            self._end(NORMAL_PARAGRAPH)
        wide = max(len(row) for row in rows)
        full = [[*row, *[([], "")] * (wide - len(row))] for row in rows]
        self._units += table_units([[_cell(*cell) for cell in row] for row in full])

    def image(self, uri: str, title: str, style: Style) -> Units:
        """Return an image to stand in a text; one that can't be fetched is its description."""
        if not uri.startswith(("http://", "https://", "data:")):
            return text_units(title, style)
        key = add_image(self._matter, self._tab, uri, {}, title)
        return [Unit(OBJECT, style, Thing("inlineObjectElement", {"inlineObjectId": key}))]

    def _add(self, inline: Units, paragraph: Paragraph) -> None:
        self._units += inline
        self._end(paragraph)

    def _end(self, paragraph: Paragraph) -> None:
        self._units.append(Unit(NEWLINE, PLAIN, paragraph))


def _paragraph(style: Mapping[str, Any], bullet: Bullet | None = None) -> Paragraph:
    return Paragraph({"namedStyleType": NORMAL, "direction": "LEFT_TO_RIGHT", **style}, bullet)


def _cell(inline: Units, align: str) -> Units:
    style = {"alignment": _ALIGNED[align]} if align in _ALIGNED else {}
    return [*inline, Unit(NEWLINE, PLAIN, _paragraph(style))]
