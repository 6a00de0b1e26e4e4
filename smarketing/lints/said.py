"""What a playbook says, by kind: the words of its titles, and its prose line by line."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from smarketing.lints.placed import Line, lines_of_file, lines_of_value
from smarketing.playbook.playbook import Playbook
from smarketing.yamlfiles.datapath import Path_

_TAG = re.compile(r"\{%[^{}%]{0,500}%\}|\{\{-?\s*([\w.-]*)[^{}]{0,500}\}\}")
_BLANKED = re.compile(
    r"\{%[^{}%]{0,500}%\}|\{\{[^{}]{0,500}\}\}|`[^`]{0,500}`|\]\([^()\s]{0,500}\)"
    r"|[“„][^“”„]{0,500}[“”]|(?<!\w)\"[^\"]{0,500}\"|(?<!\w)'[^']{0,500}'(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title that people meet: `kind` is what has it, `key` and `holder` say which."""

    kind: str
    key: str
    holder: str
    line: Line

    @property
    def words(self) -> str:
        """The title itself."""
        return self.line.text


@dataclass(frozen=True, slots=True)
class Prose:
    """A text that people read; `holds` is what its document holds, "" where nobody said."""

    name: str
    holds: str
    lines: tuple[Line, ...]


def titles(playbook: Playbook) -> Iterator[Title]:
    """Return every title that people meet; a `choice` is a word of a column `status`."""
    for key, status in playbook.statuses.items():
        for number, word in enumerate(status.words):
            path: Path_ = ("statuses", key, "words", number)
            yield _title(playbook, "status", key, "statuses", path, word)
    for kind in ("folder", "document", "table", "meeting", "channel"):
        for key, item in getattr(playbook, f"{kind}s").items():
            yield _title(playbook, kind, key, "", (f"{kind}s", key, "title"), item.title)
    for key, board in playbook.boards.items():
        yield _title(playbook, "board", key, "", ("boards", key, "title"), board.title)
        for kind in ("list", "label", "card"):
            for name, part in getattr(board, f"{kind}s").items():
                path = ("boards", key, f"{kind}s", name, "title")
                yield _title(playbook, kind, name, key, path, part.title)
    for key, table in playbook.tables.items():
        for place, (name, column) in enumerate(table.columns.items()):
            by_key: Path_ = ("tables", key, "columns", name, "title")
            path = by_key if playbook.source.find(by_key[:-1]) else (*by_key[:-2], place)
            yield _title(playbook, "column", name, key, path, column.title)
            for number, choice in enumerate(column.choices):
                at: Path_ = (*by_key[:-1], "choices", number)
                if name == "status":
                    yield _title(playbook, "choice", name, key, at, choice)


def _title(playbook: Playbook, kind: str, key: str, holder: str, path: Path_, words: str) -> Title:
    return Title(kind, key, holder, lines_of_value(playbook.source, path, words)[0])


def prose(playbook: Playbook) -> Iterator[Prose]:
    """Return every text of the playbook: of documents, cards, checklists, agendas, cells."""
    for key, document in playbook.documents.items():
        yield Prose(
            document.title,
            document.holds or "",
            text_lines(playbook, ("documents", key, "text"), document.text),
        )
    for key, board in playbook.boards.items():
        for name, card in board.cards.items():
            path: Path_ = ("boards", key, "cards", name)
            lines = text_lines(playbook, (*path, "text"), card.text)
            for number, check in enumerate(card.checklist):
                at: Path_ = (*path, "checklist", number, check.key, "title")
                lines += text_lines(playbook, at, check.title)
            yield Prose(card.title, "", lines)
    for key, meeting in playbook.meetings.items():
        at = ("meetings", key)
        lines = text_lines(playbook, (*at, "description"), meeting.description)
        if meeting.notes:
            lines += text_lines(playbook, (*at, "notes", "agenda"), meeting.notes.agenda)
        yield Prose(meeting.title, "", lines)
    for key, channel in playbook.channels.items():
        at = ("channels", key)
        lines = text_lines(playbook, (*at, "purpose"), channel.purpose)
        lines += text_lines(playbook, (*at, "topic"), channel.topic)
        yield Prose(channel.title, "", lines)
    for key, table in playbook.tables.items():
        for name, row in table.rows.items():
            path = ("tables", key, "rows", name)
            for cell, words in row.cells.items():
                yield Prose(table.title, "", text_lines(playbook, (*path, cell), words))


def text_lines(playbook: Playbook, path: Path_, text: str) -> tuple[Line, ...]:
    """Return the lines of a text, or of the text file that it names."""
    if not text:
        return ()
    if text in playbook.texts:
        folder, slash, _ = playbook.file.rpartition("/")
        return lines_of_file(f"{folder}{slash}{text}", playbook.texts[text])
    return lines_of_value(playbook.source, path, text)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with the answers in it that are known, and nothing for other markup."""
    return _TAG.sub(lambda found: values.get(found[1] or "", ""), text)


def blanked(text: str) -> str:
    """Return a line with blanks for what is not our own words: markup, links, code, quotes."""
    return _BLANKED.sub(lambda found: " " * len(found[0]), text)
