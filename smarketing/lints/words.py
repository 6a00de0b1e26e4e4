"""The words of a workspace against its glossary: labels outside it, words to avoid, and one word
that means two things.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from smarketing.lints.advice import Advice, advice
from smarketing.lints.glossary import Entry, Glossary, keyed
from smarketing.lints.placed import Line
from smarketing.lints.said import Prose, Title, blanked

_LABELS = ("label", "status")
_SHARE_OF_KNOWN = 0.5
"""A status column whose words are in the glossary by this share means to be in it."""

_SHORT = ("label", "status", "choice", "list", "folder", "document", "table", "board", "column")
_HEADING = re.compile(r"^#{1,6}\s+")
_ADVISING = re.compile(
    r"\b(?:avoid|never say|do not say|don't say|instead of|rather than|not)\b[^.;]{0,60}$|\*\*(?:Avoid|Not)\b",
    re.IGNORECASE,
)
_NOUN_BEFORE = re.compile(
    r"\b(?:an?|the|our|your|their|each|every|this|that|these|those|no|any|another|many|more|most|all|new)\s+$",
    re.IGNORECASE,
)
_FENCE = re.compile(r"^\s*(?:```|~~~)")


def labels_outside_glossary(titles: Iterable[Title], glossary: Glossary) -> Iterator[Advice]:
    """Return advice on each label and status word that the glossary does not know, once."""
    told: set[str] = set()
    known = sorted({entry.term for entry in glossary.entries})
    for title in _to_be_known(tuple(titles), glossary):
        word = keyed(title.words)
        if "{" in title.words or word in told or glossary.knows(title.words):
            continue
        told.add(word)
        kind = "label" if title.kind == "label" else "status"
        message = f"The {kind} '{title.words}' is not in the glossary."
        close = get_close_matches(title.words.casefold(), [k.casefold() for k in known], 1, 0.75)
        alike = next((k for k in known if close and k.casefold() == close[0]), "")
        instead = f"Did you mean '{alike}'? Else add" if alike else "Add"
        instead += f" an entry '## {title.words}', or name it after 'You meet it as' in one."
        yield advice("label-outside-glossary", title.line, 0, message, instead)


def _to_be_known(titles: Sequence[Title], glossary: Glossary) -> Iterator[Title]:
    """Yield labels and statuses, without those of columns that explain themselves in their row."""
    columns: dict[str, list[bool]] = {}
    for title in titles:
        if title.kind == "choice":
            columns.setdefault(title.holder, []).append(glossary.knows(title.words))
    for title in titles:
        known = columns.get(title.holder, [])
        if title.kind in _LABELS or (
            title.kind == "choice" and sum(known) >= _SHARE_OF_KNOWN * len(known)
        ):
            yield title


def words_to_avoid(
    titles: Iterable[Title], texts: Iterable[Prose], glossary: Glossary
) -> Iterator[Advice]:
    """Return advice on each word that an entry of the glossary says not to use."""
    banned = _Banned(glossary)
    if not banned:
        return
    for title in titles:
        yield from banned.in_title(title)
    for text in texts:
        if text.holds != "glossary":
            yield from banned.in_text(text.lines)


class _Banned:
    """The words that can be told apart: neither terms themselves nor in the glossary's own use."""

    def __init__(self, glossary: Glossary) -> None:
        terms = {keyed(entry.term) for entry in glossary.entries}
        self._said: dict[str, Entry] = {}
        for entry in glossary.entries:
            for avoided in entry.avoided:
                key = keyed(avoided.word)
                if key and key not in terms and not _is_used(key, glossary):
                    self._said.setdefault(key, entry)
        self._entries = tuple(self._said.values())
        self._any = re.compile(
            "|".join(
                rf"(?<![\w-])(?P<w{number}>{_plural(key)})(?![\w-])"
                for number, key in enumerate(self._said)
            )
            or r"(?!)",
            re.IGNORECASE,
        )

    def __bool__(self) -> bool:
        return bool(self._said)

    def in_title(self, title: Title) -> Iterator[Advice]:
        """A title is short: the word counts wherever it is no verb at the beginning."""
        for found in self._any.finditer(blanked(title.words)):
            alone = not title.words[found.end() :].strip()
            if title.kind in _SHORT or found.start() or alone or " " in found[0]:
                what = f"The {title.kind} '{title.words}' has the word"
                yield self._told(title.line, found, what)
                return

    def in_text(self, lines: Sequence[Line]) -> Iterator[Advice]:
        """In a sentence a single word counts only as a noun: it may be a verb as well."""
        fenced = False
        for line in lines:
            fenced ^= bool(_FENCE.match(line.text))
            text = blanked(line.text)
            for found in () if fenced else self._any.finditer(text):
                if _ADVISING.search(text[: found.start()]):
                    continue
                heading = _HEADING.match(text)
                distinct = " " in found[0] or "-" in found[0] or found[0].rstrip("s").isupper()
                if distinct or heading or _NOUN_BEFORE.search(text[: found.start()]):
                    what = "This heading has the word" if heading else "Here stands the word"
                    yield self._told(line, found, what)

    def _told(self, line: Line, found: re.Match[str], what: str) -> Advice:
        name = found.lastgroup or "w0"
        entry = self._entries[int(name[1:])]
        message = f"{what} '{found[0]}', which the glossary says not to use."
        instead = f"Say {entry.say.strip(' .') or entry.term}."
        return advice("word-to-avoid", line, found.start(), message, instead)


