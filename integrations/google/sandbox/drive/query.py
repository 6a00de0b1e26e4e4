"""The `q` of a search for files."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from .. import times
from ..errors import Said, invalid
from .model import File, Looked


@dataclass(frozen=True, slots=True)
class Found:
    """A file as the search knows it, for one app and person."""

    file: File
    looked: Looked
    marks: dict[str, str]
    trashed: bool
    me: str
    root: str


Test = Callable[[Found], bool]

_TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^'\\]|\\.)*')|(?P<word>[A-Za-z]+)|(?P<sign><=|>=|!=|[=<>(){}]))"
)
_NUMBERS: dict[str, Callable[[float, float], bool]] = {
    "=": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">": lambda one, other: one > other,
    ">=": lambda one, other: one >= other,
}


@lru_cache(maxsize=512)
def read(text: str) -> Test:
    """Return the test that a query stands for; raise 400 where it can't be read."""
    if not text.strip():
        return lambda found: True
    return _Reader(text).whole()


def _wrong() -> Said:
    return invalid("Invalid Value", "q")


class _Reader:
    """Reads terms joined by and, or, not. They count from left to right."""

    def __init__(self, text: str) -> None:
        self._tokens: list[str] = []
        self._at = 0
        rest = text.rstrip()
        while rest:
            token = _TOKEN.match(rest)
            if token is None:
                raise _wrong()
            self._tokens.append(token.group().strip())
            rest = rest[token.end() :]

    def whole(self) -> Test:
        test = self._joined()
        if self._at < len(self._tokens):
            raise _wrong()
        return test

    def _next(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self, *one_of: str) -> str:
        token = self._next()
        if not token or (one_of and token not in one_of):
            raise _wrong()
        self._at += 1
        return token

    def _text(self) -> str:
        token = self._take()
        if not token.startswith("'"):
            raise _wrong()
        return re.sub(r"\\(.)", r"\1", token[1:-1])

    def _joined(self) -> Test:
        test = self._single()
        while self._next() in ("and", "or"):
            word, left, right = self._take(), test, self._single()
            test = _and(left, right) if word == "and" else _or(left, right)
        return test

    def _single(self) -> Test:
        if self._next() == "not":
            self._take()
            inner = self._single()
            return lambda found: not inner(found)
        if self._next() == "(":
            self._take()
            test = self._joined()
            self._take(")")
            return test
        return self._term()

    def _term(self) -> Test:
        if self._next().startswith("'"):
            return self._in()
        name = self._take()
        if name in ("appProperties", "properties"):
            return self._has(name == "appProperties")
        if name in ("name", "mimeType"):
            return _words(name, self._take("=", "!=", "contains"), self._text())
        if name in ("trashed", "starred", "sharedWithMe"):
            return _yes(name, self._take("=", "!=") == self._yes_sign())
        if name in ("createdTime", "modifiedTime"):
            return _time(name, self._take(*_NUMBERS), self._text())
        raise _wrong()

    def _yes_sign(self) -> str:
        return "=" if self._take("true", "false") == "true" else "!="

    def _in(self) -> Test:
        what = self._text()
        self._take("in")
        return _in(what, self._take("parents", "owners", "writers", "readers"))

    def _has(self, private: bool) -> Test:
        for token in ("has", "{", "key", "="):
            self._take(token)
        key = self._text()
        for token in ("and", "value", "="):
            self._take(token)
        value = self._text()
        self._take("}")
        if private:
            return lambda found: found.marks.get(key) == value
        return lambda found: found.looked.properties.get(key) == value


def _and(left: Test, right: Test) -> Test:
    return lambda found: left(found) and right(found)


def _or(left: Test, right: Test) -> Test:
    return lambda found: left(found) or right(found)


def _words(name: str, sign: str, text: str) -> Test:
    def value(found: Found) -> str:
        return found.looked.name if name == "name" else found.file.mime

    if sign == "contains" and name == "name":
        # Drive finds the beginnings of words of a name, not what is inside of them.
        begins = re.compile(r"(?<!\w)" + re.escape(text), re.IGNORECASE)
        return lambda found: begins.search(value(found)) is not None
    if sign == "contains":
        return lambda found: text in value(found)
    return lambda found: (value(found) == text) == (sign == "=")


def _yes(name: str, wanted: bool) -> Test:
    if name == "trashed":
        return lambda found: found.trashed == wanted
    if name == "starred":
        return lambda found: (found.me in found.file.starred) == wanted
    return lambda found: (found.file.owner not in (found.me, "")) == wanted


def _time(name: str, sign: str, text: str) -> Test:
    try:
        then = times.read(text)
    except ValueError:
        raise _wrong() from None
    compare = _NUMBERS[sign]
    if name == "createdTime":
        return lambda found: compare(found.file.created, then)
    return lambda found: compare(found.file.modified, then)


def _in(what: str, where: str) -> Test:
    if where == "parents":
        return lambda found: found.looked.parent == (found.root if what == "root" else what)
    roles = {
        "owners": ("owner",),
        "writers": ("owner", "organizer", "fileOrganizer", "writer"),
        "readers": ("owner", "organizer", "fileOrganizer", "writer", "commenter", "reader"),
    }[where]
    return lambda found: any(
        one.who == what and one.role in roles for one in found.file.permissions.values()
    )
