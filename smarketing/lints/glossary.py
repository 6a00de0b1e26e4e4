"""The glossary of a playbook: its terms, what to say, what not, and where one meets them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from smarketing.lints.placed import Line
from smarketing.lints.said import blanked

_HEADING = re.compile(r"^#{2,3}[ \t]+(?=\S)")
_FENCE = re.compile(r"^\s*(?:```|~~~)")
_PART = re.compile(
    r"(?:\*\*|__|^[ \t]{0,8}(?:[-*+][ \t]{1,4})?|(?<=[.;]\s))"
    r"(?P<name>Say|Not|You meet it as)(?::?\s?(?:\*\*|__):?|:)\s*",
)
_ANY_BOLD = re.compile(r"\*\*[^*]{1,300}\*\*")
_NOTE = re.compile(r"\([^()]{0,300}\)")
_WORD_ENDS = re.compile(r"[\s*_\"'“”„‘’.;:,!?]+")


@dataclass(frozen=True, slots=True)
class Avoided:
    """A word that an entry says not to use, and where that is said."""

    word: str
    line: Line
    offset: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a glossary."""

    term: str
    line: Line
    offset: int
    say: str
    avoided: tuple[Avoided, ...]
    met: str


@dataclass(frozen=True, slots=True)
class Glossary:
    """All entries, the words that the glossary names, and those it uses itself."""

    entries: tuple[Entry, ...]
    named: frozenset[str]
    used: frozenset[str]
    text: str

    def knows(self, word: str) -> bool:
        """Say whether a word is a term, or named where one meets a term."""
        key = keyed(word)
        if not key or key in self.named:
            return True
        return any(re.search(rf"(?<!\w){re.escape(key)}(?!\w)", one.met) for one in self.entries)


def keyed(word: str) -> str:
    """Return a word or two as they are compared: without case, marks and a plural's s."""
    parts = [part for part in _WORD_ENDS.split(word.casefold()) if part]
    return " ".join(singular(part) for part in parts)


def singular(word: str) -> str:
    """Return a word without the s of its plural."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def read_glossary(lines: Sequence[Line]) -> Glossary:
    """Read the entries from the lines of the document that holds the glossary."""
    entries = tuple(_entry(part) for part in _sections(lines))
    named = {keyed(entry.term) for entry in entries}
    named |= {keyed(word) for entry in entries for word in _listed(entry.say)}
    cells = [cell for line in lines for cell in _cells(line.text)]
    named |= {keyed(word) for cell in cells for word in (cell, *_listed(cell))}
    named |= {
        keyed(found[1])
        for line in lines
        for found in re.finditer(r"\*\*([^*]{1,300})\*\*", line.text)
    }
    plain = [_without_not(line.text) for line in lines]
    used = {singular(word) for text in plain for word in re.findall(r"\w+", text.casefold())}
    return Glossary(entries, frozenset(named) - {""}, frozenset(used), "\n".join(plain))


def _sections(lines: Sequence[Line]) -> Iterator[list[Line]]:
    part: list[Line] = []
    fenced = False
    for line in lines:
        fenced ^= bool(_FENCE.match(line.text))
        if not fenced and _HEADING.match(line.text):
            if part:
                yield part
            part = [line]
        elif part:
            part.append(line)
    if part:
        yield part


def _entry(part: Sequence[Line]) -> Entry:
    heading = part[0]
    lead = _HEADING.match(heading.text)
    offset = lead.end() if lead else 0
    term = heading.text[offset:].partition("·")[0].rstrip(" \t#")
    say, met = [], []
    avoided: list[Avoided] = []
    for line in part[1:]:
        for name, start, words in _parts(line.text):
            if name == "Say":
                say.append(words)
            elif name == "Not":
                avoided += _avoided(line, start, words)
            else:
                met.append(words)
    told = keyed(" , ".join(met)) if met else ""
    return Entry(term, heading, offset, ", ".join(say), tuple(avoided), told)


def _parts(text: str) -> Iterator[tuple[str, int, str]]:
    """Yield `Say`, `Not` and `You meet it as` with the offset and the words that follow."""
    marks = list(_PART.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=False):
        bold = _ANY_BOLD.search(text, mark.end(), end)
        yield mark["name"], mark.end(), text[mark.end() : bold.start() if bold else end]


def _avoided(line: Line, start: int, words: str) -> Iterator[Avoided]:
    """Yield the words not to use; one with a condition in parentheses may be right elsewhere."""
    masked = _NOTE.sub(lambda found: "(" + " " * (len(found[0]) - 2) + ")", words)
    for found in re.finditer(r"[^,;/]+", masked):
        word = found[0].strip(" .*_\"'“”")
        word = re.sub(r"^(?:or|and|nor)\s+", "", word)
        if word and "(" not in found[0] and ")" not in found[0]:
            yield Avoided(word, line, start + found.start() + found[0].find(word))


def _listed(words: str) -> Iterable[str]:
    return re.split(r"[,;/]| or ", _NOTE.sub("", words))


def _cells(text: str) -> Iterable[str]:
    return text.strip().strip("|").split("|") if text.lstrip().startswith("|") else ()


def _without_not(text: str) -> str:
    """Return a line in the glossary's own words: without what it says not to use, and quotes."""
    for name, start, words in reversed(list(_parts(text))):
        if name == "Not":
            text = text[:start] + text[start + len(words) :]
    return blanked(text)
