"""Lines of text that know where they stand: in a text file, or in a value of the playbook."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from smarketing.yamlfiles.source import Source

_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text; line and column count from 1.

    Where the file writes the value in a way that folds or escapes it, `exact` is false: all its
    lines then stand where the value begins.
    """

    file: str
    line: int
    column: int
    text: str
    exact: bool = True

    def column_of(self, offset: int) -> int:
        """Return the column of an offset into the text."""
        return self.column + offset if self.exact else self.column


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that are read as one text."""

    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The text of all lines."""
        return "\n".join(line.text for line in self.lines)

    def place(self, offset: int) -> tuple[Line, int]:
        """Return the line, and the offset into it, of an offset into the text."""
        for line in self.lines[:-1]:
            if offset <= len(line.text):
                return line, offset
            offset -= len(line.text) + 1
        return self.lines[-1], offset


def lines_of_file(file: str, text: str) -> tuple[Line, ...]:
    """Return the lines of a text file."""
    return tuple(
        Line(file, number, 1, line) for number, line in enumerate(_LINE_END.split(text), 1)
    )


def lines_of_value(source: Source, path: Sequence[str | int], text: str) -> tuple[Line, ...]:
    """Return the lines of a text that stands in the file itself, at the path or just above it."""
    line, column = source.mark(*path)
    spot = source.nearest(path)
    raw = source.text[spot.start : spot.end]
    parts = text.split("\n")
    if raw.startswith("|"):
        return _of_block(source, line, column, parts)
    if raw.strip() == text:
        return (Line(source.file, line, column, text),)
    if raw[:1] in ("'", '"') and raw[1:-1] == text:
        return (Line(source.file, line, column + 1, text),)
    return tuple(Line(source.file, line, column, part, exact=False) for part in parts)


def _of_block(source: Source, line: int, column: int, parts: Sequence[str]) -> tuple[Line, ...]:
    """Return the lines of a block that begins below its `|`."""
    below = _LINE_END.split(source.text)[line : line + len(parts)]
    indents = [len(raw) - len(raw.lstrip(" ")) for raw in below if raw.strip()]
    indent = min(indents, default=0)
    return tuple(
        Line(source.file, line + 1 + number, indent + 1, part)
        if number < len(below) and below[number][indent:] == part
        else Line(source.file, line, column, part, exact=False)
        for number, part in enumerate(parts)
    )
