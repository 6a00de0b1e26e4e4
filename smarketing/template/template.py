"""Texts with `{{ names }}` and `{% if %}` in them, filled with values.

The language is Liquid, cut down to what prose needs, so that a stranger's text can do no harm:
it reads given values only, keeps nothing, and its work and its size are bounded without a clock.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

from smarketing.problems import Problem, Problems
from smarketing.template.bounds import (
    MOST_MARKUP,
    MOST_OUTPUT,
    MOST_SOURCE,
    Trouble,
    Work,
    too_long,
    too_much_work,
)
from smarketing.template.values import Keyed, Unknown, Values
from smarketing.text.suggestion import did_you_mean

_BLOCKS = ("if", "unless", "case", "for")
TAGS = frozenset(
    (*_BLOCKS, *(f"end{tag}" for tag in _BLOCKS), "elsif", "else", "when", "break", "continue")
)
_OPENS = re.compile(r"\{\{|\{%")
_TAG = re.compile(r"-?\s*(#?\w*)")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_NEWLINE = re.compile(r"\r\n|\n|\r")


def is_plain(text: str) -> bool:
    """Say whether a text has nothing to fill in."""
    return "{{" not in text and "{%" not in text


def render(
    source: str, values: Values, *, file: str, line: int, column: int = 1, work: Work | None = None
) -> str:
    """Return the text with its names filled in; raise Problems for all that is wrong in it.

    `line` and `column` say where the text begins in the file. A value is put in as it is:
    markup inside a value is never looked at.
    """
    if is_plain(source):
        return source
    filled = work.filled if work and _needs_liquid(source) else None
    if filled is not None and (before := filled.get(source, values)) is not None:
        return before
    try:
        compiled = _compiled(source)
        unknown = list(_unknown_names(compiled, values))
        if not unknown:
            text = compiled.render(values, work)
            if filled is not None:
                filled.put(source, values, text)
            return text
    except Trouble as trouble:
        unknown = [trouble]
    raise Problems(_problem(source, trouble, file, line, column) for trouble in unknown)


def _problem(source: str, trouble: Trouble, file: str, line: int, column: int) -> Problem:
    breaks = list(_NEWLINE.finditer(source, 0, trouble.offset))
    start = breaks[-1].end() if breaks else 1 - column
    return Problem(
        file, line + len(breaks), trouble.offset - start + 1, trouble.message, trouble.instead
    )


class _Filled(Protocol):
    """A text ready to be filled; `names` are the paths it asks for, with their offsets."""

    @property
    def names(self) -> Sequence[tuple[int, Sequence[Any]]]: ...

    def render(self, values: Values, work: Work | None) -> str:
        """Return the filled text, or raise Trouble."""
        ...


@lru_cache(maxsize=2048)
def _compiled(source: str) -> _Filled:
    if len(source) > MOST_SOURCE:
        words = f"A text with '{{{{' or '{{%' may have {MOST_SOURCE:,} characters at most."
        raise Trouble(0, words, "Split it into several documents.")
    return simple_template(source) or _compiled_by_liquid(source)


def _compiled_by_liquid(source: str) -> _Filled:
    from smarketing.template.liquid import compiled

    for offset, markup in markups(source):
        _check_markup(offset, markup)
    return compiled(source)


def markups(source: str) -> Iterator[tuple[int, str]]:
    """Return each piece of markup with its offset; raise Trouble for one that stays open."""
    at = 0
    while found := _OPENS.search(source, at):
        opening, start = found.group(), found.start()
        closing = "}}" if opening == "{{" else "%}"
        end = source.find(closing, found.end(), found.end() + MOST_MARKUP)
        again = _OPENS.search(source, found.end(), end if end >= 0 else start + MOST_MARKUP)
        if end < 0 or again:
            words = f"'{opening}' is not closed here."
            raise Trouble(start, words, f"Write '{closing}' after the name.")
        at = end + 2
        yield start, source[start:at]


@dataclass(frozen=True, slots=True)
class _Names:
    """A text with names alone, `{{ company }}`, as most are: filled without loading Liquid."""

    source: str
    found: tuple[re.Match[str], ...]

    @property
    def names(self) -> Sequence[tuple[int, Sequence[Any]]]:
        return [(name.start("path"), name["path"].split(".")) for name in self.found]

    def render(self, values: Values, work: Work | None) -> str:
        pieces: list[str] = []
        at = 0
        for name in self.found:
            pieces += (self.source[at : name.start()], _said(values, name))
            at = name.end()
        pieces.append(self.source[at:])
        length = sum(map(len, pieces))
        if length > MOST_OUTPUT:
            raise too_long()
        if work and not work.spend(len(self.source) + length):
            raise too_much_work()
        return "".join(pieces)


def _said(values: Values, name: re.Match[str]) -> str:
    here: Any = values
    for step in name["path"].split("."):
        here = here[step]
    if name["other"] and (not here or isinstance(here, Unknown)):
        return name["other"][1:-1]
    if isinstance(here, bool):
        return str(here).lower()
    return "".join(map(str, here)) if isinstance(here, list) else str("" if here is None else here)


_NAME = re.compile(
    r"\{\{ {0,9}(?P<path>[a-zA-Z_][a-zA-Z0-9_-]{0,79}(?:\.[a-zA-Z_][a-zA-Z0-9_-]{0,79}){0,9}) {0,9}"
    r"(?:\| {0,9}default: {0,9}(?P<other>\"[^\"{}\\\n]{0,300}\"|'[^'{}\\\n]{0,300}') {0,9})?\}\}"
)
_NOT_NAMES = frozenset(
    re.findall(
        r"\w+",
        "true false nil null empty blank size first last and or contains in with as for not if "
        "else forloop limit offset reversed cols required",
    )
)
"""Words that mean something of their own to Liquid."""


@lru_cache(maxsize=2048)
def _needs_liquid(source: str) -> bool:
    return simple_template(source) is None


def simple_template(source: str) -> _Names | None:
    """Return a text that holds names alone, ready to be filled; None for any other."""
    found = tuple(_NAME.finditer(source))
    if "{%" in source or source.count("{{") != len(found):
        return None
    if any(not _NOT_NAMES.isdisjoint(name["path"].split(".")) for name in found):
        return None
    return _Names(source, found)


def _check_markup(offset: int, markup: str) -> None:
    inside = _QUOTED.sub("", markup)
    if ".." in inside:
        words = "A range with '..' can't be used here."
        raise Trouble(offset, words, "Go through an input: {% for item in personas %}.")
    if markup.startswith("{{"):
        if not markup.strip("{}- \t\r\n"):
            raise Trouble(offset, "There is no name between '{{' and '}}'.", "Write {{ company }}.")
        return
    named = _TAG.match(markup, 2)
    tag = named.group(1) if named else ""
    if tag not in TAGS:
        words = f"'{{% {tag[:40]} %}}' can't be used here."
        raise Trouble(offset, words, "There are if, unless, case and for.")


def _unknown_names(compiled: _Filled, values: Values) -> Iterator[Trouble]:
    for offset, path in compiled.names:
        trouble = _unknown(offset, path, values)
        if trouble:
            yield trouble


_SPECIAL = frozenset(("size", "first", "last"))


def _unknown(offset: int, path: Sequence[Any], values: Values) -> Trouble | None:
    """Follow the path as far as it is written in plain names; say where it leads nowhere."""
    here: Any = values
    for depth, name in enumerate(path):
        if not isinstance(name, str) or (depth and name in _SPECIAL):
            return None
        if not isinstance(here, Mapping | Keyed):
            above = ".".join(map(str, path[:depth]))
            words = f"'{above}' is a plain text: it has no '{name}'."
            return Trouble(offset, words, f"Write {{{{ {above} }}}}.")
        if name not in here.keys():  # noqa: SIM118 - a Keyed holds things, not keys
            written = ".".join(map(str, path[: depth + 1]))
            return Trouble(
                offset, f"'{written}' is not known here.", did_you_mean(name, here.keys())
            )
        here = here[name]
    return None
