"""Members at their files: a text editor, Obsidian, a spreadsheet, a calendar, a file manager."""

import csv
import io
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.histories.authors import reworded

from .boardfile import BoardFile, read_board

WORD = re.compile(r"member\d+x")
NAME = re.compile(r"named\d+x")
HIDDEN = ".smarketing"
HEAD = re.compile(r"(?s)\ufeff?---\r?\n.*?\r?\n---\r?\n(?:\r?\n)?")
BOARD = "kanban-plugin"


@dataclass
class Members:
    """They share one folder; whatever they write carries a word that is new and its own."""

    root: Path
    luck: Random
    words: int = 0
    mix: Counter[str] = field(default_factory=Counter)

    def act(self, kind: str) -> None:
        """Do one thing that members do, if there is something to do it to."""
        if getattr(self, f"_{kind}")() is not False:
            self.mix[f"member {kind}"] += 1

    def written(self) -> set[str]:
        """Return every word of theirs that can be read in a file."""
        return {word for path in self.files() for word in WORD.findall(_shown(path))}

    def names(self) -> set[str]:
        """Return every word of theirs in the name of a file or folder."""
        return {word for path in self._all() for word in NAME.findall(path.name)}

    def files(self, *endings: str) -> list[Path]:
        """Return the files that a member sees."""
        return sorted(
            path
            for path in self._all()
            if path.is_file() and (not endings or path.suffix in endings)
        )

    def word(self) -> str:
        self.words += 1
        return f"member{self.words}x"

    def name(self) -> str:
        self.words += 1
        return f"named{self.words}x"

    # Documents

    def _sentence(self) -> bool | None:
        return self._in_text(lambda text: reworded(text, self.word(), self.luck))

    def _paragraph(self) -> bool | None:
        def added(text: str) -> str:
            parts = text.split("\n\n")
            parts.insert(self.luck.randrange(len(parts) + 1), f"Mine is {self.word()}.")
            return "\n\n".join(parts)

        return self._in_text(added)

    def _drop(self) -> bool | None:
        def dropped(text: str) -> str:
            parts = text.split("\n\n")
            parts.pop(self.luck.randrange(len(parts)))
            return "\n\n".join(parts)

        return self._in_text(dropped)

    def _tick(self) -> bool | None:
        return self._in_text(lambda text: text.replace("- [ ]", "- [x]", 1))

    def _append(self) -> bool | None:
        return self._in_text(lambda text: f"{text}\nAt the end {self.word()}")

    def _clear(self) -> bool | None:
        return self._in_text(lambda text: "")

    def _unended(self) -> bool | None:
        return self._in_text(lambda text: text.rstrip("\n"))

    def _resave(self) -> bool | None:
        """An editor of another system saves with its own line ends."""
        path = self._any(self.files(".md"))
        if path is None:
            return False
        text = _read(path)
        other = text.replace("\r\n", "\n")
        _write(path, other if other != text else text.replace("\n", "\r\n"))
        return None

    def _in_text(self, change: Callable[[str], str]) -> bool | None:
        path = self._any([p for p in self.files(".md") if BOARD not in _read(p)])
        if path is None:
            return False
        text = _read(path)
        newline = "\r\n" if "\r\n" in text else "\n"
        found = HEAD.match(text)
        head = found.group() if found else ""
        body = change(text[len(head) :].replace("\r\n", "\n"))
        _write(path, head + body.replace("\n", newline))
        return None

    # The folder

    def _rename(self) -> bool | None:
        path = self._any(self.files(".md", ".csv"))
        if path is None:
            return False
        path.rename(path.with_name(f"Mine {self.name()}{path.suffix}"))
        return None

    def _rename_folder(self) -> bool | None:
        path = self._any([p for p in self._folders() if p.name not in ("Archive", "Outbox")])
        if path is None:
            return False
        path.rename(path.with_name(f"Folder {self.name()}"))
        return None

    def _move(self) -> bool | None:
        path, home = self._any(self.files(".md", ".csv")), self._home()
        if path is None or (home / path.name).exists():
            return False
        path.rename(home / path.name)
        return None

    def _copy(self) -> bool | None:
        path, home = self._any(self.files(".md", ".csv")), self._home()
        if path is None or (home / f"Copy of {path.name}").exists():
            return False
        shutil.copyfile(path, home / f"Copy of {path.name}")
        return None

    def _delete(self) -> bool | None:
        path = self._any(self.files())
        if path is None:
            return False
        path.unlink()
        return None

    def _new_folder(self) -> bool | None:
        (self._home() / f"Own {self.name()}").mkdir()
        return None

    def _new_file(self) -> bool | None:
        ending = self.luck.choice((".md", ".txt", ".csv", ".bin"))
        path = self._home() / f"Own {self.name()}{ending}"
        _write(path, f"own words, {self.word()}\n")
        return None

    def _take_a_name(self) -> bool | None:
        """Their file stands where one of ours will want to be."""
        name = self.luck.choice(("Terms.md", "Rule.md", "Work.md", "Track.csv"))
        path = self._home() / name
        if path.exists():
            return False
        _write(path, f"own words, {self.word()}\n")
        return None

    # The board

    def _tick_card(self) -> bool | None:
        def tick(board: BoardFile) -> None:
            card = self._card(board)
            old, new = ("[ ]", "[x]") if "[ ]" in card[0] else ("[x]", "[ ]")
            card[0] = card[0].replace(old, new, 1)

        return self._on_board(tick)

    def _move_card(self) -> bool | None:
        def move(board: BoardFile) -> None:
            lane, at = self.luck.choice(board.places)
            card = board.lanes[lane].pop(at)
            board.lanes[self.luck.choice(list(board.lanes))].insert(0, card)

        return self._on_board(move)

    def _reorder(self) -> bool | None:
        def reorder(board: BoardFile) -> None:
            for cards in board.lanes.values():
                self.luck.shuffle(cards)
            lanes = list(board.lanes.items())
            self.luck.shuffle(lanes)
            board.lanes = dict(lanes)

        return self._on_board(reorder)

    def _new_card(self) -> bool | None:
        def add(board: BoardFile) -> None:
            lane = self.luck.choice(list(board.lanes))
            board.lanes[lane].append([f"- [ ] Own card {self.word()}", f"\tabout {self.word()}"])

        return self._on_board(add, cards=False)

    def _new_lane(self) -> bool | None:
        return self._on_board(lambda b: b.lanes.update({f"Own {self.word()}": []}), cards=False)

    def _rename_lane(self) -> bool | None:
        def rename(board: BoardFile) -> None:
            old = self.luck.choice(list(board.lanes))
            new = f"Lane {self.word()}"
            board.lanes = {new if t == old else t: cards for t, cards in board.lanes.items()}

        return self._on_board(rename, cards=False)

    def _rename_card(self) -> bool | None:
        def rename(board: BoardFile) -> None:
            card = self._card(board)
            card[0] = re.sub(r"^(- \[.\] )\S+", rf"\1Mine {self.word()}", card[0])

        return self._on_board(rename)

    def _describe_card(self) -> bool | None:
        def describe(board: BoardFile) -> None:
            card = self._card(board)
            first = next((i for i, line in enumerate(card) if "- [" in line and i), len(card))
            card.insert(first, f"\tMy view is {self.word()}.")

        return self._on_board(describe)

    def _checklist(self) -> bool | None:
        def edit(board: BoardFile) -> None:
            card = self._card(board)
            steps = [i for i, line in enumerate(card) if line.lstrip().startswith("- [") and i]
            if not steps or self.luck.random() < 0.3:
                card.append(f"\t- [ ] own step {self.word()}")
            elif self.luck.random() < 0.5:
                card[steps[0]] = card[steps[0]].replace("[ ]", "[x]")
            else:
                card[self.luck.choice(steps)] += f" {self.word()}"

        return self._on_board(edit)

    def _archive_card(self) -> bool | None:
        def archive(board: BoardFile) -> None:
            lane, at = self.luck.choice(board.places)
            board.archive.append(board.lanes[lane].pop(at))

        return self._on_board(archive)

    def _delete_card(self) -> bool | None:
        def delete(board: BoardFile) -> None:
            lane, at = self.luck.choice(board.places)
            board.lanes[lane].pop(at)

        return self._on_board(delete)

    def _copy_card(self) -> bool | None:
        """A copied line carries its block id along."""

        def copy(board: BoardFile) -> None:
            lane, at = self.luck.choice(board.places)
            board.lanes[lane].append(list(board.lanes[lane][at]))

        return self._on_board(copy)

    def _uncode_card(self) -> bool | None:
        """A card's code looks like nothing to keep."""

        def uncode(board: BoardFile) -> None:
            card = self._card(board)
            card[0] = re.sub(r" \^card-\S+$", "", card[0])

        return self._on_board(uncode)

    def _card(self, board: BoardFile) -> list[str]:
        lane, at = self.luck.choice(board.places)
        return board.lanes[lane][at]

    def _on_board(self, change: Callable[[BoardFile], None], cards: bool = True) -> bool | None:
        path = self._any([p for p in self.files(".md") if BOARD in _read(p)])
        if path is None:
            return False
        board = read_board(_read(path))
        if not board.lanes or (cards and not board.places):
            return False
        change(board)
        _write(path, board.text())
        return None

    # The table

    def _cell(self) -> bool | None:
        def edit(rows: list[list[str]]) -> None:
            row = self.luck.choice(rows[1:] or [[""]])
            row[self.luck.randrange(max(1, len(row) - 1))] = self.word()

        return self._in_table(edit)

    def _own_column(self) -> bool | None:
        def add(rows: list[list[str]]) -> None:
            at = self.luck.randrange(len(rows[0]) + 1)
            for number, row in enumerate(rows):
                row.insert(at, f"{'col' if number == 0 else 'val'} {self.word()}")

        return self._in_table(add)

    def _own_row(self) -> bool | None:
        return self._in_table(lambda rows: rows.append([self.word()] + [""] * (len(rows[0]) - 1)))

    def _swap_columns(self) -> bool | None:
        def swap(rows: list[list[str]]) -> None:
            one, two = self.luck.randrange(len(rows[0])), self.luck.randrange(len(rows[0]))
            for row in rows:
                row += [""] * (len(rows[0]) - len(row))
                row[one], row[two] = row[two], row[one]

        return self._in_table(swap)

    def _sort_rows(self) -> bool | None:
        return self._in_table(lambda rows: rows.__setitem__(slice(1, None), sorted(rows[1:])))

    def _spreadsheet(self) -> bool | None:
        """Another spreadsheet saves it in its own way."""
        return self._in_table(lambda rows: None, self.luck.choice((";", ",", "\t")), "\n")

    def _in_table(
        self, change: Callable[[list[list[str]]], None], delimiter: str = "", end: str = "\r\n"
    ) -> bool | None:
        path = self._any([p for p in self.files(".csv") if "smarketing" in _read(p)])
        if path is None:
            return False
        text = _read(path)
        top = "\ufeff" if text.startswith("\ufeff") else ""
        first = text.splitlines()[0]
        old = max(";,\t", key=lambda d: first.split("smarketing")[0].count(d))
        rows = list(csv.reader(io.StringIO(text.removeprefix(top), newline=""), delimiter=old))
        change(rows)
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=delimiter or old, lineterminator=end).writerows(rows)
        _write(path, top + out.getvalue())
        return None

    # The calendar

    def _meeting_title(self) -> bool | None:
        return self._in_calendar(
            lambda text: re.sub(r"(?m)^SUMMARY:[^\r\n]*", f"SUMMARY:Meet {self.word()}", text)
        )

    def _own_meeting(self) -> bool | None:
        event = (
            f"BEGIN:VEVENT\r\nUID:own-{self.words}@here\r\nDTSTAMP:20261201T100000Z\r\n"
            f"DTSTART:20261224T100000Z\r\nSUMMARY:Own {self.word()}\r\nEND:VEVENT\r\n"
        )
        return self._in_calendar(
            lambda text: text.replace("END:VCALENDAR", f"{event}END:VCALENDAR")
        )

    def _in_calendar(self, change: Callable[[str], str]) -> bool | None:
        path = self._any(self.files(".ics"))
        if path is None:
            return False
        _write(path, change(_read(path)))
        return None

    # Where things are

    def _folders(self) -> Iterator[Path]:
        return (path for path in self._all() if path.is_dir())

    def _all(self) -> list[Path]:
        return sorted(p for p in self.root.rglob("*") if HIDDEN not in p.parts)

    def _home(self) -> Path:
        return self.luck.choice([self.root, *self._folders()])

    def _any(self, paths: list[Path]) -> Path | None:
        return self.luck.choice(paths) if paths else None


EDITS = tuple(
    name.removeprefix("_")
    for name in vars(Members)
    if name in {
        "_sentence", "_paragraph", "_drop", "_tick", "_append", "_clear", "_unended", "_resave",
        "_rename", "_rename_folder", "_move", "_copy", "_delete", "_new_folder", "_new_file",
        "_take_a_name", "_tick_card", "_move_card", "_reorder", "_new_card", "_new_lane",
        "_rename_lane", "_rename_card", "_describe_card", "_checklist", "_archive_card",
        "_delete_card", "_copy_card", "_uncode_card", "_cell", "_own_column", "_own_row", "_swap_columns",
        "_sort_rows", "_spreadsheet", "_meeting_title", "_own_meeting",
    }
)  # fmt: skip
"""What members do. Documents, where most of the words are, come up more often."""


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def _write(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8"))


def _shown(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")
