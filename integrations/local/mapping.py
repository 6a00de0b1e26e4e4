"""Values in the hub's terms and in the terms of plain files: three pure functions."""

import posixpath
import re
import unicodedata
from collections.abc import Callable, Mapping
from urllib.parse import quote, unquote

from smarketing.address import is_address
from smarketing.contract import Names
from smarketing.kinds import Value

from .board.kanban import lane_title
from .board.line import one_line
from .filenames import file_stem, slug

_FILES = ("folder", "document", "board", "table", "page")
_MARKDOWN_LINK = re.compile(r"(?<=\]\()(?P<dest>[^\s()<>]+)(?=\)|[ \t]+[\"'])")
_HTML_LINK = re.compile(r"(?<=href=\")(?P<dest>[^\"]+)(?=\")")
_LISTED_LINK = re.compile(
    r"(?m)^- \[(?P<title>(?:(?!\]\()[^\n])+)\]\(link:(?P<address>[^\s()]+)\)$"
)
_LISTED_FILE = re.compile(r"(?m)^- (?P<said>[^\n]+)\)$")
_TASK = re.compile(r"(?m)^- (?=\[.\])")
_SAFE = "/!$&'*+,;=:@~^"


def as_hub(kind: str, name: str, value: Value, names: Names) -> Value:
    """Return a value of a file in the hub's terms."""
    if name == "parent":
        return value
    if name == "channel" and isinstance(value, str):
        return f"link:{names.addresses[value]}" if value in names.addresses else value
    if name == "notes" and isinstance(value, str):
        return _address_of(value, names) or value
    if isinstance(value, str) and _is_text(kind, name):
        text = _linked(kind, _lf(value), lambda dest: _address_of(dest, names))
        return _with_links(text, names) if kind == "message" else text
    return value


def render(kind: str, name: str, value: Value, names: Names) -> Value:
    """Return a hub value as a file holds it."""
    if name == "parent":
        return value
    if name == "channel" and isinstance(value, str):
        return names.urls.get(value.removeprefix("link:")) or value
    if name == "notes" and isinstance(value, str):
        link = value if value.startswith("link:") or not is_address(value) else f"link:{value}"
        return _url_of(link, names) or value
    if isinstance(value, str) and _is_text(kind, name):
        text = _with_files(_lf(value), names) if kind == "message" else _lf(value)
        text = _linked(kind, text, lambda dest: _url_of(dest, names))
        return _shaped(kind, name, text)
    return _as_held(kind, name, value)


def normalise(kind: str, name: str, value: Value) -> Value:
    """Return the value without what files, editors and calendars change by themselves."""
    if name in ("notes", "channel") and isinstance(value, str):
        return value.removeprefix("link:")
    if isinstance(value, str) and _is_text(kind, name):
        lines = [line.rstrip() for line in _shaped(kind, name, _lf(value)).split("\n")]
        return "\n".join(lines).strip("\n")
    if name == "rule" and isinstance(value, str) and value:
        return ";".join(sorted(value.upper().rstrip(";").split(";")))
    if name == "cells" and isinstance(value, Mapping):
        return {key: _cell(text).strip() for key, text in value.items() if text.strip()}
    return _as_held(kind, name, value)


def _as_held(kind: str, name: str, value: Value) -> Value:
    if name == "title" and isinstance(value, str):
        return _title(kind, value)
    if name == "labels" and isinstance(value, frozenset):
        return frozenset(slug(label) for label in value)
    if name == "cells" and isinstance(value, Mapping):
        return {key: _cell(text) for key, text in value.items()}
    if name == "done":
        return (True if value else None) if kind == "root" else bool(value)
    if name == "minutes":
        return int(value) if isinstance(value, str) and value.isdigit() else value
    if name == "start" and isinstance(value, str):
        return value.replace(" ", "T")[:16]
    if name in ("owner", "due", "to", "subject", "purpose", "topic") and isinstance(value, str):
        return one_line(value) or None
    if name in ("rule", "timezone") and value == "":
        return None
    return value


def _title(kind: str, title: str) -> str:
    if kind in _FILES:
        return file_stem(title)
    if kind == "list":
        return lane_title(title)
    return unicodedata.normalize("NFC", one_line(title))


def _is_text(kind: str, name: str) -> bool:
    return name in ("body", "description", "content", "bookmarks") and kind != "root"


def _shaped(kind: str, name: str, text: str) -> str:
    """Return the text in the form that its place in a file gives it."""
    if kind == "card":
        # A task at the left edge would be read as a checklist item.
        return _TASK.sub("* ", text).strip("\n")
    if kind == "meeting":
        return text.rstrip("\n")
    if name in ("body", "bookmarks"):
        text = text.lstrip("\n")
    return f"{text}\n" if text and not text.endswith("\n") else text


_WORLDWIDE = ("https://", "http://")


def _linked(kind: str, text: str, other: Callable[[str], str]) -> str:
    pattern = _HTML_LINK if kind == "page" else _MARKDOWN_LINK
    return pattern.sub(lambda found: other(found["dest"]) or found["dest"], text)


def _with_files(text: str, names: Names) -> str:
    """Return the text with each link in a list as `Glossary (Glossary.md)`: a mail has no links."""

    def named(found: re.Match[str]) -> str:
        url = names.urls.get(found["address"], "")
        return f"- {found['title']} ({url})" if url else found[0]

    return _LISTED_LINK.sub(named, text)


def _with_links(text: str, names: Names) -> str:
    """Return the text with each file in a list as the link that it was."""

    def linked(found: re.Match[str]) -> str:
        parts = found["said"].split(" (")
        for at in range(1, len(parts)):
            if address := names.addresses.get(" (".join(parts[at:]), ""):
                return f"- [{' ('.join(parts[:at])}](link:{address})"
        return found[0]

    return _LISTED_FILE.sub(linked, text)


def _url_of(link: str, names: Names) -> str:
    """Return the relative path for `link:ADDRESS`, "" for any other or unknown one."""
    url = names.urls.get(link.removeprefix("link:"), "") if link.startswith("link:") else ""
    return _relative(url, names.here) if url else ""


def _address_of(path: str, names: Names) -> str:
    """Return `link:ADDRESS` for a path just as we write it, "" for any other."""
    if path.startswith(_WORLDWIDE):  # what another tool holds
        address = names.addresses.get(path, "")
        return f"link:{address}" if address else ""
    if ":" in path.split("/")[0]:
        return ""
    plain, mark, fragment = unquote(path).partition("#")
    folder = posixpath.dirname(_file(names.here))
    url = (posixpath.normpath(posixpath.join(folder, plain)) if plain else _file(names.here)) + (
        mark + fragment
    )
    address = names.addresses.get(url, "")
    return f"link:{address}" if address and _relative(url, names.here) == path else ""


def _relative(url: str, here: str) -> str:
    if url.startswith(_WORLDWIDE):
        return url
    path, mark, fragment = url.partition("#")
    folder = posixpath.dirname(_file(here)) or "."
    relative = posixpath.relpath(path, folder) if path != _file(here) or not mark else ""
    # A colon in the first part would be read as a scheme.
    head = quote(relative, safe=_SAFE.replace(":", ""))
    return head + (f"#{quote(fragment, safe=_SAFE)}" if mark else "")


def _file(url: str) -> str:
    return url.partition("#")[0]


def _cell(text: str) -> str:
    return _lf(text)


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
