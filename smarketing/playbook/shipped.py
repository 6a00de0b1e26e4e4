"""The playbooks that come with the program, each with the editions that were released of it.

The folder of a playbook holds its newest edition, and the earlier ones whole under
`editions/<N>`: a config that pins one gets just that one, on any machine and without state.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

EARLIER = "editions"
"""The folder inside a playbook's folder that holds its earlier editions."""

_EDITION = re.compile(r"^edition:[ \t]*([1-9][0-9]{0,5})[ \t]*(?:#.*)?$", re.MULTILINE)
_NUMBER = re.compile(r"[1-9][0-9]{0,5}")


@dataclass(frozen=True, slots=True)
class Editions:
    """The editions of one shipped playbook: their folders by number, in ascending order."""

    name: str
    folders: Mapping[int, Path]

    @property
    def newest(self) -> int:
        """The number of the newest edition."""
        return max(self.folders)

    def shown_as(self, edition: int) -> str:
        """Return how to name the folder of an edition in problems."""
        whole = f"playbooks/{self.name}"
        return whole if edition == self.newest else f"{whole}/{EARLIER}/{edition}"

    def missing(self, edition: int) -> tuple[str, str]:
        """Return what is wrong with an edition that is not there, and what to write instead."""
        words = f"Edition {edition} of the playbook {self.name} is not here."
        numbers = [str(number) for number in self.folders]
        there = f"There is: {', '.join(numbers)}." if len(numbers) == 1 else ""
        there = there or f"There are: {', '.join(numbers)}."
        if edition > self.newest:
            there += " A later one comes with a later smarketing."
        return words, there


def shipped_folder() -> Path:
    """Return the folder of all playbooks that come with the program."""
    return Path(str(files("smarketing.playbooks")))


def shipped_playbooks() -> dict[str, Path]:
    """Return the folders of the playbooks that come with the program, by name."""
    return {
        folder.name: folder
        for folder in sorted(shipped_folder().iterdir())
        if (folder / "playbook.yaml").is_file()
    }


def shipped_editions(name: str) -> Editions | None:
    """Return the editions of a shipped playbook, None for any other name."""
    folder = shipped_playbooks().get(name)
    if folder is None:
        return None
    earlier = folder / EARLIER
    numbers = sorted(
        int(below.name)
        for below in (earlier.iterdir() if earlier.is_dir() else ())
        if _NUMBER.fullmatch(below.name) and (below / "playbook.yaml").is_file()
    )
    found = {number: earlier / str(number) for number in numbers}
    said = _EDITION.search((folder / "playbook.yaml").read_text(encoding="utf-8"))
    return Editions(name, {**found, int(said[1]) if said else 1: folder})
