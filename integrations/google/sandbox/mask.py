"""The `fields` parameter: which parts of a reply are wanted."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from .described import schemas
from .errors import Said, invalid

Tree = Mapping[str, "Tree | None"]
"""Names and what is wanted below each; None is everything."""

_TOKEN = re.compile(r"[^,()/\s]+|[,()/]")


@lru_cache(maxsize=512)
def wanted(fields: str, api: str, schema: str) -> Tree:
    """Return what a mask asks for; raise 400 for a wrong one or a field that there is not."""
    tree = _Reader(fields).whole()
    _check(tree, {"$ref": schema}, schemas(api))
    return tree


def picked(data: Any, tree: Tree | None) -> Any:
    """Return the wanted parts of a reply."""
    if tree is None:
        return data
    if isinstance(data, list):
        return [picked(one, tree) for one in data]
    if not isinstance(data, dict):
        return data
    if "*" in tree:
        return {name: picked(value, tree["*"]) for name, value in data.items()}
    return {name: picked(data[name], below) for name, below in tree.items() if name in data}


def _no_such(name: str) -> Said:
    return invalid(f"Invalid field selection {name}", "fields", "invalidParameter")


class _Reader:
    """Reads `a,b(c,d/e),f/*`."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = _TOKEN.findall(text)
        self._at = 0

    def whole(self) -> Tree:
        tree = self._several()
        if self._at < len(self._tokens):
            raise _no_such(self._text)
        return tree

    def _next(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._next()
        self._at += 1
        return token

    def _several(self) -> dict[str, "Tree | None"]:
        found: dict[str, Tree | None] = {}
        while True:
            name, below = self._one()
            found[name] = _both(found[name], below) if name in found else below
            if self._next() != ",":
                return found
            self._take()

    def _one(self) -> tuple[str, "Tree | None"]:
        name = self._take()
        if not name or name in ",()/":
            raise _no_such(self._text)
        if self._next() == "/":
            self._take()
            inner, below = self._one()
            return name, {inner: below}
        if self._next() != "(":
            return name, None
        self._take()
        inside = self._several()
        if self._take() != ")":
            raise _no_such(self._text)
        return name, inside


def _both(one: "Tree | None", other: "Tree | None") -> "Tree | None":
    if one is None or other is None:
        return None
    found = dict(one)
    for name, below in other.items():
        found[name] = _both(found[name], below) if name in found else below
    return found


def _check(tree: "Tree | None", described: Any, known: Mapping[str, Any]) -> None:
    """Raise 400 for a name that the vendor's description does not have."""
    while "$ref" in described or "items" in described:
        described = known[described["$ref"]] if "$ref" in described else described["items"]
    properties, any_name = described.get("properties"), described.get("additionalProperties")
    for name, below in (tree or {}).items():
        if name == "*" and below is None:
            continue
        if properties is not None and name in properties:
            _check(below, properties[name], known)
        elif name == "*" or any_name is None:
            raise _no_such(name)
        else:
            _check(below, any_name, known)
