"""Read simple HTML into a document under construction."""

import re
from html.parser import HTMLParser

from .builder import MONOSPACED, Builder
from .bullets import DECIMAL, DISC
from .units import Style, Units, linked, text_units

_LOOKS: dict[str, Style] = {
    **{tag: {"bold": True} for tag in ("b", "strong")},
    **{tag: {"italic": True} for tag in ("i", "em")},
    **{tag: {"strikethrough": True} for tag in ("s", "strike", "del")},
    "u": {"underline": True},
    "code": MONOSPACED,
}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(("p", "div", "pre", "li", "body", "blockquote", *_HEADINGS))
_HIDDEN = frozenset(("head", "script", "style", "title"))


def read_html(text: str, builder: Builder) -> None:
    """Add what an HTML page shows."""
    reader = _Reader(builder)
    reader.feed(text)
    reader.close()
    reader.flush()


class _Reader(HTMLParser):
    def __init__(self, builder: Builder) -> None:
        super().__init__(convert_charrefs=True)
        self._to = builder
        self._inline: Units = []
        self._looks: list[tuple[str, Style]] = []
        self._block = ""
        self._lists: list[tuple[str, str]] = []
        self._due = False
        self._quotes = self._hidden = 0
        self._rows: list[list[tuple[Units, str]]] | None = None
        self._align = ""

    @property
    def _style(self) -> Style:
        return self._looks[-1][1] if self._looks else {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag in _LOOKS:
            self._looks.append((tag, {**self._style, **_LOOKS[tag]}))
        elif tag == "a" and given.get("href"):
            self._looks.append((tag, linked(self._style, {"url": given["href"]})))
        elif tag == "br":
            self._inline += text_units("\x0b", self._style)
        elif tag == "img":
            self._inline += self._to.image(given.get("src", ""), given.get("alt", ""), self._style)
        else:
            self._open_block(tag, given)

    def _open_block(self, tag: str, given: dict[str, str]) -> None:
        if tag in _BLOCKS or tag in ("ul", "ol", "table", "hr"):
            self.flush()
        if tag in _HEADINGS or tag == "pre":
            self._block = tag
        elif tag in ("ul", "ol"):
            preset = DISC if tag == "ul" else DECIMAL
            self._lists.append((tag, self._to.new_list(preset)))
        elif tag == "li":
            self._due = True
        elif tag == "blockquote":
            self._quotes += 1
        elif tag == "hr":
            self._to.rule()
        elif tag == "table":
            self._rows = []
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in ("td", "th"):
            self._inline = []
            self._align = given.get("align", "")
            if tag == "th":
                self._looks.append((tag, {**self._style, "bold": True}))

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden -= 1
        elif tag in ("td", "th"):
            if self._rows:
                self._rows[-1].append((self._inline, self._align))
            self._inline = []
            self._forget(tag)
        elif tag == "table" and self._rows is not None:
            rows, self._rows = self._rows, None
            self._to.table(rows)
        elif tag in _LOOKS or tag == "a":
            self._forget(tag)
        elif tag in _BLOCKS or tag in ("ul", "ol"):
            self._close_block(tag)

    def _close_block(self, tag: str) -> None:
        self.flush(empty=tag == "li" and self._due)
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag == "blockquote":
            self._quotes -= 1
        elif tag == self._block:
            self._block = ""

    def _forget(self, tag: str) -> None:
        for at in range(len(self._looks) - 1, -1, -1):
            if self._looks[at][0] == tag:
                del self._looks[at]
                return

    def handle_data(self, data: str) -> None:
        if self._hidden:
            return
        if self._block == "pre":
            self._inline += text_units(data.replace("\n", "\x0b"), self._style)
            return
        text = re.sub(r"[ \t\r\n]+", " ", data)
        if not self._inline:
            text = text.lstrip(" ")
        self._inline += text_units(text, self._style)

    def flush(self, empty: bool = False) -> None:
        """Add the paragraph that was read up to here."""
        if self._rows is not None:
            return
        inline = self._inline
        while inline and inline[-1].char == " ":
            inline.pop()
        self._inline = []
        if not inline and not empty:
            return
        if self._due and self._lists:
            self._to.item(inline, self._lists[-1][1], len(self._lists) - 1)
            self._due = False
        elif self._block in _HEADINGS:
            self._to.heading(_HEADINGS[self._block], inline)
        elif self._block == "pre":
            self._to.code("".join(u.char for u in inline).replace("\x0b", "\n"))
        else:
            self._to.paragraph(inline, len(self._lists) + self._quotes)
