"""The tour as a script: commands with what they print, and edits of files, in the order of the page.

`python -m tests.promises.tour` writes into the page what its commands print today.
"""

import os
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from tests.promises.desk import ROOT, Clock, Desk

PAGE = ROOT / "docs" / "tour.md"
_BLOCK = re.compile(r"^```(console|diff)[ ]?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HUNK = re.compile(r"(?P<old>(?:^-[^\n]*\n)*)(?P<new>(?:^\+[^\n]*\n)+)", re.MULTILINE)
FRIDAY = (2026, 12, 4)
WHO, WHERE = "you", "laptop"


@dataclass(frozen=True, slots=True)
class Block:
    """One block of the page: a command and what it prints, or an edit of a file."""

    kind: str
    about: str
    body: str
    start: int
    end: int


def blocks(page: str) -> Iterator[Block]:
    """Yield the blocks of the page that do something."""
    for found in _BLOCK.finditer(page):
        yield Block(found[1], found[2].strip(), found[3], *found.span(3))


def desk_in(folder: Path) -> Desk:
    """Return a desk with nothing on it, on the Friday before the first Monday."""
    clock = Clock(0.0)
    clock.set(*FRIDAY)
    (folder / "desk").mkdir(parents=True)
    return Desk(folder / "desk", folder / "data", clock)


def printed(desk: Desk, block: Block) -> str:
    """Run the command of a block; return the block as it should stand in the page."""
    command = block.body.splitlines()[0].removeprefix("$ ")
    words = shlex.split(command)
    assert words[0] == "smarketing", command
    answer = desk.run(*words[1:], code=None)
    lines = (answer.err + answer.out).strip("\n").splitlines()
    said = "\n".join(line.rstrip() for line in lines)
    return f"$ {command}\n{said}\n"


def edit(desk: Desk, block: Block) -> None:
    """Make the edit of a block: lines with a minus go, lines with a plus come in their place."""
    path = desk.path(block.about)
    text = desk.read(block.about) if path.exists() else ""
    for hunk in _HUNK.finditer(block.body):
        old, new = _lines(hunk["old"]), _lines(hunk["new"])
        assert not old or text.count(old) == 1, f"{old!r} is there {text.count(old)} times"
        text = text.replace(old, new) if old else f"{text}{new}\n"
    desk.write(block.about, text)


def _lines(marked: str) -> str:
    return "\n".join(line[2:] for line in marked.splitlines())


def as_it_prints(page: str, desk: Desk) -> str:
    """Go through the page; return it with what its commands print today."""
    whole, end = "", 0
    for block in blocks(page):
        shown = printed(desk, block) if block.kind == "console" else block.body
        if block.kind == "diff":
            edit(desk, block)
        whole += page[end : block.start] + shown
        end = block.end
    return whole + page[end:]


def main() -> None:
    """Write the page anew."""
    page = PAGE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        desk = desk_in(Path(name))
        os.chdir(desk.folder)
        with (
            mock.patch.dict(os.environ, {"SMARKETING_DATA": str(desk.data)}),
            mock.patch("smarketing.commands.shell.clock", return_value=desk.clock),
            mock.patch("getpass.getuser", return_value=WHO),
            mock.patch("socket.gethostname", return_value=WHERE),
        ):
            fresh = as_it_prints(page, desk)
    PAGE.write_text(fresh, encoding="utf-8")
    sys.stderr.write(f"{PAGE}: {sum(1 for _ in blocks(fresh))} blocks\n")


if __name__ == "__main__":
    main()
