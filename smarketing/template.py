"""Texts with `{{ names }}` and `{% if %}` in them, filled with values.

The language is Liquid, cut down to what prose needs, so that a stranger's text can do no harm:
it reads given values only, keeps nothing, and its work and its size are bounded without a clock.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol, Union

from smarketing.filled import Filled
from smarketing.problems import Problem, Problems
from smarketing.validation import did_you_mean

Plain = Union[None, bool, int, str, Sequence["Plain"], Mapping[str, "Plain"]]  # noqa: UP007
"""What a text may be filled with: plain data, never an object with behaviour."""

Values = Mapping[str, Plain]

MOST_SOURCE = 256_000
MOST_MARKUP = 1_000
MOST_OUTPUT = 1_000_000
_BLOCKS = ("if", "unless", "case", "for")
TAGS = frozenset(
    (*_BLOCKS, *(f"end{tag}" for tag in _BLOCKS), "elsif", "else", "when", "break", "continue")
)
_OPENS = re.compile(r"\{\{|\{%")
_TAG = re.compile(r"-?\s*(#?\w*)")
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_NEWLINE = re.compile(r"\r\n|\n|\r")


class Trouble(Exception):  # noqa: N818 - it becomes a Problem once its place is known
    """Something wrong in a text, at an offset from its start."""

    def __init__(self, offset: int, message: str, instead: str = "") -> None:
        super().__init__(message)
        self.offset, self.message, self.instead = max(0, offset), message, instead


class Work:
    """How much work is left: characters handled while texts are filled in.

    One may be shared by many texts, so that all of them together are bounded as well.
    """

    def __init__(self, left: int, filled: Filled | None = None) -> None:
        self.left = left
        self.filled = filled

    def spend(self, work: int) -> bool:
        """Take from what is left; say whether it was enough."""
        self.left -= work
        return self.left >= 0


class Unknown(str):
    """Words that stand for something nobody has said yet; the filter `default` replaces them."""

    __slots__ = ()


class Titled(dict[str, Plain]):
    """A thing with a title: printed, it is its title."""

    __slots__ = ()

    def __str__(self) -> str:
        return str(self.get("title", ""))


class Keyed(list[Plain]):
    """Things in order that can be found by key as well: `personas` and `personas.ops-olga`."""

    __slots__ = ()

    def __getitem__(self, key: Any) -> Any:
        if not isinstance(key, str):
            return super().__getitem__(key)
        for thing in self:
            if isinstance(thing, Titled) and thing.get("key") == key:
                return thing
        raise KeyError(key)

    def keys(self) -> list[str]:
        """Return the keys of the things, in order."""
        return [str(thing["key"]) for thing in self if isinstance(thing, Titled)]


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
    from smarketing.templateliquid import compiled

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


def too_long() -> Trouble:
    """Return what is wrong with a text that grows beyond all documents."""
    return Trouble(0, "This text becomes far too long when it is filled in.", "Shorten it.")


def too_much_work() -> Trouble:
    """Return what is wrong with texts that ask for more work than any document needs."""
    return Trouble(0, "This text repeats far too much.", "Use fewer loops inside each other.")


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
