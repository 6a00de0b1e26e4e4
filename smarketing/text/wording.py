"""Words for things, numbers and strangers' texts, as a person reads them on a line."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from smarketing.address import key_of, kind_of

NOUNS = {
    "board": ("board", "boards"),
    "list": ("list", "lists"),
    "label": ("label", "labels"),
    "card": ("card", "cards"),
    "check": ("check-list line", "check-list lines"),
    "folder": ("folder", "folders"),
    "document": ("document", "documents"),
    "table": ("table", "tables"),
    "column": ("column", "columns"),
    "row": ("row", "rows"),
    "meeting": ("meeting", "meetings"),
    "occurrence": ("single meeting", "single meetings"),
    "channel": ("channel", "channels"),
    "page": ("page", "pages"),
    "message": ("message", "messages"),
    "root": ("workspace", "workspaces"),
}
_OTHER = ("thing", "things")

_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?"
)
_JOINERS = "\u200c\u200d"


def one_line(text: str) -> str:
    """Return the text on one line, without escape sequences and marks that nobody sees."""
    visible = (_visible(c) for c in _ESCAPES.sub("", text))
    return " ".join("".join(visible).split())


def _visible(c: str) -> str:
    if c in "\t\n\r\v\f\x85\u2028\u2029":
        return " "
    hidden = unicodedata.category(c) in ("Cc", "Cf", "Cs", "Cn") and c not in _JOINERS
    return "" if hidden else c


def shortened(text: str, most: int = 60) -> str:
    """Return the text on one line of at most so many characters."""
    line = one_line(text)
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def capitalised(text: str) -> str:
    """Return the text with a capital letter first."""
    return text[:1].upper() + text[1:]


def number_of(count: int, kind: str) -> str:
    """Return `1 card`, `2 cards`."""
    one, many = NOUNS.get(kind, _OTHER)
    return f"{count} {one if count == 1 else many}"


def plural(count: int, one: str, many: str) -> str:
    """Return the number with the word that fits it."""
    return f"{count} {one if count == 1 else many}"


def joined(parts: Sequence[str], most: int = 0) -> str:
    """Return `a, b and c`; of more than `most`, the first of them `and 3 more`."""
    shown = list(parts)
    if most and len(shown) > most:
        shown = [*shown[:most], f"{len(shown) - most} more"]
    if len(shown) < 2:
        return "".join(shown)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


def either(parts: Sequence[str]) -> str:
    """Return `a, b or c`."""
    return " or ".join((", ".join(parts[:-1]), *parts[-1:])) if len(parts) > 1 else "".join(parts)


def called(address: str, title: str = "") -> str:
    """Return what people call an item: its title, else a name made of its key."""
    if shown := shortened(title):
        return shown
    if kind_of(address) == "root":
        return "the workspace"
    if kind_of(address) == "occurrence":
        return f"the meeting of {key_of(address)}"
    noun = NOUNS.get(kind_of(address), _OTHER)[0]
    return f"{noun} {key_of(address).replace('-', ' ').replace('.', ' ')}"


def bullets(heading: str, lines: Iterable[str]) -> str:
    """Return the heading with each line below it, "" where there is none."""
    shown = [f"  - {one_line(line)}" for line in lines]
    return "\n".join([heading, *shown]) if shown else ""
