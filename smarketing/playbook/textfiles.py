"""The text files of a playbook: found inside its folder and nowhere else."""

import os
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from smarketing.playbook.leaks import leaks_of_text
from smarketing.problems import Problem, Problems
from smarketing.text.suggestion import did_you_mean
from smarketing.text.unseen import unseen
from smarketing.yamlfiles.datapath import Path_
from smarketing.yamlfiles.file import read_text
from smarketing.yamlfiles.source import Source

MOST_BYTES = 1_000_000
MOST_BYTES_IN_ALL = 10_000_000

_NAME = re.compile(r"[^\r\n]*\.(?:md|markdown|txt)", re.IGNORECASE)
_PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)+")
_RESERVED = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")


def is_text_file(text: str) -> bool:
    """Say whether a text names a file of the playbook, rather than being the text itself."""
    return len(text) < 300 and _NAME.fullmatch(text) is not None


def read_texts(
    folder: Path, shown_as: str, named: Iterable[tuple[Path_, str]], source: Source
) -> tuple[dict[str, str], list[Problem]]:
    """Return the files' texts by the path that names them, and all that is wrong with them."""
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    size = 0
    wrong: set[str] = set()
    for path, name in named:
        if name in texts or name in wrong:
            continue
        if is_text_file(name):
            why, instead = _refusal(folder, name)
        elif _is_other_file(folder, name):
            why, instead = (
                "This is a file, and not one of text",
                "Name one that ends in .md or .txt.",
            )
        else:
            continue
        if not why and size > MOST_BYTES_IN_ALL:
            why, instead = "All texts together are too large", "Shorten them."
        if why:
            wrong.add(name)
            problems.append(source.problem(path, f"{why}.", instead))
            continue
        shown = f"{shown_as}/{name}"
        try:
            text = read_text(folder / name, MOST_BYTES, shown)
        except Problems as unreadable:
            wrong.add(name)
            problems += unreadable.problems
            continue
        size += len(text)
        texts[name] = text.replace("\r\n", "\n").replace("\r", "\n")
        problems += _hidden(shown, texts[name])
        problems += leaks_of_text(shown, texts[name])
    return texts, problems


def _is_other_file(folder: Path, name: str) -> bool:
    """Say whether a text is the path of a file that is none of text: nobody means the path."""
    return len(name) < 300 and _PATH.fullmatch(name) is not None and (folder / name).is_file()


def _hidden(file: str, text: str) -> Iterable[Problem]:
    for at, name in unseen(text):
        words = f"There is an invisible control character here ({name})."
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        yield Problem(file, line, column, words, "Delete it.")
        return


def _refusal(folder: Path, name: str) -> tuple[str, str]:
    """Return why a file can't be read, and what to do; "" if it can."""
    parts = PurePosixPath(name).parts
    if "{{" in name or "{%" in name:
        return "The name of a file can't be made of inputs", "Name one file, and fill its text."
    inside = "Put the file into the playbook's folder and write its path from there."
    if name.startswith(("/", "~")) or re.search(r"[\\:\x00]", name) or ".." in parts:
        return "This path leads out of the playbook's folder", inside
    if any(_RESERVED.fullmatch(part) or part.endswith((" ", ".")) for part in parts):
        return "Windows can't hold a file of this name", "Give it another name."
    try:
        real = (folder / name).resolve(strict=True)
        if not real.is_relative_to(folder.resolve()):
            return "This path leads out of the playbook's folder", inside
        if real.is_file():
            return "", ""
    except (OSError, ValueError, RuntimeError):
        return f"There is no file '{name[:80]}' in the playbook's folder", _alike(folder, name)
    return f"'{name[:80]}' is not a file", ""


def _alike(folder: Path, name: str) -> str:
    known: list[str] = []
    for here, below, files in os.walk(folder):
        below.sort()
        known += (Path(here, file).relative_to(folder).as_posix() for file in sorted(files))
        if len(known) > 500:
            break
    return did_you_mean(name, [one for one in known if is_text_file(one)])
