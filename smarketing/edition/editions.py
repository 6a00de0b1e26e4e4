"""Which edition of a shipped playbook counts, and what people are told of newer ones.

A newer edition is told in one line and never taken by itself: config names the one that counts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from smarketing.config.config import Config
from smarketing.playbook.playbook import Playbook
from smarketing.playbook.shipped import Editions, shipped_editions
from smarketing.problems import Problem, Problems, UserError
from smarketing.yamlfiles.file import read

FACT = "edition"
"""The name under which state remembers the playbook and edition last applied."""


@dataclass(frozen=True, slots=True)
class Pin:
    """The edition that counts in a run.

    `had` is the one that counted before, None in a new workspace; `now` the one of this run,
    None for a playbook in a folder that is a copy of nothing. `copy` is the folder of a copy.
    """

    playbook: str
    had: int | None = None
    now: int | None = None
    newest: int | None = None
    copy: str = ""

    @property
    def newer(self) -> int | None:
        """The newest edition, if it is newer than the one that stays in this run."""
        stays = self.now is not None and self.had in (None, self.now)
        if stays and self.newest is not None and self.now is not None:
            return self.newest if self.newest > self.now else None
        return None


def pinned(config: Config, asked: int | None, remembered: Callable[[], str]) -> Pin:
    """Return the edition that counts: the one asked for, config's, the last applied, the newest.

    `remembered` gives what state keeps under FACT. Raise what a person can mend where an
    edition is not there.
    """
    name = config.playbook
    editions = shipped_editions(name)
    if editions is None:
        if asked is not None:
            raise UserError(
                f"`--edition` is for a playbook that comes with smarketing, and this workspace "
                f"has its own in {name}. If it is a copy, a later edition comes into it with: "
                f"smarketing playbook merge {name} --edition {asked}"
            )
        return Pin(name)
    had = config.edition
    if had is None:
        last, _, number = remembered().rpartition(" ")
        had = int(number) if last == name else None
    now = asked or had or editions.newest
    if now not in editions.folders:
        words, instead = editions.missing(now)
        if asked is None and config.edition is not None:
            raise Problems([config.problem(("edition",), words, instead)])
        raise Problems([Problem("", 0, 0, words, instead)])
    return Pin(name, had, now, editions.newest)


def with_copy(pin: Pin, config: Config, playbook: Playbook) -> Pin:
    """Return the pin of a folder that is a copy: its own file says of what."""
    editions = shipped_editions(playbook.copy_of) if playbook.copy_of else None
    if editions is None or pin.now is not None:
        return pin
    number = playbook.edition
    return Pin(editions.name, number, number, editions.newest, copy=config.playbook)


def announcement(pin: Pin, look: str) -> str:
    """Return the one line that tells of a newer edition, "" if there is none.

    `look` is what a person types to see what it would change.
    """
    if pin.newer is None:
        return ""
    have = f"your copy is of {pin.now}" if pin.copy else f"you have {pin.now}"
    there = f"Edition {pin.newer} of the playbook {pin.playbook} is there ({have})"
    return f"{there}: {look} shows what it would change."


def whats_new(pin: Pin) -> str:
    """Return what a person reads before the plan of an edition that they asked for."""
    if pin.now is None:
        return ""
    have = f" (you have {pin.had})" if pin.had not in (None, pin.now) else ""
    first = f"Edition {pin.now} of the playbook {pin.playbook}{have}."
    editions = shipped_editions(pin.playbook)
    told = news_text(editions, pin.had or pin.now - 1, pin.now) if editions else ""
    return f"{first}\n{told}".strip()


def news_text(editions: Editions, after: int, up_to: int) -> str:
    """Return what is new in the editions after the first and up to the last, as people read it."""
    told = news(editions, after, up_to)
    lines = ["What is new:"] if told else []
    for number, words in told.items():
        head, *rest = words.strip().splitlines()
        lines += [f"  {number}: {head}", *(f"     {line}".rstrip() for line in rest)]
    return "\n".join(lines)


def news(editions: Editions, after: int, up_to: int) -> dict[int, str]:
    """Return what the editions say is new in them, of those after the first and up to the last."""
    told: dict[int, str] = {}
    for number, folder in editions.folders.items():
        if after < number <= up_to:
            data = read(folder / "playbook.yaml").data
            words = data.get("news") if isinstance(data, dict) else None
            if isinstance(words, str) and words.strip():
                told[number] = words
    return told


def newer_as_json(pin: Pin) -> dict[str, Any] | None:
    """Return what `--json` says of a newer edition, None if there is none."""
    if pin.newer is None:
        return None
    return {"playbook": pin.playbook, "edition": pin.newer, "have": pin.now}
