"""One file of YAML as it was read: its data, and the line and column of everything in it."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from smarketing.problems import Problem

_LINE = re.compile(r"\r\n|\n|\r")


class Spot(NamedTuple):
    """Where one value stands, as offsets into the text: its key, itself, its end, its parts."""

    key: int
    start: int
    end: int
    parts: "dict[Any, Spot] | list[Spot] | None"


@dataclass(frozen=True, slots=True)
class Source:
    """One file of YAML: its text, its data, and where everything in it stands."""

    file: str
    text: str
    data: Any
    spot: Spot
    _lines: list[int] = field(default_factory=list)

    def mark(self, *path: str | int) -> tuple[int, int]:
        """Return line and column of the value at the path, or of the nearest one above it."""
        return self.position(self.nearest(path).start)

    def key_mark(self, *path: str | int) -> tuple[int, int]:
        """Return line and column of the key that leads to the value at the path."""
        return self.position(self.nearest(path).key)

    def find(self, path: Sequence[str | int]) -> Spot | None:
        """Return where the value at the path stands, or None if there is none."""
        spot: Spot | None = self.spot
        for part in path:
            spot = _part(spot, part)
            if spot is None:
                return None
        return spot

    def nearest(self, path: Sequence[str | int]) -> Spot:
        """Return where the value at the path stands, or the deepest one on the way to it."""
        spot = self.spot
        for part in path:
            below = _part(spot, part)
            if below is None:
                break
            spot = below
        return spot

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column, counted from 1, of an offset into the text."""
        if not self._lines:
            self._lines.append(0)
            self._lines.extend(found.end() for found in _LINE.finditer(self.text))
        line = bisect_right(self._lines, offset)
        return line, offset - self._lines[line - 1] + 1

    def problem(self, path: Sequence[str | int], message: str, instead: str = "") -> Problem:
        """Return a problem with the value at the path."""
        return Problem(self.file, *self.mark(*path), message, instead)

    def key_problem(self, path: Sequence[str | int], message: str, instead: str = "") -> Problem:
        """Return a problem with the key that leads to the path."""
        return Problem(self.file, *self.key_mark(*path), message, instead)


def _part(spot: Spot | None, part: str | int) -> Spot | None:
    if spot is None or spot.parts is None:
        return None
    if isinstance(spot.parts, dict):
        return spot.parts.get(part)
    if isinstance(part, int) and 0 <= part < len(spot.parts):
        return spot.parts[part]
    return None
