"""Partial answers: keep of a reply only what a `fields` mask selects."""

import re
from typing import Any

from .docs_errors import Declined

Tree = dict[str, Any]
_TOKEN = re.compile(r"[A-Za-z0-9_]+|\*|[(),/.]")


def selected(reply: Any, mask: str) -> Any:
    """Return the part of a reply that a mask selects; all of it without a mask."""
    if not mask or mask == "*":
        return reply
    tokens = _TOKEN.findall(mask.replace(" ", ""))
    if "".join(tokens) != mask.replace(" ", ""):
        raise _invalid(mask)
    tree, rest = _group(tokens, 0, mask)
    if rest != len(tokens):
        raise _invalid(mask)
    return _kept(reply, tree)


def names(mask: str) -> set[str]:
    """Return the first names in a mask."""
    return set(_group(_TOKEN.findall(mask), 0, mask)[0]) if mask else set()


def _group(tokens: list[str], at: int, mask: str) -> tuple[Tree, int]:
    tree: Tree = {}
    while True:
        at = _path(tokens, at, mask, tree)
        if at == len(tokens) or tokens[at] != ",":
            return tree, at
        at += 1


def _path(tokens: list[str], at: int, mask: str, tree: Tree) -> int:
    if at == len(tokens) or tokens[at] in "(),/.":
        raise _invalid(mask)
    branch = tree.setdefault(tokens[at], {})
    at += 1
    if at < len(tokens) and tokens[at] in "/.":
        return _path(tokens, at + 1, mask, branch)
    if at < len(tokens) and tokens[at] == "(":
        inner, at = _group(tokens, at + 1, mask)
        if at == len(tokens) or tokens[at] != ")":
            raise _invalid(mask)
        branch.update(inner)
        return at + 1
    branch["*"] = {}
    return at


def _kept(data: Any, tree: Tree) -> Any:
    if isinstance(data, list):
        return [_kept(each, tree) for each in data]
    if not isinstance(data, dict):
        return data
    rest = tree.get("*")
    if rest == {}:
        return data
    shown = {}
    for name, value in data.items():
        branch = tree.get(name, rest)
        if branch is not None:
            shown[name] = value if "*" in branch and not branch["*"] else _kept(value, branch)
    return shown


def _invalid(mask: str) -> Declined:
    return Declined(f"Request contains an invalid argument. Invalid field selection {mask}")
