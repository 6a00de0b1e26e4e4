"""The words of one line that is an action item: who, what, by when and how it stands. Pure.

`Ana: call the leads · due Fri 11 Dec · This week`. Who is named at the beginning (`Ana:`, `@ana`)
or at the end (`@ana`), the day after `by` or `due`, or a comma (`, next Friday`). What follows a day or a status, and is
neither, is a remark: it stays on the line. A drop-down of the tool, `![Stuck](doc:kix.abc)`, says a
status behind a dot or at either end of the head, by the same words; one that shows nothing says that
there is none.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from smarketing.calendar.days import day_said
from smarketing.minutes.several import several
from smarketing.minutes.shown import CHOICE, LINKED, plain
from smarketing.sync.statuses import Vocabulary

_PARTS = re.compile(r"\s+·\s+")
LEFT_DOT = re.compile(r"\s+·\s*$")
"""The dot that stays at the end of a line when somebody takes out the word or drop-down behind it."""
_STRUCK = re.compile(r"~~(?P<words>.*)~~(?: \(dropped \d{4}-\d\d-\d\d\))?", re.DOTALL)
_DROPPED = re.compile(r"\(dropped \d{4}-\d\d-\d\d\)$")
_BY = re.compile(
    r"(?:,?\s+|^)(?:by|due(?:\s+by)?)\s+(?P<day>[^,;:()\[\]]{1,30}?)(?P<end>[.!]?)\s*$",
    re.IGNORECASE,
)
_COMING = re.compile(
    r",\s+(?P<day>(?:next|this)\s+[a-z]{3,9}|today|tomorrow)(?P<end>[.!]?)\s*$", re.IGNORECASE
)
_DUE = re.compile(
    r"(?:by|due(?:\s+(?:by|on))?)\s+(?P<day>.{1,30}?)(?:,\s+\d+\s+days?\s+late)?[.!]?",
    re.IGNORECASE,
)
_CARRIED = re.compile(
    r"carried\s+(?:once|twice|(?P<times>\d+)\s+times)\b.*", re.IGNORECASE | re.DOTALL
)

TITLE, OWNER, DUE, STATUS, CARRIED = "title", "owner", "due", "status", "carried"


@dataclass(frozen=True, slots=True)
class Knowing:
    """What a line's words are read with: who there is (key -> name), the statuses, the day on
    which the words were said, and the names that e-mail addresses belong to."""

    people: Mapping[str, str]
    vocabulary: Vocabulary
    said_on: date
    addresses: Mapping[str, str] = field(default_factory=dict)

    def who(self, said: str) -> tuple[str, ...]:
        """Return the names of those who may be meant by a key, an address, a first name or a full name."""
        plain = " ".join(said.split()).casefold()
        addressed = {n for at, n in self.addresses.items() if at.casefold() == plain}
        whole = [
            n
            for k, n in self.people.items()
            if plain in (k.casefold(), n.casefold()) or n in addressed
        ]
        if whole:
            return tuple(dict.fromkeys(whole))
        first = [n for n in self.people.values() if plain == n.split(" ")[0].casefold()]
        return tuple(dict.fromkeys(first))

    def short(self, name: str) -> str:
        """Return what a line calls somebody: by first name where nobody else has it."""
        first = name.split(" ")[0]
        return first if self.who(first) == (name,) else name

    def key(self, name: str) -> str:
        """Return the key of somebody, "" for who is not there."""
        return next((key for key, each in self.people.items() if each == name), "")


@dataclass(frozen=True, slots=True)
class Span:
    """Where something stands in the words of a line: the whole of it, and its core."""

    start: int
    end: int
    core: str


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of a line say, and where. `target` is what its title links to.

    `also` are the names of others who may be meant: then nobody is the owner. `beside` are
    those whom the line names beside its owner; their names, and his, are in the title. `is_mute`
    says that a drop-down stands where a status would, and shows a word that is none; `is_chosen`
    that the status is what a drop-down of a member's own shows.
    """

    title: str
    owner: str | None
    due: str | None
    status: str
    target: str = ""
    is_struck: bool = False
    carried: int = 0
    also: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    spans: Mapping[str, Span] = field(default_factory=dict)
    is_mute: bool = False
    is_chosen: bool = False

    @property
    def is_cleared(self) -> bool:
        """Whether a drop-down says that there is no status."""
        return STATUS in self.spans and not self.status

    @property
    def is_named(self) -> bool:
        """Whether somebody is named as the owner, be it without telling which of several."""
        return bool(self.owner or self.also)


