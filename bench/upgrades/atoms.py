"""What can be told apart in a document: the sentences of each line, the cells of each row."""

import re
from collections.abc import Iterator

from smarketing.text.sentences import sentences

_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[*_`\\]")
_START = re.compile(
    r"^\s*(?:>\s*)*(?:#{1,6}\s+|[-+*]\s+|\d{1,9}[.)]\s+)?(?:(?:\[[ xX]\]|[☐☑☒])\s+)?"
)
_RULE = re.compile(r"^[\s|:-]+$")
_NOTE = re.compile(r"^\s*>?\s*\**Suggested ")


def atoms(text: str) -> frozenset[str]:
    """Return all sentences and cells, without the marks of Markdown; notes of ours left out."""
    return frozenset(atom for line in text.splitlines() for atom in _of_line(line))


def _of_line(line: str) -> Iterator[str]:
    if not line.strip() or _RULE.match(line) or _NOTE.match(line):
        return
    is_row = line.lstrip().startswith("|")
    for part in line.strip().strip("|").split("|") if is_row else [line]:
        words = shown(part)
        yield from (each.key for each in sentences(words) if each.key)


def shown(line: str) -> str:
    """Return the words of a line as they are read."""
    return _MARKS.sub("", _LINK.sub(r"\1", _START.sub("", line))).strip()
