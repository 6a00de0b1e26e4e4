"""Make a document of Markdown or simple HTML, as the conversion of an upload does."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from ..errors import invalid
from .builder import MONOSPACED, Builder
from .bullets import CHECKBOX, DECIMAL, DISC
from .model import Matter
from .units import Style, Units, linked, text_units

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

CHECK_LISTS = "google-docs-import-makes-check-lists"
LINE_BREAKS = "google-docs-import-keeps-line-breaks"
LAST_EMPTY = "google-docs-import-ends-with-an-empty-paragraph"
_BOX = re.compile(r"\[[ xX]\][ \t]+")
_LINE_BREAK = "\x0b"
_LOOKS: dict[str, Style] = {
    "strong": {"bold": True},
    "em": {"italic": True},
    "s": {"strikethrough": True},
}


def imported(text: str, mime: str, switches: frozenset[str] = frozenset()) -> Matter:
    """Return the document that a conversion makes of an upload."""
    return _converted(text, mime, switches).copied()


@lru_cache(64)  # a playbook brings the same document to many workspaces
def _converted(text: str, mime: str, switches: frozenset[str]) -> Matter:
    builder = Builder()
    mime = mime.split(";")[0].strip()
    if mime in ("text/markdown", "text/x-markdown"):
        _Markdown(builder, switches).read(text)
    elif mime == "text/html":
        from .html import read_html

        read_html(text, builder)
    elif mime == "text/plain":
        for line in text.removesuffix("\n").splitlines():
            builder.paragraph(text_units(line))
    else:
        raise invalid(f"The conversion of {mime} is not supported.", reason="badRequest")
    return builder.finished(LAST_EMPTY in switches)


@lru_cache(1)
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


class _Markdown:
    """Walks the tokens of a Markdown text; keeps in which lists and quotes it is."""

    def __init__(self, builder: Builder, switches: frozenset[str]) -> None:
        self._to = builder
        self._boxes = CHECK_LISTS in switches
        self._soft = _LINE_BREAK if LINE_BREAKS in switches else " "
        self._lists: list[str] = []
        self._ids: dict[str, str] = {}
        self._item_due = False
        self._quotes = 0

    def read(self, text: str) -> None:
        tokens = iter(_parser().parse(text))
        for token in tokens:
            self._block(token, tokens)

    def _block(self, token: "Token", tokens: Iterator["Token"]) -> None:
        match token.type:
            case "heading_open":
                self._heading(int(token.tag[1:]), next(tokens))
            case "paragraph_open":
                self._paragraph(next(tokens))
            case "bullet_list_open" | "ordered_list_open":
                self._open_list(DISC if token.type.startswith("bullet") else DECIMAL)
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                self._item_due = True
            case "list_item_close":
                self._empty_item()
            case "blockquote_open":
                self._quotes += 1
            case "blockquote_close":
                self._quotes -= 1
            case "fence" | "code_block":
                self._empty_item()
                self._to.code(token.content, self._depth)
            case "html_block":
                self._html(token.content)
            case "hr":
                self._empty_item()
                self._to.rule()
            case "table_open":
                self._empty_item()
                self._to.table(list(self._rows(tokens)))

    @property
    def _depth(self) -> int:
        return len(self._lists) + self._quotes

    def _open_list(self, preset: str) -> None:
        self._empty_item()
        if not self._lists:
            self._ids = {}
        self._lists.append(preset)

    def _heading(self, level: int, inline: "Token") -> None:
        self._empty_item()
        self._to.heading(level, self._inline(inline))

    def _paragraph(self, inline: "Token") -> None:
        units = self._inline(inline)
        if self._item_due:
            self._item(units, inline.content)
        else:
            self._to.paragraph(units, self._depth)

    def _item(self, units: Units, words: str) -> None:
        preset = self._lists[-1]
        box = _BOX.match(words) if self._boxes else None
        if box:
            preset, units = CHECKBOX, units[box.end() :]
        if preset not in self._ids:
            self._ids[preset] = self._to.new_list(preset)
        self._to.item(units, self._ids[preset], len(self._lists) - 1)
        self._item_due = False

    def _empty_item(self) -> None:
        if self._item_due:
            self._item([], "")

    def _html(self, text: str) -> None:
        # Markup is not rendered; a comment is not shown.
        self._empty_item()
        shown = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL).strip()
        for line in shown.splitlines():
            self._to.paragraph(text_units(line), self._depth)

    def _rows(self, tokens: Iterator["Token"]) -> Iterator[list[tuple[Units, str]]]:
        row: list[tuple[Units, str]] = []
        for token in tokens:
            if token.type == "table_close":
                return
            if token.type == "tr_open":
                row = []
            elif token.type == "tr_close":
                yield row
            elif token.type in ("th_open", "td_open"):
                bold = _LOOKS["strong"] if token.type == "th_open" else {}
                align = str(token.attrs.get("style", "")).removeprefix("text-align:")
                row.append((self._inline(next(tokens), bold), align))

    def _inline(self, token: "Token", base: Style | None = None) -> Units:
        units: Units = []
        looks: list[Style] = [base or {}]
        for child in token.children or ():
            if child.nesting == 1:
                looks.append(_opened(child, looks[-1]))
            elif child.nesting == -1:
                looks.pop()
            else:
                units += self._leaf(child, looks[-1])
        return units

    def _leaf(self, token: "Token", style: Style) -> Units:
        match token.type:
            case "softbreak":
                return text_units(self._soft, style)
            case "hardbreak":
                return text_units(_LINE_BREAK, style)
            case "code_inline":
                return text_units(token.content, {**style, **MONOSPACED})
            case "image":
                return self._to.image(str(token.attrs.get("src", "")), token.content, style)
        return text_units(token.content, style)


def _opened(token: "Token", style: Style) -> Style:
    kind = token.type.removesuffix("_open")
    if kind == "link":
        return linked(style, {"url": str(token.attrs.get("href", ""))})
    return {**style, **_LOOKS[kind]}