def read(text: str, knowing: Knowing) -> Words:
    """Return what the words behind a tick box say."""
    if CHOICE.search(text):
        # What is no text can't be struck out: the line comes back in pieces around it.
        is_struck = bool(_STRUCK.fullmatch(" ".join(CHOICE.sub(" ", text).split())))
        words = _DROPPED.sub("", text.strip()).replace("~~", "") if is_struck else text
        return _Reading(words, knowing).words(is_struck)
    struck = _STRUCK.fullmatch(text.strip())
    return _Reading(struck["words"] if struck else text, knowing).words(struck is not None)


class _Reading:
    """One line: its parts behind dots first, then its head from both ends."""

    def __init__(self, text: str, knowing: Knowing) -> None:
        self.text, self.knowing = text, knowing
        self.spans: dict[str, Span] = {}
        self.also: tuple[str, ...] = ()
        self.is_mute = False
        self.together: tuple[str, ...] = ()
        parts = list(_between(text))
        self.begin, self.end = parts[0]
        self._choice_first()
        self._choice_last()
        self.title_end = self._tails(parts[1:])

    def words(self, is_struck: bool) -> Words:
        self._owner_first()
        several = self.title_end > self.end
        if not several:
            self._last_words()
            self.title_end = self.end
        raw = self.text[self.begin : self.title_end]
        self.spans[TITLE] = Span(self.begin, self.title_end, raw)
        linked = LINKED.search(raw)
        target = linked["to"] if linked else ""
        cores = {name: span.core for name, span in self.spans.items()}
        return Words(
            plain(raw),
            cores.get(OWNER) or next(iter(self.together), None),
            cores.get(DUE),
            cores.get(STATUS, ""),
            target.removeprefix("link:") if target.startswith("link:") else "",
            is_struck,
            int(cores.get(CARRIED, 0)),
            self.also,
            self.together[1:],
            self.spans,
            self.is_mute and STATUS not in self.spans,
            bool(CHOICE.fullmatch(self._said(STATUS))),
        )

    def _said(self, name: str) -> str:
        span = self.spans.get(name)
        return self.text[span.start : span.end].strip() if span else ""

    def _tails(self, parts: list[tuple[int, int]]) -> int:
        """Take in what stands behind dots, and return where the title ends."""
        title_end = self.end
        known = STATUS in self.spans
        for start, end in parts:
            part = self.text[start:end]
            name, core = _tail(part, self.knowing)
            self.is_mute |= not name and bool(CHOICE.fullmatch(part.strip()))
            if name and name not in self.spans:
                self.spans[name] = Span(start, end, core)
                known = True
            elif not known:
                title_end = end
        return title_end

    def _owner_first(self) -> None:
        if OWNER not in self.spans:
            head = self.text[self.begin : self.end]
            self.together = several(head, self.knowing.who)
        if self.together:
            return
        for form in _AT_FIRST:
            found = form.match(self.text, self.begin, self.end)
            who = self.knowing.who(found["name"]) if found else ()
            if found and len(who) == 1 and OWNER not in self.spans:
                self.spans[OWNER] = Span(self.begin, found.end(), who[0])
                self.begin = found.end()
            self.also = who if len(who) > 1 else ()
            if who:
                return

    def _last_words(self) -> None:
        """Read the day and the owner at the end of the head, in either order."""
        self._day_last()
        if OWNER not in self.spans and not self.also and not self.together:
            self._owner_last()
            self._day_last()

    def _choice_first(self) -> None:
        found = _CHOICE_FIRST.match(self.text, self.begin, self.end)
        if found and self._is_status(found):
            self.begin = found.end()

    def _choice_last(self) -> None:
        found = _CHOICE_LAST.search(self.text, self.begin, self.end)
        if found and STATUS not in self.spans and self._is_status(found):
            self.end = found.start()

    def _is_status(self, found: re.Match[str]) -> bool:
        """Take in the status that a drop-down shows, be it none."""
        said = found["text"].strip()
        if said and not self.knowing.vocabulary.knows(said):
            self.is_mute = True
            return False
        self.spans[STATUS] = Span(found.start("choice"), found.end("choice"), said)
        return True

    def _owner_last(self) -> None:
        for form in _AT_LAST:
            found = form.search(self.text[self.begin : self.end])
            who = self.knowing.who(found["name"]) if found else ()
            if found and len(who) == 1:
                start = self.begin + found.start()
                self.spans[OWNER] = Span(start, self.end, who[0])
                self.end = start
            self.also = who if len(who) > 1 else ()
            if who:
                return

    def _day_last(self) -> None:
        if DUE in self.spans:
            return
        head = self.text[self.begin : self.end]
        found = _BY.search(head)
        # Of "stand by me by Friday" it is the last `by` that names the day.
        while found and (later := _BY.search(head, found.start("day"))):
            found = later
        found = found or _COMING.search(head)
        day = day_said(found["day"], self.knowing.said_on) if found else None
        if found and day:
            start = self.begin + found.start()
            self.spans[DUE] = Span(start, self.end, day.isoformat())
            self.end = start


