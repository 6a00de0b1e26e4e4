"""The text inside a block as Markdown, and back: looks, links, handles, and escapes.

What is written is read back before it is used, so that text which merely looks like Markdown
stays text, and a look that Markdown can't say here is left out rather than misread.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from .model import (
    BREAK,
    MONO,
    PLAIN,
    Char,
    Look,
    Span,
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

_Escape = Callable[[str, str, str], str]

FLOW, LINES, ONE_LINE, CELL = "flow", "lines", "one line", "cell"
"""Where a text stands: in a paragraph or item, in a quote, in a heading, in a table cell."""

_BREAKS = {FLOW: "\\\n", LINES: "\n", ONE_LINE: " ", CELL: "<br>"}
_LINE_BREAK = re.compile(r"\\.|<br ?/?>", re.DOTALL)
_SPECIAL = re.compile(r"[\\`*_\[\]<>~&!|]|\n[ \t]")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_HANDLE_ID = re.compile(r"doc:([A-Za-z0-9._-]+)")
_LEADING = re.compile(r"(?m)^ +")
_MARKS = {"strike": "~~", "bold": "**", "italic": "*"}
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
    for source in _candidates(text, where):
        back = spans(read_inline(source, where))
        if plain(back) == plain(text):
            return back
    return None


def written(text: Text, where: str) -> str:
    """Return a settled text as Markdown."""
    if all(span.look == PLAIN and not span.handle for span in text):
        words = "".join(span.text for span in text)
        if not _SPECIAL.search(words):
            return words.replace(BREAK, _BREAKS[where])
    said = _said(text, where)
    return _everything_escaped(text, where) if said is None else said


@lru_cache(maxsize=8192)
def _said(text: Text, where: str) -> str | None:
    """Return the Markdown that is read back as this very text, None if there is none."""
    for source in _candidates(text, where):
        if spans(read_inline(source, where)) == text:
            return source
    return None


def _candidates(text: Text, where: str) -> Iterator[str]:
    yield _marked_up(text, where, "*", _escaped)
    if any(span.look.italic for span in text):
        yield _marked_up(text, where, "_", _escaped)
    yield _marked_up(text, where, "*", _all_escaped)


def _everything_escaped(text: Text, where: str) -> str:
    return _marked_up(text, where, "*", _all_escaped)


def _marked_up(text: Text, where: str, italic: str, escape: "_Escape") -> str:
    runs = [span for span in text if span.text or span.handle]
    parts: list[str] = []
    stack: list[tuple[str, str]] = []
    for at, run in enumerate(runs):
        wanted = _marks(run)
        while stack and not set(stack) <= set(wanted):
            parts.append(_closes(stack.pop(), italic))
        for mark in sorted(set(wanted) - set(stack), key=lambda m: _order(runs, at, m)):
            parts.append(_opens(mark, italic))
            stack.append(mark)
        edges = ("." if at else "", "." if at + 1 < len(runs) else "")
        parts.append(_leaf(run, where, escape, edges))
    while stack:
        parts.append(_closes(stack.pop(), italic))
    return _autolinked("".join(parts))


def _marks(run: Span) -> list[tuple[str, str]]:
    found = [("link", run.look.link)] if run.look.link else []
    return found + [(name, "") for name in _MARKS if getattr(run.look, name)]


def _order(runs: Sequence[Span], at: int, mark: tuple[str, str]) -> tuple[int, int]:
    """Return what opens first: what lasts longest."""
    end = at
    while end < len(runs) and mark in _marks(runs[end]):
        end += 1
    return -end, ["link", *_MARKS].index(mark[0])


def _opens(mark: tuple[str, str], italic: str) -> str:
    name, _ = mark
    if name == "link":
        return "["
    return italic if name == "italic" else _MARKS[name]


def _closes(mark: tuple[str, str], italic: str) -> str:
    name, url = mark
    if name == "link":
        return f"]({_ENTITY.sub('&amp;', url)})"
    return italic if name == "italic" else _MARKS[name]


_AUTO = re.compile(r"(?<![!\\])\[((?:https?://)[^\[\]\\<>\s]+)\]\((?P<url>[^()\s]+)\)")


def _autolinked(source: str) -> str:
    """Return the text with each link that shows its own target in the short form."""
    return _AUTO.sub(
        lambda found: f"<{found[1]}>" if found[1] == found["url"] else found[0], source
    )


def _leaf(run: Span, where: str, escape: "_Escape", edges: tuple[str, str]) -> str:
    if run.handle:
        return f"![{run.text}](doc:{run.handle})"
    if run.look.code:
        return _code(run.text)
    lines = run.text.split(BREAK)
    done = []
    for at, line in enumerate(lines):
        ends = (edges[0] if not at else "\n", edges[1] if at + 1 == len(lines) else "\n")
        done.append(escape(line, *ends))
    return _BREAKS[where].join(done)


def _code(text: str) -> str:
    ticks = "`"
    while ticks in text:
        ticks += "`"
    padded = text[:1] == "`" or text[-1:] == "`"
    padded |= text[:1] == " " == text[-1:] and bool(text.strip(" "))
    return f"{ticks} {text} {ticks}" if padded else f"{ticks}{text}{ticks}"


def _all_escaped(text: str, before: str, after: str) -> str:
    del before, after
    return _PUNCTUATION.sub(r"\\\1", text)


def _escaped(text: str, before: str, after: str) -> str:
    """Return the text with a backslash only where a sign would be read as Markdown."""
    return "".join(
        f"\\{letter}" if _means(text, at, before, after) else letter
        for at, letter in enumerate(text)
    )


def _means(text: str, at: int, before: str, after: str) -> bool:
    letter = text[at]
    if letter not in "\\`*_[]<~&!":
        return False
    last = text[at - 1] if at else before
    following = text[at + 1] if at + 1 < len(text) else after
    if letter == "\\":
        return not following or following == "\n" or bool(_PUNCTUATION.match(following))
    if letter == "*":
        return not (_apart(last) and _apart(following))
    if letter == "_":
        return not (
            (_apart(last) and _apart(following)) or (last.isalnum() and following.isalnum())
        )
    if letter == "]":
        return following == "(" or (after == "." and "[" not in text[:at])
    if letter == "[":
        return (after == "." and "]" not in text[at:]) or (before == "." and "]" not in text[at:])
    if letter == "<":
        return following.isalnum() or following in ("/", "!", "?", ".")
    if letter == "~":
        return "~" in (last, following) or "." in (last, following)
    if letter == "&":
        return bool(_ENTITY.match(text, at))
    return (letter == "!" and following in ("[", ".")) or letter == "`"


def _apart(letter: str) -> bool:
    return not letter or letter.isspace()


def code_chars(content: str) -> list[Char]:
    """Return the letters of a block of code."""
    lines = stripped(content).replace("\r", "").replace("\t", "    ").strip("\n").split("\n")
    return [
        char
        for at, line in enumerate(lines)
        for char in ([Char(BREAK)] if at else []) + [Char(letter, MONO) for letter in line]
    ]
