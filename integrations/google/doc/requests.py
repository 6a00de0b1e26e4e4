"""The requests of a batch update that we make, as the vendor's JSON."""

from collections.abc import Iterable, Sequence

from .model import HEADING, QUOTE, RULE, Block, Json, Look

FONT = "Courier New"
LOOKS = ("bold", "italic", "strike", "code", "link")
_FIELDS = {
    "bold": "bold", "italic": "italic", "strike": "strikethrough",
    "code": "weightedFontFamily", "link": "link",
}  # fmt: skip
# The looks that come with a link; they stay behind when it goes.
_OF_A_LINK = ("underline", "foregroundColor")
_BULLETS, _NUMBERS = "BULLET_DISC_CIRCLE_SQUARE", "NUMBERED_DECIMAL_ALPHA_ROMAN"
_INDENTS = ("indentStart", "indentFirstLine")
_RESET = (
    "alignment", "indentEnd", "borderLeft", "borderRight", "borderTop", "borderBottom",
    "borderBetween", "shading", "pageBreakBefore", *_INDENTS,
)  # fmt: skip
_STEP = 36


def insert(at: int, text: str) -> Json:
    """Insert a text."""
    return {"insertText": {"location": {"index": at}, "text": text}}


def delete(start: int, end: int) -> Json:
    """Delete a range."""
    return {"deleteContentRange": {"range": _range(start, end)}}


def choose(dropdown: str, option: str) -> Json:
    """Make a drop-down show another of its options."""
    body = {
        "dropdownId": dropdown,
        "dropdownProperties": {"selectedOptionId": option},
        "fields": "selectedOptionId",
    }
    return {"updateDropdownProperties": body}


def define(definition: str, title: str, options: Sequence[Json]) -> Json:
    """Make a definition that drop-downs can be made from."""
    properties = {"title": title, "options": list(options)}
    body = {"dropdownDefinitionId": definition, "dropdownDefinitionProperties": properties}
    return {"createDropdownDefinition": {"dropdownDefinition": body}}


def redefine(definition: str, options: Sequence[Json]) -> Json:
    """Give the drop-downs of a definition these options to choose from."""
    body = {
        "dropdownDefinitionId": definition,
        "dropdownDefinitionProperties": {"options": list(options)},
        "fields": "options",
    }
    return {"updateDropdownDefinitionProperties": body}


def drop_down(at: int, definition: str, option: str) -> list[Json]:
    """Put a drop-down in the place of the letter that stands there."""
    body = {
        "location": {"index": at},
        "dropdownDefinitionId": definition,
        "selectedOptionId": option,
    }
    return [{"insertDropdown": body}, delete(at + 1, at + 2)]


def text_style(start: int, end: int, look: Look, names: Iterable[str]) -> Json:
    """Give a text these looks, and no other of those named."""
    fields: list[str] = []
    style: Json = {}
    for name in names:
        fields.append(_FIELDS[name])
        if name == "code" and look.code:
            style["weightedFontFamily"] = {"fontFamily": FONT}
        elif name == "link":
            style |= {"link": _link(look.link)} if look.link else {}
            fields += [] if look.link else _OF_A_LINK
        elif getattr(look, name):
            style[_FIELDS[name]] = True
    return _text_style(start, end, style, ",".join(fields))


def plain_style(start: int, end: int) -> Json:
    """Take all formatting from a text that was just inserted."""
    return _text_style(start, end, {}, "*")


def _text_style(start: int, end: int, style: Json, fields: str) -> Json:
    body = {"range": _range(start, end), "textStyle": style, "fields": fields}
    return {"updateTextStyle": body}


def _link(url: str) -> Json:
    for prefix, name in (("#heading=", "headingId"), ("#bookmark=", "bookmarkId")):
        if url.startswith(prefix):
            return {name: url.removeprefix(prefix)}
    return {"url": url}


def paragraph(start: int, block: Block, reset: Iterable[str]) -> Json:
    """Make the paragraph that starts here look like such a block; set back what is named."""
    style = style_of(block)
    return _paragraph_style(start, start + 1, style, list(dict.fromkeys([*style, *reset])))


def style_of(block: Block) -> Json:
    """Return the style of the paragraph that such a block is."""
    style: Json = {"namedStyleType": "NORMAL_TEXT"}
    if block.kind == HEADING:
        style["namedStyleType"] = f"HEADING_{block.level}"
    elif block.kind == QUOTE:
        indent = {"magnitude": _STEP * (block.level + 1), "unit": "PT"}
        style |= dict.fromkeys(_INDENTS, indent)
    elif block.kind == RULE:
        style["borderBottom"] = {
            "color": {"color": {"rgbColor": {"red": 0.6, "green": 0.6, "blue": 0.6}}},
            "width": {"magnitude": 1, "unit": "PT"},
            "padding": {"magnitude": 1, "unit": "PT"},
            "dashStyle": "SOLID",
        }
    return style


def indents_reset(start: int, end: int) -> Json:
    """Take the indents that an ended list leaves behind."""
    return _paragraph_style(start, end, {}, _INDENTS)


def _paragraph_style(start: int, end: int, style: Json, fields: Sequence[str]) -> Json:
    body = {"range": _range(start, end), "paragraphStyle": style, "fields": ",".join(fields)}
    return {"updateParagraphStyle": body}


def to_reset(style: Json) -> list[str]:
    """Return what a new paragraph would inherit from such a style and shall not."""
    return [name for name in _RESET if style.get(name) not in (None, {}, "START", False)]


def bullets(start: int, end: int, ordered: bool) -> Json:
    """Make items of paragraphs; their leading tabs say how deep each lies."""
    preset = _NUMBERS if ordered else _BULLETS
    return {"createParagraphBullets": {"range": _range(start, end), "bulletPreset": preset}}


def no_bullets(start: int, end: int) -> Json:
    """Make ordinary paragraphs of items."""
    return {"deleteParagraphBullets": {"range": _range(start, end)}}


def insert_table(at: int, rows: int, columns: int) -> Json:
    """Insert a table, and a newline before it."""
    return {"insertTable": {"location": {"index": at}, "rows": rows, "columns": columns}}


def insert_row(table: int, row: int, below: bool) -> Json:
    """Insert a row above or below another."""
    return {"insertTableRow": {"tableCellLocation": _cell(table, row, 0), "insertBelow": below}}


def delete_row(table: int, row: int) -> Json:
    """Delete a row."""
    return {"deleteTableRow": {"tableCellLocation": _cell(table, row, 0)}}


def insert_column(table: int, column: int, right: bool) -> Json:
    """Insert a column left or right of another."""
    location = _cell(table, 0, column)
    return {"insertTableColumn": {"tableCellLocation": location, "insertRight": right}}


def delete_column(table: int, column: int) -> Json:
    """Delete a column."""
    return {"deleteTableColumn": {"tableCellLocation": _cell(table, 0, column)}}


def _cell(table: int, row: int, column: int) -> Json:
    place = {"index": table}
    return {"tableStartLocation": place, "rowIndex": row, "columnIndex": column}


def _range(start: int, end: int) -> Json:
    return {"startIndex": start, "endIndex": end}