def _between(text: str) -> Iterator[tuple[int, int]]:
    left = LEFT_DOT.search(text)
    at, end = 0, left.start() if left else len(text)
    for found in _PARTS.finditer(text, 0, end):
        yield at, found.start()
        at = found.end()
    yield at, end


def _tail(part: str, knowing: Knowing) -> tuple[str, str]:
    """Return which field a part after a dot says, and what; "" for a remark."""
    said = plain(part)
    if (found := _DUE.fullmatch(said)) and (day := day_said(found["day"], knowing.said_on)):
        return DUE, day.isoformat()
    if found := _CARRIED.fullmatch(said):
        times = found["times"] or ("1" if "once" in said.casefold() else "2")
        return CARRIED, times
    if knowing.vocabulary.knows(said) or (not said and CHOICE.fullmatch(part.strip())):
        return STATUS, said
    if said.startswith("@") and len(who := knowing.who(said[1:])) == 1:
        return OWNER, who[0]
    return "", ""


_CHOICE_FIRST = re.compile(rf"\s*(?P<choice>{CHOICE.pattern})\s+(?=\S)")
_CHOICE_LAST = re.compile(rf"\s*(?P<choice>{CHOICE.pattern})\s*$")
LEADS = r"\s+(?:-{1,2}\\?>?|=\\?>|–|—|→|will)\s+"
"""What stands between a name and what that person does, beside a colon."""
_AT_FIRST = (
    re.compile(rf"@(?P<name>[\w.\-]+\s+[\w.\-]+)(?:[:,]\s*|{LEADS}|\s+)"),
    re.compile(rf"@(?P<name>[\w.\-]+)(?:[:,]\s*|{LEADS}|\s+)"),
    re.compile(
        r"(?:\[[^\[\]]*\]\(mailto:|<)?(?P<name>[\w.+\-]+@[\w.\-]+\w)[)>]?"
        rf"(?:[:,]\s*|{LEADS}|\s+)"
    ),
    re.compile(rf"(?P<name>[\w.\-']+(?:\s+[\w.\-']+){{0,3}}?){LEADS}"),
    re.compile(r"(?:\*\*)?(?P<name>[\w.\-']+(?:\s+[\w.\-']+){0,3})(?::\*\*|\*\*:|:)\s+"),
)
_AT_LAST = (
    re.compile(r"\s+@(?P<name>[\w.\-]+\s+[\w\-]+)[.!]?\s*$"),
    re.compile(r"\s+@(?P<name>[\w.\-]*[\w\-])[.!]?\s*$"),
)
