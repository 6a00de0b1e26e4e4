"""Board files as Obsidian's Kanban writes them: text to a model and back, byte for byte. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .. import document
from .card import Card, parse_card, starts_card
from .line import one_line, struck

_LANE = re.compile(r"##[ \t]")
_LIMIT = re.compile(r"[ \t]\(\d+\)$")
_SETTINGS = re.compile(r"%%[ \t]*kanban:settings")
_RULE = re.compile(r"(?:\*\*\*+|---+|___+)[ \t]*\r?\n?")
_COMPLETE = re.compile(r"\*\*.*\*\*[ \t]*\r?\n?")
SETTINGS = '%% kanban:settings\n```\n{"kanban-plugin":"board"}\n```\n%%\n'
PLUGIN = "kanban-plugin: board"


@dataclass(slots=True)
class Lane:
    """A list: its heading, and cards with whatever stands between them."""

    heading: str
    entries: list[str | Card] = field(default_factory=list)

    @property
    def title(self) -> str:
        """The words of the heading, without a limit of cards and without a strike."""
        title = self._title_and_limit()[0]
        return title if struck(title) is None else str(struck(title))

    @property
    def dropped(self) -> bool:
        """Whether the heading is struck through."""
        return struck(self._title_and_limit()[0]) is not None

    @property
    def cards(self) -> list[Card]:
        """The cards, from top to bottom."""
        return [entry for entry in self.entries if isinstance(entry, Card)]

    def say(self, title: str) -> None:
        """Give the list another title; a limit of cards stays."""
        end = self.heading[len(self.heading.rstrip("\r\n")) :]
        self.heading = f"## {title}{self._title_and_limit()[1]}{end}"

    def add(self, card: Card) -> None:
        """Put the card below the last one."""
        at = [index for index, entry in enumerate(self.entries) if isinstance(entry, Card)]
        self.entries.insert(at[-1] + 1 if at else self._top(), card)

    def remove(self, card: Card) -> None:
        """Take the card out, to be put elsewhere."""
        self.entries = [entry for entry in self.entries if entry is not card]

    def _top(self) -> int:
        index = 0
        for entry in self.entries:
            if isinstance(entry, str) and (not entry.strip() or _COMPLETE.fullmatch(entry)):
                index += 1
                if _COMPLETE.fullmatch(entry):
                    return index
                continue
            break
        return min(index, 1)

    def _title_and_limit(self) -> tuple[str, str]:
        words = self.heading[2:].strip()
        found = _LIMIT.search(words[-20:])
        limit = found.group() if found else ""
        return words[: len(words) - len(limit)].rstrip(), limit


@dataclass(slots=True)
class Board:
    """A board file. `archive` is None where the file has no such section."""

    head: str
    top: list[str] = field(default_factory=list)
    lanes: list[Lane] = field(default_factory=list)
    rule: list[str] = field(default_factory=list)
    archive: Lane | None = None
    tail: str = ""

    def text(self) -> str:
        """Return the whole file."""
        chunks = [self.head, *self.top]
        for lane in self.lanes:
            chunks += [lane.heading, *_texts(lane)]
        chunks += self.rule
        if self.archive:
            chunks += [self.archive.heading, *_texts(self.archive)]
        return "".join([*chunks, self.tail])

    @property
    def newline(self) -> str:
        """The line end of this file."""
        return document.newline_of(self.head)

    def add_lane(self, title: str) -> Lane:
        """Add a list to the right."""
        self._end_lines()
        before = self.lanes[-1].entries if self.lanes else self.top
        if before and not _ends_empty(before):
            before.append(self.newline)
        lane = Lane(f"## {title}{self.newline}", [self.newline, self.newline, self.newline])
        self.lanes.append(lane)
        return lane

    def add_card(self, lane: Lane, title: str) -> Card:
        """Add a card at the end of a list."""
        self._end_lines()
        card = Card(f"- [ ] {self.newline}")
        lane.add(card)
        card.say(title)
        return card

    def move(self, card: Card, lane: Lane) -> None:
        """Move the card to the end of another list."""
        self._end_lines()
        for other in [*self.lanes, *([self.archive] if self.archive else [])]:
            other.remove(card)
        lane.add(card)

    def archived(self) -> Lane:
        """Return the archive, made where there is none yet."""
        if self.archive is None:
            self._end_lines()
            n = self.newline
            if self.lanes and not _ends_empty(self.lanes[-1].entries):
                self.lanes[-1].entries.append(n)
            self.rule = [f"***{n}", n]
            self.archive = Lane(f"## Archive{n}", [n, n])
        return self.archive

    def _end_lines(self) -> None:
        # A file may lack its last line end; whatever is put below needs one.
        if self.tail:
            return
        lane = self.archive or (self.lanes[-1] if self.lanes else None)
        if lane is None:
            _end_last(self.top, self.newline)
        elif lane.entries and isinstance(last := lane.entries[-1], Card):
            last._end_lines()
            if not last.body and not last.first.endswith("\n"):
                last.first += self.newline
        elif lane.entries:
            _end_last(lane.entries, self.newline)
        elif not lane.heading.endswith("\n"):
            lane.heading += self.newline


def is_board(head: str) -> bool:
    """Say whether this front matter is a board's."""
    return re.search(r"(?m)^kanban-plugin:", head) is not None


