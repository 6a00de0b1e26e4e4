"""What a document says, whether it was read from Google or from Markdown: blocks of text with
their looks. Where something stands in a Google document is beside it, and never compared."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

PARAGRAPH, HEADING, ITEM, QUOTE, CODE, RULE, OBJECT, TABLE = (
    "paragraph", "heading", "item", "quote", "code", "rule", "object", "table",
)  # fmt: skip

BREAK = "\v"
"""A line break inside a paragraph; the letter that Google uses for it."""

OPEN_BOX, TICKED_BOX = "☐", "☑"

Json = dict[str, Any]

FLOW, LINES, ONE_LINE, CELL = "flow", "lines", "one line", "cell"
"""Where a text stands: in a paragraph or item, in a quote, in a heading, in a table cell."""


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks, as far as Markdown can say it."""

    bold: bool = False
    italic: bool = False
    strike: bool = False
    code: bool = False
    link: str = ""


def with_look(look: Look, name: str, value: bool | str) -> Look:
    """Return the look with one of its properties set."""
    changed: dict[str, Any] = {name: value}
    return replace(look, **changed)


PLAIN, MONO = Look(), Look(code=True)


@dataclass(frozen=True, slots=True)
class Char:
    """One letter, or one thing that is no text, known by its `handle`.

    `start` and `end` are its UTF-16 places, -1 where it comes from Markdown. `styled` says
    whether it has any formatting of its own; `real` whether it is a thing of the document, `hard` whether a blank is a hard one there,
    `ours` whether it is a drop-down that we made.
    """

    text: str
    look: Look = PLAIN
    handle: str = ""
    start: int = -1
    end: int = -1
    styled: bool = False
    real: bool = False
    hard: bool = False
    ours: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """Letters of one look, or one thing with its label as text."""

    text: str
    look: Look = PLAIN
    handle: str = ""


Text = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """One structural element of the document. An `empty` one is a paragraph without content.

    `look` is the one that all of its text has; `styled` says that it has several, or formatting
    of which Markdown knows nothing in a part of it. `suggested` says whether some of it is only
    suggested, `foreign` whether the newline at its end is, or all of it.
    """

    kind: str
    start: int
    end: int
    style: Json = field(default_factory=dict)
    bullet: bool = False
    empty: bool = False
    look: Look = PLAIN
    styled: bool = False
    suggested: bool = False
    foreign: bool = False


class Letters:
    """The letters of a block or a cell with their places; none, where it is from Markdown."""

    __slots__ = ()

    @property
    def chars(self) -> tuple[Char, ...]:
        """Return those that count."""
        return ()

    @property
    def raw(self) -> tuple[Char, ...]:
        """Return all of them, with the blanks that count only in a quote."""
        return ()

    @property
    def things(self) -> tuple[str, ...]:
        """Return the handles of those that are things of the document."""
        return ()


NO_LETTERS = Letters()


@dataclass(frozen=True, slots=True)
class Where:
    """The slots of a block (from `first` to `last` of the body's) and its letters."""

    slots: tuple[Slot, ...] = ()
    letters: Letters = NO_LETTERS
    first: int = -1
    last: int = -1

    @property
    def chars(self) -> tuple[Char, ...]:
        """Return the letters that count."""
        return self.letters.chars

    @property
    def raw(self) -> tuple[Char, ...]:
        """Return all letters, with the blanks that count only in a quote."""
        return self.letters.raw


@dataclass(frozen=True, slots=True)
class Block:
    """One block of text, a rule, or a thing that Markdown can't say (`text` holds its handle).

    `level` is the level of a heading, the depth of an item or of a quote below an item.
    """

    kind: str
    text: Text = ()
    level: int = 0
    ordered: bool = False
    where: Where = field(default=Where(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a table cell says, and where: `at` is the start of its content, `end` its end."""

    text: Text = ()
    at: int = field(default=-1, compare=False)
    end: int = field(default=-1, compare=False)
    letters: Letters = field(default=NO_LETTERS, compare=False, repr=False)

    @property
    def chars(self) -> tuple[Char, ...]:
        """Return the letters that count."""
        return self.letters.chars


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `sizes` are the lengths of all its cells as they are in the document, also of
    those that are only suggested; `lines` and `columns` say which of them are meant."""

    rows: tuple[tuple[Cell, ...], ...]
    where: Where = field(default=Where(), compare=False, repr=False)
    sizes: tuple[tuple[int, ...], ...] = field(default=(), compare=False, repr=False)
    lines: tuple[int, ...] = field(default=(), compare=False, repr=False)
    columns: tuple[int, ...] = field(default=(), compare=False, repr=False)

    @property
    def kind(self) -> str:
        """Return the kind that blocks have."""
        return TABLE


Part = Block | Table


def texts_of(part: Part) -> list[Text]:
    """Return the texts of a block: its own, or those of its cells."""
    if isinstance(part, Table):
        return [cell.text for row in part.rows for cell in row]
    return [part.text]


def spans(chars: Iterable[Char]) -> Text:
    """Return letters as spans."""
    found: list[Span] = []
    for (look, handle, _), run in groupby(
        chars, lambda char: (char.look, char.handle, id(char) if char.handle else 0)
    ):
        found.append(Span("".join(char.text for char in run), look, handle))
    return tuple(found)


def letters(text: Text) -> list[Char]:
    """Return spans as letters, one for each thing."""
    found: list[Char] = []
    for span in text:
        if span.handle:
            found.append(Char(span.text, span.look, span.handle))
        else:
            found += [Char(letter, span.look) for letter in span.text]
    return found


def plain(text: Text) -> str:
    """Return the words alone; a thing is its handle."""
    return "".join(span.handle or span.text for span in text)


def size(text: str) -> int:
    """Return how many places a text takes: UTF-16 code units."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def all_code(text: Text) -> bool:
    """Say whether a paragraph is nothing but code: then it is a block of code."""
    said = [span for span in text if span.text.strip(BREAK) or span.handle]
    return bool(said) and all(span.look.code and not span.handle for span in said)
