"""Names of files and folders that are safe on Windows, macOS and Linux, made from titles. Pure."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

LONGEST = 120
"""Bytes in a name, so that a number, an extension and a deep folder still fit."""

_READ = 500
_FORBIDDEN = set('<>:"/\\|?*')
# Obsidian can't link to a file whose name holds one of these; `#` also parts our ids.
_UNLINKABLE = set("#^[]")
_RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"} | {
    f"{device}{number}" for device in ("com", "lpt") for number in range(10)
}
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}


def file_stem(title: str) -> str:
    """Return the title as a file name without its extension. Stable: a stem is its own stem."""
    stem = title[:_READ]
    for _ in range(4):
        again = _pass(stem)
        if again == stem:
            break
        stem = again
    return stem


def free_name(stem: str, extension: str, taken: Iterable[str]) -> str:
    """Return the name, with " (2)" and so on where the folder holds it already in any case."""
    folded = {fold(name) for name in taken}
    name, number = f"{stem}{extension}", 1
    while fold(name) in folded:
        number += 1
        name = f"{stem} ({number}){extension}"
    return name


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """Return what two names share that some file system takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())


def slug(title: str) -> str:
    """Return the title as a tag that Obsidian reads, without the `#`."""
    words = re.sub(r"[^\w/-]+", "-", unicodedata.normalize("NFC", title).lower())
    text = re.sub(r"-{2,}", "-", words).strip("-/")
    return f"label-{text}" if text.isdigit() else text or "label"


def _pass(title: str) -> str:
    text = unicodedata.normalize("NFC", title)
    text = re.sub(r"\s*:\s+", " - ", text)
    text = "".join(_safe(char) for char in text)
    text = " ".join(text.split()).lstrip(". ")
    text = _cut(unicodedata.normalize("NFC", text)).rstrip(". ")
    if unicodedata.normalize("NFKC", text.split(".")[0]).casefold().rstrip() in _RESERVED:
        text = f"{text.split('.')[0].rstrip()}_{text[len(text.split('.')[0]) :]}"
    return text or "Untitled"


def _safe(char: str) -> str:
    if char.isspace():
        return " "
    if unicodedata.category(char) in _INVISIBLE:
        return ""
    looks = unicodedata.normalize("NFKC", char)
    if char in _UNLINKABLE or _FORBIDDEN & set(looks) or (char != "." and "." in looks):
        return "-"
    return char


def _cut(text: str) -> str:
    return text.encode("utf-8")[:LONGEST].decode("utf-8", "ignore")
