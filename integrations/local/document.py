"""Markdown files: front matter in which one line is our marker, and the body. Pure.

Every byte of the front matter other than the marker line is a member's and stays.
"""

import re
from dataclasses import dataclass

BOM = "\ufeff"
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_MARK = re.compile(
    r"smarketing:[ \t]*(?P<quote>[\"']?)(?P<workspace>[^\s\"']+)[ \t]+(?P<address>[^\s\"']+)"
    r"(?P=quote)[ \t]*\r?\n?"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """The workspace and the address found on a file."""

    workspace: str
    address: str

    def line(self) -> str:
        """Return the mark as one line of front matter, without its end."""
        return f"smarketing: {self.workspace} {self.address}"


def lines_of(text: str) -> list[str]:
    """Return the lines with their ends; only a line feed ends a line."""
    return _LINE.findall(text)


def newline_of(text: str) -> str:
    """Return the line end that this file uses."""
    return "\r\n" if "\r\n" in text else "\n"


def with_newlines(text: str, newline: str) -> str:
    """Return the text with each line ended as the file ends its own."""
    return text.replace("\r\n", "\n").replace("\n", newline)


def split(text: str) -> tuple[str, str]:
    """Return (head, body): the front matter with the empty line after it, and all the rest."""
    lines = lines_of(text)
    if not lines or lines[0].removeprefix(BOM).rstrip() != "---":
        bom = BOM if text.startswith(BOM) else ""
        return bom, text.removeprefix(BOM)
    for index, line in enumerate(lines[1:], 1):
        if line.rstrip() in ("---", "..."):
            end = index + 1
            if end < len(lines) and not lines[end].strip():
                end += 1
            head = "".join(lines[:end])
            return head, text[len(head) :]
    return "", text


def mark_of(head: str) -> Mark | None:
    """Return the marker in this front matter, the first if there are several."""
    for line in lines_of(head):
        found = _MARK.fullmatch(line)
        if found:
            return Mark(found["workspace"], found["address"])
    return None


def with_mark(head: str, mark: Mark) -> str:
    """Return the front matter with this marker in place of the present one."""
    lines = lines_of(head)
    for index, line in enumerate(lines):
        if _MARK.fullmatch(line):
            lines[index] = mark.line() + line[len(line.rstrip("\r\n")) :]
            return "".join(lines)
    return head


def new_head(mark: Mark, *others: str) -> str:
    """Return fresh front matter with the marker, after other lines that are wanted."""
    return "".join(f"{line}\n" for line in ("---", *others, mark.line(), "---", ""))


def with_body(text: str, body: str) -> str:
    """Return the file with this body, its front matter and its line ends kept."""
    head, _ = split(text)
    return head + with_newlines(body, newline_of(text))
