"""The text inside a block as Markdown, and back: looks, links and handles.

What is written is read back before it is used, so that text which merely looks like Markdown
stays text, and a look that Markdown can't say here is left out rather than misread.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from .markup import BREAKS, candidates, everything_escaped
from .model import (
    BREAK,
    CELL,
    LINES,
    MONO,
    ONE_LINE,
    PLAIN,
    Char,
    Look,
    Text,
    letters,
    plain,
    spans,
    with_look,
)
from .tidy import stripped, tidied, unmarked_edges, url_of, with_handles

if TYPE_CHECKING:  # the library is loaded when the first text is read, not at start-up
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LINE_BREAK = re.compile(r"\\.|<br ?/?>", re.DOTALL)
_SPECIAL = re.compile(r"[\\`*_\[\]<>~&!|]|\n[ \t]")
_HANDLE_ID = re.compile(r"doc:([A-Za-z0-9._-]+)")
_LEADING = re.compile(r"(?m)^ +")
_DROPPED = ("italic", "strike", "bold", "code", "link")


@lru_cache(maxsize=1)
def parser() -> "MarkdownIt":
    """Return the reader of Markdown: no HTML, and no link definitions, which would vanish."""
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    made.disable("reference")
    # Links are judged and written by us; the library would rewrite them.
    for name, same in (("normalizeLink", str), ("normalizeLinkText", str)):
        setattr(made, name, same)
    setattr(made, "validateLink", lambda url: True)  # noqa: B010
    return made


@lru_cache(maxsize=1)
def block_parser() -> "MarkdownIt":
    """Return a reader that finds the blocks alone: what they say is read by `read_inline`."""
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    made.disable("reference")
    made.core.ruler.enableOnly(["normalize", "block"])
    return made


def read_inline(source: str, where: str) -> list[Char]:
    """Return the letters of a text in Markdown, as it stands in such a place."""
    if where == CELL:
        source = _LINE_BREAK.sub(lambda f: f[0] if f[0][0] == "\\" else "\\\n", source)
    if where == LINES:
        source = _LEADING.sub(lambda found: "\u00a0" * len(found[0]), source)
    tokens = parser().parseInline(source)
    children = tokens[0].children or [] if tokens else []
    chars = with_handles(list(_Reader(BREAK if where == LINES else " ").read(children)))
    return tidied(chars, literal=where == LINES, one_line=where == ONE_LINE)


class _Reader:
    """Reads tokens into letters; knows which looks are open."""

    def __init__(self, soft: str) -> None:
        self.soft = soft
        self.look = PLAIN

    def read(self, tokens: "Sequence[Token]") -> Iterator[Char]:
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type == "link_open":
                end = _closing(tokens, at)
                yield from self._link(str(token.attrs.get("href", "")), tokens[at + 1 : end])
                at = end
            else:
                yield from self._token(token)
            at += 1

    def _token(self, token: "Token") -> Iterator[Char]:
        kind = token.type
        if kind == "code_inline":
            yield from _chars(token.content, replace(self.look, code=True))
        elif kind in ("softbreak", "hardbreak"):
            yield Char(self.soft if kind == "softbreak" else BREAK, self.look)
        elif kind == "image":
            yield from self._image(token)
        elif kind.endswith(("_open", "_close")):
            name = {"em": "italic", "strong": "bold", "s": "strike"}[kind.split("_")[0]]
            self.look = with_look(self.look, name, kind.endswith("_open"))
        else:
            yield from _chars(token.content, self.look)

    def _link(self, url: str, tokens: "Sequence[Token]") -> Iterator[Char]:
        known = url_of(url)
        before = self.look
        self.look = replace(before, link=known)
        label = list(self.read(tokens)) or list(_chars(url, self.look))
        self.look = before
        yield from label
        if not known and not url.startswith("link:") and url not in ("", spans_text(label)):
            yield from _chars(f" ({url})", before)

    def _image(self, token: "Token") -> Iterator[Char]:
        url = str(token.attrs.get("src", ""))
        found = _HANDLE_ID.fullmatch(url)
        if found:
            yield Char(stripped(token.content), PLAIN, found[1])
            return
        look = replace(self.look, link=self.look.link or url_of(url))
        yield from _chars(token.content or "image", look)
        if not look.link and url:
            yield from _chars(f" ({url})", self.look)


def _closing(tokens: "Sequence[Token]", at: int) -> int:
    return next(
        end for end in range(at + 1, len(tokens))
        if tokens[end].type == "link_close" and tokens[end].level == tokens[at].level
    )  # fmt: skip


def _chars(text: str, look: Look) -> Iterator[Char]:
    text = stripped(text).replace("\n", " ").replace("\r", "")
    for letter in text.replace("\t", "    ") if look.code else text:
        yield Char(letter, look)


def spans_text(chars: Sequence[Char]) -> str:
    """Return the letters as one text."""
    return "".join(char.text for char in chars)


def settled(chars: Sequence[Char], where: str) -> Text:
    """Return the text as Markdown can say it."""
    return _settled(spans(chars), where)


@lru_cache(maxsize=8192)
def _settled(text: Text, where: str) -> Text:
    if all(span.look == PLAIN for span in text):
        # Only looks can be in the way: any words can be written.
        return text
    chars = letters(text)
    looks = unmarked_edges([char.look for char in chars], [char.text for char in chars])
    text = spans([replace(char, look=look) for char, look in zip(chars, looks, strict=True)])
    for name in ("", *_DROPPED):
        if name:
            empty: bool | str = "" if name == "link" else False
            text = spans([
                replace(char, look=with_look(char.look, name, empty))
                for char in letters(text)
            ])  # fmt: skip
        for _ in range(3):
            said = _said(text, where)
            if said is not None:
                return text
            nearest = _nearest(text, where)
            if nearest is None:
                break
            text = nearest
    return text


def _nearest(text: Text, where: str) -> Text | None:
    """Return what is read back where it says the same words, in other looks."""
    for source in candidates(text, where):
        back = spans(read_inline(source, where))
        if plain(back) == plain(text):
            return back
    return None


def written(text: Text, where: str) -> str:
    """Return a settled text as Markdown."""
    if all(span.look == PLAIN and not span.handle for span in text):
        words = "".join(span.text for span in text)
        if not _SPECIAL.search(words):
            return words.replace(BREAK, BREAKS[where])
    said = _said(text, where)
    return everything_escaped(text, where) if said is None else said


@lru_cache(maxsize=8192)
def _said(text: Text, where: str) -> str | None:
    """Return the Markdown that is read back as this very text, None if there is none."""
    for source in candidates(text, where):
        if spans(read_inline(source, where)) == text:
            return source
    return None


def code_chars(content: str) -> list[Char]:
    """Return the letters of a block of code."""
    lines = stripped(content).replace("\r", "").replace("\t", "    ").strip("\n").split("\n")
    return [
        char
        for at, line in enumerate(lines)
        for char in ([Char(BREAK)] if at else []) + [Char(letter, MONO) for letter in line]
    ]
