"""What is wrong with the words of the statuses of a playbook: where, and what to write instead."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from smarketing.problems import Problem
from smarketing.yamlfiles.datapath import Path_
from smarketing.yamlfiles.source import Source

if TYPE_CHECKING:
    from smarketing.playbook.playbook import Playbook


def status_problems(playbook: "Playbook", source: Source) -> Iterator[Problem]:
    """Return all problems with the section `statuses`: a word means one status, and so does a tick."""
    owners: dict[str, str] = {}
    ticked = ""
    for key, status in playbook.statuses.items():
        for path, word in _words(playbook, key):
            owner = owners.setdefault(_plain(word), key)
            if owner != key:
                told = f"'{word}' is a word of the status '{owner}' already."
                yield source.problem(path, told, "Give each word to one status.")
            elif told := _of_another_list(playbook, key, word):
                yield source.problem(path, told, _instead(key, word))
        if status.ticked and ticked:
            told = f"'{ticked}' is ticked already, and a tick can stand for one status only."
            yield source.problem(("statuses", key, "ticked"), told, "Delete one of the two lines.")
        ticked = ticked or (key if status.ticked else "")


def _words(playbook: "Playbook", key: str) -> list[tuple[Path_, str]]:
    words = playbook.statuses[key].words
    return [
        (("statuses", key), key),
        *((("statuses", key, "words", number), word) for number, word in enumerate(words)),
    ]


def _of_another_list(playbook: "Playbook", key: str, word: str) -> str:
    """Say which list has the word of a status as its key or title, and is another status.

    On a board without a list of that key, a list may be known by a word of the status.
    """
    kept = {place for block in playbook.sync.values() for place in block.between}
    for board, asked in playbook.boards.items():
        for lane, shown in asked.lists.items() if f"board:{board}" in kept else ():
            is_other = lane != key and (lane in playbook.statuses or key in asked.lists)
            if is_other and _plain(word) in (_plain(lane), _plain(shown.title)):
                said = "title" if _plain(word) == _plain(shown.title) else "key"
                return f"'{word}' is the {said} of the list '{lane}' of board:{board} already."
    return ""


def _instead(key: str, word: str) -> str:
    if word == key:
        return "Give that list another title, or this status another key."
    return f"Take it out of the words of '{key}': a word can mean one status only."


def _plain(word: str) -> str:
    return " ".join(word.split()).casefold()
