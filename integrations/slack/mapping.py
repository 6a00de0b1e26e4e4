"""Values in the hub's terms and in Slack's: three pure functions."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from html import unescape

from smarketing.address import is_address
from smarketing.contract import Names
from smarketing.kinds import Value

from .manifest import LONGEST_NAME
from .marker import without_marks

_ADDRESS = r"link:[a-z]+:[a-z0-9.-]+(?:/[a-z]+:[a-z0-9.-]+)*"
_LINK = re.compile(r"\[(?P<words>[^\[\]\n]{0,500})\]\((?P<to>[^\s()]{1,2000})\)")
_LINE = re.compile(rf"-[ ]\[(?P<words>[^\[\]\n]+)\]\((?P<to>https?://[^\s()]+|{_ADDRESS})\)")
_MAILBOX = re.compile(r"(?P<name>[^<>]*?)\s*<(?P<mail>[^<>\s]+@[^<>\s]+)>")
_SHOWN = re.compile(r"<(?P<url>(?:https?|mailto):[^<>|]+)(?:\|[^<>]*)?>")
MEMBER = "member"
"""The one role that Slack's channels know."""


def as_hub(kind: str, name: str, value: Value, names: Names) -> Value:
    """Return a value of Slack's in the hub's terms."""
    if name == "access" and isinstance(value, Mapping):
        return dict.fromkeys(value, "edit")
    if name == "channel" and isinstance(value, str):
        return _address_of(value, names) or value
    if name in ("bookmarks", "body") and isinstance(value, str):
        return _LINK.sub(lambda found: _with(found, _address_of(found["to"], names)), value)
    return value


def render(kind: str, name: str, value: Value, names: Names) -> Value:
    """Return a hub value as Slack would hold it. Of links only those of ours stay links."""
    if name == "access" and isinstance(value, Mapping):
        return dict.fromkeys(value, MEMBER)
    if name == "channel" and isinstance(value, str):
        link = f"link:{value}" if is_address(value) else value
        return _url_of(link, names) or value
    if name == "bookmarks" and isinstance(value, str):
        return _LINK.sub(lambda found: _with(found, _url_of(found["to"], names)), _lf(value))
    if name == "body" and isinstance(value, str):
        return _LINK.sub(lambda found: _of_ours(found, names), _lf(value))
    return _held(kind, name, value)


def normalise(kind: str, name: str, value: Value) -> Value:
    """Return the value without what Slack changes by itself."""
    if name == "access" and isinstance(value, Mapping):
        return {mail_of(who): MEMBER for who in value}
    if name == "channel" and isinstance(value, str):
        return value.removeprefix("link:") or None
    if name == "bookmarks" and isinstance(value, str):
        return "".join(f"- [{words}]({to})\n" for words, to in bookmarks_in(_lf(value)))
    if name == "body" and isinstance(value, str):
        return "\n".join(line.rstrip() for line in _lf(value).split("\n")).strip()
    return _held(kind, name, value)


def _held(kind: str, name: str, value: Value) -> Value:
    if name == "title" and isinstance(value, str):
        return channel_name(value)
    if name in ("purpose", "topic"):
        return without_marks(plain(str(value or ""))) or None
    return bool(value) if name == "done" else value


def channel_name(title: str) -> str:
    """Return a title as Slack names a channel: small letters and digits with `-` between."""
    small = unicodedata.normalize("NFC", title.lower())
    kept = "".join(c if _may_stand(c) else "-" for c in small)
    return re.sub("-+", "-", kept).strip("-_")[:LONGEST_NAME].rstrip("-_") or "channel"


def _may_stand(c: str) -> bool:
    return c.isalnum() or c == "_" or unicodedata.category(c) in ("Mn", "Mc")


def bookmarks_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield title and url of each line that is a link."""
    for line in text.split("\n"):
        if found := _LINE.fullmatch(line.strip()):
            yield " ".join(found["words"].split()), found["to"]


def bookmark_line(title: str, url: str) -> str:
    """Return a bookmark as a line of Markdown."""
    words = " ".join(title.replace("[", "(").replace("]", ")").split()) or url
    for sign, code in ((" ", "%20"), ("(", "%28"), (")", "%29")):
        url = url.replace(sign, code)
    return f"- [{words}]({url})\n"


def escaped(text: str) -> str:
    """Return words in which nothing comes alive: no mention, no link, no call of a channel."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str) -> str:
    """Return a text of Slack's as people read it."""
    text = _SHOWN.sub(lambda found: found["url"].removeprefix("mailto:"), text)
    while (once := unescape(text)) != text:
        text = once
    return text


def mail_of(mailbox: str) -> str:
    """Return the address in a mailbox such as `Ana Silva <ana@acme.example>`."""
    found = _MAILBOX.fullmatch(mailbox.strip())
    return (found["mail"] if found else mailbox.strip()).lower()


def mailbox_of(name: str, mail: str) -> str:
    """Return a mailbox; of somebody whose address we may not see, the name alone."""
    name = " ".join(name.replace("<", "(").replace(">", ")").split())
    return f"{name} <{mail}>" if mail else name


def _with(found: re.Match[str], to: str) -> str:
    return f"[{found['words']}]({to})" if to else found[0]


def _of_ours(found: re.Match[str], names: Names) -> str:
    """Return a link of ours as one, as its words where it leads to no page in the web; a
    stranger's becomes its words and its address."""
    if found["to"].startswith("link:"):
        url = _url_of(found["to"], names)
        return _with(found, url) if url else found["words"]
    return found[0] if found["to"] in names.addresses else f"{found['words']} ({found['to']})"


def _url_of(link: str, names: Names) -> str:
    url = names.urls.get(link.removeprefix("link:"), "") if link.startswith("link:") else ""
    return url if url.startswith(("https://", "http://")) else ""


def _address_of(url: str, names: Names) -> str:
    address = names.addresses.get(url, "")
    return f"link:{address}" if address else ""


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
