"""Opens a file of YAML: its text in UTF-8, of bounded size."""

from pathlib import Path

from smarketing.problems import Problem, Problems
from smarketing.yamlfiles.parse import parse
from smarketing.yamlfiles.source import Source

MOST_BYTES = 5_000_000


def read(path: Path, shown_as: str = "") -> Source:
    """Read a file; raise Problems for all that is wrong with it as YAML."""
    return parse(read_text(path, MOST_BYTES, shown_as), shown_as or str(path))


def read_text(path: Path, most: int, shown_as: str = "") -> str:
    """Return the text of a file in UTF-8 of at most so many bytes, or raise Problems."""
    file = shown_as or str(path)
    try:
        with path.open("rb") as opened:
            raw = opened.read(most + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name can't be used"
        raise Problems([Problem(file, 1, 1, f"This file can't be read: {reason}.")]) from None
    if len(raw) > most:
        words = f"This file is too large: more than {most // 1_000_000} MB."
        raise Problems([Problem(file, 1, 1, words, "Split it or shorten it.")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        line = before.count("\n") + 1
        column = len(before) - before.rfind("\n")
        words = "This is not text in UTF-8."
        raise Problems([Problem(file, line, column, words, "Save the file as UTF-8.")]) from None
