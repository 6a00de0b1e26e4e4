"""A board file as Obsidian's Kanban edits it: read by rules of our own, saved whole."""

import re
from dataclasses import dataclass, field

LANE = re.compile(r"## (?P<title>.*)")
SETTINGS = "%% kanban:settings"


@dataclass
class BoardFile:
    """Front matter, lanes of cards (each a list of lines), the archive and the settings."""

    head: str
    lanes: dict[str, list[list[str]]] = field(default_factory=dict)
    archive: list[list[str]] = field(default_factory=list)
    tail: str = ""

    def text(self) -> str:
        """Return the file as the plugin saves it: always laid out in the same way."""
        parts = [self.head.rstrip("\n") + "\n\n"]
        for title, cards in self.lanes.items():
            parts.append(f"## {title}\n\n{_joined(cards)}\n\n\n")
        if self.archive:
            parts.append(f"***\n\n## Archive\n\n{_joined(self.archive)}\n\n")
        return "".join([*parts, self.tail])

    @property
    def places(self) -> list[tuple[str, int]]:
        """Where the cards are: lane and position."""
        return [(lane, at) for lane, cards in self.lanes.items() for at in range(len(cards))]


def read_board(text: str) -> BoardFile:
    """Return what the plugin would show of this file."""
    body, mark, tail = text.replace("\r\n", "\n").partition(SETTINGS)
    found = re.match(r"(?s)---\n.*?\n---\n", body)
    board = BoardFile(found.group() if found else "", tail=mark + tail)
    into: list[list[str]] | None = None
    ended = False
    for line in body[len(board.head) :].split("\n"):
        if lane := LANE.fullmatch(line):
            title = lane["title"]
            into = board.archive if ended else board.lanes.setdefault(title, [])
        elif line == "***":
            ended = True
        elif line.startswith("- ") and into is not None:
            into.append([line])
        elif line.strip() and into:
            into[-1].append(line)
    return board


def _joined(cards: list[list[str]]) -> str:
    return "".join("".join(f"{line}\n" for line in card) for card in cards)
