"""What a document is made of: one unit for each UTF-16 code unit, so that a place in the list is
the vendor's index, and what is anchored to text moves with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

NEWLINE = "\n"
SECTION, TABLE, TABLE_END, ROW, CELL = "\x0c", "\x10", "\x11", "\x12", "\x1c"
CONTENTS, CONTENTS_END = "\x13", "\x14"
OBJECT = "\ue907"
STRUCTURE = frozenset((SECTION, TABLE, TABLE_END, ROW, CELL, CONTENTS, CONTENTS_END))
_NO_TEXT = (*STRUCTURE, OBJECT)
CLOSERS = frozenset((TABLE_END, ROW, CELL, CONTENTS_END))

COMMENT, RANGE, INSERTED, DELETED = "comment", "range", "inserted", "deleted"

Style = Mapping[str, Any]
PLAIN: Style = {}


@dataclass(frozen=True, slots=True)
class Mark:
    """Something anchored to a unit: a comment, a named range, or a suggestion by its id."""

    kind: str
    key: str


Marks = frozenset[Mark]
NO_MARKS: Marks = frozenset()


@dataclass(frozen=True, slots=True)
class Bullet:
    """That a paragraph is an item of a list."""

    list_id: str
    level: int = 0
    style: Style = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """What a newline holds: the style of the paragraph that it ends."""

    style: Style
    bullet: Bullet | None = None

    @property
    def named(self) -> str:
        """Return the named style."""
        return str(self.style.get("namedStyleType", NORMAL))


NORMAL = "NORMAL_TEXT"
NORMAL_PARAGRAPH = Paragraph({"namedStyleType": NORMAL, "direction": "LEFT_TO_RIGHT"})


@dataclass(frozen=True, slots=True)
class Thing:
    """What one unit holds that is no text: a chip, an image, a page break, a table's start."""

    kind: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unit:
    """One place of a document."""

    char: str
    style: Style = field(default_factory=dict)
    holds: Paragraph | Thing | None = None
    marks: Marks = NO_MARKS


Units = list[Unit]


def code_units(text: str) -> list[str]:
    """Return the UTF-16 code units of a text; a letter beyond the first plane has two."""
    if text.isascii() or max(text) <= "\uffff":
        return list(text)
    raw = text.encode("utf-16-le", "surrogatepass")
    return [chr(raw[at] | raw[at + 1] << 8) for at in range(0, len(raw), 2)]


def joined(chars: Iterable[str]) -> str:
    """Return the text that code units spell."""
    text = "".join(chars)
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def text_units(
    text: str,
    style: Style = PLAIN,
    paragraph: Paragraph = NORMAL_PARAGRAPH,
    marks: Marks = NO_MARKS,
) -> Units:
    """Return the units of a text; each newline in it ends such a paragraph."""
    chars = code_units(text)
    made = {char: Unit(char, style, None, marks) for char in set(chars)}
    if NEWLINE in made:
        made[NEWLINE] = Unit(NEWLINE, unlinked(style), paragraph, marks)
    return [made[char] for char in chars]


def text_of(units: Iterable[Unit]) -> str:
    """Return the text of units, without what is no text."""
    text = "".join([unit.char for unit in units])
    for sign in _NO_TEXT:
        text = text.replace(sign, "")
    return joined(text)


LINK_BLUE = {"color": {"rgbColor": {"red": 0.06666667, "green": 0.33333334, "blue": 0.8}}}
_OF_A_LINK = frozenset(("link", "underline", "foregroundColor"))


def unlinked(style: Style) -> Style:
    """Return the style without a link and the looks that came with it."""
    if "link" not in style:
        return style
    return {name: value for name, value in style.items() if name not in _OF_A_LINK}


def linked(style: Style, link: Mapping[str, Any]) -> Style:
    """Return the style with a link, looking like one."""
    return {**style, "underline": True, "foregroundColor": LINK_BLUE, "link": dict(link)}


def cell_unit(data: Mapping[str, Any] | None = None) -> Unit:
    """Return what starts a table cell."""
    return Unit(CELL, PLAIN, Thing("cell", data or {}))


def row_unit(data: Mapping[str, Any] | None = None) -> Unit:
    """Return what starts a table row."""
    return Unit(ROW, PLAIN, Thing("row", data or {}))


def table_units(rows: Iterable[Iterable[Units]]) -> Units:
    """Return a table; each cell is given as its units and ends with a newline."""
    units = [Unit(TABLE, PLAIN, Thing("table"))]
    for row in rows:
        units.append(row_unit())
        for cell in row:
            units.append(cell_unit())
            units.extend(cell)
    units.append(Unit(TABLE_END))
    return units


def empty_cell() -> Units:
    """Return the content of a new cell."""
    return [Unit(NEWLINE, PLAIN, NORMAL_PARAGRAPH)]
