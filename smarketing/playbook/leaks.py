"""Finds what a playbook must never hold: people's addresses, hosts, paths out of it, secrets.

A playbook goes from company to company; who and where is said by config alone.
"""

import re
from collections.abc import Iterator
from typing import Any

from smarketing.problems import Problem
from smarketing.template.bounds import MOST_MARKUP
from smarketing.template.template import TAGS
from smarketing.yamlfiles.source import Source

_TLD = (
    "com|net|org|io|eu|uk|de|fr|es|nl|ch|biz|info|app|dev|cloud|example|test|local|internal|"
    "localhost|onion|gov|edu|co|site|online|shop|xyz"
)
_SIGNS: tuple[tuple[str, str, str], ...] = (
    (
        "secret",
        (
            r"\bsk-[\w-]{16,}|\bgh[pousr]_\w{16,}|\bgithub_pat_\w{16,}|\bxox[abeprs]-[\w-]{8,}"
            r"|\bA[KS]IA[0-9A-Z]{16}\b|\bAIza[\w-]{30,}|\beyJ[\w-]{10,}\.[\w-]{10,}"
            r"|-----BEGIN [A-Z ]*PRIVATE KEY|\b[0-9a-fA-F]{32,}\b"
            r"|(?i:\b(?:password|passwd|api[-_ ]?key|secret|token)=\S{4,})"
            r"|(?<![\w/+-])(?=[\w/+-]{0,200}[0-9])(?=[\w/+-]{0,200}[a-z])(?=[\w/+-]{0,200}[A-Z])"
            r"[\w/+-]{40,}={0,2}"
        ),
        "This looks like a secret. A playbook holds none.",
    ),
    (
        "mail",
        r"[\w%+-]@[\w-]{1,63}\.\w",
        "This is a mail address. A playbook names roles; config.yaml says who they are.",
    ),
    (
        "url",
        (
            r"(?i:\b[a-z][a-z0-9+.-]{1,20}://|\b(?:mailto|tel|javascript|vbscript):\S"
            r"|\bdata:\w+/\w|\bwww\.\w)|\]\(\s*//|\\\\[\w.-]{1,200}\\"
        ),
        "This is a web address. A playbook holds none; link to its items as link:document:key.",
    ),
    (
        "host",
        (
            rf"(?<![\w.@-])(?:[a-z0-9](?:[a-z0-9-]{{0,61}}[a-z0-9])?\.){{1,8}}(?:{_TLD})(?![\w-]|\.\w)"
            r"|\b(?:[0-9]{1,3}\.){3}[0-9]{1,3}(?![\w.])|\blocalhost\b"
        ),
        "This is the name of a host. A playbook names none; config.yaml does.",
    ),
    (
        "path",
        r"(?<![\w.:/)>\]-])(?:/[\w.-]+/[\w.-]+|~/\w|[A-Za-z]:\\\w)|(?<![\w.])\.\.[/\\]",
        "This is a path out of the playbook.",
    ),
)
_ANY = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern, _ in _SIGNS))
_SECRET = re.compile(_SIGNS[0][1])
_WORDS = {name: words for name, _, words in _SIGNS}
# Most texts have none of these, and this is cheaper to find out than the rest.
_HINT = re.compile(
    r"[@\\~_=]|//|\.\w|\.\.|[\w/+-]{32}|localhost|www|[a-zA-Z]:\S|sk-|xox|A[KS]IA|-----|/\w"
)
_GIVEN_ALONG = re.compile(r"(?i)(?:token|key|secret|password)=")
_TAG = re.compile(r"\{%-?\s*(\w*)")
_SECRET_NAME = re.compile(
    r"(?i)(?:pass(?:word|wd|phrase)?|secret|api-?key|(?:access-?)?token|credentials?)"
)


def leaks(source: Source) -> Iterator[Problem]:
    """Return a problem for each value of a playbook that says who or where, or is a secret."""
    for path, text, is_key in _texts(source.data, ()):
        if is_key and _SECRET_NAME.fullmatch(text):
            words = f"'{text}' asks for a secret. A playbook holds none."
            yield source.key_problem(path, words, "Delete the line.")
        elif found := _first(text):
            tell = source.key_problem if is_key else source.problem
            yield tell(path, _WORDS[found])


def leaks_of_text(file: str, text: str) -> Iterator[Problem]:
    """Return a problem for each line of a text that says who or where, or holds a secret."""
    for number, line in enumerate(text.split("\n"), 1):
        if not _HINT.search(line):
            continue
        found = _sign(line)
        if found and found.lastgroup:
            yield Problem(file, number, found.start() + 1, _WORDS[found.lastgroup])


def _first(text: str) -> str:
    if not _HINT.search(text):
        return ""
    found = _sign(text)
    return (found.lastgroup or "") if found else ""


def _sign(text: str) -> re.Match[str] | None:
    """Return the first sign; what is wrong with a path in an unknown tag is the tag."""
    for found in _ANY.finditer(text):
        if found.lastgroup != "path" or not _is_in_unknown_tag(text, found.start()):
            return found
    return None


def _is_in_unknown_tag(text: str, at: int) -> bool:
    start = text.rfind("{%", max(0, at - MOST_MARKUP), at)
    tag = _TAG.match(text, start) if start >= 0 else None
    return tag is not None and tag.group(1) not in TAGS and "%}" not in text[start:at]


def _texts(data: Any, path: tuple[str | int, ...]) -> Iterator[tuple[Any, str, bool]]:
    if isinstance(data, str):
        yield path, data, False
    elif isinstance(data, dict):
        for key, value in data.items():
            yield (*path, key), key, True
            yield from _texts(value, (*path, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _texts(value, (*path, number))


def secrets(source: Source) -> Iterator[Problem]:
    """Return a problem for each value of a config that is a secret."""
    for path, text, is_key in _texts(source.data, ()):
        if path[:1] == ("existing",) and not is_key and not _GIVEN_ALONG.search(text):
            continue  # the address of a file is long and random, and no secret
        named = is_key and _SECRET_NAME.fullmatch(text) and len(path) > 2 and path[0] != "inputs"
        if named or (not is_key and _HINT.search(text) and _SECRET.search(text)):
            words = "This looks like a secret. A config holds none."
            yield source.problem(path, words, "Delete it here and run 'smarketing login'.")
