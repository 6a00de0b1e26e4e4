"""The status of an action item in the terms of each place: lists, words, choices and ticks. Pure.

At a place a status is a text: the value that the place shows (the address of a list, a cell's
word), behind "[x] " or "[ ] " where the place also has a tick. A place with a tick alone says
"[x]" or "[ ]".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from smarketing.kinds import Value

OWN = "="
"""Begins the status of a list that a member made: the rest is its title."""

_TICKED, _OPEN = "[x]", "[ ]"


@dataclass(frozen=True, slots=True)
class Status:
    """One status: its key, the title that people see, its other words, and whether it is ticked."""

    key: str
    title: str
    words: tuple[str, ...] = ()
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All statuses of a workspace, in the order in which work goes through them."""

    statuses: tuple[Status, ...] = ()
    _by_word: Mapping[str, str] = field(init=False)
    _titles: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        by_word: dict[str, str] = {}
        for status in self.statuses:
            for word in (status.title, status.key, *status.words):
                by_word.setdefault(_plain(word), status.key)
        object.__setattr__(self, "_by_word", by_word)
        object.__setattr__(self, "_titles", {s.key: s.title for s in self.statuses})

    @property
    def first(self) -> str:
        """The first status without a tick, "" if there is none."""
        return next((s.key for s in self.statuses if not s.ticked), "")

    @property
    def ticked(self) -> str:
        """The status that a tick stands for, "" if there is none."""
        return next((s.key for s in self.statuses if s.ticked), "")

    def is_ticked(self, status: Value) -> bool:
        """Say whether a tick shows this status."""
        return any(s.ticked for s in self.statuses if s.key == status)

    def status_of(self, word: str) -> str:
        """Return the status that a word means; one that nobody knows is a status by its name."""
        return self._by_word.get(_plain(word)) or f"{OWN}{' '.join(word.split())}"

    def knows(self, word: str) -> bool:
        """Say whether a word means one of these statuses."""
        return _plain(word) in self._by_word

    def word_of(self, status: str) -> str:
        """Return the word that people see for a status."""
        return status[len(OWN) :] if status.startswith(OWN) else self._titles.get(status, status)


@dataclass(frozen=True, slots=True)
class Spoken:
    """How one place shows statuses.

    `shows` maps the values that the place can show, in their order, to statuses. `is_free` says
    that it can also show any other word, `ticks` that it has a tick (alone, if it shows nothing).
    `is_terse` says that a tick without a word is enough where it tells all.
    """

    vocabulary: Vocabulary
    shows: Mapping[str, str] = field(default_factory=dict)
    is_free: bool = False
    ticks: bool = False
    is_terse: bool = False

    def as_hub(self, now: Value, before: Value, unticked: str) -> str | None:
        """Return the status that the place means now.

        `before` is what it was last seen to say, None if nothing; `unticked` the action item's
        last status without a tick. What has changed decides, the word before the tick.
        """
        word, tick = parted(now)
        old_word, old_tick = parted(before)
        is_new = before is None or word != old_word
        if self.is_terse and tick is not None and not word:
            return self._told_by_tick(tick, unticked if old_tick else "")
        if tick is None or (is_new and word):
            return self._meant(word)
        if tick == old_tick:
            return self._meant(word)
        if tick:
            return self.vocabulary.ticked or self._meant(word)
        return unticked or self.vocabulary.first or self._meant(word)

    def render(self, status: Value, now: Value = None) -> str | None:
        """Return what the place shows for a status, None if it can't; `now` is what it shows."""
        word: str | None = ""
        shown, tick = parted(now)
        if self.is_terse and tick is not None and not shown:
            is_ticked = self.vocabulary.is_ticked(status)
            if self._told_by_tick(is_ticked, "") == status:
                return with_tick("", is_ticked)
        if self.shows or self.is_free:
            word = self._shown(status, parted(now)[0])
        if word is None or not self.ticks:
            return word
        return with_tick(word, self.vocabulary.is_ticked(status))

    def is_torn(self, now: Value, status: Value) -> bool:
        """Say whether word and tick say two things, of which the status is one.

        A card in a list that a member made stays there, whatever its tick says.
        """
        word, tick = parted(now)
        if tick is None or not word or not status:
            return False
        meant = self._meant(word) or OWN
        return not meant.startswith(OWN) and self.render(status, now) != now

    def is_in_two_minds(self, now: Value) -> bool:
        """Say whether word and tick, both said at once, mean two statuses."""
        return self.is_torn(now, self._meant(parted(now)[0]))

    def two_minds(self, now: Value, unticked: str) -> tuple[str | None, str | None]:
        """Return the status that the word means, and that of the tick."""
        word, tick = parted(now)
        return self._meant(word), self._told_by_tick(bool(tick), unticked)

    def at_birth(self, status: Value) -> str:
        """Return what a new thing shows here: the status, or the first that this place has."""
        shown = self.render(status)
        if shown is not None:
            return shown
        first = next(iter(self.shows), "")
        return with_tick(first, self.vocabulary.is_ticked(status)) if self.ticks else first

    def _meant(self, word: str) -> str | None:
        if not word:
            return None
        return self.shows.get(word) or self.vocabulary.status_of(word)

    def _told_by_tick(self, tick: bool, unticked: str) -> str | None:
        """Return the status that a tick alone tells."""
        return (self.vocabulary.ticked if tick else unticked or self.vocabulary.first) or None

    def _shown(self, status: Value, word: str) -> str | None:
        if status is None:
            return "" if self.is_free else None
        if word and self._meant(word) == status:
            return word  # of two lists for one status, the one that a member chose
        for value, meant in self.shows.items():
            if meant == status:
                return value
        return self.vocabulary.word_of(str(status)) if self.is_free else None


def vocabulary(
    asked: Iterable[Status], lists: Iterable[tuple[str, str]] = (), choices: Iterable[str] = ()
) -> Vocabulary:
    """Return the statuses that are asked for, then what lists (key, title) and choices add."""
    found = {status.key: status for status in asked}
    for key, title in lists:
        known = found.get(key)
        if known is None and not _is_known(title, found.values()):
            found[key] = Status(key, title)
        elif known is not None and known.title == known.key:
            found[key] = Status(key, title, known.words, known.ticked)
    for word in choices:
        if not _is_known(word, found.values()):
            found[f"{OWN}{word}"] = Status(f"{OWN}{word}", word)
    return Vocabulary(tuple(found.values()))


def with_tick(word: str, ticked: bool) -> str:
    """Return what a place with a tick says."""
    return f"{_TICKED if ticked else _OPEN} {word}".rstrip()


def parted(value: Value) -> tuple[str, bool | None]:
    """Return the word and the tick of what a place says; None if there is no tick."""
    text = str(value or "")
    for mark in (_TICKED, _OPEN):
        if text.startswith(mark):
            return text[len(mark) :].strip(), mark == _TICKED
    return text, None


def _is_known(word: str, statuses: Iterable[Status]) -> bool:
    return any(_plain(word) in map(_plain, (s.key, s.title, *s.words)) for s in statuses)


def _plain(word: str) -> str:
    return " ".join(word.split()).casefold()
