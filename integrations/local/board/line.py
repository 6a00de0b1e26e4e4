"""The words of a card's first line: a title, and the signs that stand behind it. Pure."""

import re

_TAG = re.compile(r"#[^\s#^@\[\]{}()'\"!,.:;<>=?*&%$+|~`\\]+")
_OTHER_META = re.compile(r"@\{[^}]*\}|@\[\[[^\]]*\]\]|@@\{[^}]*\}|\^[A-Za-z0-9-]+")


def struck(text: str) -> str | None:
    """Return what was struck through as `~~text~~ (dropped 2026-12-13)`, None if nothing was."""
    head, found, tail = text.rpartition("~~ (dropped")
    whole = found and head.startswith("~~") and tail.endswith(")") and ")" not in tail[:-1]
    return head[2:] if whole else None


def one_line(text: str) -> str:
    """Return the text as a title can hold it."""
    return " ".join(text.split())


def escaped(title: str) -> str:
    """Return a title whose last words would else be taken for signs."""
    head, tail = title, ""
    while head and is_meta((token := last_word(head)).lstrip("\\")):
        at = len(head) - len(token)
        tail = f"\\{head[at:]}{tail}"
        head, tail = head[:at].rstrip(), head[len(head[:at].rstrip()) : at] + tail
    return head + tail


def unescaped(title: str) -> str:
    """Return a title as it was before it was escaped."""
    head, tail = title, ""
    while (token := last_word(head)).startswith("\\") and is_meta(token.lstrip("\\")):
        at = len(head) - len(token)
        tail = head[at + 1 :] + tail
        head, tail = head[:at].rstrip(), head[len(head[:at].rstrip()) : at] + tail
    return head + tail


def last_word(text: str) -> str:
    """Return what stands behind the last space or tab."""
    # Only spaces and tabs part words here; a title holds no other blanks of ours.
    return text[max(text.rfind(" "), text.rfind("\t")) + 1 :]


def is_meta(token: str) -> bool:
    """Say whether a word is a sign: a tag, a day, a person, a block id."""
    if _TAG.fullmatch(token):
        return not token[1:].isdigit()
    return _OTHER_META.fullmatch(token) is not None