def _is_used(key: str, glossary: Glossary) -> bool:
    """Say whether the glossary itself uses a single word, so that it has other meanings too."""
    return " " not in key and key in glossary.used


def _plural(key: str) -> str:
    words = key.split(" ")
    last = words[-1]
    stem = (
        rf"(?:{re.escape(last)}s?|{re.escape(last[:-1])}ies)"
        if last.endswith("y")
        else rf"{re.escape(last)}s?"
    )
    return r"[\s-]".join([*(re.escape(word) for word in words[:-1]), stem])


def words_used_twice(titles: Iterable[Title], glossary: Glossary | None) -> Iterator[Advice]:
    """Return advice on each word that stands for two things."""
    found = list(titles)
    for kind in ("label", "status", "column"):
        yield from _two_keys(kind, [one for one in found if one.kind == kind])
    yield from _label_and_list(found)
    if glossary is not None:
        yield from _two_entries(glossary.entries)


def _two_keys(kind: str, titles: Sequence[Title]) -> Iterator[Advice]:
    """The same title under two keys: the program takes them for two things, people for one."""
    first: dict[tuple[str, str], Title] = {}
    for title in titles:
        word = " ".join(title.words.casefold().split())
        if "{" in word:
            continue
        group = title.holder if kind == "status" else ""
        other = first.setdefault((word, group), title)
        if other.key != title.key:
            message = (
                f"The {kind} '{title.words}' has the key '{title.key}' here "
                f"and '{other.key}' in line {other.line.line}."
            )
            instead = f"Use the key '{other.key}' for both, or another word if they differ."
            yield advice("word-used-twice", title.line, 0, message, instead)


def _label_and_list(titles: Sequence[Title]) -> Iterator[Advice]:
    """A label and a list of one board with the same word: is a card in it, or does it carry it?"""
    lists = {(one.holder, keyed(one.words)): one for one in titles if one.kind == "list"}
    for label in (one for one in titles if one.kind == "label"):
        other = lists.get((label.holder, keyed(label.words)))
        if other is not None and "{" not in label.words:
            message = f"'{label.words}' is a label here and a list in line {other.line.line}."
            instead = "Keep one of them, or give the label another word."
            yield advice("word-used-twice", label.line, 0, message, instead)


def _two_entries(entries: Iterable[Entry]) -> Iterator[Advice]:
    """Two entries of a glossary with one term: two meanings."""
    first: dict[str, Entry] = {}
    for entry in entries:
        other = first.setdefault(keyed(entry.term), entry)
        if other is not entry and keyed(entry.term):
            where = f"{other.line.file}:{other.line.line}"
            message = f"'{entry.term}' has a second entry here; the first is at {where}."
            instead = "Make one entry of both, or give one of them another word."
            yield advice("word-used-twice", entry.line, entry.offset, message, instead)
