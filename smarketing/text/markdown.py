"""Cut Markdown into blocks that join back to the same bytes. It reads line ranges only and
never renders: what it can't read is a block of its own, kept as it is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the library is loaded when the first text is cut, not at start-up
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

HEADING, PARAGRAPH, ITEM, TABLE, QUOTE, OTHER = (
    "heading", "paragraph", "item", "table", "quote", "other",
)  # fmt: skip

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_LINE_END = re.compile(r"\r\n|\r|\n")
_BULLET = re.compile(r"[ \t]*(?:[-+*]|\d{1,9}[.)])(?:[ \t]*(?:\r\n|\r|\n))?[ \t]*")
_TICK = re.compile(r"\[[ xX]\](?:[ \t]+|$)")
_HASHES = re.compile(r"[ \t]*#{1,6}[ \t]*")
_INDENT = re.compile(r"[ \t]*")
# A text at the left margin after a blank line ends every block but fences and HTML; a bullet
# there needs no blank line.
_SAFE_START = re.compile(r"\n[ \t]*\r?\n(?=\S)|\n(?=[-+*] +\S)")
_BARRIER = re.compile(r"```|~~~|(?:^|\r)[ \t>*+\-\d.)]*<", re.MULTILINE)
_KINDS = {
    "heading_open": HEADING,
    "paragraph_open": PARAGRAPH,
    "table_open": TABLE,
    "blockquote_open": QUOTE,
}


@dataclass(frozen=True, slots=True)
class Block:
    """One block: `lead + tick + body` are its lines, `gap` the line end and blank lines after.

    `lead` holds indentation, bullet or hashes, `tick` the box of a check list with the blanks
    after it. `depth` counts the lists around it, and `parent` is the place of the item it
    lies in (-1 at the top). Nested items are blocks of their own.
    """

    kind: str
    lead: str
    tick: str
    body: str
    gap: str
    depth: int = 0
    parent: int = -1

    @property
    def text(self) -> str:
        """The block's own lines, without the last line end."""
        return self.lead + self.tick + self.body


@dataclass(frozen=True, slots=True)
class Cut:
    """A text in blocks; `lead` are the blank lines above the first."""

    lead: str
    blocks: tuple[Block, ...]

    def joined(self) -> str:
        """Return the text that was cut."""
        return self.lead + "".join(block.text + block.gap for block in self.blocks)


@dataclass(slots=True)
class _Span:
    start: int
    end: int
    kind: str
    depth: int = 0
    parent: int = -1


def line_end(text: str) -> str:
    r"""Return the one line end that the text uses, or "" where it mixes them or has none."""
    found = set(_LINE_END.findall(text))
    return found.pop() if len(found) == 1 else ""


def with_line_end(text: str, end: str) -> str:
    """Return the text with each line end replaced; "" leaves it as it is."""
    return _LINE_END.sub(lambda _: end, text) if end else text


@lru_cache(maxsize=64)
def cut(text: str) -> Cut:
    """Cut the text into blocks; joined they are the text again, byte for byte."""
    blocks: list[Block] = []
    lead = ""
    for stretch in _stretches(text):
        one = _cut_alone(stretch)
        lead += one.lead
        shift = len(blocks)
        blocks += [_shifted(block, shift) for block in one.blocks]
    return Cut(lead, tuple(blocks))


def _shifted(block: Block, shift: int) -> Block:
    return replace(block, parent=block.parent + shift) if shift and block.parent >= 0 else block


def _stretches(text: str) -> Iterator[str]:
    """Yield stretches that read the same alone, so that versions share what was read."""
    barrier = _BARRIER.search(text)
    end = barrier.start() if barrier else len(text)
    start = 0
    for place in _SAFE_START.finditer(text, 0, end):
        yield text[start : place.end()]
        start = place.end()
    yield text[start:]


@lru_cache(maxsize=8192)
def _cut_alone(text: str) -> Cut:
    lines = _LINE.findall(text)
    blank = [not line.strip(" \t\r\n") for line in lines]
    spans = list(_tidied(_spans(_parser().parse(text)), blank))
    starts = [span.start for span in spans] + [len(lines)]
    blocks = tuple(
        _block(span, "".join(lines[span.start : span.end]), "".join(lines[span.end : after]))
        for span, after in zip(spans, starts[1:], strict=True)
    )
    return Cut("".join(lines[: starts[0]]), blocks)


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def _spans(tokens: "Sequence[Token]") -> list[_Span]:
    spans: list[_Span] = []
    items: list[int] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        parent = items[-1] if items else -1
        if token.type == "list_item_open":
            span, at = _item(tokens, at)
            span.depth, span.parent = len(items) + 1, parent
            items.append(len(spans))
            spans.append(span)
        elif token.type == "list_item_close":
            items.pop()
            at += 1
        elif token.type.endswith("_list_open") or token.type.endswith("_list_close"):
            at += 1
        else:
            if token.map:
                start, end = token.map
                kind = _KINDS.get(token.type, OTHER)
                spans.append(_Span(start, end, kind, len(items), parent))
            at = _after(tokens, at)
    return spans


def _item(tokens: "Sequence[Token]", at: int) -> tuple[_Span, int]:
    """Return the item's own first lines and where its further children begin."""
    start, end = tokens[at].map or (0, 0)
    child = tokens[at + 1]
    if child.type == "list_item_close":
        return _Span(start, min(start + 1, end), ITEM), at + 1
    if child.type == "paragraph_open" and child.map:
        return _Span(start, child.map[1], ITEM), _after(tokens, at + 1)
    return _Span(start, end, OTHER), _after(tokens, at) - 1


def _after(tokens: "Sequence[Token]", at: int) -> int:
    """Return the place after the token and all that it encloses."""
    level = tokens[at].level
    if tokens[at].nesting == 1:
        at += 1
        while tokens[at].level != level or tokens[at].nesting != -1:
            at += 1
    return at + 1


def _tidied(spans: Sequence[_Span], blank: Sequence[bool]) -> Iterator[_Span]:
    """Yield the spans without blank lines at their ends, and spans for lines left over."""
    moved: dict[int, int] = {}
    line = count = 0
    for index, span in enumerate([*spans, _Span(len(blank), len(blank), OTHER)]):
        start = max(span.start, line)
        while line < start:
            run = line
            while run < start and not blank[run]:
                run += 1
            if run > line:
                yield _Span(line, run, OTHER)
                count += 1
            line = max(run, line + 1)
        end = max(span.end, start)
        while end > start and blank[end - 1]:
            end -= 1
        if end > start:
            yield _Span(start, end, span.kind, span.depth, moved.get(span.parent, -1))
            moved[index] = count
            count += 1
            line = end


def _block(span: _Span, text: str, blanks: str) -> Block:
    body = text.rstrip("\r\n")
    gap = text[len(body) :] + blanks
    lead = tick = ""
    if span.kind == ITEM:
        lead, body = _split(_BULLET, body)
        tick, body = _split(_TICK, body)
    elif span.kind == HEADING:
        lead, body = _split(_HASHES, body)
    elif span.kind == PARAGRAPH:
        lead, body = _split(_INDENT, body)
    return Block(span.kind, lead, tick, body, gap, span.depth, span.parent)


def _split(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    found = pattern.match(text)
    end = found.end() if found else 0
    return text[:end], text[end:]