def new_board(mark: document.Mark) -> Board:
    """Return an empty board with its marker."""
    return Board(f"---\n\n{PLUGIN}\n{mark.line()}\n\n---\n\n", tail=SETTINGS)


def parse_board(text: str) -> Board:
    """Return the board in this file; `parse_board(text).text() == text` for any text."""
    head, body = document.split(text)
    board = Board(head)
    lane: Lane | None = None
    lines = document.lines_of(body)
    index = 0
    while index < len(lines):
        line = lines[index]
        if _SETTINGS.match(line):
            board.tail = "".join(lines[index:])
            break
        skip = 0 if board.archive else _archive_at(lines, index)
        if skip:
            board.rule = lines[index : index + skip]
            lane = board.archive = Lane(lines[index + skip])
            index += skip + 1
        elif _LANE.match(line) and not board.archive:
            lane = Lane(line)
            board.lanes.append(lane)
            index += 1
        elif lane is None:
            board.top.append(line)
            index += 1
        else:
            index = _read_entry(lines, index, lane)
    return board


def board_id(key: str) -> str:
    """Return the block id of the card with this key: `card-agree`, `card-ask--olga`."""
    return "card-" + key.replace("--", "-H").replace(".", "--")


def card_key(block: str) -> str:
    """Return the key in a block id, "" where it is none of ours."""
    if not block.startswith("card-"):
        return ""
    left, dot, right = block.removeprefix("card-").rpartition("--")
    return f"{left}{'.' if dot else ''}{right}".replace("H", "-")


def lane_title(title: str) -> str:
    """Return a title that Obsidian does not take for a list with a limit."""
    return re.sub(r"\((\d+)\)$", r"[\1]", one_line(title)) or "Untitled"


def _archive_at(lines: list[str], index: int) -> int:
    """Return how many lines lead to the archive's heading from here, 0 if none begins here."""
    if not _RULE.fullmatch(lines[index]):
        return 0
    ahead = index + 1
    while ahead < len(lines) and not lines[ahead].strip():
        ahead += 1
    words = lines[ahead].split() if ahead < len(lines) else []
    return ahead - index if words == ["##", "Archive"] else 0


def _read_entry(lines: list[str], index: int, lane: Lane) -> int:
    if not starts_card(lines[index]):
        lane.entries.append(lines[index])
        return index + 1
    end = _end_of_card(lines, index)
    lane.entries.append(parse_card(lines[index:end]))
    return end


def _end_of_card(lines: list[str], index: int) -> int:
    end = ahead = index + 1
    while ahead < len(lines):
        line = lines[ahead]
        ahead += 1
        if not line.strip() and not line.startswith((" ", "\t")):
            continue
        if not line.startswith((" ", "\t")):
            break
        end = ahead
    return end


def _texts(lane: Lane) -> Iterator[str]:
    for entry in lane.entries:
        yield entry if isinstance(entry, str) else entry.text()


def _ends_empty(entries: "list[str] | list[str | Card]") -> bool:
    return bool(entries) and isinstance(entries[-1], str) and not entries[-1].strip()


def _end_last(entries: "list[str] | list[str | Card]", newline: str) -> None:
    if entries and isinstance(last := entries[-1], str) and not last.endswith("\n"):
        entries[-1] = last + newline
