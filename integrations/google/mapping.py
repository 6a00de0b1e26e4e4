"""Values in the hub's terms and in Google's: three pure functions."""

import re
from collections.abc import Callable, Mapping
from html import escape, unescape

from smarketing.address import is_address
from smarketing.contract import Names
from smarketing.kinds import Value

from .doc import normal

_MARKDOWN_LINK = re.compile(r"(?<=\]\()(?P<dest>[^\s()<>]+)(?=\)|[ \t]+[\"'])")
_MAILBOX = re.compile(r"<(?P<mail>[^<>\s]+@[^<>\s]+)>\s*\Z")
_GROUP = "group:"
_TO_ROLE = {"edit": "writer", "comment": "commenter", "view": "reader"}
_TO_RIGHT = {role: right for right, role in _TO_ROLE.items()}

# What Google's own editor makes of a line's end in a meeting's description.
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li|ul|ol|h\d)>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)


def as_hub(kind: str, name: str, value: Value, names: Names) -> Value:
    """Return a value of Google's in the hub's terms."""
    if name == "access" and isinstance(value, Mapping):
        return {who: _TO_RIGHT.get(role, role) for who, role in value.items()}
    if name == "notes" and isinstance(value, str):
        return _address_of(value, names) or value
    if name == "body" and isinstance(value, str):
        return _linked(value, lambda dest: _address_of(dest, names))
    if name == "description" and isinstance(value, str):
        return _linked(plain(value), lambda dest: _address_of(dest, names))
    return value


def render(kind: str, name: str, value: Value, names: Names) -> Value:
    """Return a hub value as Google would hold it."""
    if name == "access" and isinstance(value, Mapping):
        return {mail_of(who): _TO_ROLE.get(right, right) for who, right in value.items()}
    if name == "attendees" and isinstance(value, frozenset):
        return frozenset(mail_of(who).removeprefix(_GROUP) for who in value)
    if name == "notes" and isinstance(value, str):
        link = f"link:{value}" if is_address(value) else value
        return _url_of(link, names) or value
    if name == "body" and isinstance(value, str):
        return _linked(_lf(value), lambda dest: _url_of(dest, names))
    if name == "description" and isinstance(value, str):
        # It is read as HTML: a text stays a text.
        return escape(_linked(_lf(value), lambda dest: _url_of(dest, names)), quote=False)
    return _as_held(kind, name, value)


def normalise(kind: str, name: str, value: Value) -> Value:
    """Return the value without what Google and its editors change by themselves."""
    if name == "access" and isinstance(value, Mapping):
        return {mail_of(who): _TO_RIGHT.get(role, role) for who, role in value.items()}
    if name == "attendees" and isinstance(value, frozenset):
        return frozenset(mail_of(who).removeprefix(_GROUP) for who in value)
    if name == "notes" and isinstance(value, str):
        return value.removeprefix("link:") or None
    if name == "body" and isinstance(value, str):
        return normal(_lf(value))
    if name == "description" and isinstance(value, str):
        return "\n".join(line.rstrip() for line in _lf(value).split("\n")).strip("\n")
    if name == "rule" and isinstance(value, str) and value:
        return ";".join(sorted(value.upper().rstrip(";").split(";")))
    if name == "cells" and isinstance(value, Mapping):
        return {key: _lf(text).strip() for key, text in value.items() if text.strip()}
    if name == "choices" and isinstance(value, frozenset):
        return frozenset(one.strip() for one in value) - {""}
    return _as_held(kind, name, value)


def plain(html: str) -> str:
    """Return a description as text; one without tags keeps every character."""
    broken = _BREAK.sub("\n", html).replace("&nbsp;", " ")
    return unescape(_TAG.sub("", broken))


def mail_of(who: str) -> str:
    """Return the bare address of `Ana Silva <ana@acme.example>`, with `group:` before a group."""
    group = _GROUP if who.startswith(_GROUP) else ""
    found = _MAILBOX.search(who)
    bare = found["mail"] if found else who.removeprefix(_GROUP).strip()
    return group + bare.lower()


def _as_held(kind: str, name: str, value: Value) -> Value:
    if name == "title" and isinstance(value, str):
        return " ".join(value.split()) if kind != "column" else value.strip()
    if name == "cells" and isinstance(value, Mapping):
        return {key: _lf(text) for key, text in value.items()}
    if name == "done":
        return bool(value)
    if name == "minutes":
        return int(value) if isinstance(value, str) and value.isdigit() else value
    if name == "start" and isinstance(value, str):
        return value.replace(" ", "T")[:16]
    if name in ("rule", "timezone", "template") and value == "":
        return None
    return value


def _linked(text: str, other: Callable[[str], str]) -> str:
    return _MARKDOWN_LINK.sub(lambda found: other(found["dest"]) or found["dest"], text)


def _url_of(link: str, names: Names) -> str:
    return names.urls.get(link.removeprefix("link:"), "") if link.startswith("link:") else ""


def _address_of(url: str, names: Names) -> str:
    address = names.addresses.get(url, "")
    return f"link:{address}" if address else ""


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
