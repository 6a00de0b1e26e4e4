"""The last line of a description: who a board or card is. Members never need to look at it.

It is a Markdown link reference, which Trello does not show. In a card it holds the address
below the board, so that a copy of the board carries it along.
"""

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from smarketing.address import is_address

_LINE = re.compile(r'^[ \t]*\[smarketing\]: # "(?P<said>[^"\n]*)"[ \t]*\n?', re.MULTILINE)
_OWNER = re.compile(r"(?:\A|\n)Owner: (?P<name>[^\n]+)\Z")


@dataclass(frozen=True, slots=True)
class BoardMark:
    """What a board says about its workspace. One of them holds what belongs to the root.

    `found` is true for a board that was there before us.
    """

    workspace: str
    address: str
    done: bool = False
    template: str = ""
    found: bool = False

    def names(self, other: "BoardMark") -> bool:
        """Say whether both name one board of one workspace."""
        return (self.workspace, self.address) == (other.workspace, other.address)

    def said(self) -> str:
        words = [self.workspace, self.address]
        words += ["done"] * self.done + ["found"] * self.found
        words += [f"template={quote(self.template)}"] if self.template else []
        return " ".join(words)


@dataclass(frozen=True, slots=True)
class BoardText:
    """A board's description without our line, and what the line says."""

    text: str
    mark: BoardMark | None = None

    def written(self) -> str:
        return _joined(self.text, self.mark.said() if self.mark else "")


@dataclass(frozen=True, slots=True)
class CardText:
    """A card's description without our lines.

    `owner` is somebody who is not on the board yet, and so stands as a line of text.
    """

    text: str
    owner: str = ""
    marker: str = ""

    def written(self) -> str:
        said = " ".join(filter(None, (self.marker, "owner" if self.owner else "")))
        owner = f"Owner: {self.owner}" if self.owner else ""
        text = without_lines(self.text)
        return _joined("\n\n".join(filter(None, (text.rstrip(), owner))) if owner else text, said)


def board_text(desc: str) -> BoardText:
    """Return a board's description in its parts."""
    text, said = _parted(desc)
    words = said.split()
    if len(words) < 2 or not is_address(words[1]):
        return BoardText(text)
    flags = dict(word.partition("=")[::2] for word in words[2:])
    template = unquote(flags.get("template", ""))
    return BoardText(
        text, BoardMark(words[0], words[1], "done" in flags, template, "found" in flags)
    )


def card_text(desc: str) -> CardText:
    """Return a card's description in its parts."""
    before, said, after = _split(desc)
    words, owner = said.split(), ""
    if "owner" in words and (line := _OWNER.search(before.rstrip())):
        owner, before = line["name"].strip(), before[: line.start()]
    marker = next((word for word in words if is_address(word)), "")
    return CardText(_around(before, after) if said else desc, owner, marker)


def without_lines(text: str) -> str:
    """Return the text without lines that would be read as ours."""
    return _LINE.sub("", text)


def relative(address: str, board: str) -> str:
    """Return the address as a card of this board carries it."""
    return address.removeprefix(f"{board}/")


def absolute(marker: str, board: str) -> str:
    """Return the address that a card's marker means on this board, "" where nobody can say."""
    if not marker or marker.startswith("board:"):
        return marker
    return f"{board}/{marker}" if board else ""


def _joined(text: str, said: str) -> str:
    if not said:
        return text
    text = text.replace("\r\n", "\n")  # as it is read again
    line = f'[smarketing]: # "{said}"'
    # A link reference is one only below a blank line.
    return f"{text.rstrip()}\n\n{line}" if text.strip() else line


def _parted(desc: str) -> tuple[str, str]:
    before, said, after = _split(desc)
    return (_around(before, after) if said else desc), said


def _split(desc: str) -> tuple[str, str, str]:
    """Return what stands before our last line, what the line says, and what stands after it."""
    lines = list(_LINE.finditer(desc.replace("\r\n", "\n")))
    if not lines:
        return desc, "", ""
    desc, last = desc.replace("\r\n", "\n"), lines[-1]
    return without_lines(desc[: last.start()]), last["said"], desc[last.end() :]


def _around(before: str, after: str) -> str:
    # A member may have gone on writing below our line.
    return "\n\n".join(filter(None, (before.rstrip(), after.strip())))
